"""What the live picture remembers: the least from which its documents can be rendered."""

import msgspec

from frontdesk.kernel.commands import Author, CustomerCard, ListeningMode, Presence
from frontdesk.kernel.events import ClosedBy, OfferWhy
from frontdesk.kernel.settings import (
    NOT_ANSWERING,
    AgentProfile,
    CentreSettings,
    SettingsEntity,
    SkillNeed,
)
from frontdesk.views.documents import (
    AgentState,
    AlarmDocument,
    CallbackDocument,
    ConsultDocument,
    ContactState,
    MessageDocument,
    RecentContact,
)


class AgentRow(msgspec.Struct, gc=False):
    profile: AgentProfile
    presence: Presence
    break_reason_id: str | None
    presence_since_ms: int
    next_presence: Presence | None
    next_break_reason_id: str | None
    signed_in_since_ms: int | None
    connected_since_ms: int | None
    state: AgentState
    state_since_ms: int
    offer_ids: list[int]
    engagement_ids: list[int]
    recent: tuple[RecentContact, ...]
    answered_today: int
    missed_today: int


class QueueRow(msgspec.Struct, gc=False):
    """The day so far of a queue, and what it will still be tomorrow."""

    channels: tuple[str, ...] = ()
    """Over which its contacts have come, in the order of the first."""
    offered_today: int = 0
    answered_today: int = 0
    answered_in_target_today: int = 0
    abandoned_today: int = 0
    abandoned_in_target_today: int = 0


class ContactRow(msgspec.Struct, gc=False):
    contact_id: int
    channel: str
    customer: CustomerCard
    topic: str
    skills: tuple[SkillNeed, ...]
    priority: int
    attributes: dict[str, str]
    opened_ms: int
    queued_ms: int
    links: dict[str, int]
    """Agents with a part in it: how many offers and engagements each has of it."""
    state: ContactState = ContactState.WAITING
    queue_id: str = ""
    in_queue: bool = False
    """Whether it is counted among those who wait in `queue_id`."""
    step_index: int = 0
    answered_ms: int | None = None
    closed_ms: int | None = None
    closed_by: ClosedBy | None = None
    agent_id: str | None = None
    held_since_ms: int | None = None
    message_count: int = 0
    read_by_agent: int = 0
    read_by_customer: int = 0
    last_text: str = ""
    last_author: Author | None = None
    last_message_ms: int | None = None
    customer_connected: bool = True
    transferred_from_agent_id: str | None = None
    transfer_note: str = ""
    rating: int | None = None
    rating_until_ms: int | None = None
    wrap_up_count: int = 0
    language: str = ""
    run_id: int | None = None
    callback: CallbackDocument | None = None
    consult: ConsultDocument | None = None
    consult_of: int | None = None
    parked_until_ms: int | None = None
    listeners: dict[str, ListeningMode] = {}


class FlowRow(msgspec.Struct):
    """The day so far of a flow."""

    started_today: int = 0
    edges_today: dict[str, int] = {}


class RunRow(msgspec.Struct):
    """A flow under way."""

    contact_id: int
    keeps_place: bool
    """It goes on beside the queue that the contact waits in."""
    flow_ids: list[str]
    """The flow and, within it, those that it runs inside."""
    node_ids: list[str]
    """Where the run stands in each."""


class OfferRow(msgspec.Struct, frozen=True, gc=False):
    offer_id: int
    contact_id: int
    agent_id: str
    offered_ms: int
    expires_ms: int | None
    why: OfferWhy
    units: int


class EngagementRow(msgspec.Struct, gc=False):
    engagement_id: int
    contact_id: int
    agent_id: str
    started_ms: int
    units: int
    ended_ms: int | None = None
    wrap_up_until_ms: int | None = None


def _new_settings() -> dict[str, SettingsEntity]:
    return {
        "centre_settings/centre": CentreSettings(),
        f"break_reason/{NOT_ANSWERING.break_reason_id}": NOT_ANSWERING,
    }


class LiveState(msgspec.Struct):
    """All that events determine: what a snapshot keeps."""

    seq: int = 0
    day_start_ms: int = 0
    day_end_ms: int = 0
    agents: dict[str, AgentRow] = {}
    queues: dict[str, QueueRow] = {}
    contacts: dict[int, ContactRow] = {}
    offers: dict[int, OfferRow] = {}
    engagements: dict[int, EngagementRow] = {}
    messages: dict[int, list[MessageDocument]] = {}
    """By contact: its newest messages, oldest first."""
    flows: dict[str, FlowRow] = {}
    runs: dict[int, RunRow] = {}
    alarms: dict[int, AlarmDocument] = {}
    """Those that stand."""
    settings: dict[str, SettingsEntity] = msgspec.field(default_factory=_new_settings)
    """By `kind/id`, agents' profiles apart: those are in `agents`."""
