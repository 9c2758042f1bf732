"""Holds a simulated past against the real one, and a changed one against the unchanged."""

import math
from enum import StrEnum
from typing import Final

import msgspec
import numpy as np

from frontdesk.simulator.estimate import Estimate, ratio_of, student_quantile
from frontdesk.simulator.what_if.measures import Measure, Reading, Terms

SHORT_WAIT_S: Final = 2.0
"""Differences of waits that nobody notices."""


class Likeness(StrEnum):
    """How near a simulated figure is to the real one.

    same: the real one lies where the simulated ones do, 95 times of a hundred.
    near: outside of that, but by so little that nobody would decide otherwise.
    differs: the simulation doesn't tell the truth about it.
    no_data: one of them has nothing to divide by.
    """

    SAME = "same"
    NEAR = "near"
    DIFFERS = "differs"
    NO_DATA = "no_data"


class Compared(msgspec.Struct, frozen=True):
    """A real figure beside simulated ones; 95 in a hundred of these lie from `low` to `high`."""

    measure: Measure
    real: float | None
    simulated: float | None
    low: float | None
    high: float | None
    likeness: Likeness


class Difference(msgspec.Struct, frozen=True):
    """A figure before and after a change, and what the change alone does to it."""

    measure: Measure
    before: Estimate
    after: Estimate
    difference: Estimate


def values_of(terms: Terms) -> np.ndarray:
    """The figure of each replication that has one."""
    some = terms.denominators > 0
    return terms.numerators[some] / terms.denominators[some] * terms.scale


def compare(measure: Measure, real: Reading, simulated: Reading, queue: int | None) -> Compared:
    """By a prediction interval: one more replication would lie in it so often.

    Real life is taken for one more replication; the interval is Student's, wider than the scatter
    by what is not known of its middle.
    """
    found = values_of(real.terms(measure, queue))
    values = values_of(simulated.terms(measure, queue))
    if not len(found) or len(values) < 2:
        mean = float(values.mean()) if len(values) else None
        known = float(found[0]) if len(found) else None
        return Compared(measure, known, mean, None, None, Likeness.NO_DATA)
    mean, count = float(values.mean()), len(values)
    reach = student_quantile(count - 1) * float(values.std(ddof=1)) * math.sqrt(1 + 1 / count)
    known = float(found[0])
    likeness = likeness_of(measure, known, mean, reach)
    return Compared(measure, known, mean, mean - reach, mean + reach, likeness)


def likeness_of(measure: Measure, real: float, simulated: float, reach: float) -> Likeness:
    distance = abs(real - simulated)
    if distance <= reach + 1e-9:
        return Likeness.SAME
    return Likeness.NEAR if distance <= tolerance(measure, real) else Likeness.DIFFERS


def tolerance(measure: Measure, real: float) -> float:
    """By how much a simulated figure may miss before a decision would suffer by it."""
    match measure:
        case Measure.SERVICE_LEVEL | Measure.OCCUPANCY_RATIO | Measure.CONTAINMENT_RATIO:
            return 0.02
        case Measure.ABANDONED_RATIO:
            return 0.01
        case Measure.SPEED_OF_ANSWER_S | Measure.MEAN_WAIT_S:
            return max(SHORT_WAIT_S, 0.1 * real)
        case _:
            return 0.03 * abs(real)


def difference_of(
    measure: Measure, before: Reading, after: Reading, queue: int | None
) -> Difference:
    """Paired: replication by replication the same customers came.

    The error is of the difference of two ratios, each replaced by its tangent (delta method; Law,
    Simulation Modeling, 2015, §9.4 and, for common random numbers, §11.2).
    """
    first, second = before.terms(measure, queue), after.terms(measure, queue)
    return Difference(
        measure,
        ratio_of(first.numerators, first.denominators, first.scale),
        ratio_of(second.numerators, second.denominators, second.scale),
        paired(first, second),
    )


def paired(first: Terms, second: Terms) -> Estimate:
    """`second` less `first`, with its error; both have the same replications in the same order."""
    totals = [float(terms.denominators.sum()) for terms in (first, second)]
    if not all(totals):
        return Estimate(None)
    ratios = [
        float(terms.numerators.sum()) / total
        for terms, total in zip((first, second), totals, strict=True)
    ]
    value = (ratios[1] - ratios[0]) * second.scale
    count = len(first.numerators)
    if count < 2:
        return Estimate(value)
    parts = [
        (terms.numerators - ratio * terms.denominators) / (total / count)
        for terms, ratio, total in zip((first, second), ratios, totals, strict=True)
    ]
    residuals = (parts[1] - parts[0]) * second.scale
    error = math.sqrt(float(np.sum(residuals**2)) / (count - 1) / count)
    reach = student_quantile(count - 1) * error
    return Estimate(value, error, value - reach, value + reach)
