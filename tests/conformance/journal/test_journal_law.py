"""The law of the `Journal` port, held against every backend: a new one is three lines here."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest

from frontdesk.journal import memory, port, postgres
from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope, Position, Snapshot, SnapshotPart
from frontdesk.journal.errors import (
    CentreHeld,
    DuplicateCommand,
    JournalUnavailable,
    WriterDisplaced,
)
from frontdesk.journal.faults import FaultyJournal
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.journal.port import SNAPSHOTS_KEPT_MAX, Journal
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import Upcasters


class Happened(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    text: str


class Counted(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    number: int


Fact = Happened | Counted
OpenJournal = Callable[[], Journal[Fact]]


@pytest.fixture(params=["memory", "faulty", "postgres"])
async def open_journal(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OpenJournal]:
    """Opens journals on one and the same store, as processes of their own would."""
    opened: list[Journal[Fact]] = []
    build = {"memory": _build_memory, "faulty": _build_faulty, "postgres": _build_postgres}
    build_journal = build[request.param](request)
    monkeypatch.setattr("frontdesk.journal.postgres.CLAIM_PAUSE_S", 0.001)

    def open_one() -> Journal[Fact]:
        opened.append(build_journal())
        return opened[-1]

    yield open_one
    for journal in opened:
        await journal.close()


def _build_memory(_request: pytest.FixtureRequest) -> OpenJournal:
    store = MemoryStore[Fact]()
    return lambda: MemoryJournal(store)


def _build_faulty(_request: pytest.FixtureRequest) -> OpenJournal:
    store = MemoryStore[Fact]()
    return lambda: FaultyJournal(MemoryJournal(store))


def _build_postgres(request: pytest.FixtureRequest) -> OpenJournal:
    dsn: str = request.getfixturevalue("migrated_dsn")
    codec = Codec[Fact](Fact, Upcasters())
    return lambda: PostgresJournal(dsn, "main", codec)


def build_events(
    first_seq: int, count: int = 1, command_id: str | None = None
) -> list[Envelope[Fact]]:
    """A command's worth of events, alternating between the two types."""
    return [
        Envelope(
            seq=seq,
            at_ms=1_000 + seq,
            actor="agent:ann",
            command_id=command_id if seq == first_seq else None,
            command_seq=first_seq,
            causation=first_seq - 1 or None,
            correlation=1,
            event=Counted(seq) if seq % 2 else Happened(f"«{seq}» \t\\N\n\x00'\" ţâ 🎧"),
        )
        for seq in range(first_seq, first_seq + count)
    ]


async def read_all(journal: Journal[Fact], **narrowed: Any) -> list[Envelope[Fact]]:
    return [envelope async for chunk in journal.read(**narrowed) for envelope in chunk]


async def claimed(open_journal: OpenJournal) -> Journal[Fact]:
    journal = open_journal()
    await journal.claim()
    return journal


async def test_an_empty_journal_has_its_head_at_zero(open_journal: OpenJournal) -> None:
    journal = open_journal()
    assert await journal.find_head() == Position(0, 0)
    assert await journal.claim() == Position(0, 0)
    assert await read_all(journal) == []
    assert await journal.find_snapshot({"state": "1"}) is None


