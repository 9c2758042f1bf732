"""What has happened in a centre. Past facts; the journal is made of them.

Times are not repeated in events: the envelope's `at_ms` is when all events of a
decision happened. Fields named `…_ms` here are other instants or durations.
"""

from enum import Enum

import msgspec

from frontdesk.kernel.alarm_events import (
    AlarmAcknowledged as AlarmAcknowledged,
)
from frontdesk.kernel.alarm_events import (
    AlarmCleared as AlarmCleared,
)
from frontdesk.kernel.alarm_events import (
    AlarmEscalated as AlarmEscalated,
)
from frontdesk.kernel.alarm_events import (
    AlarmRaised as AlarmRaised,
)
from frontdesk.kernel.alarm_events import (
    ChannelReported as ChannelReported,
)
from frontdesk.kernel.alarm_events import (
    ClearedBy as ClearedBy,
)
from frontdesk.kernel.alarm_events import (
    TrunkLoadReported as TrunkLoadReported,
)
from frontdesk.kernel.commands import Attachment, Author, CustomerCard, Presence
from frontdesk.kernel.consult_events import (
    ConferenceBegun as ConferenceBegun,
)
from frontdesk.kernel.consult_events import (
    ConsultAnswered as ConsultAnswered,
)
from frontdesk.kernel.consult_events import (
    ConsultBegun as ConsultBegun,
)
from frontdesk.kernel.consult_events import (
    ConsultEnd as ConsultEnd,
)
from frontdesk.kernel.consult_events import (
    ConsultEnded as ConsultEnded,
)
from frontdesk.kernel.consult_events import (
    ContactParked as ContactParked,
)
from frontdesk.kernel.consult_events import (
    ListeningBegun as ListeningBegun,
)
from frontdesk.kernel.consult_events import (
    ListeningEnded as ListeningEnded,
)
from frontdesk.kernel.event import Event as Event
from frontdesk.kernel.flow_events import (
    AnswerAsked as AnswerAsked,
)
from frontdesk.kernel.flow_events import (
    AnswerMissed as AnswerMissed,
)
from frontdesk.kernel.flow_events import (
    CallbackAttempted as CallbackAttempted,
)
from frontdesk.kernel.flow_events import (
    CallbackPromised as CallbackPromised,
)
from frontdesk.kernel.flow_events import (
    CallbackScheduled as CallbackScheduled,
)
from frontdesk.kernel.flow_events import (
    ClassificationAsked as ClassificationAsked,
)
from frontdesk.kernel.flow_events import (
    ContactDescribed as ContactDescribed,
)
from frontdesk.kernel.flow_events import (
    FlowEnded as FlowEnded,
)
from frontdesk.kernel.flow_events import (
    FlowFailed as FlowFailed,
)
from frontdesk.kernel.flow_events import (
    FlowResult as FlowResult,
)
from frontdesk.kernel.flow_events import (
    FlowStarted as FlowStarted,
)
from frontdesk.kernel.flow_events import (
    LanguageChanged as LanguageChanged,
)
from frontdesk.kernel.flow_events import (
    LookUpAsked as LookUpAsked,
)
from frontdesk.kernel.flow_events import (
    MessageTaken as MessageTaken,
)
from frontdesk.kernel.flow_events import (
    NodePassed as NodePassed,
)
from frontdesk.kernel.flow_events import (
    PauseBegun as PauseBegun,
)
from frontdesk.kernel.flow_events import (
    SubflowEntered as SubflowEntered,
)
from frontdesk.kernel.flow_events import (
    SubflowLeft as SubflowLeft,
)
from frontdesk.kernel.flow_events import (
    SurveyAnswered as SurveyAnswered,
)
from frontdesk.kernel.flow_events import (
    TransferredOutside as TransferredOutside,
)
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.settings import OverflowWhen, SettingsEntity, SkillNeed


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
    CONSULT = "consult"
    """An agent asks for a colleague's advice."""


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
    PARKED = "parked"
    RESCHEDULED = "rescheduled"
    """The customer of a callback could not be reached; it is tried again."""


class TakenCause(Enum):
    """Why an agent has a contact that nobody offered."""

    PLACED = "placed"
    """The agent calls the customer."""
    CONSULTED = "consulted"
    """The agent was asked about it, and it was then passed on."""
    PARKED = "parked"
    """It was parked, and the agent took it."""


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


class ContactTaken(Event, frozen=True):
    """The contact, which stands in no queue, is the agent's without an offer.

    `engagement_id` is of the same count as the offers' ids. `queue_id`: whose rules it obeys.
    """

    engagement_id: int
    contact_id: int
    agent_id: str
    queue_id: str
    cause: TakenCause


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
    | ContactTaken
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
    | ConsultBegun
    | ConsultAnswered
    | ConferenceBegun
    | ConsultEnded
    | ContactParked
    | ListeningBegun
    | ListeningEnded
    | AlarmRaised
    | AlarmAcknowledged
    | AlarmEscalated
    | AlarmCleared
    | ChannelReported
    | TrunkLoadReported
)
