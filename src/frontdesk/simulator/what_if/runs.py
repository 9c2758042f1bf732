"""What-ifs asked of a centre at work: each in a process of its own, one at a time.

Reading weeks of journal and simulating on every core would hold up whoever serves contacts in this
process, so that it is done beside it, at the lowest priority. Answers are kept in memory, the
latest few of them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event as Flag
from types import FrameType
from typing import Final

import msgspec

from frontdesk.journal.errors import JournalError
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.kernel.events import AnyEvent
from frontdesk.simulator.scenario_file import ScenarioError
from frontdesk.simulator.what_if.asking import (
    Stage,
    WhatIfAnswer,
    WhatIfQuestion,
    answer,
    read_spans,
)
from frontdesk.simulator.what_if.before_after import Unlike
from frontdesk.simulator.what_if.rebuild import Rebuilt, TooLittle
from frontdesk.simulator.what_if.study import Stopped

RUNS_KEPT_MAX: Final = 20
END_WAIT_S: Final = 10.0
"""How long a run that is stopped may take over the replications in hand."""

NICENESS: Final = 10

OpenJournal = Callable[[], PostgresJournal[AnyEvent]]


class RunState(StrEnum):
    """`reading → simulating → done`, or from either `stopped` or `failed`."""

    READING = "reading"
    SIMULATING = "simulating"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class RunProblem(StrEnum):
    """Why there is no answer.

    too_little: the days have too few contacts, or nobody at work.
    not_there: a change names what wasn't there.
    unlike: the two times can't be compared.
    broken: the journal can't be read, or the process died.
    """

    TOO_LITTLE = "too_little"
    NOT_THERE = "not_there"
    UNLIKE = "unlike"
    BROKEN = "broken"


class WhatIfRun(msgspec.Struct, frozen=True):
    """How far a question has come. `done` and `of` are of the state's own work."""

    run_id: int
    question: WhatIfQuestion
    state: RunState = RunState.READING
    done: int = 0
    of: int = 0
    problem: RunProblem | None = None
    detail: str = ""
    answer: WhatIfAnswer | None = None

    @property
    def is_over(self) -> bool:
        return self.state not in (RunState.READING, RunState.SIMULATING)


class Report(msgspec.Struct, frozen=True):
    """What the process says of itself; the last one is of a state that is over."""

    state: RunState
    done: int | None = None
    of: int | None = None
    problem: RunProblem | None = None
    detail: str = ""
    answer: WhatIfAnswer | None = None


class WhatIfRuns:
    """Asks, follows and stops; `close` ends whatever still runs."""

    def __init__(self, open_journal: OpenJournal, processes: int | None = None) -> None:
        self._open_journal = open_journal
        self._processes = processes
        self._runs: dict[int, WhatIfRun] = {}
        self._next_id = 1
        self._flags: dict[int, Flag] = {}
        self._following: set[asyncio.Task[None]] = set()

    def list(self) -> list[WhatIfRun]:
        """The latest first."""
        return [*reversed(self._runs.values())]

    def find(self, run_id: int) -> WhatIfRun | None:
        return self._runs.get(run_id)

    def ask(self, question: WhatIfQuestion) -> WhatIfRun | None:
        """Begins; None while another is at work, for each takes every core."""
        if not all(run.is_over for run in self._runs.values()):
            return None
        run = WhatIfRun(self._next_id, question)
        self._next_id += 1
        self._runs[run.run_id] = run
        while len(self._runs) > RUNS_KEPT_MAX:
            self._runs.pop(next(iter(self._runs)))
        flag = self._flags[run.run_id] = CONTEXT.Event()
        following = asyncio.create_task(self._follow(run, flag))
        self._following.add(following)
        following.add_done_callback(self._following.discard)
        return run

    def stop(self, run_id: int) -> None:
        """Soon: the replications in hand are finished first."""
        flag = self._flags.get(run_id)
        if flag is not None:
            flag.set()

    async def close(self) -> None:
        for flag in self._flags.values():
            flag.set()
        await asyncio.gather(*self._following)

    async def _follow(self, run: WhatIfRun, flag: Flag) -> None:
        ours, theirs = CONTEXT.Pipe()
        question = msgspec.msgpack.encode(run.question)
        process = CONTEXT.Process(
            target=work, args=(self._open_journal, question, theirs, flag, self._processes)
        )
        await asyncio.to_thread(process.start)
        theirs.close()
        try:
            while not self._runs[run.run_id].is_over:
                data = await asyncio.to_thread(ours.recv_bytes)
                self._keep(run.run_id, msgspec.msgpack.decode(data, type=Report))
        except EOFError:
            detail = "the process ended without an answer"
            self._keep(run.run_id, Report(RunState.FAILED, None, None, RunProblem.BROKEN, detail))
        finally:
            ours.close()
            del self._flags[run.run_id]
            await asyncio.to_thread(end, process)

    def _keep(self, run_id: int, report: Report) -> None:
        """How far it is stands as it was where the report says nothing of it."""
        known = msgspec.structs.asdict(report)
        news = {name: value for name, value in known.items() if value is not None}
        self._runs[run_id] = msgspec.structs.replace(self._runs[run_id], **news)


def end(process: BaseProcess) -> None:
    """Waits for the process, and ends it where it takes too long."""
    process.join(END_WAIT_S)
    if process.is_alive():
        process.terminate()
        process.join()


CONTEXT: Final = multiprocessing.get_context("spawn")


def work(
    open_journal: OpenJournal,
    encoded: bytes,
    pipe: Connection,
    flag: Flag,
    processes: int | None,
) -> None:
    """The process: answers one question, and tells how far it is.

    If nobody listens any more, the next word fails, and with it the process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, interrupt)
    os.nice(NICENESS)
    question = msgspec.msgpack.decode(encoded, type=WhatIfQuestion)

    def tell(report: Report) -> None:
        pipe.send_bytes(msgspec.msgpack.encode(report))

    def step(stage: Stage, done: int, of: int) -> None:
        tell(Report(RunState(stage.value), done, of))
        if stage is Stage.READING and flag.is_set():
            raise Stopped("stopped while the journal was read")

    tell(find_answer(open_journal, question, step, flag, processes))


def find_answer(
    open_journal: OpenJournal,
    question: WhatIfQuestion,
    step: Callable[[Stage, int, int], None],
    flag: Flag,
    processes: int | None,
) -> Report:
    """Whatever comes of it, as the last report."""

    async def read() -> list[Rebuilt]:
        journal = open_journal()
        try:
            return await read_spans(journal, question, step)
        finally:
            await journal.close()

    try:
        pasts = asyncio.run(read())
        step(Stage.SIMULATING, 0, 0)
        found = answer(question, pasts, step, processes, flag.is_set)
    except Stopped:
        return Report(RunState.STOPPED)
    except TooLittle as error:
        return Report(RunState.FAILED, problem=RunProblem.TOO_LITTLE, detail=str(error))
    except ScenarioError as error:
        return Report(RunState.FAILED, problem=RunProblem.NOT_THERE, detail=str(error))
    except Unlike as error:
        return Report(RunState.FAILED, problem=RunProblem.UNLIKE, detail=str(error))
    except JournalError as error:
        return Report(RunState.FAILED, problem=RunProblem.BROKEN, detail=str(error))
    return Report(RunState.STOPPED if flag.is_set() else RunState.DONE, answer=found)


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """As Ctrl-C: replications end, their processes are let go."""
    raise KeyboardInterrupt
