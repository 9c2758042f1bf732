"""What has happened to alarms, and what was reported for them to watch. Part of `events`."""

from enum import Enum

from frontdesk.kernel.alarms.rules import AlarmMeasure, AlarmSeverity, AlarmSubject
from frontdesk.kernel.event import Event


class ClearedBy(Enum):
    CALM = "calm"
    """What is measured has been calm for long enough."""
    ENDED = "ended"
    """What the agent did is over, or its subject is gone."""
    RULE = "rule"
    """The rule was removed, switched off or changed so that it doesn't apply."""


class AlarmRaised(Event, frozen=True):
    """The rule's measure was over its threshold for long enough, and why.

    `subject_id` is of the agent, queue, flow, channel, trunk or engagement; `agent_id`, `queue_id`
    and `contact_id` name who and what it is about as well. `value` is what was measured, `since_ms`
    since when it was over (of what grows with age: since when it lasts).
    """

    alarm_id: int
    rule_id: str
    measure: AlarmMeasure
    severity: AlarmSeverity
    subject: AlarmSubject
    subject_id: str
    value: float
    threshold: float
    since_ms: int
    agent_id: str | None = None
    queue_id: str | None = None
    contact_id: int | None = None


class AlarmAcknowledged(Event, frozen=True):
    """Somebody looks after it. `by`: the agent's id, or who asked (`key:…`)."""

    alarm_id: int
    by: str
    note: str


class AlarmEscalated(Event, frozen=True):
    """Nobody has acknowledged it in time."""

    alarm_id: int
    rule_id: str


class AlarmCleared(Event, frozen=True):
    """`value`: what is measured by now; None: there is nothing to measure."""

    alarm_id: int
    rule_id: str
    by: ClearedBy
    value: float | None


class ChannelReported(Event, frozen=True):
    """A channel can't reach the world, or can again."""

    channel: str
    up: bool
    detail: str


class TrunkLoadReported(Event, frozen=True):
    """So many lines of a trunk are in use, of so many."""

    trunk_id: str
    lines_in_use: int
    lines: int
