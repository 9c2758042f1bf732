"""What people look at: the documents of the live picture, as the API and the stream carry them.

Collections are keyed by the id in the document's first field (messages by
`contact_id/number`). Null means "can't be said", a number (0 too) is measured,
an absent document means there is no such thing.
"""

from enum import Enum

import msgspec

from frontdesk.kernel.alarms.rules import AlarmMeasure, AlarmSeverity, AlarmSubject
from frontdesk.kernel.commands import (
    Attachment,
    AttemptResult,
    Author,
    CustomerCard,
    ListeningMode,
    Presence,
)
from frontdesk.kernel.events import ClearedBy, ClosedBy, OfferWhy
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.settings import Role, SkillNeed


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all documents."""


class AgentState(Enum):
    """What an agent is doing, derived from presence and work in hand.

    With several contacts at once the first that applies counts: offline (and no
    contact), ringing, busy, wrap_up, break, idle.
    """

    OFFLINE = "offline"
    IDLE = "idle"
    RINGING = "ringing"
    BUSY = "busy"
    WRAP_UP = "wrap_up"
    BREAK = "break"


class RecentContact(Document, frozen=True):
    contact_id: int
    customer_name: str
    queue_id: str
    ended_ms: int


class AgentDocument(Document, frozen=True):
    agent_id: str
    name: str
    role: Role
    team_id: str | None
    skills: dict[str, int]
    queue_ids: tuple[str, ...]
    presence: Presence
    break_reason_id: str | None
    presence_since_ms: int
    next_presence: Presence | None
    next_break_reason_id: str | None
    signed_in_since_ms: int | None
    """Since when the presence has been other than offline; null: it is offline."""
    connected: bool
    connected_since_ms: int | None
    """Since when a desk of the agent's has been connected; null: none is."""
    state: AgentState
    state_since_ms: int
    load_units: int
    capacity_units: int
    contact_ids: tuple[int, ...]
    """Contacts the agent is engaged in, wrap-up included."""
    recent: tuple[RecentContact, ...]
    """The last five contacts, newest first."""
    answered_today: int
    missed_today: int


class ServiceLevel(Document, frozen=True):
    """Contacts answered within the target over contacts offered less short abandons.

    `ratio` = answered within target / (answered + abandoned after target);
    abandons within the target are left out of both. Null: nothing to divide by.
    """

    ratio: float | None
    answered_in_target: int
    counted: int
    target_ms: int
    target_ratio: float


class WaitRange(Document, frozen=True):
    low_ms: int
    high_ms: int


class QueueDocument(Document, frozen=True):
    queue_id: str
    name: str
    open: bool
    waiting: int
    oldest_since_ms: int | None
    agents: dict[AgentState, int]
    service_level: ServiceLevel
    offered_today: int
    answered_today: int
    abandoned_today: int
    expected_waits: dict[str, WaitRange | None]
    """Of a contact arriving now, by the channels over which the queue's contacts come.

    Null: the queue is closed, nobody is there to serve it, or nothing was learnt yet.
    """


class ContactState(Enum):
    WAITING = "waiting"
    OFFERED = "offered"
    ENGAGED = "engaged"
    CLOSED = "closed"
    SELF_SERVICE = "self_service"
    """A flow alone has it."""
    PROMISED = "promised"
    """A callback whose time has not come."""
    PARKED = "parked"
    """An agent has put it aside for whoever takes it."""


class CallbackDocument(Document, frozen=True):
    """What a callback promises. `of_contact_id`: the contact whose place it holds."""

    of_contact_id: int | None
    address: str
    due_ms: int | None
    """When it enters, or entered, the queue; null: at its turn."""
    expires_ms: int
    attempts: int
    attempts_max: int
    retry_ms: int
    """How long after a failed attempt it is tried again, if nobody says otherwise."""
    last_result: AttemptResult | None
    """What came of the last attempt; null: there was none."""


