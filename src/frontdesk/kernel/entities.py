"""What is alive in a centre: contacts, offers, engagements, agents, and the settings in force.

The life of a contact

    self_service ◀───────── overflow, transfer, survey ────────────┐
       │                                                           │
       ▼                                                           │
    waiting ──ContactOffered──▶ offered ──OfferAccepted──▶ engaged ┴─▶ closed
       ▲                          │                          │
       ├── declined, expired, ────┘        transferred, ─────┤
       │   withdrawn                       returned          │
    promised ◀──────────────────────────── not reached ──────┘

`self_service`: a flow alone has it; no agent is asked for. `promised`: a callback
whose time has not come. `parked`: an agent has put it aside; whoever takes it has it.

`waiting`: it stands in exactly one lane of the routing index. `offered`: one
agent has one open offer for it; place and age are kept, so a failed offer puts
it back where it was. `engaged`: one agent serves it (holding is a mark on this,
not a place: nobody else may take it). `closed` is final. Wrap-up belongs to the
engagement, not to the contact: after a transfer one agent wraps up while another
already serves. Ringing for ever is impossible: every offer has its deadline.

Refused: a `reserved` stage before the offer (a second place for the same thing),
and `queued` against `waiting` (the field uses both words for one state).
"""

from enum import Enum

import msgspec

from frontdesk.kernel.alarms.rules import AlarmRule
from frontdesk.kernel.commands import Author, CustomerCard, ListeningMode, Presence
from frontdesk.kernel.estimators.ratios import Ratios
from frontdesk.kernel.events import OfferWhy, WaitAnnounced
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.flows.resources import Intent, LookUp
from frontdesk.kernel.settings import (
    AgentProfile,
    BreakReason,
    CentreSettings,
    Disposition,
    Hours,
    Queue,
    Skill,
    SkillNeed,
    Team,
    Widget,
)
from frontdesk.kernel.telephone import PhoneAccount, PhoneNumber, Trunk


class Stage(Enum):
    WAITING = "waiting"
    OFFERED = "offered"
    ENGAGED = "engaged"
    CLOSED = "closed"
    SELF_SERVICE = "self_service"
    PROMISED = "promised"
    PARKED = "parked"


WAITING, OFFERED, ENGAGED, CLOSED, SELF_SERVICE, PROMISED, PARKED = Stage
"""For hot paths: naming a member through its class costs ten times as much on CPython 3.11."""


class Callback(msgspec.Struct, frozen=True):
    """A promise to reach a customer: where, until when, how often it is tried."""

    of_contact_id: int | None
    address: str
    expires_ms: int
    attempts_max: int
    retry_ms: int
    due_ms: int | None = None
    attempts: int = 0


class Consult(msgspec.Struct, frozen=True):
    """Somebody who is asked about a contact: a colleague (by a contact), or an outside expert."""

    consult_id: int | None
    address: str
    answered: bool = False
    """Of an outside expert; a colleague's contact tells by itself."""
    conference: bool = False


class Contact(msgspec.Struct, gc=False):
    contact_id: int
    channel: str
    channel_ref: str
    customer: CustomerCard
    topic: str
    skills: tuple[SkillNeed, ...]
    priority: int
    previous_agent_id: str | None
    attributes: dict[str, str]
    opened_ms: int
    age_from_ms: int
    """The instant its place in a queue counts from; kept over failed offers and transfers."""
    queued_ms: int
    """When the present (or last) wait began."""
    stage: Stage = Stage.WAITING
    queue_id: str = ""
    step_index: int = 0
    for_agent_id: str | None = None
    """It waits for this agent alone."""
    offer_id: int | None = None
    engagement_id: int | None = None
    agent_id: str | None = None
    """The agent it is offered to or engaged with."""
    held_since_ms: int | None = None
    refused_by: tuple[str, ...] = ()
    overflow_count: int = 0
    overflow_queue_id: str = ""
    """The queue whose rule has sent it into a flow last; if it comes back from there, it stays."""
    message_count: int = 0
    recent_client_ids: dict[str, int] = {}
    """Message number by sender and the sender's own id (`message_key`), of the last few."""
    last_author: Author | None = None
    read_by_agent: int = 0
    read_by_customer: int = 0
    customer_connected: bool = True
    wrap_up_count: int = 0
    """Engagements of it that are still in wrap-up."""
    rating: int | None = None
    rating_until_ms: int | None = None
    announced: WaitAnnounced | None = None
    """What it was told first of its present (or last) wait."""
    announced_ms: int = 0
    language: str = ""
    run_id: int | None = None
    """The flow that is under way with it."""
    served_by: str | None = None
    """The agent who ended it last, while a flow still has it."""
    callback: Callback | None = None
    """It is a callback, not a customer who waits."""
    consult: Consult | None = None
    """Whom its agent asks about it."""
    consult_of: int | None = None
    """It is a consult about this contact: no customer is on its line, but an agent."""
    listeners: dict[str, ListeningMode] | None = None
    """Supervisors who are in its conversation."""


