"""Trains in a process of its own: it takes seconds, which no event loop may wait for.

`python -m frontdesk.answers.understanding.worker` reads intents as JSON and writes the model; with
`report` it reads messages as well and writes the report as JSON. Where nobody waits for it, it is
polite to what else runs on the machine; it can be ended at any time.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from typing import Final

import msgspec

from frontdesk.answers.understanding.model import Model
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding_report import Report

TRAINING_TIME_S_MAX: Final = 600
REPORT: Final = "report"
URGENT: Final = "urgent"
_NICENESS: Final = 5


class TrainingFailed(Exception):
    """The worker was killed, ran out of memory or took too long; its last words are the text."""


async def train_in_worker(intents: tuple[Intent, ...], urgent: bool = False) -> Model | None:
    """The model of these intents; None if there is no example. Raises TrainingFailed."""
    arguments = (URGENT,) if urgent else ()
    written = await _work(msgspec.json.encode(intents), *arguments)
    return pickle.loads(written)  # noqa: S301 - our own child's


async def report_in_worker(intents: tuple[Intent, ...], messages: tuple[str, ...]) -> Report:
    """What the examples get wrong. Raises TrainingFailed."""
    written = await _work(msgspec.json.encode((intents, messages)), REPORT)
    return msgspec.json.decode(written, type=Report)


async def _work(question: bytes, *arguments: str) -> bytes:
    command = (sys.executable, "-m", "frontdesk.answers.understanding.worker", *arguments)
    try:
        worker = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
    except OSError as error:
        raise TrainingFailed(f"The worker can't be started: {error}") from error
    try:
        async with asyncio.timeout(TRAINING_TIME_S_MAX):
            written, said = await worker.communicate(question)
    except TimeoutError as error:
        raise TrainingFailed(f"It took more than {TRAINING_TIME_S_MAX} s") from error
    finally:
        await _end(worker)
    if worker.returncode != 0:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise TrainingFailed(f"The worker ended with {worker.returncode}: {last}")
    return written


async def _end(worker: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()


def main() -> None:
    if sys.argv[1:] != [URGENT]:
        os.nice(_NICENESS)
    if sys.argv[1:] == [REPORT]:
        _write_report()
    else:
        _write_model()


def _write_report() -> None:
    from frontdesk.answers.understanding.report import report_of  # nothing that serves needs it

    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[tuple[Intent, ...], list[str]])
    sys.stdout.buffer.write(msgspec.json.encode(report_of(*asked)))


def _write_model() -> None:
    from frontdesk.answers.understanding.training import train  # nothing that serves needs it

    trained = train(msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[Intent, ...]))
    sys.stdout.buffer.write(pickle.dumps(None if trained is None else trained.model))


if __name__ == "__main__":
    main()
