"""What has happened in a centre. Past facts; the journal is made of them.

Times are not repeated in events: the envelope's `at_ms` is when all events of a
decision happened. Fields named `…_ms` here are other instants or durations.
"""

from enum import Enum

import msgspec

from frontdesk.kernel.commands import Attachment, AttemptResult, Author, CustomerCard, Presence
from frontdesk.kernel.flows.document import FlowUse, QuestionKind, Value
from frontdesk.kernel.flows.faults import FlowFault
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.settings import OverflowWhen, SettingsEntity, SkillNeed


class Event(msgspec.Struct, frozen=True, tag_field="type", tag=True, gc=False):
    """Base of all events. They can't hold cycles, so the garbage collector need not look."""


class QueuedCause(Enum):
    OPENED = "opened"
    TRANSFERRED = "transferred"
    OVERFLOWED = "overflowed"
    RETURNED = "returned"
    """The agent who had it was lost."""
    FLOW = "flow"
    """A flow sent it."""
    CALLBACK = "callback"
    """It is a promised callback; it counts as no new arrival."""


class OfferTrigger(Enum):
    CONTACT_ARRIVED = "contact_arrived"
    AGENT_FREED = "agent_freed"


class WithdrawnReason(Enum):
    CUSTOMER_LEFT = "customer_left"
    AGENT_LEFT = "agent_left"
    CLOSED = "closed"
    CALLBACK = "callback"
    """The customer chose to be reached later."""
    MOVED = "moved"
    """The customer's flow led elsewhere."""


class EngagementEnd(Enum):
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    AGENT_LOST = "agent_lost"
    RESCHEDULED = "rescheduled"
    """The customer of a callback could not be reached; it is tried again."""


class ClosedBy(Enum):
    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"
    IDLE = "idle"
    """The customer stayed silent for the channel's idle time."""
    OVERFLOW = "overflow"
    """An overflow rule of the queue closed it with a message."""
    FULL = "full"
    """The queue was full and had no overflow."""
    FLOW = "flow"
    """A flow came to its end."""
    CALLBACK = "callback"
    """The customer is reached later instead."""
    UNREACHED = "unreached"
    """Of a callback: all attempts were in vain."""
    EXPIRED = "expired"
    """Of a callback: its time ran out before anybody could try."""


class PresenceCause(Enum):
    SET = "set"
    QUEUED = "queued"
    MISSED_OFFER = "missed_offer"
    LOST = "lost"
    REMOVED = "removed"


class SettingSaved(Event, frozen=True):
    entity: SettingsEntity


class SettingRemoved(Event, frozen=True):
    kind: str
    entity_id: str


class ContactOpened(Event, frozen=True):
    contact_id: int
    channel: str
    channel_ref: str
    customer: CustomerCard
    topic: str
    skills: tuple[SkillNeed, ...]
    priority: int
    previous_agent_id: str | None
    attributes: dict[str, str]
    language: str = ""


class ContactQueued(Event, frozen=True):
    """The contact waits in the queue, at its first step.

    `age_from_ms` is the instant its place counts from. With `for_agent_id` it
    waits for that agent alone until `ContactReleased`.
    """

    contact_id: int
    queue_id: str
    cause: QueuedCause
    age_from_ms: int
    for_agent_id: str | None = None
    for_agent_until_ms: int | None = None


class WaitAnnounced(Event, frozen=True):
    """What a contact is told first of a wait: in eight cases of ten its rest is in the range.

    It was made of `estimate_ms`, with so many contacts `ahead`. Beside it stands what the other
    estimators had to go by: the wait of the contact answered last, and how long the contact at the
    head of the line had waited.
    """

    contact_id: int
    queue_id: str
    low_ms: int
    likely_ms: int
    high_ms: int
    estimate_ms: int
    ahead: int
    last_wait_ms: int
    head_age_ms: int


class StepAdvanced(Event, frozen=True):
    contact_id: int
    step_index: int


class ContactReleased(Event, frozen=True):
    """It no longer waits for one agent alone."""

    contact_id: int


class RefusalsForgotten(Event, frozen=True):
    """Agents who declined the contact may be asked again."""

    contact_id: int


class ContactOverflowed(Event, frozen=True):
    """A rule of the queue sends the contact on to a queue or into a flow, or ends it.

    With neither it ends with `message`.
    """

    contact_id: int
    from_queue_id: str
    when: OverflowWhen
    to_queue_id: str | None
    message: str
    to_flow_id: str | None = None


