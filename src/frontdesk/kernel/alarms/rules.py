"""What a supervisor wants to be told of by itself: rules over what is measured in a centre.

A measure is of one subject: an agent, an engagement (a contact in an agent's hands), a queue, a
flow, a channel, a trunk. It is *over* when it has reached the rule's threshold from the side that
is bad, and *calm* when it is not over the clear threshold, which may lie further on the good side.
"""

from enum import Enum

from frontdesk.kernel.entity import Entity, Part


class AlarmMeasure(Enum):
    """What can be measured. `…_ms` are ages, `…_ratio` and counts say of what and since when."""

    BREAK_OVERSTAY_MS = "break_overstay_ms"
    """How long an agent is on a break past what its reason expects."""
    OFFERS_MISSED = "offers_missed"
    """Offers in a row that an agent, still signed in, let expire."""
    CONTACT_MS = "contact_ms"
    """How long an agent has been in conversation in a contact."""
    HOLD_MS = "hold_ms"
    """How long a customer has been on hold."""
    WRAP_UP_MS = "wrap_up_ms"
    AGENTS_AVAILABLE = "agents_available"
    """Agents of a queue who are available, busy ones included; bad when few."""
    OLDEST_WAIT_MS = "oldest_wait_ms"
    """How long the contact that entered a queue first of those there has waited."""
    SERVICE_LEVEL_RATIO = "service_level_ratio"
    """`less_short_abandons` over the waits in a queue that ended within the window; bad when low.
    The wait after a transfer counts as well."""
    ABANDONED_RATIO = "abandoned_ratio"
    """Waits ended by leaving over all waits in a queue that ended within the window."""
    FLOW_FAILURES = "flow_failures"
    """Runs of a flow that failed within the window."""
    CHANNEL_DOWN_MS = "channel_down_ms"
    """How long a channel has been reported down."""
    TRUNK_LOAD_RATIO = "trunk_load_ratio"
    """Lines in use over the lines of a trunk, as reported."""


class AlarmSubject(Enum):
    """What a measure is of."""

    AGENT = "agent"
    ENGAGEMENT = "engagement"
    QUEUE = "queue"
    FLOW = "flow"
    CHANNEL = "channel"
    TRUNK = "trunk"


SUBJECTS: dict[AlarmMeasure, AlarmSubject] = {
    AlarmMeasure.BREAK_OVERSTAY_MS: AlarmSubject.AGENT,
    AlarmMeasure.OFFERS_MISSED: AlarmSubject.AGENT,
    AlarmMeasure.CONTACT_MS: AlarmSubject.ENGAGEMENT,
    AlarmMeasure.HOLD_MS: AlarmSubject.ENGAGEMENT,
    AlarmMeasure.WRAP_UP_MS: AlarmSubject.ENGAGEMENT,
    AlarmMeasure.AGENTS_AVAILABLE: AlarmSubject.QUEUE,
    AlarmMeasure.OLDEST_WAIT_MS: AlarmSubject.QUEUE,
    AlarmMeasure.SERVICE_LEVEL_RATIO: AlarmSubject.QUEUE,
    AlarmMeasure.ABANDONED_RATIO: AlarmSubject.QUEUE,
    AlarmMeasure.FLOW_FAILURES: AlarmSubject.FLOW,
    AlarmMeasure.CHANNEL_DOWN_MS: AlarmSubject.CHANNEL,
    AlarmMeasure.TRUNK_LOAD_RATIO: AlarmSubject.TRUNK,
}

AGES = frozenset(measure for measure in AlarmMeasure if measure.value.endswith("_ms"))
"""Measures that grow with time alone, so that it is known beforehand when they are over."""

AGES_IN_HAND = frozenset(
    {
        AlarmMeasure.BREAK_OVERSTAY_MS,
        AlarmMeasure.CONTACT_MS,
        AlarmMeasure.HOLD_MS,
        AlarmMeasure.WRAP_UP_MS,
    }
)
"""Ages of something that an agent does: with its end the alarm is over at once."""

RATIOS = frozenset(measure for measure in AlarmMeasure if measure.value.endswith("_ratio"))
WINDOWED = frozenset(
    {AlarmMeasure.SERVICE_LEVEL_RATIO, AlarmMeasure.ABANDONED_RATIO, AlarmMeasure.FLOW_FAILURES}
)
BAD_WHEN_LOW = frozenset({AlarmMeasure.AGENTS_AVAILABLE, AlarmMeasure.SERVICE_LEVEL_RATIO})


class AlarmSeverity(Enum):
    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"


class TellingWay(Enum):
    MAIL = "mail"
    WEBHOOK = "webhook"
    SMS = "sms"


class Telling(Part, frozen=True):
    """Who is told outside the desk: a mail address, a webhook's URL, or a phone number.

    `secret` names the kept secret by which a webhook's calls are signed; `locale` is the language
    of a mail's or message's text.
    """

    way: TellingWay
    to: str
    secret: str = ""
    locale: str = "en"


class AlarmRule(Entity, frozen=True):
    """When an alarm is raised, of whom, who is told, and when it is over.

    Raised: over the threshold without a break for `hold_ms`. Cleared: calm without a break for
    `clear_after_ms`; for the ages of what an agent does, when it ends. Empty scopes mean all.
    """

    alarm_rule_id: str
    name: str
    measure: AlarmMeasure
    threshold: float
    hold_ms: int = 0
    clear_threshold: float | None = None
    """None: the threshold itself."""
    clear_after_ms: int = 60_000
    window_ms: int = 30 * 60_000
    """Of measures over a window: how far it reaches back."""
    counted_min: int = 10
    """Of ratios over a window: with fewer waits in it nothing is said."""
    queue_ids: tuple[str, ...] = ()
    team_ids: tuple[str, ...] = ()
    agent_ids: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    flow_ids: tuple[str, ...] = ()
    hours_id: str | None = None
    """When it watches. None: in a queue during the queue's own hours, else always."""
    severity: AlarmSeverity = AlarmSeverity.WARNING
    sound: bool = False
    """Whether it is heard on the supervisors' floor."""
    tell: tuple[Telling, ...] = ()
    escalate_after_ms: int | None = None
    """How long it may stand without anybody acknowledging it."""
    escalate_to: tuple[Telling, ...] = ()
    on: bool = True


def is_over(measure: AlarmMeasure, value: float | None, bound: float) -> bool:
    """Whether a value has reached a bound from the bad side; no data never has."""
    if value is None:
        return False
    return value <= bound if measure in BAD_WHEN_LOW else value >= bound


def clear_bound(rule: AlarmRule) -> float:
    """What a value may not reach any more for the alarm to be over."""
    return rule.threshold if rule.clear_threshold is None else rule.clear_threshold
