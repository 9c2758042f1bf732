"""A what-if on a day of 10,000 contacts and 200 agents, 50 replications, beside SimPy.

The day is lived through once by the real kernel and leaves a journal. Ours reads it, rebuilds the
day, simulates it as it was and with two agents more, and compares; with the kernel deciding every
routing. SimPy is given the rebuilt day and simulates the same replications of the same two days:
the same customers (drawn by the same code) in one queue, a conversation and a wrap-up each, a
record of every customer, agents' absences as requests of higher priority. It is written as its
documentation writes reneging customers, and once more with the shortcut that helps it most (no
condition event for those who are served at once). Whoever is free first takes an absence there,
while with us everybody ends the work in hand first, as in life: hence slightly longer waits there.
Everybody spreads over every core; processor time
is of all processes, and the better measure on a machine shared with others.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import time
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
import numpy as np
import simpy

from bench.harness import Figure, report
from frontdesk.kernel.settings import Queue, Team
from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.cast import start_ms
from frontdesk.simulator.demand import MINUTE_MS, Demand, draw_demand
from frontdesk.simulator.experiment import available_cores
from frontdesk.simulator.laws import Exponential, Lognormal
from frontdesk.simulator.scenario import (
    Break,
    Customers,
    Period,
    Scenario,
    Shift,
    Staff,
    clock_min,
)
from frontdesk.simulator.what_if.changes import StaffChange, changed
from frontdesk.simulator.what_if.measures import Measure
from frontdesk.simulator.what_if.reading import read_past
from frontdesk.simulator.what_if.rebuild import Rebuilt, rebuild
from frontdesk.simulator.what_if.study import Asked, Study, study
from tests.simulator.what_if.week import journal_of

CONTACTS = int(os.environ.get("BENCH_CONTACTS", "10000"))
AGENTS = CONTACTS // 50
REPLICATIONS = int(os.environ.get("BENCH_REPLICATIONS", "50"))
COURSE = (0.7, 1.1, 1.3, 1.2, 1.0, 0.9, 1.1, 1.1, 0.9, 0.7)
"""From eight o'clock on, ten hours."""

MORE = StaffChange(count=2)
TARGET_MS = 20_000
OF_OFFERED = ServiceLevelFormula.ANSWERED_OF_OFFERED


