"""Draws everything the customers of one replication bring with them, before it runs.

Times are milliseconds from the scenario's start, as floats: the kernel sees them cut to whole
milliseconds, but what happens first is decided by the exact time, so nothing is biased by the
kernel's clock. Each kind of draw has a generator of its own, keyed by seed, replication, stream
and purpose: the same customers meet every variant of a scenario (common random numbers).
"""

import zlib
from enum import IntEnum

import msgspec
import numpy as np

from frontdesk.simulator.laws import Law, draw
from frontdesk.simulator.scenario import Customers, Period, Scenario, clock_min

MINUTE_MS = 60_000.0
HOUR_MS = 3_600_000.0


class Purpose(IntEnum):
    """What a generator is for."""

    BUSYNESS = 0
    ARRIVALS = 1
    PATIENCE = 2
    HANDLE_TIME = 3
    WRAP_UP = 4
    RETRY = 5
    AGENTS = 6


class Demand(msgspec.Struct, frozen=True):
    """Customers in order of arrival, equally many of each. Times in ms, `stream` by index."""

    arrive: np.ndarray
    stream: np.ndarray
    patience: list[float]
    work: list[float]
    wrap_up: list[float]


def generator_for(
    scenario: Scenario, replication: int, stream: int, purpose: Purpose
) -> np.random.Generator:
    """The generator of one purpose in one replication."""
    key = (scenario.seed, replication, stream, int(purpose))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))


def draw_demand(scenario: Scenario, replication: int) -> Demand:
    """All customers of a replication, first attempts only."""
    factors = draw_busyness(scenario, replication)
    parts = [
        draw_stream(scenario, replication, index, factors.get(customers.busyness or "", 1.0))
        for index, customers in enumerate(scenario.customers)
    ]
    arrive = np.concatenate([part[0] for part in parts])
    order = np.argsort(arrive, kind="stable")
    stream = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    patience, work, wrap_up = (
        np.concatenate([part[column] for part in parts])[order].tolist() for column in (1, 2, 3)
    )
    return Demand(arrive[order], stream[order], patience, work, wrap_up)


def draw_busyness(scenario: Scenario, replication: int) -> dict[str, float]:
    """One factor a name, for the whole replication."""
    factors: dict[str, float] = {}
    for name, law in scenario.busyness.items():
        # A name keeps its draws whatever stands beside it; crc32 is the same under any hash seed.
        stream = zlib.crc32(name.encode())
        generator = generator_for(scenario, replication, stream, Purpose.BUSYNESS)
        factors[name] = float(draw(law, generator, 1)[0])
    return factors


def draw_stream(
    scenario: Scenario, replication: int, index: int, factor: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Arrival, patience, work and wrap-up of one stream's customers, in ms."""
    customers = scenario.customers[index]
    periods = periods_of(scenario, customers)
    arrivals = generator_for(scenario, replication, index, Purpose.ARRIVALS)
    edges, rates = profile(scenario, periods)
    arrive = draw_arrivals(arrivals, edges, rates * factor)
    at = np.clip(np.searchsorted(edges, arrive, "right") - 1, 0, len(rates) - 1)

    def times(purpose: Purpose, laws: list[Law]) -> np.ndarray:
        columns = {
            law: draw(law, generator_for(scenario, replication, index, purpose), len(arrive))
            for law in dict.fromkeys(laws)
        }
        if len(columns) == 1:
            return columns[laws[0]] * 1000
        return np.stack([columns[law] for law in laws])[at, np.arange(len(arrive))] * 1000

    return (
        arrive,
        times(Purpose.PATIENCE, [period.patience or customers.patience for period in periods]),
        times(Purpose.HANDLE_TIME, [p.handle_time or customers.handle_time for p in periods]),
        times(Purpose.WRAP_UP, [customers.wrap_up]),
    )


def periods_of(scenario: Scenario, customers: Customers) -> tuple[Period, ...]:
    """The stream's periods; one for a constant rate. Before the first, nobody comes."""
    if customers.per_hour is not None:
        return (Period(start=scenario.start, per_hour=customers.per_hour),)
    first = customers.periods[0]
    if clock_min(first.start) > clock_min(scenario.start):
        return (Period(start=scenario.start, per_hour=0.0), *customers.periods)
    return customers.periods


def profile(scenario: Scenario, periods: tuple[Period, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Edges in ms (one more than rates) and rates per ms, within the run."""
    origin = clock_min(scenario.start)
    end = scenario.duration_min * MINUTE_MS
    starts = [(clock_min(period.start) - origin) * MINUTE_MS for period in periods]
    edges = np.clip(np.array([*starts, end]), 0.0, end)
    return edges, np.array([period.per_hour for period in periods]) / HOUR_MS


def draw_arrivals(
    generator: np.random.Generator, edges: np.ndarray, rates: np.ndarray
) -> np.ndarray:
    """A Poisson process with stepwise rates, by stretching one of rate one.

    So a raised rate brings the same customers sooner, rather than others.
    """
    heights = np.concatenate(([0.0], np.cumsum(rates * np.diff(edges))))
    total = heights[-1]
    points = np.empty(0)
    reached = 0.0
    while reached < total:
        room = total - reached
        gaps = generator.standard_exponential(int(room + 6 * room**0.5) + 16)
        more = reached + np.cumsum(gaps)
        points = np.concatenate((points, more))
        reached = float(more[-1])
    return np.interp(points[points < total], heights, edges)
