"""Figures of a past, real or simulated, by one definition each (docs/glossary.md).

Each is a ratio of sums, one numerator and denominator a replication, so that any two samples can be
compared with an honest error.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import msgspec
import numpy as np

from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.demand import FlowCount
from frontdesk.simulator.experiment import Sample
from frontdesk.simulator.ledger import Count, TeamTime
from frontdesk.simulator.scenario import Scenario, clock_min


class Measure(StrEnum):
    """What is compared. Counts, hours and money are of the whole span."""

    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    CALLED_BACK = "called_back"
    TURNED_AWAY = "turned_away"
    SERVICE_LEVEL = "service_level"
    ABANDONED_RATIO = "abandoned_ratio"
    SPEED_OF_ANSWER_S = "speed_of_answer_s"
    MEAN_WAIT_S = "mean_wait_s"
    HANDLE_TIME_S = "handle_time_s"
    OCCUPANCY_RATIO = "occupancy_ratio"
    CONTAINMENT_RATIO = "containment_ratio"
    AGENT_HOURS = "agent_hours"
    COST = "cost"
    REVENUE = "revenue"
    RESULT = "result"


OF_QUEUES: Final = tuple(
    measure
    for measure in Measure
    if measure
    not in (
        Measure.OCCUPANCY_RATIO,
        Measure.CONTAINMENT_RATIO,
        Measure.AGENT_HOURS,
        Measure.COST,
        Measure.REVENUE,
        Measure.RESULT,
    )
)
"""Measures that a single queue has, too."""

MONEY: Final = (Measure.COST, Measure.REVENUE, Measure.RESULT)


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an hour of an agent costs, breaks included, and what a contact served is worth.

    Served are those answered, called back, or contained by a flow.
    """

    cost_per_hour: float = 0.0
    value_per_contact: float = 0.0


class Terms(msgspec.Struct, frozen=True):
    """Numerators and denominators by replication; `scale` makes the unit."""

    numerators: np.ndarray
    denominators: np.ndarray
    scale: float = 1.0


class Reading(msgspec.Struct, frozen=True):
    """A sample with what is needed to read figures off it."""

    sample: Sample
    formula: ServiceLevelFormula
    money: Money

    def terms(self, measure: Measure, queue: int | None = None) -> Terms:
        """Of one queue, by its place, or of all."""
        return READ[measure](self, queue)

    def count(self, count: Count, queue: int | None) -> np.ndarray:
        part = self.sample.queues[..., count]
        return part.sum(axis=(1, 2)) if queue is None else part[:, queue].sum(axis=1)

    def plain(self, numbers: np.ndarray, scale: float = 1.0) -> Terms:
        """One number a replication."""
        return Terms(numbers, np.ones(len(numbers)), scale)

    def time(self, kind: TeamTime) -> np.ndarray:
        """Within the span."""
        return self.sample.teams[:, :, :-1, kind].sum(axis=(1, 2))

    def flow(self, count: FlowCount) -> np.ndarray:
        return self.sample.flows[:, :, count].sum(axis=1)

    def service_level(self, queue: int | None) -> Terms:
        in_time = self.count(Count.ANSWERED_IN_TIME, queue)
        short = self.count(Count.ABANDONED_IN_TIME, queue)
        offered = self.count(Count.OFFERED, queue)
        match self.formula:
            case ServiceLevelFormula.ANSWERED_OF_OFFERED:
                return Terms(in_time, offered)
            case ServiceLevelFormula.ANSWERED_OF_ANSWERED:
                return Terms(in_time, self.count(Count.ANSWERED, queue))
            case ServiceLevelFormula.LESS_SHORT_ABANDONS:
                return Terms(in_time, offered - short)
            case ServiceLevelFormula.SHORT_ABANDONS_MET:
                return Terms(in_time + short, offered)

    def served(self) -> np.ndarray:
        """Whom the centre has helped, with or without an agent."""
        return (
            self.count(Count.ANSWERED, None)
            + self.count(Count.CALLED_BACK, None)
            + self.flow(FlowCount.CONTAINED)
        )

    def paid_hours(self) -> np.ndarray:
        """What agents are there for, breaks included: it is as planned in every replication."""
        return np.full(self.sample.replications, paid_hours(self.sample.scenario))

    def cost(self) -> np.ndarray:
        return self.paid_hours() * self.money.cost_per_hour

    def revenue(self) -> np.ndarray:
        return self.served() * self.money.value_per_contact

    def mean_wait(self, queue: int | None) -> Terms:
        known = self.count(Count.ANSWERED, queue) + self.count(Count.ABANDONED, queue)
        return Terms(self.count(Count.WAIT, queue), known, 1e-3)


def counted(count: Count) -> Callable[[Reading, int | None], Terms]:
    return lambda reading, queue: reading.plain(reading.count(count, queue))


def ratio(part: Count, of: Count, scale: float = 1.0) -> Callable[[Reading, int | None], Terms]:
    return lambda reading, queue: Terms(reading.count(part, queue), reading.count(of, queue), scale)


READ: Final[dict[Measure, Callable[[Reading, int | None], Terms]]] = {
    Measure.OFFERED: counted(Count.OFFERED),
    Measure.ANSWERED: counted(Count.ANSWERED),
    Measure.ABANDONED: counted(Count.ABANDONED),
    Measure.CALLED_BACK: counted(Count.CALLED_BACK),
    Measure.TURNED_AWAY: counted(Count.TURNED_AWAY),
    Measure.SERVICE_LEVEL: lambda reading, queue: reading.service_level(queue),
    Measure.ABANDONED_RATIO: ratio(Count.ABANDONED, Count.OFFERED),
    Measure.SPEED_OF_ANSWER_S: ratio(Count.WAIT_OF_ANSWERED, Count.ANSWERED, 1e-3),
    Measure.MEAN_WAIT_S: lambda reading, queue: reading.mean_wait(queue),
    Measure.HANDLE_TIME_S: ratio(Count.HANDLE, Count.ANSWERED, 1e-3),
    Measure.OCCUPANCY_RATIO: lambda reading, _queue: Terms(
        reading.time(TeamTime.BUSY), reading.time(TeamTime.STAFFED)
    ),
    Measure.CONTAINMENT_RATIO: lambda reading, _queue: Terms(
        reading.flow(FlowCount.CONTAINED), reading.flow(FlowCount.MET)
    ),
    Measure.AGENT_HOURS: lambda reading, _queue: reading.plain(reading.paid_hours()),
    Measure.COST: lambda reading, _queue: reading.plain(reading.cost()),
    Measure.REVENUE: lambda reading, _queue: reading.plain(reading.revenue()),
    Measure.RESULT: lambda reading, _queue: reading.plain(reading.revenue() - reading.cost()),
}


def paid_hours(scenario: Scenario) -> float:
    """Hours of all shifts, breaks included."""
    return sum(
        shift.agents * (clock_min(shift.until) - clock_min(shift.start)) / 60
        for staff in scenario.staff
        for shift in staff.shifts
    )
