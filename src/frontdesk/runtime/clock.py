"""The time as the runtime knows it, and a clock that tests turn by hand."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from itertools import count
from typing import Protocol


class Alarm(Protocol):
    """A call that is due some time; it can be called off."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Unix time in milliseconds, and calls at a given time."""

    def now_ms(self) -> int: ...

    def call_at(self, at_ms: int, call: Callable[[], None]) -> Alarm:
        """Calls as soon as ``now_ms`` is at least ``at_ms``: at once if it is already."""
        ...


class SystemClock:
    """The machine's clock, on the running event loop."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def call_at(self, at_ms: int, call: Callable[[], None]) -> Alarm:
        # The loop's clock isn't stepped by time servers as Unix time is: a long wait is cut up.
        loop = asyncio.get_running_loop()
        wait_ms = max(0, at_ms - self.now_ms())
        return loop.call_later(min(wait_ms, LONGEST_SLEEP_MS) / 1_000, call)


LONGEST_SLEEP_MS = 60_000
"""A caller is woken at least this often, so that it can look at a clock that was set."""


async def pause(clock: Clock, wait_ms: int) -> None:
    """Returns when ``wait_ms`` have passed by the clock."""
    until_ms = clock.now_ms() + wait_ms
    while clock.now_ms() < until_ms:
        woken = asyncio.Event()
        alarm = clock.call_at(until_ms, woken.set)
        try:
            await woken.wait()
        finally:
            alarm.cancel()


class _ManualAlarm:
    def __init__(self, call: Callable[[], None]) -> None:
        self.call: Callable[[], None] | None = call

    def cancel(self) -> None:
        self.call = None


class ManualClock:
    """Stands still until `advance` is called."""

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._now_ms = now_ms
        self._alarms: list[tuple[int, int, _ManualAlarm]] = []
        self._numbers = count()

    def now_ms(self) -> int:
        return self._now_ms

    def call_at(self, at_ms: int, call: Callable[[], None]) -> Alarm:
        alarm = _ManualAlarm(call)
        heapq.heappush(self._alarms, (at_ms, next(self._numbers), alarm))
        self._ring()
        return alarm

    def advance(self, by_ms: int) -> None:
        """Moves on, ringing what falls due in order, each at its own time."""
        until_ms = self._now_ms + by_ms
        while self._alarms and self._alarms[0][0] <= until_ms:
            self._now_ms = max(self._now_ms, self._alarms[0][0])
            self._ring()
        self._now_ms = until_ms

    def _ring(self) -> None:
        while self._alarms and self._alarms[0][0] <= self._now_ms:
            _, _, alarm = heapq.heappop(self._alarms)
            if alarm.call is not None:
                call, alarm.call = alarm.call, None
                call()
