"""What has happened in flows and with callbacks. Part of `events`, apart for its length."""

from enum import Enum

from frontdesk.kernel.commands import AttemptResult
from frontdesk.kernel.event import Event
from frontdesk.kernel.flows.document import FlowUse, QuestionKind, Value
from frontdesk.kernel.flows.faults import FlowFault


class FlowResult(Enum):
    """How a run ended. For the contact `contained` and all that follow are decided by the flow."""

    CONTAINED = "contained"
    """At an end, without an agent."""
    QUEUED = "queued"
    TRANSFERRED = "transferred"
    """Passed on to an address outside the centre."""
    LEFT = "left"
    """The customer went away."""
    SERVED = "served"
    """An agent took the contact while it waited."""
    MOVED = "moved"
    """The contact went on to something else while it waited."""
    FINISHED = "finished"
    """At its end, beside the wait or after the agent: nothing is decided by it."""
    FAILED = "failed"


class FlowStarted(Event, frozen=True):
    """`agent_id`: who served the customer before, or sent them here. At `ends_ms` it fails."""

    run_id: int
    contact_id: int
    flow_id: str
    version: int
    use: FlowUse
    language: str
    variables: dict[str, Value]
    agent_id: str | None
    ends_ms: int


class NodePassed(Event, frozen=True):
    """The run goes on from a node by one of its exits; `values` are variables set on the way."""

    run_id: int
    contact_id: int
    flow_id: str
    node_id: str
    exit: str
    to_node_id: str
    values: dict[str, Value]


class SubflowEntered(Event, frozen=True):
    run_id: int
    contact_id: int
    flow_id: str
    version: int
    variables: dict[str, Value]


class SubflowLeft(Event, frozen=True):
    """The innermost flow has ended; the one that ran it goes on behind its node."""

    run_id: int
    contact_id: int
    flow_id: str
    node_id: str
    outcome: str


class LanguageChanged(Event, frozen=True):
    run_id: int
    contact_id: int
    language: str


class AnswerAsked(Event, frozen=True):
    """The run waits for the customer's answer to the message before."""

    run_id: int
    contact_id: int
    node_id: str
    until_ms: int


class AnswerMissed(Event, frozen=True):
    """What the customer answered wasn't understood."""

    run_id: int
    contact_id: int
    node_id: str
    misses: int


class PauseBegun(Event, frozen=True):
    run_id: int
    contact_id: int
    node_id: str
    until_ms: int


class LookUpAsked(Event, frozen=True):
    """An outside system is asked; `AnswerLookUp` brings the answer, or `until_ms` passes."""

    run_id: int
    contact_id: int
    node_id: str
    request_id: int
    look_up_id: str
    parameters: dict[str, Value]
    until_ms: int


class ClassificationAsked(Event, frozen=True):
    run_id: int
    contact_id: int
    node_id: str
    request_id: int
    text: str
    language: str
    until_ms: int


class SurveyAnswered(Event, frozen=True):
    """A verdict, with whom and what it is about.

    `score`: 1 to 5, 0 to 10, or 1 and 0 for yes and no; None: the answer is a text.
    """

    run_id: int
    contact_id: int
    flow_id: str
    node_id: str
    question_id: str
    question_kind: QuestionKind
    score: int | None
    text: str
    queue_id: str
    agent_id: str | None


class FlowFailed(Event, frozen=True):
    """A step could not be taken; the contact goes where the fallback says."""

    run_id: int
    contact_id: int
    flow_id: str
    node_id: str
    fault: FlowFault
    detail: str


class FlowEnded(Event, frozen=True):
    """The run is over. `outcome` is the flow's own word for how; `node_id` where it stood."""

    run_id: int
    contact_id: int
    flow_id: str
    node_id: str
    result: FlowResult
    outcome: str


class ContactDescribed(Event, frozen=True):
    """What a flow has found out about a contact, for whoever takes it."""

    contact_id: int
    topic: str
    priority: int
    attributes: dict[str, str]
    language: str


class MessageTaken(Event, frozen=True):
    """A message was taken down; it is delivered as a contact of its own."""

    contact_id: int
    run_id: int
    message_contact_id: int
    queue_id: str
    agent_id: str | None


class TransferredOutside(Event, frozen=True):
    """The channel is to pass the customer on to an address outside the centre."""

    contact_id: int
    run_id: int | None
    """The flow that does it; None: an agent does."""
    address: str


# -- callbacks


class CallbackPromised(Event, frozen=True):
    """The contact (just opened) is a promise to reach the customer at `address`.

    It takes the place of `of_contact_id`, if that waited. `due_ms` None: as soon as
    it is its turn.
    """

    contact_id: int
    of_contact_id: int | None
    run_id: int | None
    queue_id: str
    address: str
    age_from_ms: int
    due_ms: int | None
    expires_ms: int
    attempts_max: int
    retry_ms: int


class CallbackScheduled(Event, frozen=True):
    """It waits for its time; `due_ms` is when it enters the queue."""

    contact_id: int
    due_ms: int


class CallbackAttempted(Event, frozen=True):
    """An agent tried to reach the customer; `number` counts the attempts from 1."""

    contact_id: int
    agent_id: str
    number: int
    result: AttemptResult
