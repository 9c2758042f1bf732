"""Reads a span of time out of a journal, and what has to be known from before it."""

from collections.abc import Callable
from typing import Final

from frontdesk.journal.codec import get_tag
from frontdesk.journal.port import JournalReader
from frontdesk.kernel.entities import Settings
from frontdesk.kernel.events import AnyEvent, SettingRemoved, SettingSaved
from frontdesk.simulator.what_if.past import FOLDS, Past

LEAD_IN_MS: Final = 24 * 3_600_000
"""Who is signed in, and what is in hand, when the span begins is read off the day before it."""

SETTINGS: Final = tuple(get_tag(kind) for kind in (SettingSaved, SettingRemoved))
FOLDED: Final = tuple(get_tag(kind) for kind in FOLDS)


async def read_past(
    reader: JournalReader[AnyEvent],
    from_ms: int,
    until_ms: int,
    step: Callable[[int, int], None] = lambda _seq, _of: None,
) -> Past:
    """Folds the span, with the settings in force at its end.

    `step` is told how far it has come and of how much.
    """
    past = Past()
    first = await find_seq(reader, from_ms - LEAD_IN_MS)
    last = await find_seq(reader, until_ms)
    if first > 0:
        async for chunk in reader.read(0, first, SETTINGS):
            for envelope in chunk:
                past.fold(envelope.event, envelope.at_ms)
    async for chunk in reader.read(first, last, FOLDED):
        for envelope in chunk:
            past.fold(envelope.event, envelope.at_ms)
        step(chunk[-1].seq - first, last - first)
    return past


async def read_settings(reader: JournalReader[AnyEvent]) -> Settings:
    """The settings in force now."""
    past = Past()
    async for chunk in reader.read(types=SETTINGS):
        for envelope in chunk:
            past.fold(envelope.event, envelope.at_ms)
    return past.settings


async def find_seq(reader: JournalReader[AnyEvent], at_ms: int) -> int:
    """The last event before an instant: 0 where the journal begins later."""
    low, high = 0, (await reader.find_head()).seq
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if await time_of(reader, middle) < at_ms else (low, middle - 1)
    return low


async def time_of(reader: JournalReader[AnyEvent], seq: int) -> int:
    """When an event happened."""
    async for chunk in reader.read(seq - 1, seq):
        return chunk[0].at_ms
    raise AssertionError(f"there is no event {seq}")