class OfferWhy(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The decision in short: what set it off, at which step, after what wait, how many waited.

    The whole of it, agent by agent, is `explain` on the state as it was.
    """

    trigger: OfferTrigger
    step_index: int
    wait_ms: int
    waiting_contacts: int
    previous_agent: bool = False


class ContactOffered(Event, frozen=True):
    offer_id: int
    contact_id: int
    agent_id: str
    expires_ms: int | None
    why: OfferWhy


class OfferAccepted(Event, frozen=True):
    """The offer becomes the engagement of the same id."""

    offer_id: int
    contact_id: int
    agent_id: str


class OfferDeclined(Event, frozen=True):
    offer_id: int
    contact_id: int
    agent_id: str
    reason: str


class OfferExpired(Event, frozen=True):
    offer_id: int
    contact_id: int
    agent_id: str


class OfferWithdrawn(Event, frozen=True):
    offer_id: int
    contact_id: int
    agent_id: str
    reason: WithdrawnReason


class ContactHeld(Event, frozen=True):
    contact_id: int
    agent_id: str


class ContactResumed(Event, frozen=True):
    contact_id: int
    agent_id: str


class ContactTransferred(Event, frozen=True):
    contact_id: int
    agent_id: str
    to_queue_id: str
    """Empty when it goes into a flow."""
    to_agent_id: str | None
    note: str
    to_flow_id: str | None = None


class EngagementEnded(Event, frozen=True):
    """With `wrap_up_until_ms` the agent has until then to finish; None: no wrap-up."""

    engagement_id: int
    contact_id: int
    agent_id: str
    reason: EngagementEnd
    wrap_up_until_ms: int | None


class WrapUpCompleted(Event, frozen=True):
    engagement_id: int
    contact_id: int
    agent_id: str
    disposition_id: str | None
    note: str
    timed_out: bool


class ContactAbandoned(Event, frozen=True):
    """The customer left while waiting for an agent; `ContactClosed` follows."""

    contact_id: int
    queue_id: str
    wait_ms: int


class ContactClosed(Event, frozen=True):
    """The kernel forgets the contact once it is wrapped up and past `rating_until_ms`."""

    contact_id: int
    by: ClosedBy
    rating_until_ms: int | None = None


class RatingEnded(Event, frozen=True):
    """The time in which the contact could be rated is over."""

    contact_id: int


class MessagePosted(Event, frozen=True):
    """`number` counts the contact's messages from 1.

    `prompt`: what a flow asks for with it; `choice`: the answer that a customer
    chose, by its value.
    """

    contact_id: int
    number: int
    author: Author
    agent_id: str | None
    client_id: str
    text: str
    attachments: tuple[Attachment, ...]
    internal: bool
    prompt: Prompt | None = None
    choice: str | None = None


class MessagesRead(Event, frozen=True):
    contact_id: int
    agent_id: str | None
    number: int


class ContactRated(Event, frozen=True):
    contact_id: int
    score: int
    comment: str


class PresenceChanged(Event, frozen=True):
    agent_id: str
    presence: Presence
    break_reason_id: str | None
    cause: PresenceCause


class NextPresenceSet(Event, frozen=True):
    """What follows the work in hand; presence None: nothing any more."""

    agent_id: str
    presence: Presence | None
    break_reason_id: str | None


class AgentConnected(Event, frozen=True):
    agent_id: str


class AgentDisconnected(Event, frozen=True):
    agent_id: str


class CustomerConnected(Event, frozen=True):
    contact_id: int


class CustomerDisconnected(Event, frozen=True):
    contact_id: int


# -- flows


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
    run_id: int
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


AnyEvent = (
    SettingSaved
    | SettingRemoved
    | ContactOpened
    | ContactQueued
    | WaitAnnounced
    | StepAdvanced
    | ContactReleased
    | RefusalsForgotten
    | ContactOverflowed
    | ContactOffered
    | OfferAccepted
    | OfferDeclined
    | OfferExpired
    | OfferWithdrawn
    | ContactHeld
    | ContactResumed
    | ContactTransferred
    | EngagementEnded
    | WrapUpCompleted
    | ContactAbandoned
    | ContactClosed
    | RatingEnded
    | MessagePosted
    | MessagesRead
    | ContactRated
    | PresenceChanged
    | NextPresenceSet
    | AgentConnected
    | AgentDisconnected
    | CustomerConnected
    | CustomerDisconnected
    | FlowStarted
    | NodePassed
    | SubflowEntered
    | SubflowLeft
    | LanguageChanged
    | AnswerAsked
    | AnswerMissed
    | PauseBegun
    | LookUpAsked
    | ClassificationAsked
    | SurveyAnswered
    | FlowFailed
    | FlowEnded
    | ContactDescribed
    | MessageTaken
    | TransferredOutside
    | CallbackPromised
    | CallbackScheduled
    | CallbackAttempted
)
