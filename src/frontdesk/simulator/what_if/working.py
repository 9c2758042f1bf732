"""Working times as they were: each session signed in is a shift, with its breaks."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from frontdesk.kernel.entities import Settings
from frontdesk.kernel.settings import AgentProfile
from frontdesk.simulator.laws import Law
from frontdesk.simulator.scenario import Break, Shift, Staff, clock_text
from frontdesk.simulator.what_if.measuring import measured_law
from frontdesk.simulator.what_if.past import Past, Session

MINUTE_MS: Final = 60_000
SHIFT_MIN_MS: Final = 1_000
"""The simulator's clock times are whole seconds; less is nothing."""

MISS_BREAK_S: Final = 120.0
"""Where no offer was missed: as long as a scenario has it that says nothing."""

SkillSet = tuple[str | None, tuple[str, ...], tuple[tuple[str, int], ...], int, bool]


def staff_of(past: Past, from_ms: int, until_ms: int, start_min: float) -> tuple[Staff, ...]:
    """Agents who can do the same are one staff; everybody's sessions are its shifts."""
    groups: dict[SkillSet, list[Shift]] = defaultdict(list)
    for session in past.sessions:
        profile = past.settings.agents.get(session.agent_id)
        shift = shift_of(session, from_ms, until_ms, start_min)
        if profile is not None and shift is not None:
            groups[skill_set(profile, past.settings)].append(shift)
    accept_after = measured_law([delay / 1000 for delay in past.accept_delays_ms])
    offers = past.offers_missed + len(past.accept_delays_ms)
    miss_ratio = past.offers_missed / offers if offers else 0.0
    order = sorted(groups, key=lambda one: (one[0] or "", *one[1:]))
    return tuple(
        staff(number, group, groups[group], accept_after, min(miss_ratio, 0.99), miss_break_s(past))
        for number, group in enumerate(order, start=1)
    )


def skill_set(profile: AgentProfile, settings: Settings) -> SkillSet:
    """What routing knows of an agent, as far as there still is such a thing."""
    return (
        team_of(profile, settings),
        tuple(sorted(settings.queues.keys() & profile.queue_ids)),
        tuple(
            sorted((one, level) for one, level in profile.skills.items() if one in settings.skills)
        ),
        profile.capacity_units,
        profile.auto_accept,
    )


def team_of(profile: AgentProfile, settings: Settings) -> str | None:
    """The agent's team, if there still is one."""
    return profile.team_id if profile.team_id in settings.teams else None


def staff(
    number: int,
    group: SkillSet,
    shifts: list[Shift],
    accept_after: Law,
    miss_ratio: float,
    miss_break: float,
) -> Staff:
    team_id, queue_ids, skills, capacity_units, auto_accept = group
    return Staff(
        staff_id=f"{team_id or 'staff'}-{number}",
        team_id=team_id,
        queue_ids=queue_ids,
        skills=dict(skills),
        capacity_units=capacity_units,
        shifts=tuple(shifts),
        accept_after=None if auto_accept else accept_after,
        miss_ratio=0.0 if auto_accept else miss_ratio,
        miss_break_s=miss_break,
    )


def shift_of(session: Session, from_ms: int, until_ms: int, start_min: float) -> Shift | None:
    """The part of a session within the span; None where there is none."""
    start_ms, end_ms = max(session.from_ms, from_ms), min(session.until_ms or until_ms, until_ms)
    if end_ms - start_ms < SHIFT_MIN_MS:
        return None

    def clock(at_ms: int) -> str:
        return clock_text(start_min + (at_ms - from_ms) / MINUTE_MS)

    pauses = tuple(
        Break(start=clock(pause_ms), minutes=length_ms / MINUTE_MS)
        for pause_ms, length_ms in pauses_within(session, start_ms, end_ms)
    )
    return Shift(start=clock(start_ms), until=clock(end_ms), agents=1, breaks=pauses)


def pauses_within(session: Session, start_ms: int, end_ms: int) -> Iterator[tuple[int, int]]:
    """Start and length of the breaks; those for missed offers come of the simulation itself."""
    for pause in session.pauses:
        from_ms, until_ms = max(pause.from_ms, start_ms), min(pause.until_ms or end_ms, end_ms)
        if until_ms - from_ms >= SHIFT_MIN_MS and not pause.is_missed:
            yield from_ms, until_ms - from_ms


def miss_break_s(past: Past) -> float:
    """How long agents stay away who let an offer expire, on average."""
    lengths = [
        pause.until_ms - pause.from_ms
        for session in past.sessions
        for pause in session.pauses
        if pause.is_missed and pause.until_ms is not None
    ]
    return sum(lengths) / len(lengths) / 1000 if lengths else MISS_BREAK_S
