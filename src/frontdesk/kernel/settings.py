"""What a centre's people configure: the business settings that routing obeys.

Every entity is a frozen struct, replaced as a whole by a `Save…` command and
recorded by a `…Saved` event, so that history, replay and simulation know what
was in force. Ids are short strings chosen by whoever creates the entity.
"""

from enum import Enum

import msgspec

from frontdesk.kernel.alarms.rules import AlarmRule
from frontdesk.kernel.entity import Entity, Part
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.flows.resources import Intent, LookUp
from frontdesk.kernel.telephone import (
    AgentLine,
    DeskBrowser,
    PhoneAccount,
    PhoneNumber,
    Trunk,
)


class Role(Enum):
    """What a person who signs in may do; each includes the ones before it."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Strategy(Enum):
    """Which of the agents who may serve a contact is asked first.

    Where agents carry several contacts at once, the less loaded come first in
    every strategy but `round_robin` and `random`.
    """

    LONGEST_IDLE = "longest_idle"
    LEAST_OCCUPIED = "least_occupied"
    ROUND_ROBIN = "round_robin"
    MOST_SKILLED = "most_skilled"
    LEAST_SKILLED = "least_skilled"
    RANDOM = "random"


class Pull(Enum):
    """Which waiting contact an agent of a team takes first, after priority.

    `oldest`: the one that has waited longest, whatever its queue.
    `home_first`: the team's home queues before all others.
    `weighted`: the greatest `queue.base_weight + queue.wait_weight * wait`.
    """

    OLDEST = "oldest"
    HOME_FIRST = "home_first"
    WEIGHTED = "weighted"


class GroupOrder(Enum):
    """In which order the teams that may serve a contact are considered.

    `home_first`: the queue's home teams in their order, then all others; of a
    team that is not at home the `reserve_idle` agents stay back.
    `weighted`: the team with the greatest `team.base_weight + team.idle_weight
    * (idle time of its agent who is asked first)`, after Chan, Koole and L'Ecuyer
    (MSOM 16(4), 2014).
    `together`: all teams as one group.
    """

    TOGETHER = "together"
    HOME_FIRST = "home_first"
    WEIGHTED = "weighted"


class Skill(Entity, frozen=True):
    skill_id: str
    name: str


class SkillNeed(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A skill asked for, with the least proficiency (1–5) that will do."""

    skill_id: str
    proficiency_min: int = 1


class Team(Entity, frozen=True):
    team_id: str
    name: str
    pull: Pull = Pull.OLDEST
    reserve_idle: int = 0
    """Idle agents kept back from contacts of queues the team is not at home in."""
    base_weight: float = 0.0
    idle_weight: float = 1.0
    """Score per second of the longest idle agent's idleness (`GroupOrder.WEIGHTED`)."""


class AgentProfile(Entity, frozen=True):
    agent_id: str
    name: str
    role: Role = Role.AGENT
    team_id: str | None = None
    skills: dict[str, int] = {}
    """Proficiency 1–5 by skill id."""
    queue_ids: tuple[str, ...] = ()
    capacity_units: int = 100
    auto_accept: bool = False
    locale: str = "en"
    line: AgentLine = DeskBrowser()
    """Where the agent is rung when a call is offered."""


class RoutingStep(Part, frozen=True):
    """Who is asked for while a contact has waited this long in the queue."""

    duration_ms: int | None = None
    """How long the step lasts; None: until the contact is served. The last step has None."""
    skills: tuple[SkillNeed, ...] = ()
    team_ids: tuple[str, ...] | None = None
    """Only agents of these teams; None: any team."""
    drop_contact_skills: bool = False
    """Whether the skills that the contact itself asked for are waived."""
    priority_boost: int = 0


class OverflowWhen(Enum):
    CLOSED = "closed"
    HOLIDAY = "holiday"
    SHUT = "shut"
    FULL = "full"
    WAITED = "waited"
    UNSTAFFED = "unstaffed"


class Overflow(Part, frozen=True):
    """Where a contact goes that this queue can't take: to a queue or into a flow.

    With neither the contact is closed with `message`. `wait_ms` is for `waited`
    alone. `unstaffed`: nobody who may serve the contact at its last step is signed
    in when it arrives. `holiday`: a date among the hours' exceptions (where there
    is no such rule, `closed` applies). `shut`: the queue's own switch.
    """

    when: OverflowWhen
    queue_id: str | None = None
    flow_id: str | None = None
    message: str = ""
    wait_ms: int | None = None


class ServiceTarget(Part, frozen=True):
    """So many of the contacts answered within so long."""

    answer_ms: int = 20_000
    ratio: float = 0.8


class Queue(Entity, frozen=True):
    queue_id: str
    name: str
    steps: tuple[RoutingStep, ...] = (RoutingStep(),)
    strategy: Strategy = Strategy.LONGEST_IDLE
    group_order: GroupOrder = GroupOrder.TOGETHER
    home_team_ids: tuple[str, ...] = ()
    priority: int = 0
    """Higher is served first, before age."""
    base_weight: float = 0.0
    wait_weight: float = 1.0
    """Score per second of a contact's wait (`Pull.WEIGHTED`)."""
    previous_agent_wait_ms: int = 0
    """How long a contact waits for the agent who served the customer last; 0: not at all."""
    offer_time_ms: int = 30_000
    """How long an offer stands before it expires."""
    wrap_up_time_ms: int = 0
    """Longest wrap-up; 0: none."""
    disposition_ids: tuple[str, ...] = ()
    waiting_max: int = 10_000
    hours_id: str | None = None
    overflows: tuple[Overflow, ...] = ()
    target: ServiceTarget = ServiceTarget()
    shut: bool = False
    """Closed by hand, whatever the hours say: a site that can't work."""
    waiting_flow_id: str | None = None
    """What a contact meets while it waits here, its place kept."""
    after_flow_id: str | None = None
    """What a customer meets when the agent has ended the contact: a survey, say."""


