"""Trains in a process of its own: it takes seconds, which no event loop may wait for.

`python -m frontdesk.answers.understanding.worker` reads intents as JSON and writes the model. It is
polite to what else runs on the machine, and can be ended at any time.
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

TRAINING_TIME_S_MAX: Final = 600
_NICENESS: Final = 10


class TrainingFailed(Exception):
    """The worker was killed, ran out of memory or took too long; its last words are the text."""


async def train_in_worker(intents: tuple[Intent, ...]) -> Model | None:
    """The model of these intents; None if there is no example. Raises TrainingFailed."""
    command = (sys.executable, "-m", "frontdesk.answers.understanding.worker")
    try:
        worker = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
    except OSError as error:
        raise TrainingFailed(f"The worker can't be started: {error}") from error
    try:
        async with asyncio.timeout(TRAINING_TIME_S_MAX):
            written, said = await worker.communicate(msgspec.json.encode(intents))
    except TimeoutError as error:
        raise TrainingFailed(f"It took more than {TRAINING_TIME_S_MAX} s") from error
    finally:
        await _end(worker)
    if worker.returncode != 0:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise TrainingFailed(f"The worker ended with {worker.returncode}: {last}")
    return pickle.loads(written)  # noqa: S301 - our own child wrote it


async def _end(worker: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()


def main() -> None:
    from frontdesk.answers.understanding.training import train  # nothing that serves needs it

    os.nice(_NICENESS)
    trained = train(msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[Intent, ...]))
    sys.stdout.buffer.write(pickle.dumps(None if trained is None else trained.model))


if __name__ == "__main__":
    main()