def day() -> Scenario:
    """Two shifts with a break each; about 85 % occupied."""
    pauses = ("11:45", "12:15", "12:45", "13:30")
    shifts = tuple(
        Shift(start=start, until=until, agents=AGENTS // 8, breaks=(Break(start=at, minutes=30),))
        for start, until in (("08:00", "16:00"), ("10:00", "18:15"))
        for at in pauses
    )
    return Scenario(
        name="A day",
        duration_min=24 * 60,
        teams=(Team(team_id="all", name="All"),),
        queues=(Queue(queue_id="calls", name="Calls", wrap_up_time_ms=120_000),),
        customers=(
            Customers(
                queue_id="calls",
                periods=tuple(
                    Period(start=f"{8 + hour:02d}:00", per_hour=CONTACTS / 10 * level)
                    for hour, level in enumerate((*COURSE, 0.0))
                ),
                patience=Lognormal(mean_s=180, variation=1.0),
                handle_time=Lognormal(mean_s=400, variation=0.8),
                wrap_up=Exponential(mean_s=30),
            ),
        ),
        staff=(Staff(staff_id="agent", team_id="all", queue_ids=("calls",), shifts=shifts),),
    )


class Spent(NamedTuple):
    """Seconds by the clock on the wall, and of all child processes' processors."""

    wall_s: float
    cpu_s: float


@contextmanager
def spending() -> Generator[list[Spent]]:
    """Filled when the work is done and its processes have ended."""
    spent: list[Spent] = []
    before, began = children_s(), time.perf_counter()
    yield spent
    spent.append(Spent(time.perf_counter() - began, children_s() - before))


def children_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours() -> tuple[Rebuilt, Study, float, Spent]:
    """The rebuilt day, the answer, and the seconds that each took."""
    scenario = day()
    journal = journal_of(scenario)
    from_ms = start_ms(scenario)
    until_ms = from_ms + 24 * 3_600_000
    began = time.perf_counter()
    past = rebuild(asyncio.run(read_past(journal, from_ms, until_ms)), from_ms, until_ms)
    read_s = time.perf_counter() - began
    with spending() as spent:
        found = study(past, Asked((MORE,), formula=OF_OFFERED, replications=REPLICATIONS))
    return past, found, read_s, spent[0]


def with_simpy(past: Rebuilt, *, shortcut: bool) -> tuple[np.ndarray, Spent]:
    """[scenario, what is counted] over all replications, and the seconds."""
    scenarios = [past.scenario, changed(past.scenario, (MORE,))]
    encoded = [msgspec.msgpack.encode(one) for one in scenarios]
    context = multiprocessing.get_context("spawn")
    cores = available_cores()
    with spending() as spent, ProcessPoolExecutor(cores, mp_context=context) as pool:
        parts = [
            [pool.submit(replicate_with_simpy, one, n, shortcut) for n in range(REPLICATIONS)]
            for one in encoded
        ]
        sums = [sum((part.result() for part in each), np.zeros(3)) for each in parts]
    return np.array(sums), spent[0]


def replicate_with_simpy(encoded: bytes, number: int, shortcut: bool) -> np.ndarray:
    """One day: offered, answered in time, abandoned."""
    scenario = msgspec.msgpack.decode(encoded, type=Scenario)
    waits, left = run_simpy(scenario, draw_demand(scenario, number), shortcut)
    in_time = (np.array(waits) <= TARGET_MS) & ~np.array(left)
    return np.array([len(waits), in_time.sum(), sum(left)], float)


def run_simpy(scenario: Scenario, demand: Demand, shortcut: bool) -> tuple[list[float], list[bool]]:
    """Every customer's wait, and whether it ended in vain."""
    env = simpy.Environment()
    shifts = [shift for staff in scenario.staff for shift in staff.shifts]
    agents = simpy.PriorityResource(env, len(shifts))
    count = len(demand.arrive)
    waits, handles, left = [0.0] * count, [0.0] * count, [False] * count

    def customer(index: int) -> Generator[Any, Any, None]:
        arrived = env.now
        with agents.request(priority=1) as request:
            if shortcut and request.triggered:
                yield request
            else:
                results = yield request | env.timeout(demand.patience[index])
                waits[index] = env.now - arrived
                if request not in results:
                    left[index] = True
                    return
            began = env.now
            yield env.timeout(demand.work[index])
            yield env.timeout(demand.wrap_up[index])
            handles[index] = env.now - began

    def absence(start: float, end: float) -> Generator[Any, Any, None]:
        yield env.timeout(start)
        with agents.request(priority=0) as request:
            yield request
            yield env.timeout(max(0.0, end - env.now))

    def source() -> Generator[Any, Any, None]:
        for index, at in enumerate(demand.arrive):
            yield env.timeout(at - env.now)
            env.process(customer(index))

    for shift in shifts:
        for start, end in absences(shift, scenario.duration_min):
            env.process(absence(start * MINUTE_MS, end * MINUTE_MS))
    env.process(source())
    env.run()
    return waits, left


def absences(shift: Shift, duration_min: float) -> list[tuple[float, float]]:
    """Minutes of the day in which the agent isn't there."""
    pauses = [(clock_min(one.start), clock_min(one.start) + one.minutes) for one in shift.breaks]
    return [(0.0, clock_min(shift.start)), *pauses, (clock_min(shift.until), duration_min)]


def main() -> bool:
    past, found, read_s, mine = ours()
    counts, documented = with_simpy(past, shortcut=False)
    _, shortcut = with_simpy(past, shortcut=True)
    tell_outcomes(found, counts)
    name = f"2 × {found.replications} replications"
    return report(
        "what_if",
        [
            Figure("reading the journal and rebuilding the day", read_s, "s"),
            Figure(f"{name}, {found.contacts:,} contacts", mine.wall_s, "s"),
            Figure(f"{name}, processors", mine.cpu_s, "s", "SimPy", documented.cpu_s),
            Figure("SimPy", documented.wall_s, "s", "ours", mine.wall_s),
            Figure("SimPy with a shortcut", shortcut.wall_s, "s", "ours", mine.wall_s),
            Figure("SimPy with a shortcut, processors", shortcut.cpu_s, "s", "ours", mine.cpu_s),
        ],
    )


def tell_outcomes(found: Study, counts: np.ndarray) -> None:
    """What both say of the day and of the change: nobody is fast by doing less."""
    assert found.effect is not None
    figures = {one.measure: one for one in found.effect.figures}
    print(f"\n{'':12} {'':8} {'in 20 s':>9} {'abandoned':>11}")
    for name, at in (("as it was", 0), ("two more", 1)):
        level, abandoned = figures[Measure.SERVICE_LEVEL], figures[Measure.ABANDONED_RATIO]
        pair = [(one.before, one.after)[at].value or 0 for one in (level, abandoned)]
        offered, in_time, left = counts[at]
        print(f"{name:12} {'ours':8} {pair[0]:9.4f} {pair[1]:11.4f}")
        print(f"{'':12} {'SimPy':8} {in_time / offered:9.4f} {left / offered:11.4f}")


if __name__ == "__main__":
    main()
