"""Runs `frontdesk demo` beside a server, as a process of its own that ends with it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

STOP_S_MAX: Final = 5.0


@asynccontextmanager
async def demo_traffic(url: str) -> AsyncGenerator[None]:
    """Customers and agents are played against `url` meanwhile."""
    command = (sys.executable, "-m", "frontdesk.cli.main", "demo", "--url", url, "--until-orphaned")
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)
    try:
        yield
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_S_MAX):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
