"""M/M/n+M as a bare heapq loop: no kernel, no agents, no objects; the least Python must do."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

CALLS_PER_HOUR, HANDLE_S, PATIENCE_S, AGENTS, TARGET_S = 1140.0, 300.0, 180.0, 100, 20.0
RATE = CALLS_PER_HOUR / 3600
SEED = 12345


@dataclass
class Tally:
    """What a run found."""

    waits: list[float] = field(default_factory=list[float])
    left: list[bool] = field(default_factory=list[bool])

    def add(self, wait_s: float, *, left: bool) -> None:
        self.waits.append(wait_s)
        self.left.append(left)

    def figures(self) -> tuple[float, float, float, float]:
        """P(wait), P(abandon), mean wait, answered in time of all."""
        count = len(self.waits)
        pairs = list(zip(self.waits, self.left, strict=True))
        in_time = sum(1 for wait_s, left in pairs if not left and wait_s <= TARGET_S)
        return (
            sum(1 for wait_s in self.waits if wait_s > 1e-9) / count,
            sum(self.left) / count,
            sum(self.waits) / count,
            in_time / count,
        )


Outcome = tuple[float, float, float, float]


def with_heapq(arrivals: int, repeat: int) -> tuple[int, Outcome]:
    """How many came, and what became of them."""
    draw = random.Random(SEED + repeat).expovariate
    tally = Tally()
    heap: list[tuple[float, int]] = []
    queue: deque[int] = deque()
    waiting: dict[int, float] = {}
    free, now = AGENTS, 0.0
    for number in range(arrivals):
        now += draw(RATE)
        while heap and heap[0][0] <= now:
            free += happen(heappop(heap), heap, queue, waiting, tally, draw)
        if free:
            free -= 1
            tally.add(0.0, left=False)
            heappush(heap, (now + draw(1 / HANDLE_S), -1))
        else:
            waiting[number] = now
            queue.append(number)
            heappush(heap, (now + draw(1 / PATIENCE_S), number))
    while heap:
        free += happen(heappop(heap), heap, queue, waiting, tally, draw)
    return arrivals, tally.figures()


def happen(
    event: tuple[float, int],
    heap: list[tuple[float, int]],
    queue: deque[int],
    waiting: dict[int, float],
    tally: Tally,
    draw: Callable[[float], float],
) -> int:
    """An agent ends a call (number -1) or a customer gives up; how many agents are idle more."""
    at, number = event
    if number >= 0:
        if number in waiting:
            tally.add(at - waiting.pop(number), left=True)
        return 0
    while queue:
        number = queue.popleft()
        if number in waiting:
            tally.add(at - waiting.pop(number), left=False)
            heappush(heap, (at + draw(1 / HANDLE_S), -1))
            return 0
    return 1
