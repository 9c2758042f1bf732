"""A centre on a store in memory, under a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from frontdesk.journal.faults import FaultyJournal
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock

TURNS_MAX = 10_000
"""Turns of the event loop after which a condition is given up."""

StartCentre = Callable[..., Awaitable[CentreRuntime]]


@pytest.fixture
def store() -> MemoryStore[AnyEvent]:
    return MemoryStore()


@pytest.fixture
def journal(store: MemoryStore[AnyEvent]) -> FaultyJournal[AnyEvent]:
    return FaultyJournal(MemoryJournal(store))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def start_centre(
    journal: FaultyJournal[AnyEvent], clock: ManualClock
) -> AsyncIterator[StartCentre]:
    """Starts a centre on the journal (or another one); it is stopped after the test."""
    started: list[CentreRuntime] = []

    async def start(**settings: Any) -> CentreRuntime:
        runtime = CentreRuntime(settings.pop("journal", journal), clock=clock, **settings)
        await runtime.start()
        started.append(runtime)
        return runtime

    yield start
    for runtime in started:
        await runtime.stop()


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], Awaitable[None]]:
    """Lets the event loop turn until a condition holds."""

    async def wait(condition: Callable[[], bool]) -> None:
        for _ in range(TURNS_MAX):
            if condition():
                return
            await asyncio.sleep(0)
        raise AssertionError("the condition never held")

    return wait