def message_key(author: Author, agent_id: str | None, client_id: str) -> str:
    """Who sent a message, and the sender's own id for it: two senders may use the same ids."""
    return f"{author.value}:{agent_id or ''}:{client_id}"


class Offer(msgspec.Struct, frozen=True, gc=False):
    offer_id: int
    contact_id: int
    agent_id: str
    units: int
    offered_ms: int
    expires_ms: int | None
    why: OfferWhy


class Engagement(msgspec.Struct, gc=False):
    engagement_id: int
    contact_id: int
    agent_id: str
    queue_id: str
    channel: str
    units: int
    started_ms: int
    held_ms: int = 0
    ended_ms: int | None = None
    """When the conversation ended and wrap-up began; None: it goes on."""
    wrap_up_until_ms: int | None = None


class Agent(msgspec.Struct):
    """An agent's live side; what is configured of the agent is the `AgentProfile`."""

    agent_id: str
    number: int
    """Order of creation; breaks ties, and is the agent's id among deadlines."""
    presence: Presence = Presence.OFFLINE
    break_reason_id: str | None = None
    presence_since_ms: int = 0
    next_presence: Presence | None = None
    next_break_reason_id: str | None = None
    connected: bool = False
    load_units: int = 0
    """Units of open offers and of engagements, wrap-up included."""
    offer_ids: list[int] = []
    engagement_ids: list[int] = []
    idle_since_ms: int = 0
    """When a contact last left the agent, or the agent became available."""
    signed_in_ms: int = 0
    busy_ms: int = 0
    """Time with any load since signing in, up to `busy_since_ms`."""
    busy_since_ms: int | None = None
    missed_offers: int = 0
    """Offers in a row that the agent let expire."""
    turns: dict[str, int] = {}
    """By queue: the number of the last offer that came from it (round robin)."""


class QueueStats(msgspec.Struct):
    """What a queue has learnt for its expected wait; old observations fade."""

    handle_ms: float = 0.0
    """Sum of handle times (engagement and wrap-up), faded."""
    handled: float = 0.0
    """How many, faded alike."""
    waited_ms: float = 0.0
    """Sum of all waits, of the served and of the abandoned, faded."""
    abandoned: float = 0.0
    last_wait_ms: int = 0
    """The wait of the contact that was answered last."""
    ratios: Ratios = {}
    """Real waits over estimated ones."""


class Settings(msgspec.Struct):
    """The business settings in force, by kind and id."""

    skills: dict[str, Skill] = {}
    teams: dict[str, Team] = {}
    agents: dict[str, AgentProfile] = {}
    queues: dict[str, Queue] = {}
    hours: dict[str, Hours] = {}
    break_reasons: dict[str, BreakReason] = {}
    dispositions: dict[str, Disposition] = {}
    widgets: dict[str, Widget] = {}
    flows: dict[str, Flow] = {}
    look_ups: dict[str, LookUp] = {}
    intents: dict[str, Intent] = {}
    trunks: dict[str, Trunk] = {}
    phone_numbers: dict[str, PhoneNumber] = {}
    phone_accounts: dict[str, PhoneAccount] = {}
    alarm_rules: dict[str, AlarmRule] = {}
    centre: CentreSettings = CentreSettings()
