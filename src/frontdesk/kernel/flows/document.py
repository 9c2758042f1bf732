"""The flow language: what a customer meets before, while or after waiting, as a document.

A flow is a graph of nodes. Each does one thing and names the nodes that may
follow; which one does is the node's *exit*. The document is one JSON object, is
read and written by people, and is replaced as a whole, with the next version
number. Runs go on with the version that they began with.

Conditions and values are CEL expressions over the run's variables and over what
is known of the contact (`variables.py` lists the names). Texts may be given by
language, and carry variables in braces: `Your balance is {balance}.`
"""

from enum import Enum
from typing import Any

import msgspec

from frontdesk.kernel.entity import Entity, Part, kind_of_class

Value = Any
"""What a variable holds: text, number, truth value, null, or a list or map of these."""

Text = str | dict[str, str]
"""A text, or its wording by language; the flow's first language must be among them."""


class FlowUse(Enum):
    """Where a flow may stand.

    `entry`: a contact begins in it, or an agent sends the customer there.
    `waiting`: beside a queue, while the contact keeps its place.
    `after`: once the agent has ended the contact.
    `part`: only inside others.

    Entry flows may run inside others too.
    """

    ENTRY = "entry"
    WAITING = "waiting"
    AFTER = "after"
    PART = "part"


class Node(Part, frozen=True, kw_only=True, tag_field="kind", tag=kind_of_class):
    """Base of all nodes. `x` and `y` place it in the drawing."""

    node_id: str
    x: int = 0
    y: int = 0
    note: str = ""


# -- what can be asked for


class Choice(Part, frozen=True, kw_only=True):
    """One of the answers of a menu.

    It is chosen by a button, by `key`, or by writing or saying the label or one of the `words`.
    Without `next` the ask's own `next` follows.
    """

    value: str
    label: Text
    key: str = ""
    words: tuple[str, ...] = ()
    next: str | None = None


class Answer(Part, frozen=True, kw_only=True, tag_field="kind", tag=kind_of_class):
    """Base of what an ask takes for an answer."""


class ChoiceAnswer(Answer, frozen=True, kw_only=True, tag="choice"):
    choices: tuple[Choice, ...]


class DigitsAnswer(Answer, frozen=True, kw_only=True, tag="digits"):
    """A number that stands for something, alone or in a sentence; its digits are kept as text."""

    digits_min: int = 1
    digits_max: int = 20


class TextAnswer(Answer, frozen=True, kw_only=True, tag="text"):
    chars_max: int = 2_000


class SpeechAnswer(Answer, frozen=True, kw_only=True, tag="speech"):
    """Free words, spoken where the channel has a voice; elsewhere the same as a text."""

    chars_max: int = 2_000


class DateAnswer(Answer, frozen=True, kw_only=True, tag="date"):
    """A day, kept as ISO 8601 (2026-12-31)."""

    past: bool = True
    future: bool = True


class AmountAnswer(Answer, frozen=True, kw_only=True, tag="amount"):
    """A number, kept as such."""

    minimum: float | None = None
    maximum: float | None = None


AnyAnswer = ChoiceAnswer | DigitsAnswer | TextAnswer | SpeechAnswer | DateAnswer | AmountAnswer


# -- nodes


class Say(Node, frozen=True, kw_only=True):
    text: Text
    next: str


class Pause(Node, frozen=True, kw_only=True):
    """Waits; on the telephone with music."""

    duration_ms: int
    next: str


class Ask(Node, frozen=True, kw_only=True):
    """Asks, and waits for the answer.

    What isn't understood is asked `again`, `retries` times; then `no_match`
    follows, and `no_answer` after `time_ms` of silence. Without these the flow's
    fallback is taken. Behind `no_match` the variable `answer` has what was said.
    """

    text: Text
    answer: AnyAnswer
    save_as: str = "answer"
    next: str | None = None
    again: Text = ""
    retries: int = 2
    time_ms: int = 300_000
    no_match: str | None = None
    no_answer: str | None = None


class Branch(Part, frozen=True, kw_only=True):
    when: str
    """A CEL expression that gives true or false."""
    next: str
    label: str = ""


class Decide(Node, frozen=True, kw_only=True):
    """Follows the first branch whose condition holds."""

    branches: tuple[Branch, ...]
    otherwise: str


class AskOutside(Node, frozen=True, kw_only=True, tag="look_up"):
    """Asks an outside system: `parameters` are CEL expressions by name, the result is a map.

    `failed` follows when there is no answer within the look-up's time; without it the fallback.
    """

    look_up_id: str
    parameters: dict[str, str] = {}
    save_as: str = "result"
    next: str
    failed: str | None = None


class IntentRoute(Part, frozen=True, kw_only=True):
    intent_id: str
    next: str


class Classify(Node, frozen=True, kw_only=True):
    """Finds out what a text is about.

    `unsure` follows when the likeliest intent is less likely than `confidence_min`,
    `otherwise` when it has no route of its own; without `otherwise`, `unsure` does
    for both. A classifier that can't be reached is unsure.
    The variables `intent` (its id), `intent_name`, `confidence` and `entities` are set.
    """

    text: str = "answer"
    """A CEL expression."""
    routes: tuple[IntentRoute, ...] = ()
    confidence_min: float = 0.6
    follow_language: bool = False
    """Whether the run goes on in the language of the text, if the flow speaks it."""
    unsure: str
    otherwise: str | None = None


