"""A what-if from end to end: the past against itself, and against the past with changes."""

from collections.abc import Callable
from typing import Annotated, Final

import msgspec

from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.cast import start_ms
from frontdesk.simulator.demand import FlowCount
from frontdesk.simulator.experiment import Sample, gather, run_in_step
from frontdesk.simulator.ledger import Count
from frontdesk.simulator.what_if.changes import Change, changed
from frontdesk.simulator.what_if.judging import (
    Compared,
    Difference,
    Likeness,
    compare,
    difference_of,
)
from frontdesk.simulator.what_if.measures import MONEY, OF_QUEUES, Measure, Money, Reading
from frontdesk.simulator.what_if.rebuild import Rebuilt

REPLICATIONS: Final = 40
REPLICATIONS_MAX: Final = 500
CHANGES_MAX: Final = 20

VALIDATED: Final = (
    Measure.OFFERED,
    Measure.SERVICE_LEVEL,
    Measure.ABANDONED_RATIO,
    Measure.SPEED_OF_ANSWER_S,
    Measure.MEAN_WAIT_S,
    Measure.HANDLE_TIME_S,
    Measure.OCCUPANCY_RATIO,
)
"""What has to be alike before a change is worth trying."""


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of a past."""

    changes: Annotated[tuple[Change, ...], msgspec.Meta(max_length=CHANGES_MAX)] = ()
    money: Money = Money()
    formula: ServiceLevelFormula = ServiceLevelFormula.LESS_SHORT_ABANDONS
    replications: Annotated[int, msgspec.Meta(ge=2, le=REPLICATIONS_MAX)] = REPLICATIONS
    seed: Annotated[int, msgspec.Meta(ge=0)] = 1


class QueueCompared(msgspec.Struct, frozen=True):
    queue_id: str
    name: str
    figures: tuple[Compared, ...]


class IntervalCompared(msgspec.Struct, frozen=True):
    """Contacts of all queues that arrived from `start_ms` on."""

    start_ms: int
    offered: Compared
    service_level: Compared


class Validation(msgspec.Struct, frozen=True):
    """`holds`: no figure of all queues together differs."""

    holds: bool
    figures: tuple[Compared, ...]
    queues: tuple[QueueCompared, ...]
    intervals: tuple[IntervalCompared, ...]


class QueueEffect(msgspec.Struct, frozen=True):
    queue_id: str
    name: str
    figures: tuple[Difference, ...]


class Effect(msgspec.Struct, frozen=True):
    """What the changes do, over the whole span."""

    figures: tuple[Difference, ...]
    queues: tuple[QueueEffect, ...]


class Study(msgspec.Struct, frozen=True):
    """The answer. `effect` is None where nothing was changed, `left_out` counts lost visits."""

    replications: int
    contacts: int
    stopped: bool
    left_out: int
    formula: ServiceLevelFormula
    validation: Validation
    effect: Effect | None


class Stopped(Exception):
    """Stopped before two replications were done, so that nothing is known."""


def study(
    past: Rebuilt,
    asked: Asked,
    processes: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Study:
    """Simulates the past as it was, and as it would have been.

    Raises ScenarioError for changes of what isn't there, Stopped.
    """
    plain = msgspec.structs.replace(past.scenario, replications=asked.replications, seed=asked.seed)
    scenarios = [plain, changed(plain, asked.changes)] if asked.changes else [plain]
    samples = run_in_step(scenarios, processes, progress, is_stopped)
    if samples[0].replications < 2:
        raise Stopped("stopped before two replications were done")
    before, *after = (Reading(sample, asked.formula, asked.money) for sample in samples)
    real = Reading(gather(plain, [past.real], False), asked.formula, asked.money)
    return Study(
        replications=samples[0].replications,
        contacts=sum(sample.contacts for sample in samples),
        stopped=samples[0].stopped,
        left_out=past.left_out,
        formula=asked.formula,
        validation=validation_of(real, before),
        effect=effect_of(before, after[0]) if after else None,
    )


def validation_of(real: Reading, simulated: Reading) -> Validation:
    """The same figures of both."""
    met_flows = simulated.sample.flows[..., FlowCount.MET].any()
    measures = (*VALIDATED, Measure.CONTAINMENT_RATIO) if met_flows else VALIDATED
    figures = tuple(compare(measure, real, simulated, None) for measure in measures)
    return Validation(
        holds=all(one.likeness is not Likeness.DIFFERS for one in figures),
        figures=figures,
        queues=tuple(
            QueueCompared(
                queue.queue_id,
                queue.name,
                tuple(
                    compare(measure, real, simulated, at)
                    for measure in VALIDATED
                    if measure in OF_QUEUES
                ),
            )
            for at, queue in enumerate(simulated.sample.scenario.queues)
            if real.count(Count.OFFERED, at).any()
        ),
        intervals=tuple(
            interval_of(real, simulated, at) for at in range(len(simulated.sample.frame.edges) - 1)
        ),
    )


def interval_of(real: Reading, simulated: Reading, at: int) -> IntervalCompared:
    """One interval of both."""
    begins_ms = start_ms(simulated.sample.scenario) + round(simulated.sample.frame.edges[at])
    parts = (only(real, at), only(simulated, at))
    return IntervalCompared(
        begins_ms,
        compare(Measure.OFFERED, *parts, None),
        compare(Measure.SERVICE_LEVEL, *parts, None),
    )


def only(reading: Reading, interval: int) -> Reading:
    """The same with one interval alone."""
    queues = reading.sample.queues[:, :, interval : interval + 1]
    sample: Sample = msgspec.structs.replace(reading.sample, queues=queues)
    return msgspec.structs.replace(reading, sample=sample)


def effect_of(before: Reading, after: Reading) -> Effect:
    """Money where something costs anything, flows and callbacks where there are any."""
    measures = [measure for measure in Measure if is_told(measure, before, after)]
    return Effect(
        figures=tuple(difference_of(measure, before, after, None) for measure in measures),
        queues=tuple(
            QueueEffect(
                queue.queue_id,
                queue.name,
                tuple(
                    difference_of(measure, before, after, at)
                    for measure in measures
                    if measure in OF_QUEUES
                ),
            )
            for at, queue in enumerate(before.sample.scenario.queues)
            if before.count(Count.OFFERED, at).any() or after.count(Count.OFFERED, at).any()
        ),
    )


def is_told(measure: Measure, before: Reading, after: Reading) -> bool:
    """Whether the measure says anything of either."""
    if measure in MONEY:
        return before.money != Money()
    if measure in (Measure.CALLED_BACK, Measure.TURNED_AWAY, Measure.CONTAINMENT_RATIO):
        return any(reading.terms(measure).numerators.any() for reading in (before, after))
    return True