class ConsultDocument(Document, frozen=True):
    """Whom an agent asks about a contact: by the contact `consult_id`, or at an outside address."""

    consult_id: int | None
    address: str
    note: str
    answered: bool
    """Of an outside expert; a colleague's contact tells by itself."""
    conference: bool
    """Customer, agent and whoever is asked hear each other."""


class ContactDocument(Document, frozen=True):
    contact_id: int
    channel: str
    customer: CustomerCard
    topic: str
    queue_id: str
    state: ContactState
    opened_ms: int
    queued_ms: int
    """When the present (or last) wait began."""
    answered_ms: int | None
    """When the first agent accepted."""
    closed_ms: int | None
    closed_by: ClosedBy | None
    agent_id: str | None
    held_since_ms: int | None
    priority: int
    step_index: int
    skills: tuple[SkillNeed, ...]
    attributes: dict[str, str]
    message_count: int
    read_by_agent: int
    """The number of the last message the agent has seen."""
    read_by_customer: int
    last_text: str
    last_author: Author | None
    last_message_ms: int | None
    customer_connected: bool
    transferred_from_agent_id: str | None
    transfer_note: str
    rating: int | None
    language: str
    flow_id: str | None
    """The flow that is under way with it."""
    callback: CallbackDocument | None
    consult: ConsultDocument | None = None
    consult_of: int | None = None
    """It is a consult about this contact."""
    parked_until_ms: int | None = None
    listeners: dict[str, ListeningMode] = {}
    """Supervisors who are in its conversation, and how."""


class OfferDocument(Document, frozen=True):
    offer_id: int
    contact_id: int
    agent_id: str
    offered_ms: int
    expires_ms: int | None
    why: OfferWhy


class EngagementDocument(Document, frozen=True):
    engagement_id: int
    contact_id: int
    agent_id: str
    started_ms: int
    ended_ms: int | None
    """When the conversation ended and wrap-up began; null: it goes on."""
    wrap_up_until_ms: int | None


class MessageDocument(Document, frozen=True):
    contact_id: int
    number: int
    at_ms: int
    author: Author
    agent_id: str | None
    author_name: str
    client_id: str
    text: str
    attachments: tuple[Attachment, ...]
    internal: bool
    prompt: Prompt | None = None
    """What a flow asks for with it."""
    choice: str | None = None
    """The answer that the customer chose, by its value."""


class FlowDocument(Document, frozen=True):
    """A flow's runs now and the day so far, over all versions."""

    flow_id: str
    running: int
    started_today: int
    nodes: dict[str, int]
    """How many runs stand at each node now."""
    edges: dict[str, int]
    """How often each exit (`node_id/exit`) was taken today."""


class PlaceDocument(Document, frozen=True):
    """Where a waiting contact stands: position 1 is next."""

    contact_id: int
    position: int
    expected_wait: WaitRange | None


class ColleagueDocument(Document, frozen=True):
    """What every desk may know of every agent: whom one can pass a contact to."""

    agent_id: str
    name: str
    team_id: str | None
    queue_ids: tuple[str, ...]
    state: AgentState


class AlarmDocument(Document, frozen=True):
    """An alarm and its cause. Of a past one `name` is its rule's id.

    `subject_id` is of the agent, queue, flow, channel, trunk or engagement; `agent_id`, `queue_id`
    and `contact_id` are who and what it is about. `value` is what was measured (ages in ms),
    `since_ms` since when it was over the threshold, of ages: since when it lasted.
    """

    alarm_id: int
    rule_id: str
    name: str
    measure: AlarmMeasure
    severity: AlarmSeverity
    sound: bool
    subject: AlarmSubject
    subject_id: str
    value: float
    threshold: float
    since_ms: int
    raised_ms: int
    agent_id: str | None
    queue_id: str | None
    contact_id: int | None
    acknowledged_ms: int | None = None
    acknowledged_by: str | None = None
    note: str = ""
    escalated_ms: int | None = None
    cleared_ms: int | None = None
    cleared_by: ClearedBy | None = None
    cleared_value: float | None = None


class AlarmPage(Document, frozen=True):
    """Alarms, the newest first."""

    items: tuple[AlarmDocument, ...]
    next_cursor: str | None
