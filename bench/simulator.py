"""Simulated contacts a second on M/M/100+M, ours with the real kernel, beside other simulators.

Load 0.95 of a hundred agents: 1,140 calls an hour, 300 s each, patience 180 s, 200,000 arrivals
from an empty centre. Everybody does the same work: draws arrivals, handle times and patience,
lets customers wait, be served or leave, and keeps every customer's wait and outcome. Peers are
written as their own documentation does it; SimPy is also timed with the one shortcut that helps it
most (no condition event for customers who are served at once). salabim gets fewer arrivals, since
its pace does not depend on their number.

Rates are of processor time on one core. Scaling over two processes is of wall-clock time, beside
the same for bare loops: what a machine shared with others gives at all.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import ciw
import ciw.dists
import msgspec
import salabim
import simpy

from bench.bare_loop import (
    AGENTS,
    CALLS_PER_HOUR,
    HANDLE_S,
    PATIENCE_S,
    RATE,
    SEED,
    TARGET_S,
    Outcome,
    Tally,
    with_heapq,
)
from bench.harness import Figure, report
from frontdesk.science.erlang import DelayFigures, solve_erlang_a
from frontdesk.simulator.check.models import single_queue
from frontdesk.simulator.experiment import replicate, run_scenarios
from frontdesk.simulator.laws import Exponential
from frontdesk.simulator.ledger import Count
from frontdesk.simulator.scenario import Scenario

ARRIVALS = int(os.environ.get("BENCH_ARRIVALS", "200000"))
SALABIM_ARRIVALS = ARRIVALS // 10
REPEATS = 3
PARTS = 8
PART_ARRIVALS = ARRIVALS // 4
"""Of each replication when they are spread over processes."""
BARE_PART_ARRIVALS = 10 * PART_ARRIVALS
"""Ten times as many cost the bare loop about as long."""


def scenario(arrivals: int, replications: int = 2) -> Scenario:
    """The same, for the real kernel; from empty and without warm-up, like the peers."""
    steady = single_queue(
        "M/M/100+M",
        CALLS_PER_HOUR,
        HANDLE_S,
        Exponential(mean_s=PATIENCE_S),
        AGENTS,
        TARGET_S,
        relaxation_s=1,
        contacts=1,
        seed=SEED,
    )
    return msgspec.structs.replace(
        steady,
        duration_min=arrivals / CALLS_PER_HOUR * 60,
        warm_up_min=0,
        cool_down_min=0,
        replications=replications,
    )


def ours(arrivals: int, repeat: int) -> tuple[int, Outcome]:
    counts = replicate(scenario(arrivals), repeat).queues.sum(axis=(0, 1))
    offered = float(counts[Count.OFFERED])
    return int(offered), (
        float(counts[Count.WAITED]) / offered,
        float(counts[Count.ABANDONED]) / offered,
        float(counts[Count.WAIT]) / offered / 1000,
        float(counts[Count.ANSWERED_IN_TIME]) / offered,
    )


def with_simpy(arrivals: int, repeat: int, *, shortcut: bool = False) -> tuple[int, Outcome]:
    """SimPy as in its documentation's example of reneging customers ("Bank Renege")."""
    draws = random.Random(SEED + repeat)
    env = simpy.Environment()
    agents = simpy.Resource(env, AGENTS)
    tally = Tally()

    def customer(handle_s: float, patience_s: float) -> Generator[Any, Any, None]:
        arrived = env.now
        with agents.request() as request:
            if shortcut and request.triggered:
                yield request
                tally.add(0.0, left=False)
            else:
                results = yield request | env.timeout(patience_s)
                tally.add(env.now - arrived, left=request not in results)
                if request not in results:
                    return
            yield env.timeout(handle_s)

    def source() -> Generator[Any, Any, None]:
        for _ in range(arrivals):
            yield env.timeout(draws.expovariate(RATE))
            times = draws.expovariate(1 / HANDLE_S), draws.expovariate(1 / PATIENCE_S)
            env.process(customer(*times))

    env.process(source())
    env.run()
    return arrivals, tally.figures()


def with_simpy_shortcut(arrivals: int, repeat: int) -> tuple[int, Outcome]:
    return with_simpy(arrivals, repeat, shortcut=True)