def find_overflow(queue: Queue, when: OverflowWhen) -> Overflow | None:
    """The queue's rule for the case, if it has one."""
    for overflow in queue.overflows:
        if overflow.when is when:
            return overflow
    return None


class OpeningSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An opening on a weekday (0 = Monday), in minutes from local midnight; end exclusive."""

    weekday: int
    start_minute: int
    end_minute: int


class DayException(Part, frozen=True):
    """A date (ISO 8601) with its own openings; none: closed all day."""

    date: str
    name: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class Hours(Entity, frozen=True):
    """Opening hours: several spans a day, by weekday, with exceptions by date."""

    hours_id: str
    name: str
    time_zone: str = "UTC"
    spans: tuple[OpeningSpan, ...] = ()
    exceptions: tuple[DayException, ...] = ()


class BreakReason(Entity, frozen=True):
    break_reason_id: str
    name: str
    expected_ms: int | None = None


class Disposition(Entity, frozen=True):
    disposition_id: str
    name: str


class WidgetTopic(Part, frozen=True):
    """`flow_id` null: the topic leads straight into the queue."""

    topic_id: str
    name: str
    queue_id: str = ""
    flow_id: str | None = None


class Widget(Entity, frozen=True):
    """A web chat widget: what a page's visitors see, and which queue each topic leads to."""

    widget_id: str
    name: str
    title: str = "Chat with us"
    greeting: str = ""
    topics: tuple[WidgetTopic, ...] = ()
    colour: str = "#2f6fed"
    locale: str = "en"
    allowed_origins: tuple[str, ...] = ()
    """Origins that may embed it; none: any."""
    attachments: bool = True


class ChannelRule(Part, frozen=True):
    """What a contact of a channel costs an agent's capacity, and whom it gives way to."""

    channel: str
    units: int = 100
    yields_to: tuple[str, ...] = ()
    """Channels whose contacts may be offered as if this one weighed nothing."""
    idle_close_ms: int | None = None
    """A contact whose customer is silent this long after the agent's last word is closed."""
    leave_grace_ms: int | None = None
    """How long a customer whose connection is gone keeps the contact; None: for ever."""
    rating_time_ms: int = 0
    """How long after its end a contact can be rated."""
    patient: bool = False
    """Nobody waits on the line: hours, full queues and overflow rules turn such contacts away
    from no queue."""
    transfers_outside: bool = False
    """Whether a customer can be passed on to an address outside the centre."""


VOICE = "voice"
"""The channel on which people talk: its contacts can be parked, consulted about, listened to."""

CONSULT = "consult"
"""The channel of consults: one agent asks another about a contact."""

OWN_CHANNELS = (
    ChannelRule(channel="callback", patient=True),
    ChannelRule(channel=CONSULT, patient=True),
    ChannelRule(channel="message", units=33, patient=True),
)
"""Channels that the centre itself opens contacts on: promised callbacks, consults, messages."""


def default_rule(channel: str) -> ChannelRule:
    """The rule of a channel that the centre's settings name none for."""
    own = next((rule for rule in OWN_CHANNELS if rule.channel == channel), None)
    return own or ChannelRule(channel=channel)


class CentreSettings(Entity, frozen=True):
    name: str = "Frontdesk"
    time_zone: str = "UTC"
    region: str = ""
    """The country (ISO 3166, two letters) whose numbers need no country code here."""
    channels: tuple[ChannelRule, ...] = (
        ChannelRule(channel="voice", units=100, transfers_outside=True),
        ChannelRule(
            channel="webchat",
            units=33,
            idle_close_ms=30 * 60_000,
            leave_grace_ms=5 * 60_000,
            rating_time_ms=15 * 60_000,
        ),
        ChannelRule(channel="email", units=33, yields_to=("voice", "webchat"), patient=True),
        *OWN_CHANNELS,
    )
    disconnect_grace_ms: int = 60_000
    """How long an agent whose desk has vanished keeps presence and contacts."""
    retry_refused_ms: int = 30_000
    """After this long a contact may be offered again to an agent who declined it."""
    take_off_after_missed: int = 1
    """Offers in a row an agent may let expire before being taken off."""
    parking_time_ms: int = 120_000
    """How long a parked contact waits to be taken before it goes back to who parked it."""


SettingsEntity = (
    Skill
    | Team
    | AgentProfile
    | Queue
    | Hours
    | BreakReason
    | Disposition
    | Widget
    | Flow
    | LookUp
    | Intent
    | Trunk
    | PhoneNumber
    | PhoneAccount
    | AlarmRule
    | CentreSettings
)

NOT_ANSWERING = BreakReason(break_reason_id="not_answering", name="Not answering")
"""The break that the kernel itself gives to an agent who lets offers expire."""
