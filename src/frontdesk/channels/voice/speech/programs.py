"""A program of ours that is asked over its standard input and answers over its output.

Engines of speech run so: they can't hold up the server or bring it down, and none is linked with
it. A question is a line of JSON, then so many bytes of sound as its `bytes` says; an answer is four
bytes (big-endian) that say how many follow. `REFUSED` in their place: it can't do what was asked.
"""

from __future__ import annotations

import asyncio
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from frontdesk.channels.voice.speech.errors import VoiceSilent

REFUSED: Final = 0xFFFFFFFF

_NUMBER: Final = struct.Struct(">I")


class Program:
    """One process, question after question; one that hangs or ends is replaced at the next."""

    def __init__(self, path: Path, arguments: Sequence[str], time_ms_max: int) -> None:
        self._path = path
        self._arguments = tuple(arguments)
        self._time_ms_max = time_ms_max
        self._one_at_a_time = asyncio.Lock()
        self._process: Process | None = None

    @property
    def process(self) -> Process | None:
        """The process, if it runs."""
        return self._process

    async def ask(self, question: dict[str, Any], sound: bytes = b"") -> bytes | None:
        """Its answer; None: it refuses. Raises VoiceSilent."""
        line = msgspec.json.encode({**question, "bytes": len(sound)}) + b"\n"
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(self._time_ms_max / 1_000):
                    return await self._ask(line + sound)
            except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
                await self._end()
                raise VoiceSilent(f"{self._path.name} has hung or ended") from error
            except asyncio.CancelledError:
                # What it still answers would be taken for the answer to the next.
                await self._end()
                raise

    async def close(self) -> None:
        """Ends the process."""
        async with self._one_at_a_time:
            await self._end()

    async def _ask(self, question: bytes) -> bytes | None:
        process = await self._get_process()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question)
        await process.stdin.drain()
        (size,) = _NUMBER.unpack(await process.stdout.readexactly(_NUMBER.size))
        return None if size == REFUSED else await process.stdout.readexactly(size)

    async def _get_process(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, str(self._path), *self._arguments, stdin=PIPE, stdout=PIPE
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        # Its pipes are emptied, so that their ends close with it.
        await process.communicate()
