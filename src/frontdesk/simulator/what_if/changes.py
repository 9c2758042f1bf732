"""What may be changed in a past: each change makes another scenario of a scenario.

Changes name what is in the scenario; one that names something else is a ScenarioError with its
place, as in a scenario's file.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Final

import msgspec

from frontdesk.kernel.settings import (
    GroupOrder,
    Hours,
    OpeningSpan,
    Queue,
    RoutingStep,
    Strategy,
)
from frontdesk.simulator.laws import Endless, Fixed, Law, Mixture, Part, stretched
from frontdesk.simulator.scenario import Customers, Period, Scenario, Shift, Staff
from frontdesk.simulator.scenario_file import ScenarioError, require_sense

RATIO_MAX: Final = 10.0
DAY_MIN: Final = 24 * 60

Ratio = Annotated[float, msgspec.Meta(gt=0, le=RATIO_MAX)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class ChangeBase(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="change", forbid_unknown_fields=True
):
    """Base of all changes; `change` names its kind."""


class VolumeChange(ChangeBase, frozen=True, tag="volume"):
    """So many times the contacts, of a queue or a channel, or of all."""

    ratio: Ratio
    queue_id: str | None = None
    channel: str | None = None


class HandleTimeChange(ChangeBase, frozen=True, tag="handle_time"):
    """Conversations and wrap-up take so many times as long."""

    ratio: Ratio
    queue_id: str | None = None
    channel: str | None = None


class StaffChange(ChangeBase, frozen=True, tag="agents"):
    """So many agents more (or fewer) of a team on every day, working as colleagues of it do.

    They take after the team's own shifts of the day, evenly from the earliest to the latest; fewer
    leave out such shifts. None: of all teams.
    """

    count: Annotated[int, msgspec.Meta(ge=-1_000, le=1_000)]
    team_id: str | None = None


class SkillChange(ChangeBase, frozen=True, tag="learn"):
    """All agents of a team also serve a queue, or have a skill."""

    team_id: str
    queue_id: str | None = None
    skill_id: str | None = None
    proficiency: Annotated[int, msgspec.Meta(ge=1, le=5)] = 3


class RoutingChange(ChangeBase, frozen=True, tag="routing"):
    """A queue routes otherwise; what isn't given stays."""

    queue_id: str
    steps: tuple[RoutingStep, ...] | None = None
    strategy: Strategy | None = None
    group_order: GroupOrder | None = None
    priority: int | None = None
    waiting_max: Annotated[int, msgspec.Meta(ge=0)] | None = None


class HoursChange(ChangeBase, frozen=True, tag="hours"):
    """Opens earlier and closes later by so many minutes on every day (negative: the other way)."""

    hours_id: str
    earlier_min: Annotated[int, msgspec.Meta(ge=-DAY_MIN, le=DAY_MIN)] = 0
    later_min: Annotated[int, msgspec.Meta(ge=-DAY_MIN, le=DAY_MIN)] = 0


class CallbackChange(ChangeBase, frozen=True, tag="callback"):
    """Whether those who wait may be called back: after so long, so many of them take it.

    Off: nobody may, and who took it waits instead.
    """

    offered: bool
    queue_id: str | None = None
    after_s: Annotated[float, msgspec.Meta(ge=0)] = 60.0
    taken_ratio: Share = 0.3


class ContainmentChange(ChangeBase, frozen=True, tag="containment"):
    """A flow brings such a share of its contacts to an end by itself."""

    flow_id: str
    contained_ratio: Share


Change = (
    VolumeChange
    | HandleTimeChange
    | StaffChange
    | SkillChange
    | RoutingChange
    | HoursChange
    | CallbackChange
    | ContainmentChange
)


def changed(scenario: Scenario, changes: tuple[Change, ...]) -> Scenario:
    """The scenario with all changes in their order. Raises ScenarioError."""
    for number, change in enumerate(changes):
        try:
            scenario = change_one(scenario, change)
        except ScenarioError as error:
            raise ScenarioError(f"changes[{number}]: {error}") from error
    require_sense(scenario)
    return scenario