def with_ciw(arrivals: int, repeat: int) -> tuple[int, Outcome]:
    ciw.seed(SEED + repeat)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=RATE)],
        service_distributions=[ciw.dists.Exponential(rate=1 / HANDLE_S)],
        reneging_time_distributions=[ciw.dists.Exponential(rate=1 / PATIENCE_S)],
        number_of_servers=[AGENTS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(arrivals, method="Finish")
    tally = Tally()
    for record in simulation.get_all_records():
        tally.add(float(record.waiting_time), left=record.record_type == "renege")
    return len(tally.waits), tally.figures()


def with_salabim(arrivals: int, repeat: int) -> tuple[int, Outcome]:
    draws = random.Random(SEED + repeat)
    salabim.yieldless(False)
    env = salabim.Environment(trace=False, random_seed="", do_reset=True, yieldless=False)
    agents = salabim.Resource("agents", capacity=AGENTS)
    tally = Tally()

    class Customer(salabim.Component):
        def process(self) -> Generator[Any, Any, None]:
            arrived = env.now()
            yield self.request(agents, fail_delay=draws.expovariate(1 / PATIENCE_S))
            tally.add(env.now() - arrived, left=self.failed())
            if not self.failed():
                yield self.hold(draws.expovariate(1 / HANDLE_S))
                self.release(agents)

    class Source(salabim.Component):
        def process(self) -> Generator[Any, Any, None]:
            for _ in range(arrivals):
                yield self.hold(draws.expovariate(RATE))
                Customer()

    Source()
    env.run()
    return arrivals, tally.figures()


@dataclass(frozen=True)
class Runner:
    name: str
    run: Callable[[int, int], tuple[int, Outcome]]
    arrivals: int = ARRIVALS
    repeats: int = REPEATS


RUNNERS = (
    Runner("Frontdesk, the real kernel", ours),
    Runner("SimPy", with_simpy),
    Runner("SimPy with a shortcut", with_simpy_shortcut),
    Runner("Ciw", with_ciw, repeats=1),
    Runner("salabim", with_salabim, SALABIM_ARRIVALS, repeats=1),
    Runner("a bare heapq loop", with_heapq),
)


@dataclass
class Measured:
    """Rates of the repeats, and what the last of them found."""

    rates: list[float] = field(default_factory=list[float])
    outcome: Outcome = (0.0, 0.0, 0.0, 0.0)

    @property
    def median(self) -> float:
        return median(self.rates)


def main() -> bool:
    measured = {runner.name: Measured() for runner in RUNNERS}
    # Repeats take turns, so that a busy moment of the machine falls on everybody.
    for repeat in range(REPEATS):
        for runner in RUNNERS:
            if repeat < runner.repeats:
                time_once(runner, repeat, measured[runner.name])
    tell_outcomes(measured, solve_erlang_a(CALLS_PER_HOUR, HANDLE_S, PATIENCE_S, AGENTS, TARGET_S))
    return report("simulator", [*rate_figures(measured), *scaling_figures()])


def time_once(runner: Runner, repeat: int, into: Measured) -> None:
    gc.collect()
    began = time.process_time()
    count, into.outcome = runner.run(runner.arrivals, repeat)
    into.rates.append(count / (time.process_time() - began))


def rate_figures(measured: dict[str, Measured]) -> list[Figure]:
    """Everybody's rate; ours is the one with an aim."""
    mine = measured[RUNNERS[0].name].median
    figures = [
        Figure(
            RUNNERS[0].name,
            mine,
            "contacts/s",
            "SimPy",
            measured["SimPy"].median,
            "ahead of SimPy",
            mine > measured["SimPy"].median,
        )
    ]
    figures.extend(
        Figure(runner.name, measured[runner.name].median, "customers/s", "ours", mine)
        for runner in RUNNERS[1:]
    )
    return figures


def tell_outcomes(measured: dict[str, Measured], exact: DelayFigures) -> None:
    """What everybody found, beside the exact figures: nobody is fast by doing less."""
    print(f"\nM/M/100+M, {ARRIVALS:,} arrivals from empty (salabim {SALABIM_ARRIVALS:,})")
    print(f"{'':28} {'P(wait)':>9} {'P(abandon)':>11} {'mean wait, s':>13} {'in 20 s':>9}")
    known = (
        exact.wait_ratio,
        exact.abandoned_ratio,
        exact.mean_wait_s,
        exact.service_levels.answered_of_offered,
    )
    for name, row in [("exact, steady state", known)] + [
        (runner.name, measured[runner.name].outcome) for runner in RUNNERS
    ]:
        print(f"{name:28} {row[0]:9.4f} {row[1]:11.5f} {row[2]:13.3f} {row[3]:9.4f}")


def scaling_figures() -> list[Figure]:
    """Replications over two processes against one, by the clock on the wall.

    The anchor is what this machine gives: bare loops spread in the same way.
    """
    ours: dict[int, list[float]] = {1: [], 2: []}
    bare: dict[int, list[float]] = {1: [], 2: []}
    starts: list[float] = []
    replications, nothing = scenario(PART_ARRIVALS, PARTS), scenario(1)
    for _ in range(REPEATS):
        for processes in (1, 2):
            ours[processes].append(time_wall(lambda n=processes: run_scenarios([replications], n)))
            bare[processes].append(time_wall(lambda n=processes: run_bare_loops(n)))
        starts.append(time_wall(lambda: run_scenarios([nothing], 2)))
    gain, bare_gain = (median(seconds[1]) / median(seconds[2]) for seconds in (ours, bare))
    return [
        Figure(
            f"{PARTS} replications over two processes",
            gain,
            "times as fast as one",
            "bare loops",
            bare_gain,
            "near 2 on two free cores",
        ),
        Figure("of which the start of two workers", median(starts), "s", "of", median(ours[2])),
    ]


def time_wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run_bare_loops(processes: int) -> None:
    """As many bare loops as there are replications, over workers started as ours are."""
    if processes == 1:
        for part in range(PARTS):
            with_heapq(BARE_PART_ARRIVALS, part)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for loop in [pool.submit(with_heapq, BARE_PART_ARRIVALS, part) for part in range(PARTS)]:
            loop.result()


if __name__ == "__main__":
    main()
