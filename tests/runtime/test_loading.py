"""From nothing or from any snapshot, event by event: the same bytes."""

from __future__ import annotations

import pytest

from bench.start import Floor
from frontdesk.journal.envelope import Envelope, Snapshot, SnapshotPart
from frontdesk.journal.errors import JournalCorrupt
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.loading import CENTRE, VERSIONS, Loaded, load_centre

EVENTS = 6_000


@pytest.fixture(scope="module")
def envelopes() -> list[Envelope[AnyEvent]]:
    """The first hours of a chat centre."""
    return Floor(EVENTS).take_group()


@pytest.fixture
async def journal(envelopes: list[Envelope[AnyEvent]]) -> MemoryJournal[AnyEvent]:
    store = MemoryStore[AnyEvent]()
    store.envelopes = envelopes
    return MemoryJournal(store)


def test_a_snapshot_brought_forward_is_a_replay(envelopes: list[Envelope[AnyEvent]]) -> None:
    whole = Loaded()
    whole.replay(envelopes)
    ends = [n for n, e in enumerate(envelopes) if n > 0 and e.seq == e.command_seq]
    for cut in ends[::257]:
        first, second = Loaded(), Loaded()
        first.replay(envelopes[:cut])
        second.restore(first.dump())
        second.replay(envelopes[cut:])
        assert second.dump() == whole.dump(), f"cut at {cut}"


async def test_loading_takes_the_newest_snapshot(journal: MemoryJournal[AnyEvent]) -> None:
    early = await load_centre(journal, until_seq=1_000)
    late = await load_centre(journal, until_seq=2_000)
    await journal.save_snapshot(early.dump())
    await journal.save_snapshot(late.dump())
    assert (await load_centre(journal)).snapshot_seq == 2_000
    assert (await load_centre(journal, until_seq=1_999)).snapshot_seq == 1_000
    again = await load_centre(journal, until_seq=2_000, from_start=True)
    assert again.snapshot_seq == 0
    assert again.dump() == late.dump()


async def test_a_snapshot_of_another_layout_is_passed_over(
    journal: MemoryJournal[AnyEvent],
) -> None:
    parts = {name: SnapshotPart(version, b"") for name, version in VERSIONS.items()}
    parts[CENTRE.name] = SnapshotPart("of another release", b"")
    await journal.save_snapshot(Snapshot(2_000, 0, parts))
    assert (await load_centre(journal)).snapshot_seq == 0


async def test_a_gap_is_noticed(envelopes: list[Envelope[AnyEvent]]) -> None:
    loaded = Loaded()
    with pytest.raises(JournalCorrupt, match="After event 10 comes event 12"):
        loaded.replay([*envelopes[:10], *envelopes[11:20]])
