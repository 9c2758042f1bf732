"""Figures read off a sample, for comparison with known ones. Times come out in seconds."""

from collections.abc import Callable

import numpy as np

from frontdesk.simulator.estimate import Estimate, mean_of, ratio_of
from frontdesk.simulator.experiment import Sample
from frontdesk.simulator.ledger import Count, TeamTime

Measure = Callable[[Sample], Estimate]
ANY = slice(None)


def counts(sample: Sample, count: Count, queue: int | slice = ANY) -> np.ndarray:
    """One number a replication: a count over a queue (or all) and all intervals."""
    part = sample.queues[:, queue, :, count]
    return part.reshape(sample.replications, -1).sum(axis=1)


def share(part: Count, of: Count, queue: int | slice = ANY, scale: float = 1.0) -> Measure:
    """Ratio of two counts."""
    return lambda sample: ratio_of(counts(sample, part, queue), counts(sample, of, queue), scale)


def waited(queue: int | slice = ANY) -> Measure:
    """Share of offered contacts that waited at all."""
    return share(Count.WAITED, Count.OFFERED, queue)


def abandoned(queue: int | slice = ANY) -> Measure:
    """Share of offered contacts that gave up."""
    return share(Count.ABANDONED, Count.OFFERED, queue)


def mean_wait_s(queue: int | slice = ANY) -> Measure:
    """Over all offered contacts."""
    return share(Count.WAIT, Count.OFFERED, queue, 1e-3)


def mean_wait_of_admitted_s() -> Measure:
    """Over contacts that were not turned away."""
    return lambda sample: ratio_of(
        counts(sample, Count.WAIT),
        counts(sample, Count.OFFERED) - counts(sample, Count.TURNED_AWAY),
        1e-3,
    )


def answered_in_time_of_admitted() -> Measure:
    """Over contacts that were not turned away."""
    return lambda sample: ratio_of(
        counts(sample, Count.ANSWERED_IN_TIME),
        counts(sample, Count.OFFERED) - counts(sample, Count.TURNED_AWAY),
    )


def speed_of_answer_s() -> Measure:
    """Over answered contacts."""
    return share(Count.WAIT_OF_ANSWERED, Count.ANSWERED, scale=1e-3)


def answered_of_offered() -> Measure:
    return share(Count.ANSWERED_IN_TIME, Count.OFFERED)


def answered_of_answered() -> Measure:
    return share(Count.ANSWERED_IN_TIME, Count.ANSWERED)


def less_short_abandons() -> Measure:
    """Answered in time over all but short abandons, and but those turned away."""
    return lambda sample: ratio_of(
        counts(sample, Count.ANSWERED_IN_TIME),
        counts(sample, Count.OFFERED) - counts(sample, Count.ABANDONED_IN_TIME),
    )


def short_abandons_met() -> Measure:
    return lambda sample: ratio_of(
        counts(sample, Count.ANSWERED_IN_TIME) + counts(sample, Count.ABANDONED_IN_TIME),
        counts(sample, Count.OFFERED),
    )


def total(count: Count, queue: int | slice = ANY, scale: float = 1.0) -> Measure:
    """Mean per replication of a count, times `scale`."""
    return lambda sample: mean_of(counts(sample, count, queue), scale)


def total_in_time_by_arrival(queue: int, interval: int) -> Measure:
    """Mean per replication of those answered in time who arrived in an interval."""
    return lambda sample: mean_of(sample.queues[:, queue, interval, Count.ANSWERED_IN_TIME])


def occupancy(team: int | slice = ANY, *, after_end: bool = False) -> Measure:
    """Busy time over time on duty; `after_end` counts what is finished after the end too."""

    def measure(sample: Sample) -> Estimate:
        last = None if after_end else -1
        times = sample.teams[:, team, :last]
        sums = times.reshape(sample.replications, -1, len(TeamTime)).sum(axis=1)
        return ratio_of(sums[:, TeamTime.BUSY], sums[:, TeamTime.STAFFED])

    return measure


def idle_ratio() -> Measure:
    """Share of time on duty without a contact."""

    def measure(sample: Sample) -> Estimate:
        sums = sample.teams[:, :, :-1].sum(axis=(1, 2))
        staffed = sums[:, TeamTime.STAFFED]
        return ratio_of(staffed - sums[:, TeamTime.BUSY], staffed)

    return measure


def total_waits_in_time(scale: float) -> Measure:
    """Answered and abandoned alike, whose wait was within the target."""
    return lambda sample: mean_of(
        counts(sample, Count.ANSWERED_IN_TIME) + counts(sample, Count.ABANDONED_IN_TIME), scale
    )


def busy_of_planned(team: int, planned_ms: float) -> Measure:
    """Busy time, what is finished after the end included, over the time planned."""
    return lambda sample: mean_of(
        sample.teams[:, team, :, TeamTime.BUSY].sum(axis=1), 1 / planned_ms
    )


def speed_of_answer_min() -> Measure:
    """Over answered contacts, in minutes."""
    return share(Count.WAIT_OF_ANSWERED, Count.ANSWERED, scale=1 / 60_000)
