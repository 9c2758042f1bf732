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

from frontdesk.simulator.laws import Endless, Law, draw
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
    SELF_SERVICE = 7
    SELF_SERVICE_TIME = 8
    CALLBACK = 9


class FlowCount(IntEnum):
    """What is summed over the contacts that met a flow in the counted time. Times in ms."""

    MET = 0
    CONTAINED = 1
    LEFT = 2
    TIME = 3


class Demand(msgspec.Struct, frozen=True):
    """Customers in order of arrival at the queue, equally many of each.

    Times in ms, `stream` by index. `flows`: [flow, FlowCount] of all who met self-service first,
    those who never came to the queue included.
    """

    arrive: np.ndarray
    stream: np.ndarray
    patience: list[float]
    work: list[float]
    wrap_up: list[float]
    callback_after: list[float]
    flows: np.ndarray


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
    flows = np.zeros((len(scenario.flows), len(FlowCount)))
    parts = [
        pass_flow(scenario, replication, index, part, flows) for index, part in enumerate(parts)
    ]
    arrive = np.concatenate([part[0] for part in parts])
    order = np.argsort(arrive, kind="stable")
    stream = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    patience, work, wrap_up, callback_after = (
        np.concatenate([part[column] for part in parts])[order].tolist() for column in (1, 2, 3, 4)
    )
    return Demand(arrive[order], stream[order], patience, work, wrap_up, callback_after, flows)


Columns = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Arrival, patience, work, wrap-up and the wait before a callback is asked for, in ms."""


def pass_flow(
    scenario: Scenario, replication: int, index: int, columns: Columns, flows: np.ndarray
) -> Columns:
    """Those of a stream who come to the queue, when they do; the flow's sums are added to `flows`.

    No agent has a part in self-service, so that it is over before the replication begins.
    """
    name = scenario.customers[index].self_service
    if name is None:
        return columns
    place = next(i for i, flow in enumerate(scenario.flows) if flow.flow_id == name)
    flow = scenario.flows[place]
    arrive = columns[0]
    fate = generator_for(scenario, replication, index, Purpose.SELF_SERVICE).random(len(arrive))
    times = generator_for(scenario, replication, index, Purpose.SELF_SERVICE_TIME)
    took = draw(flow.time, times, len(arrive)) * 1000
    contained = fate < flow.contained_ratio
    goes_on = fate >= flow.contained_ratio + flow.left_ratio
    end = (scenario.duration_min - scenario.cool_down_min) * MINUTE_MS
    counted = (arrive >= scenario.warm_up_min * MINUTE_MS) & (arrive < end)
    flows[place] += [
        np.sum(counted),
        np.sum(counted & contained),
        np.sum(counted & ~contained & ~goes_on),
        np.sum(took[counted]),
    ]
    return (
        (arrive + took)[goes_on],
        columns[1][goes_on],
        columns[2][goes_on],
        columns[3][goes_on],
        columns[4][goes_on],
    )


def draw_busyness(scenario: Scenario, replication: int) -> dict[str, float]:
    """One factor a name, for the whole replication."""
    factors: dict[str, float] = {}
    for name, law in scenario.busyness.items():
        # A name keeps its draws whatever stands beside it; crc32 is the same under any hash seed.
        stream = zlib.crc32(name.encode())
        generator = generator_for(scenario, replication, stream, Purpose.BUSYNESS)
        factors[name] = float(draw(law, generator, 1)[0])
    return factors


def draw_stream(scenario: Scenario, replication: int, index: int, factor: float) -> Columns:
    """What one stream's customers bring with them."""
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
        times(Purpose.CALLBACK, [customers.callback_after or Endless()]),
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
