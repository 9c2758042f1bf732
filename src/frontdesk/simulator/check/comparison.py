"""A case: a scenario, what is known about it, and how far the simulation is from that."""

import math
from collections.abc import Callable

import msgspec

from frontdesk.simulator.estimate import Estimate
from frontdesk.simulator.experiment import Progress, Sample, run_scenarios
from frontdesk.simulator.ledger import Count
from frontdesk.simulator.scenario import Scenario

ERRORS_MAX = 4.0
"""More standard errors than this between both sides, and they differ."""

ROUNDING = 1e-9
"""Differences below this, relative to the figure, are those of the arithmetic."""


class Expectation(msgspec.Struct, frozen=True):
    """A known figure and how the simulation's own is measured.

    `error` is the standard error of a published figure, its rounding included; 0 for an exact one.
    `deviation` is the least standard deviation a single contact can give the figure: where the
    event is so rare that no replication saw it, the sample alone would claim to have no error.
    `share`: of contacts, so that one minus it is as good a figure.
    """

    label: str
    value: float
    measure: Callable[[Sample], Estimate]
    error: float = 0.0
    deviation: float = 0.0
    share: bool = False


class Case(msgspec.Struct, frozen=True):
    """One model. `source` says where the known figures come from."""

    name: str
    source: str
    scenario: Scenario
    expectations: tuple[Expectation, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Both sides of one figure. `distance` is in standard errors of the difference."""

    label: str
    expected: float
    expected_error: float
    found: float
    found_error: float
    distance: float

    @property
    def agrees(self) -> bool:
        return abs(self.distance) <= ERRORS_MAX


class Verdict(msgspec.Struct, frozen=True):
    """What came of a case."""

    case: Case
    replications: int
    contacts: int
    comparisons: tuple[Comparison, ...]

    @property
    def agrees(self) -> bool:
        return all(comparison.agrees for comparison in self.comparisons)


def run_cases(
    cases: list[Case], processes: int | None = None, progress: Progress | None = None
) -> list[Verdict]:
    """Simulate every case and compare; KeyboardInterrupt goes through."""
    samples = run_scenarios([case.scenario for case in cases], processes, progress)
    if any(sample.stopped for sample in samples):
        raise KeyboardInterrupt
    return [judge(case, sample) for case, sample in zip(cases, samples, strict=True)]


def judge(case: Case, sample: Sample) -> Verdict:
    """Compare each expectation with what the sample says."""
    counted = float(sample.queues[..., Count.OFFERED].sum())
    comparisons = tuple(compare(one, one.measure(sample), counted) for one in case.expectations)
    return Verdict(case, sample.replications, sample.contacts, comparisons)


def compare(expectation: Expectation, estimate: Estimate, counted: float) -> Comparison:
    """The difference in standard errors; infinite where there is a difference and no error.

    `counted` is the number of contacts the figure comes from.
    """
    known, known_error = expectation.value, expectation.error
    found, sample_error = estimate.value, estimate.standard_error
    if found is None or sample_error is None:
        return Comparison(expectation.label, known, known_error, math.nan, math.nan, math.inf)
    error = max(
        sample_error * rarity(expectation, found), expectation.deviation / math.sqrt(counted)
    )
    away = distance(found - known, math.hypot(error, known_error), found)
    return Comparison(expectation.label, known, known_error, found, error, away)


def rarity(expectation: Expectation, found: float) -> float:
    """How much larger the error is if the known figure is true, where rare events make it up.

    Their variance grows with their number: a sample that happens to hold few of them shows too
    small an error as well. So the error is the one under the hypothesis (a score test, not Wald's).
    """
    if not expectation.deviation:
        return 1.0
    known = expectation.value
    if expectation.share and known > 0.5:
        known, found = 1 - known, 1 - found
    return math.sqrt(known / found) if 0 < found < known else 1.0


def distance(difference: float, error: float, figure: float) -> float:
    """Difference over error; a difference of mere arithmetic is none."""
    if abs(difference) <= ROUNDING * abs(figure):
        return 0.0
    return difference / error if error else math.copysign(math.inf, difference)
