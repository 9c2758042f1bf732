"""Time in the demo: everything people do takes its time, divided by the pace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

CHARACTERS_PER_S: Final = 6.0
READING_CHARACTERS_PER_S: Final = 25.0
TYPING_SHOWN_EVERY_S: Final = 2.5


class Pace:
    """`factor` 1 is life, 10 is ten times as fast."""

    def __init__(self, factor: float, random: Random) -> None:
        self.factor = factor
        self.random = random

    async def pause(self, least_s: float, most_s: float) -> None:
        """Something that takes between so many seconds."""
        await asyncio.sleep(self.random.uniform(least_s, most_s) / self.factor)

    async def read(self, text: str) -> None:
        """Reading, and a thought."""
        await self.pause(1.0, 3.0 + len(text) / READING_CHARACTERS_PER_S)

    def typing_s(self, text: str) -> float:
        """How long it takes to write that."""
        return (1.0 + len(text) / CHARACTERS_PER_S * self.random.uniform(0.6, 1.3)) / self.factor

    def patience_s(self, mean_s: float) -> float:
        """How long somebody waits (exponential, as the field's models have it)."""
        return self.random.expovariate(1 / mean_s) / self.factor

    def happens(self, share: float) -> bool:
        """Whether something that happens in so many cases happens now."""
        return self.random.random() < share


async def wait_for(
    condition: Callable[[], bool], changed: Callable[[], Awaitable[None]], within_s: float
) -> bool:
    """Whether the condition came true in time; `changed` returns what to await between looks."""
    try:
        async with asyncio.timeout(within_s):
            while not condition():
                await changed()
    except TimeoutError:
        return False
    return True
