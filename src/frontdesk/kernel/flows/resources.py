"""What flows ask for outside the kernel: look-ups and intents.

The kernel knows that they exist, what goes in and for how long to wait; who
answers is an adapter's business. Secrets are named here, never held.
"""

import re
from enum import Enum

from frontdesk.kernel.entity import Entity, Part

PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
"""Where a parameter stands in an address, a header or a body: its name in braces."""


class HttpMethod(Enum):
    GET = "GET"
    POST = "POST"


class HttpSource(Part, frozen=True, kw_only=True, tag_field="kind", tag="http"):
    """A request over HTTP.

    `{name}` is a parameter, escaped for where it stands: in the path of `url` within
    its segment, in its query, in `headers`, in `body`. The host can't be one.

    `secret` names a kept secret that goes into `secret_header` as `secret_prefix` + secret.
    `result` gives each result by a JSONPath (`$.customer.balance`; null where there is
    nothing, a list if it may find several) or a CEL expression over `body` and `status`.

    An answer is a status of 2xx with JSON, or 404 or 410: there is no such thing. Then
    what can't be found in the body is null. Redirects of a GET are followed.
    """

    url: str
    method: HttpMethod = HttpMethod.GET
    headers: dict[str, str] = {}
    body: str = ""
    """A JSON text in which parameters stand as values, `{"order": {order_id}}`, or in texts."""
    secret: str = ""
    secret_header: str = "Authorization"
    secret_prefix: str = "Bearer "
    result: dict[str, str] = {}
    retries: int = 1
    """After a failure that may pass; a POST is sent again only if it can't have arrived."""


class SqlSource(Part, frozen=True, kw_only=True, tag_field="kind", tag="sql"):
    """A query on a PostgreSQL. `:name` is a parameter, always bound.

    The results are `found`, the columns of the first row by name, and `rows`: the first
    twenty rows. `secret` names the kept connection URL,
    `postgresql://user:password@host:5432/database`. It runs in a read-only transaction.
    """

    query: str
    secret: str


class KnowledgeSource(Part, frozen=True, kw_only=True, tag_field="kind", tag="knowledge"):
    """The published knowledge articles: parameter `question`, and `language` if it is known.

    The results are `found`, and of the article that answers best `article_id`, `title`,
    `answer` and `score`: 0 (nothing in common) to 1.
    """

    score_min: float = 0.3
    """An article with a lower score is no answer."""


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