class CheckHours(Node, frozen=True, kw_only=True, tag="hours"):
    """Whether it is open now; without `holiday`, a holiday's closing is `closed` too."""

    hours_id: str
    open: str
    closed: str
    holiday: str | None = None


class SetVariables(Node, frozen=True, kw_only=True, tag="set"):
    """Sets variables to CEL expressions, in the order of the document."""

    values: dict[str, str]
    next: str


class EnterQueue(Node, frozen=True, kw_only=True, tag="queue"):
    """Sends the contact to a queue, with what the agent shall see of the run. The run ends.

    `show` names the variables that the agent sees, with their labels. With `agent_id`
    the contact waits for that agent first; if the agent takes nothing now, `away`
    follows, and without it the contact is for anybody of the queue.
    """

    queue_id: str
    agent_id: str | None = None
    away: str | None = None
    priority: int | None = None
    """None: as it is."""
    topic: Text = ""
    show: dict[str, str] = {}


class CallBack(Node, frozen=True, kw_only=True):
    """Promises to reach the customer, holding the contact's place.

    `address` is a CEL expression for the number or handle, `at` one for the
    wished time ("2026-12-31T15:30" in the queue's time zone; empty: when it is the
    contact's turn). `refused` follows when the time is outside the queue's hours
    or the address is empty, `duplicate` when the address has a callback already.
    """

    address: str
    at: str = ""
    channel: str = "callback"
    queue_id: str | None = None
    """None: the queue that the contact waits in."""
    attempts_max: int = 3
    retry_ms: int = 15 * 60_000
    expires_ms: int = 24 * 3_600_000
    next: str
    duplicate: str | None = None
    refused: str | None = None
    show: dict[str, str] = {}


class TakeMessage(Node, frozen=True, kw_only=True):
    """Takes a message down and delivers it: to an agent, or to whoever serves the queue first."""

    text: Text
    """How it is asked for."""
    queue_id: str
    agent_id: str | None = None
    time_ms: int = 300_000
    next: str
    no_answer: str | None = None
    show: dict[str, str] = {}


class TransferOutside(Node, frozen=True, kw_only=True):
    """Passes the customer to an address outside the centre.

    Where the channel can't, the customer is told `text` and `next` follows.
    """

    address: str
    """A CEL expression."""
    text: Text = ""
    next: str


class QuestionKind(Enum):
    """What a survey's question measures.

    `csat`: 1 (very dissatisfied) to 5; `nps`: 0 to 10; `resolved`: yes or no; `text`: free words.
    """

    CSAT = "csat"
    NPS = "nps"
    RESOLVED = "resolved"
    TEXT = "text"


class Question(Part, frozen=True, kw_only=True):
    question_id: str
    kind: QuestionKind
    text: Text


class Survey(Node, frozen=True, kw_only=True):
    """Asks for the customer's verdict; a question that isn't answered ends the survey."""

    questions: tuple[Question, ...]
    time_ms: int = 300_000
    next: str


class Subflow(Node, frozen=True, kw_only=True):
    """Runs another flow, with variables of its own, and goes on when that one ends.

    `parameters` are CEL expressions by the other flow's variables; `results` says
    which of its variables are kept here, under which names.
    """

    flow_id: str
    parameters: dict[str, str] = {}
    results: dict[str, str] = {}
    next: str


class ChangeLanguage(Node, frozen=True, kw_only=True, tag="language"):
    """Goes on in another language: a CEL expression for its code."""

    language: str
    next: str


class End(Node, frozen=True, kw_only=True):
    """Ends the flow and (but for a waiting flow) the contact, with `text` as the last word.

    `outcome` is the name of this end in reports. `left` says that the customer has gone
    before there was an answer: such contacts aren't counted as self-served.
    """

    text: Text = ""
    outcome: str = "contained"


AnyNode = (
    Say
    | Pause
    | Ask
    | Decide
    | AskOutside
    | Classify
    | CheckHours
    | SetVariables
    | EnterQueue
    | CallBack
    | TakeMessage
    | TransferOutside
    | Survey
    | Subflow
    | ChangeLanguage
    | End
)


class Flow(Entity, frozen=True, kw_only=True):
    """A flow as published. `version` is one more than that of the flow it replaces."""

    flow_id: str
    name: str
    version: int = 1
    use: FlowUse = FlowUse.ENTRY
    languages: tuple[str, ...] = ("en",)
    variables: dict[str, Value] = {}
    """Every variable of the flow's own, with its first value."""
    start: str
    nodes: tuple[AnyNode, ...]
    fallback_queue_id: str | None = None
    """Where a contact goes when something in the flow fails. Entry flows have one."""
    fallback_text: Text = ""
    """What the customer is told then."""
    time_ms_max: int = 24 * 3_600_000
    """How long a run may last; then it fails."""


def find_node(flow: Flow, node_id: str) -> AnyNode | None:
    """The node of this id."""
    for node in flow.nodes:
        if node.node_id == node_id:
            return node
    return None


def decode_flow(data: bytes) -> Flow:
    """The flow of a JSON document. Raises msgspec.ValidationError with the path to the fault."""
    return msgspec.json.decode(data, type=Flow)