def change_one(scenario: Scenario, change: Change) -> Scenario:
    match change:
        case VolumeChange():
            return change_customers(scenario, change, lambda one: multiplied(one, change.ratio))
        case HandleTimeChange():
            return change_customers(scenario, change, lambda one: lengthened(one, change.ratio))
        case StaffChange():
            return staffed(scenario, change)
        case SkillChange():
            return taught(scenario, change)
        case RoutingChange():
            return rerouted(scenario, change)
        case HoursChange():
            return reopened(scenario, change)
        case CallbackChange():
            return offering(scenario, change)
        case ContainmentChange():
            return containing(scenario, change)


# -- customers


def change_customers(
    scenario: Scenario,
    change: VolumeChange | HandleTimeChange | CallbackChange,
    make: Callable[[Customers], Customers],
) -> Scenario:
    """The streams that the change is about."""
    channel = None if isinstance(change, CallbackChange) else change.channel

    def is_meant(one: Customers) -> bool:
        return change.queue_id in (None, one.queue_id) and channel in (None, one.channel)

    if not any(is_meant(one) for one in scenario.customers):
        raise ScenarioError("nobody came to this queue over this channel")
    customers = tuple(make(one) if is_meant(one) else one for one in scenario.customers)
    return msgspec.structs.replace(scenario, customers=customers)


def multiplied(one: Customers, ratio: float) -> Customers:
    """So many times as many customers: the same ones come sooner (see `draw_arrivals`)."""
    periods = tuple(
        msgspec.structs.replace(period, per_hour=period.per_hour * ratio) for period in one.periods
    )
    per_hour = None if one.per_hour is None else one.per_hour * ratio
    return msgspec.structs.replace(one, periods=periods, per_hour=per_hour)


def lengthened(one: Customers, ratio: float) -> Customers:
    def longer(period: Period) -> Period:
        law = period.handle_time
        return (
            period
            if law is None
            else msgspec.structs.replace(period, handle_time=stretched(law, ratio))
        )

    return msgspec.structs.replace(
        one,
        handle_time=stretched(one.handle_time, ratio),
        wrap_up=stretched(one.wrap_up, ratio),
        periods=tuple(longer(period) for period in one.periods),
    )


def offering(scenario: Scenario, change: CallbackChange) -> Scenario:
    law: Law | None = None
    if change.offered:
        takes = Part(change.taken_ratio, Fixed(value_s=change.after_s))
        law = Mixture(parts=(takes, Part(1 - change.taken_ratio, Endless())))
    # Who has been promised a callback, or has written, waits for none.
    patient = {rule.channel for rule in scenario.channels if rule.patient}

    def offer(one: Customers) -> Customers:
        callback_after = None if one.channel in patient else law
        return msgspec.structs.replace(one, callback_after=callback_after)

    return change_customers(scenario, change, offer)


def containing(scenario: Scenario, change: ContainmentChange) -> Scenario:
    """Of those not contained the same share goes away as before."""
    flow = next((one for one in scenario.flows if one.flow_id == change.flow_id), None)
    if flow is None:
        raise ScenarioError(f"nobody met the flow {change.flow_id!r}")
    rest = 1 - flow.contained_ratio
    left = flow.left_ratio / rest * (1 - change.contained_ratio) if rest else 0.0
    other = msgspec.structs.replace(flow, contained_ratio=change.contained_ratio, left_ratio=left)
    flows = tuple(other if one is flow else one for one in scenario.flows)
    return msgspec.structs.replace(scenario, flows=flows)


# -- agents


