"""Before against after a change that was really made, corrected for volume.

What came afterwards is held against what would have come had only the customers changed: the centre
as it was before, with the contacts that came after.
"""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

import msgspec

from frontdesk.simulator.experiment import gather, run_in_step
from frontdesk.simulator.scenario import Customers, Scenario
from frontdesk.simulator.what_if.judging import Likeness, compare, values_of
from frontdesk.simulator.what_if.measures import Measure, Reading
from frontdesk.simulator.what_if.rebuild import Rebuilt
from frontdesk.simulator.what_if.study import Asked, Stopped

MEASURES = (
    Measure.OFFERED,
    Measure.SERVICE_LEVEL,
    Measure.ABANDONED_RATIO,
    Measure.SPEED_OF_ANSWER_S,
    Measure.MEAN_WAIT_S,
    Measure.HANDLE_TIME_S,
    Measure.OCCUPANCY_RATIO,
)


class Unlike(ValueError):
    """The two spans differ in length, or begin on other weekdays or at other times of day."""


class Cause(StrEnum):
    """What a difference comes of.

    change: more than chance and volume explain. chance: not told from it.
    """

    CHANGE = "change"
    CHANCE = "chance"
    NO_DATA = "no_data"


class BeforeAfterFigure(msgspec.Struct, frozen=True):
    """A figure before and after, and what it would have been afterwards without the change.

    `by_change` is `after` less `expected`; were there no change, it would lie from `low` to `high`
    less `expected` 95 times of a hundred.
    """

    measure: Measure
    before: float | None
    after: float | None
    expected: float | None
    low: float | None
    high: float | None
    by_change: float | None
    cause: Cause


class BeforeAfter(msgspec.Struct, frozen=True):
    replications: int
    figures: tuple[BeforeAfterFigure, ...]


def before_and_after(
    before: Rebuilt,
    after: Rebuilt,
    asked: Asked,
    processes: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> BeforeAfter:
    """Raises Unlike, Stopped."""
    scenario = msgspec.structs.replace(
        unchanged(before.scenario, after.scenario),
        replications=asked.replications,
        seed=asked.seed,
    )
    (sample,) = run_in_step([scenario], processes, progress, is_stopped)
    if sample.replications < 2:
        raise Stopped("stopped before two replications were done")
    expected = Reading(sample, asked.formula, asked.money)
    was, came = (
        Reading(gather(one.scenario, [one.real], stopped=False), asked.formula, asked.money)
        for one in (before, after)
    )
    figures = tuple(shift_of(measure, was, came, expected) for measure in MEASURES)
    return BeforeAfter(sample.replications, figures)


def shift_of(measure: Measure, was: Reading, came: Reading, expected: Reading) -> BeforeAfterFigure:
    compared = compare(measure, came, expected, None)
    before = values_of(was.terms(measure))
    cause = {Likeness.SAME: Cause.CHANCE, Likeness.NO_DATA: Cause.NO_DATA}.get(
        compared.likeness, Cause.CHANGE
    )
    known = compared.real is not None and compared.simulated is not None
    return BeforeAfterFigure(
        measure,
        float(before[0]) if len(before) else None,
        compared.real,
        compared.simulated,
        compared.low,
        compared.high,
        (compared.real or 0.0) - (compared.simulated or 0.0) if known else None,
        cause,
    )


def unchanged(before: Scenario, after: Scenario) -> Scenario:
    """The centre as before, with the contacts that came after."""
    require_alike(before, after)
    known = {stream_of(one): one for one in before.customers}
    queues = {queue.queue_id for queue in before.queues}
    channels = {rule.channel for rule in before.channels}
    return msgspec.structs.replace(
        before,
        customers=tuple(
            as_before(one, known.get(stream_of(one)), before)
            for one in after.customers
            if one.queue_id in queues and one.channel in channels
        ),
    )


def require_alike(before: Scenario, after: Scenario) -> None:
    """Shifts and hours of one span are to serve the contacts of the other."""
    days = [dt.date.fromisoformat(one.date).weekday() for one in (before, after)]
    if before.duration_min != after.duration_min or before.start != after.start:
        raise Unlike("the two times must be equally long and begin at the same time of day")
    if days[0] != days[1]:
        raise Unlike("the two times must begin on the same day of the week")


def stream_of(one: Customers) -> tuple[str, str, str | None]:
    return one.queue_id, one.channel, one.self_service


def as_before(one: Customers, known: Customers | None, before: Scenario) -> Customers:
    """The arrivals of after, with what such customers were like before, where any came."""
    if known is not None:
        return msgspec.structs.replace(known, periods=one.periods, per_hour=one.per_hour)
    flows = {flow.flow_id for flow in before.flows}
    return (
        one
        if one.self_service in {*flows, None}
        else msgspec.structs.replace(one, self_service=None)
    )