async def test_what_was_appended_is_read_in_order(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    events = [*build_events(1, 3, "first"), *build_events(4, 2)]
    await journal.append(events[:3])
    await journal.append(events[3:])
    assert await read_all(open_journal()) == events
    assert await open_journal().find_head() == Position(5, 1_005)


async def test_reading_can_be_narrowed(
    open_journal: OpenJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "READ_CHUNK_EVENTS", 2)
    monkeypatch.setattr(postgres, "READ_CHUNK_EVENTS", 2)
    journal = await claimed(open_journal)
    await journal.append(build_events(1, 9))
    assert [e.seq for e in await read_all(journal, after_seq=2, until_seq=7)] == [3, 4, 5, 6, 7]
    counted = await read_all(journal, after_seq=1, types=("Counted",))
    assert [e.seq for e in counted] == [3, 5, 7, 9]
    assert await read_all(journal, after_seq=9) == []


async def test_a_long_journal_is_read_in_chunks(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    count = port.READ_CHUNK_EVENTS + 1
    await journal.append(build_events(1, count))
    sizes = [len(chunk) async for chunk in journal.read()]
    assert sizes == [port.READ_CHUNK_EVENTS, 1]


async def test_a_command_is_found_by_its_id(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.append(build_events(1, 2, "a") + build_events(3, 3, "b") + build_events(6, 1))
    assert [e.seq for e in await journal.find_command("b")] == [3, 4, 5]
    assert await journal.find_command("c") == []


async def test_a_command_is_never_applied_twice(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.append(build_events(1, 2, "a"))
    with pytest.raises(DuplicateCommand):
        await journal.append(build_events(3, 1) + build_events(4, 1, "a"))
    assert (await journal.find_head()).seq == 2


async def test_a_taken_place_displaces_the_writer(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.append(build_events(1, 2))
    with pytest.raises(WriterDisplaced) as caught:
        await journal.append(build_events(2, 2))
    assert not caught.value.retryable
    assert (await journal.find_head()).seq == 2


async def test_a_second_writer_is_told_who_holds_the_centre(open_journal: OpenJournal) -> None:
    first, second = await claimed(open_journal), open_journal()
    with pytest.raises(CentreHeld) as caught:
        await second.claim()
    assert caught.value.lease is not None
    assert caught.value.lease.pid == os.getpid()
    assert not caught.value.retryable
    assert caught.value.lease == await first.find_lease()
    with pytest.raises(JournalUnavailable):
        await second.append(build_events(1))
    await first.append(build_events(1))


async def test_a_released_centre_can_be_claimed(open_journal: OpenJournal) -> None:
    first, second = await claimed(open_journal), open_journal()
    await first.append(build_events(1))
    await first.release()
    assert await second.claim() == Position(1, 1_001)
    with pytest.raises(JournalUnavailable):
        await first.append(build_events(2))
    await second.append(build_events(2))


async def test_a_claim_can_be_checked(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.check()
    await journal.release()
    with pytest.raises(JournalUnavailable):
        await journal.check()


async def test_claiming_again_is_harmless(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.append(build_events(1))
    assert await journal.claim() == Position(1, 1_001)
    await journal.append(build_events(2))


async def test_readers_read_beside_the_writer(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.append(build_events(1, 10))
    reading = [asyncio.ensure_future(read_all(open_journal())) for _ in range(3)]
    await journal.append(build_events(11))
    sizes = {len(await found) for found in reading}
    assert sizes <= {10, 11}


def build_snapshot(seq: int, **versions: str) -> Snapshot:
    parts = {
        name: SnapshotPart(version, f"{name} at {seq}".encode())
        for name, version in versions.items()
    }
    return Snapshot(seq, seq + 1_000, parts)


async def test_the_newest_fitting_snapshot_is_found(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    old, both, newer = (
        build_snapshot(1, state="1"),
        build_snapshot(2, state="1", live="1"),
        build_snapshot(3, state="2", live="1"),
    )
    for snapshot in (both, old, newer):
        await journal.save_snapshot(snapshot)
    assert await journal.find_snapshot({"state": "1", "live": "1"}) == both
    assert await journal.find_snapshot({"state": "2", "live": "1"}) == newer
    assert await journal.find_snapshot({"state": "1"}) == both
    assert await journal.find_snapshot({"state": "1"}, until_seq=1) == old
    assert await journal.find_snapshot({"state": "3"}) is None


async def test_a_snapshot_of_the_same_seq_replaces(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    await journal.save_snapshot(build_snapshot(1, state="1"))
    await journal.save_snapshot(build_snapshot(1, state="2"))
    assert await journal.find_snapshot({"state": "2"}) == build_snapshot(1, state="2")
    assert await journal.find_snapshot({"state": "1"}) is None


async def test_only_the_newest_snapshots_are_kept(open_journal: OpenJournal) -> None:
    journal = await claimed(open_journal)
    for seq in range(1, SNAPSHOTS_KEPT_MAX + 2):
        await journal.save_snapshot(build_snapshot(seq, state="1"))
    assert await journal.find_snapshot({"state": "1"}, until_seq=1) is None
    assert await journal.find_snapshot({"state": "1"}, until_seq=2) is not None
