"""Many replications, over several processes, gathered in order: the same result every time."""

import hashlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import closing, suppress

import msgspec
import numpy as np

from frontdesk.simulator.ledger import Frame, Tallies, frame_of, tally
from frontdesk.simulator.replication import Replication
from frontdesk.simulator.scenario import Scenario

Progress = Callable[[int, int], None]
"""Called with the index of the scenario and the contacts of a replication just done."""


class Sample(msgspec.Struct, frozen=True):
    """Replications of one scenario, first axis by number.

    `queues`: [replication, queue, interval, Count]. `teams`: [replication, team, interval,
    TeamTime]. `waits`: [replication, queue, interval, bin]. `flows`: [replication, flow,
    FlowCount].
    """

    scenario: Scenario
    frame: Frame
    queues: np.ndarray
    teams: np.ndarray
    waits: np.ndarray
    flows: np.ndarray
    contacts: int
    digest: str
    stopped: bool = False
    """Whether it was interrupted: fewer replications than asked for."""

    @property
    def replications(self) -> int:
        return len(self.queues)


def replicate(scenario: Scenario, number: int) -> Tallies:
    """One replication from start to end."""
    frame = frame_of(scenario)
    return tally(scenario, frame, Replication(scenario, number, frame).run())


def run_scenarios(
    scenarios: list[Scenario], processes: int | None = None, progress: Progress | None = None
) -> list[Sample]:
    """All replications of all scenarios, spread over processes (default: one a core).

    KeyboardInterrupt ends the run early; what is done by then is returned, marked `stopped`.
    """
    tasks = [(at, number) for at, one in enumerate(scenarios) for number in range(one.replications)]
    done: dict[Task, Tallies] = {}
    stopped = False
    try:
        for task, tallies in run_tasks(scenarios, tasks, processes or available_cores()):
            done[task] = tallies
            if progress is not None:
                progress(task[0], tallies.contacts)
    except KeyboardInterrupt:
        stopped = True
    return [
        gather(scenario, [done[task] for task in tasks if task[0] == at and task in done], stopped)
        for at, scenario in enumerate(scenarios)
    ]


def run_in_step(
    scenarios: list[Scenario],
    processes: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> list[Sample]:
    """Replications with the same numbers of every scenario, to be compared one by one.

    All scenarios have the first one's replications. `is_stopped` is asked after each; then, as
    after KeyboardInterrupt, every sample has those replications that all scenarios are done with.
    """
    places = range(len(scenarios))
    tasks = [(at, number) for number in range(scenarios[0].replications) for at in places]
    done: dict[Task, Tallies] = {}
    running = run_tasks(scenarios, tasks, processes or available_cores())
    with suppress(KeyboardInterrupt), closing(running):
        for task, tallies in running:
            done[task] = tallies
            progress(len(done), len(tasks))
            if is_stopped():
                break
    whole = [
        number for at, number in tasks if at == 0 and all((one, number) in done for one in places)
    ]
    stopped = len(whole) < scenarios[0].replications
    return [
        gather(scenario, [done[at, number] for number in whole], stopped)
        for at, scenario in enumerate(scenarios)
    ]


Task = tuple[int, int]
"""Which scenario, and which of its replications."""


def run_tasks(
    scenarios: list[Scenario], tasks: list[Task], processes: int
) -> Generator[tuple[Task, Tallies]]:
    """Replications as they are done, in any order."""
    if processes == 1:
        for at, number in tasks:
            yield (at, number), replicate(scenarios[at], number)
        return
    pool = ProcessPoolExecutor(
        min(processes, len(tasks)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=prepare_worker,
        initargs=([msgspec.msgpack.encode(scenario) for scenario in scenarios],),
    )
    try:
        futures: dict[Future[Tallies], Task] = {
            pool.submit(replicate_by_index, *task): task for task in tasks
        }
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


WORKER_SCENARIOS: list[Scenario] = []
"""What a worker process was started for; filled once, by `prepare_worker`."""


def prepare_worker(encoded: list[bytes]) -> None:
    """Decode the scenarios once a process; the parent alone minds Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    WORKER_SCENARIOS.extend(msgspec.msgpack.decode(data, type=Scenario) for data in encoded)


def replicate_by_index(at: int, number: int) -> Tallies:
    """A task in a worker process."""
    return replicate(WORKER_SCENARIOS[at], number)


def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def gather(scenario: Scenario, done: list[Tallies], stopped: bool) -> Sample:
    """Stack the replications in order of number."""
    digest = hashlib.sha256("".join(tallies.digest for tallies in done).encode()).hexdigest()
    return Sample(
        scenario=scenario,
        frame=frame_of(scenario),
        queues=np.array([tallies.queues for tallies in done]),
        teams=np.array([tallies.teams for tallies in done]),
        waits=np.array([tallies.waits for tallies in done]),
        flows=np.array([tallies.flows for tallies in done]),
        contacts=sum(tallies.contacts for tallies in done),
        digest=digest,
        stopped=stopped,
    )
