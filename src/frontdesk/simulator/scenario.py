"""What is simulated: a centre's own settings, its customers, its people, and for how long.

A scenario is a TOML or JSON file. Queues, teams, skills, hours and channels are written exactly as
the centre's settings are (times in `_ms`); behaviour is written in seconds and clock times.
`docs/simulate.md` is the guide; `scenarios/` holds examples.
"""

from functools import reduce
from typing import Any

import msgspec

from frontdesk.kernel.settings import (
    ChannelRule,
    Hours,
    Queue,
    Skill,
    SkillNeed,
    Team,
)
from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.laws import Endless, Fixed, Law

DAY_MIN = 24 * 60


class Piece(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a scenario: unknown keys are refused."""


class Period(Piece, frozen=True, kw_only=True):
    """From this clock time on, this many customers an hour, perhaps with laws of their own."""

    start: str = msgspec.field(name="from")
    per_hour: float
    patience: Law | None = None
    handle_time: Law | None = None


class Retry(Piece, frozen=True, kw_only=True):
    """What abandoners do: a share of them tries again.

    `same_draws`: with the patience and handle time of the first attempt (an impatient customer
    stays impatient), else with new ones.
    """

    ratio: float
    after: Law
    attempts_max: int = 10
    same_draws: bool = True


class SelfService(Piece, frozen=True, kw_only=True):
    """A flow that customers meet before the queue, by the shares that were measured of it.

    A share of them is contained and a share goes away; the others enter the queue after their time
    in the flow. The report on containment has all three figures.
    """

    flow_id: str
    contained_ratio: float
    left_ratio: float = 0.0
    time: Law
    """In the flow, of whoever ends how."""


class Customers(Piece, frozen=True, kw_only=True):
    """A stream of customers who ask for one queue over one channel."""

    queue_id: str
    channel: str = "voice"
    per_hour: float | None = None
    periods: tuple[Period, ...] = ()
    busyness: str | None = None
    """Name of the factor (under `busyness`) that multiplies a whole replication's arrivals."""
    patience: Law = Endless()
    handle_time: Law
    handle_ratio_by_team: dict[str, float] = {}
    """How much longer a team takes than `handle_time` says; 1 where not named."""
    wrap_up: Law = Fixed(value_s=0)
    """Counts only where the queue has a `wrap_up_time_ms`, which also bounds it."""
    retry: Retry | None = None
    callback_after: Law | None = None
    """How long each waits before asking to be called back; endless: never. None: nobody may."""
    self_service: str | None = None
    """The flow (under `flows`) that they meet first. Those who try again go straight to the queue:
    they know the way."""
    skills: tuple[SkillNeed, ...] = ()
    priority: int = 0


class Break(Piece, frozen=True, kw_only=True):
    start: str = msgspec.field(name="from")
    minutes: float


class Shift(Piece, frozen=True, kw_only=True):
    """Some agents of a staff work from one clock time until another; leavers finish first."""

    start: str = msgspec.field(name="from")
    until: str
    agents: int
    breaks: tuple[Break, ...] = ()


class Level(Piece, frozen=True, kw_only=True):
    """From this clock time on, so many agents are there; idle ones leave first."""

    start: str = msgspec.field(name="from")
    agents: int


class Staff(Piece, frozen=True, kw_only=True):
    """Equal agents. Either always `agents` of them, or by `levels`, or by `shifts`."""

    staff_id: str
    team_id: str | None = None
    queue_ids: tuple[str, ...] = ()
    skills: dict[str, int] = {}
    capacity_units: int = 100
    agents: int | None = None
    levels: tuple[Level, ...] = ()
    shifts: tuple[Shift, ...] = ()
    accept_after: Law | None = None
    """How long an agent takes to accept an offer; None: contacts are accepted by themselves."""
    miss_ratio: float = 0.0
    """Share of offers that are let expire; the agent is then away for `miss_break_s`."""
    miss_break_s: float = 120.0
    pace_ratios: tuple[float, ...] = (1.0,)
    """Pace of each contact while an agent has 1, 2, 3, … of them; the last holds beyond."""


class Scenario(Piece, frozen=True, kw_only=True):
    """A whole experiment. Times of day are clock times, `24:00` and later are the next day."""

    name: str
    description: str = ""
    seed: int = 1
    replications: int = 20
    date: str = "2026-01-05"
    start: str = "00:00"
    duration_min: float
    warm_up_min: float = 0.0
    cool_down_min: float = 0.0
    """Contacts that arrive in the warm-up or the cool-down are simulated but not counted."""
    interval_min: float = 30.0
    service_level: ServiceLevelFormula = ServiceLevelFormula.ANSWERED_OF_OFFERED
    time_zone: str = "UTC"
    channels: tuple[ChannelRule, ...] = (
        ChannelRule(channel="voice", units=100),
        ChannelRule(channel="webchat", units=33),
        ChannelRule(channel="email", units=33, yields_to=("voice", "webchat")),
    )
    skills: tuple[Skill, ...] = ()
    hours: tuple[Hours, ...] = ()
    teams: tuple[Team, ...] = ()
    queues: tuple[Queue, ...]
    busyness: dict[str, Law] = {}
    flows: tuple[SelfService, ...] = ()
    take_off_after_missed: int = 1
    """Offers in a row an agent may let expire before being taken off."""
    customers: tuple[Customers, ...]
    staff: tuple[Staff, ...]


def clock_min(text: str) -> float:
    """Minutes from midnight of `HH:MM` or `HH:MM:SS`; hours may exceed 24."""
    fields = text.split(":")
    if len(fields) not in (2, 3) or not all(field.isdigit() for field in fields):
        raise ValueError(f"{text!r} is not a clock time such as 09:30")
    values = [int(field) for field in fields]
    if any(value > 59 for value in values[1:]):
        raise ValueError(f"{text!r} is not a clock time such as 09:30")
    seconds = reduce(lambda total, value: total * 60 + value, [*values, *[0] * (3 - len(values))])
    return seconds / 60


def clock_text(minutes: float) -> str:
    """`HH:MM` of minutes from midnight, with seconds where there are any."""
    seconds = round(minutes * 60)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text


def plain(scenario: Scenario) -> dict[str, Any]:
    """The scenario as JSON-like data, for a report to hold what it was made from."""
    return msgspec.to_builtins(scenario)
