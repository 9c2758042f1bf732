"""What people look at: the documents of the live picture, as the API and the stream carry them.

Collections are keyed by the id in the document's first field (messages by
`contact_id/number`). Null means "can't be said", a number (0 too) is measured,
an absent document means there is no such thing.
"""

from enum import Enum
from typing import Any

import msgspec

from frontdesk.kernel.commands import (
    Attachment,
    AttemptResult,
    Author,
    CustomerCard,
    ListeningMode,
    Presence,
)
from frontdesk.kernel.events import ClosedBy, OfferWhy
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


class ContactRecordDocument(Document, frozen=True):
    """What became of a contact, or has so far. Durations count once what they measure is over."""

    contact_id: int
    channel: str
    customer: CustomerCard
    topic: str
    attributes: dict[str, str]
    state: ContactState
    outcome: str
    """`open`, `answered`, `abandoned`, `turned_away`, `unanswered`; of self-service `self_served`,
    `left`, `message_taken`, `transferred_outside`; `callback`: a callback took its place; of
    callbacks `unreached`, `expired`."""
    queue_id: str
    """The last one; `queue_ids` are all, in the order of the first visit."""
    queue_ids: tuple[str, ...]
    agent_id: str | None
    """The last who accepted it; `agent_ids` are all."""
    agent_ids: tuple[str, ...]
    opened_ms: int
    queued_ms: int | None
    answered_ms: int | None
    closed_ms: int | None
    closed_by: ClosedBy | None
    wait_ms: int
    handle_ms: int
    hold_ms: int
    wrap_up_ms: int
    disposition_id: str | None
    wrap_up_note: str
    rating: int | None
    rating_comment: str
    transfer_count: int


class StintDocument(Document, frozen=True):
    """One stay in a queue (`wait`) or one try with an agent (`offer`) of a contact's life."""

    number: int
    kind: str
    queue_id: str
    started_ms: int
    cause: str | None
    agent_id: str | None
    offer_id: int | None
    ended_ms: int | None
    result: str | None
    conversation_ended_ms: int | None
    wrap_up_ended_ms: int | None
    hold_ms: int
    disposition_id: str | None
    note: str


class ContactEventDocument(Document, frozen=True):
    """One event of a contact's life as the journal has it."""

    seq: int
    at_ms: int
    actor: str
    type: str
    payload: dict[str, Any]


class SettingChangeDocument(Document, frozen=True):
    """Who changed which business setting when; what it became is in the journal at `seq`."""

    seq: int
    at_ms: int
    actor: str
    kind: str
    entity_id: str
    removed: bool
    entity: dict[str, Any] | None
    """What it was made; null: it was removed."""


class ContactRecordPage(Document, frozen=True):
    items: tuple[ContactRecordDocument, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; null: this is the last."""


class MessagePage(Document, frozen=True):
    """Messages, oldest first."""

    items: tuple[MessageDocument, ...]
    next_cursor: str | None
    """Give it as `before` for the page of older messages; null: there are none."""


class ContactEventPage(Document, frozen=True):
    items: tuple[ContactEventDocument, ...]
    next_cursor: str | None


class SettingChangePage(Document, frozen=True):
    items: tuple[SettingChangeDocument, ...]
    next_cursor: str | None


class AnnouncedWaitsDay(Document, frozen=True):
    """What customers of a queue were told of their waits on a day, and what came.

    A range is *kept* if the wait of an answered contact ended in it; that should be so in eight of
    ten. Errors are of the answered: `mean_error_ms` is what was likely less what came, the others
    are root mean squares, of what was announced and of what other estimators would have said.
    """

    queue_id: str
    day: str
    """`YYYY-MM-DD` in the centre's time zone."""
    announced: int
    answered: int
    kept: int
    too_long: int
    """Answered sooner than the range said."""
    too_short: int
    """Answered later than the range said."""
    abandoned: int
    abandoned_too_short: int
    """Gave up after having waited longer than the range said."""
    kept_ratio: float | None
    """`kept` over `answered`; null: nobody was answered."""
    mean_wait_ms: int | None
    mean_error_ms: int | None
    error_ms: int | None
    estimate_error_ms: int | None
    """Of the bare estimate by the length of the queue."""
    last_wait_error_ms: int | None
    """Of the wait of the contact answered last."""
    head_age_error_ms: int | None
    """Of the time that the contact at the head of the line had waited."""


class AnnouncedWaitsReport(Document, frozen=True):
    """The latest days first."""

    items: tuple[AnnouncedWaitsDay, ...]
