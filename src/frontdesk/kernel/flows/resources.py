"""What flows ask for outside the kernel: look-ups and intents.

The kernel knows that they exist, what goes in and for how long to wait; who
answers is an adapter's business. Secrets are named here, never held.
"""

from enum import Enum

from frontdesk.kernel.entity import Entity, Part


class HttpMethod(Enum):
    GET = "GET"
    POST = "POST"


class HttpSource(Part, frozen=True, kw_only=True, tag_field="kind", tag="http"):
    """A request over HTTP. `{name}` in `url`, `headers` and `body` is a parameter, escaped.

    `secret` names a kept secret that goes into `secret_header` as `secret_prefix` + secret.
    `result` gives each result by a JSONPath (`$.customer.balance`) or a CEL
    expression over `body` and `status`.
    """

    url: str
    method: HttpMethod = HttpMethod.GET
    headers: dict[str, str] = {}
    body: str = ""
    """A JSON text in which parameters stand as values, `{"order": {order_id}}`."""
    secret: str = ""
    secret_header: str = "Authorization"
    secret_prefix: str = "Bearer "
    result: dict[str, str] = {}
    retries: int = 1


class SqlSource(Part, frozen=True, kw_only=True, tag_field="kind", tag="sql"):
    """A query on a PostgreSQL. `:name` is a parameter, always bound; the first row is the result.

    `secret` names the kept connection URL. It runs in a read-only transaction.
    """

    query: str
    secret: str


class KnowledgeSource(Part, frozen=True, kw_only=True, tag_field="kind", tag="knowledge"):
    """The knowledge articles: parameter `question`; results `found`, `title`, `answer`, `score`."""

    score_min: float = 0.1


class LookUp(Entity, frozen=True, kw_only=True):
    """A question to an outside system, by name."""

    look_up_id: str
    name: str
    parameters: tuple[str, ...] = ()
    source: HttpSource | SqlSource | KnowledgeSource
    time_ms_max: int = 5_000
    """All attempts together; then the flow goes on without an answer."""
    private_addresses: bool = False
    """Whether the host may be in a private network."""
    example: dict[str, str] = {}
    """Parameters to try it with."""


class Intent(Entity, frozen=True, kw_only=True):
    """What customers may want, with examples of how they say it, in any language."""

    intent_id: str
    name: str
    examples: tuple[str, ...] = ()
    answer: str = ""
    """A note for whoever reads: what is done about it."""