def staffed(scenario: Scenario, change: StaffChange) -> Scenario:
    """Shifts are added to, or taken from, the staff that they belong to, day by day."""
    chosen = [
        (place, shift)
        for place, one in enumerate(scenario.staff)
        if change.team_id in (None, one.team_id)
        for shift in one.shifts
    ]
    if not chosen:
        raise ScenarioError("nobody of this team was at work")
    days: dict[int, list[tuple[int, Shift]]] = {}
    for place, shift in chosen:
        days.setdefault(int(start_of(shift) // DAY_MIN), []).append((place, shift))
    picked = [one for day in days.values() for one in evenly(day, change.count)]
    staff = tuple(
        with_shifts(one, [shift for at, shift in picked if at == place], add=change.count > 0)
        for place, one in enumerate(scenario.staff)
    )
    return msgspec.structs.replace(scenario, staff=staff)


def start_of(shift: Shift) -> float:
    """Minutes from the first day's midnight."""
    hours, minutes, *_ = shift.start.split(":")
    return int(hours) * 60 + int(minutes)


def evenly(day: list[tuple[int, Shift]], count: int) -> Iterator[tuple[int, Shift]]:
    """So many shifts of a day, spread from the first to the last; more than there are go round."""
    ordered = sorted(day, key=lambda one: (start_of(one[1]), one[1].until, one[0]))
    wanted = abs(count) if count > 0 else min(-count, len(ordered))
    for number in range(wanted):
        yield ordered[int((number + 0.5) * len(ordered) / wanted) % len(ordered)]


def with_shifts(one: Staff, picked: list[Shift], *, add: bool) -> Staff:
    """The staff with these shifts added or taken away."""
    if add:
        return msgspec.structs.replace(one, shifts=(*one.shifts, *picked))
    shifts = [*one.shifts]
    for shift in picked:
        shifts.remove(shift)
    # A staff without shifts is a staff of nobody.
    return msgspec.structs.replace(one, shifts=tuple(shifts), agents=None if shifts else 0)


def taught(scenario: Scenario, change: SkillChange) -> Scenario:
    if (change.queue_id is None) == (change.skill_id is None):
        raise ScenarioError("give either a queue or a skill")
    if change.team_id not in {one.team_id for one in scenario.staff}:
        raise ScenarioError("nobody of this team was at work")

    def teach(one: Staff) -> Staff:
        if one.team_id != change.team_id:
            return one
        if change.skill_id is not None:
            skills = {**one.skills, change.skill_id: change.proficiency}
            return msgspec.structs.replace(one, skills=skills)
        queue_ids = dict.fromkeys((*one.queue_ids, change.queue_id or ""))
        return msgspec.structs.replace(one, queue_ids=tuple(queue_ids))

    return msgspec.structs.replace(scenario, staff=tuple(teach(one) for one in scenario.staff))


# -- settings


def rerouted(scenario: Scenario, change: RoutingChange) -> Scenario:
    given = {
        name: value
        for name, value in msgspec.structs.asdict(change).items()
        if name != "queue_id" and value is not None
    }

    def route(queue: Queue) -> Queue:
        is_meant = queue.queue_id == change.queue_id
        return msgspec.structs.replace(queue, **given) if is_meant else queue

    if change.queue_id not in {queue.queue_id for queue in scenario.queues}:
        raise ScenarioError(f"there is no queue {change.queue_id!r}")
    return msgspec.structs.replace(
        scenario, queues=tuple(route(queue) for queue in scenario.queues)
    )


def reopened(scenario: Scenario, change: HoursChange) -> Scenario:
    if change.hours_id not in {one.hours_id for one in scenario.hours}:
        raise ScenarioError(f"there are no hours {change.hours_id!r}")

    def reopen(one: Hours) -> Hours:
        if one.hours_id != change.hours_id:
            return one
        spans = (widened(span, change) for span in one.spans)
        return msgspec.structs.replace(
            one, spans=tuple(span for span in spans if span.start_minute < span.end_minute)
        )

    return msgspec.structs.replace(scenario, hours=tuple(reopen(one) for one in scenario.hours))


def widened(span: OpeningSpan, change: HoursChange) -> OpeningSpan:
    """Within its day."""
    return msgspec.structs.replace(
        span,
        start_minute=min(max(span.start_minute - change.earlier_min, 0), DAY_MIN),
        end_minute=min(max(span.end_minute + change.later_min, 0), DAY_MIN),
    )
