"""What only a real server and real processes can show."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable

import asyncpg
import msgspec
import pytest

from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope, Position, Snapshot, SnapshotPart
from frontdesk.journal.errors import CentreHeld, JournalUnavailable
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import Upcasters


class Counted(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    number: int


CODEC = Codec[Counted](Counted, Upcasters())


def build_event(seq: int) -> Envelope[Counted]:
    return Envelope(
        seq=seq,
        at_ms=seq,
        actor="agent:ann",
        command_id=None,
        command_seq=seq,
        causation=None,
        correlation=seq,
        event=Counted(seq),
    )


OpenJournal = Callable[..., PostgresJournal[Counted]]


@pytest.fixture
async def open_journal() -> AsyncIterator[OpenJournal]:
    opened: list[PostgresJournal[Counted]] = []

    def open_one(dsn: str, centre: str = "main") -> PostgresJournal[Counted]:
        opened.append(PostgresJournal(dsn, centre, CODEC))
        return opened[-1]

    yield open_one
    for journal in opened:
        await journal.close()


HOLDER = """
import asyncio, sys
from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import Upcasters
from frontdesk.kernel.events import AnyEvent

async def main():
    journal = PostgresJournal(sys.argv[1], "main", Codec(AnyEvent, Upcasters()))
    await journal.claim()
    print("claimed", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_killed_writer_frees_its_centre(
    migrated_dsn: str, open_journal: OpenJournal
) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, migrated_dsn, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"claimed\n"
    journal = open_journal(migrated_dsn)
    with pytest.raises(CentreHeld, match=f"process {holder.pid} on ") as caught:
        await journal.claim()
    assert caught.value.lease is not None
    holder.send_signal(signal.SIGKILL)
    await holder.wait()
    assert await journal.claim() == Position(0, 0)


async def test_centres_do_not_hold_each_other(migrated_dsn: str, open_journal: OpenJournal) -> None:
    journals = [open_journal(migrated_dsn, name) for name in ("north", "south")]
    for journal in journals:
        await journal.claim()
        await journal.append([build_event(1)])
    for journal in journals:
        assert [e.seq async for chunk in journal.read() for e in chunk] == [1]


async def test_a_lost_connection_is_a_lost_claim(
    migrated_dsn: str, open_journal: OpenJournal
) -> None:
    journal = open_journal(migrated_dsn)
    await journal.claim()
    await journal.append([build_event(1)])
    other = await asyncpg.connect(migrated_dsn)
    await other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'frontdesk writer' AND datname = current_database()"
    )
    await other.close()
    with pytest.raises(JournalUnavailable):
        await journal.append([build_event(2)])
    with pytest.raises(JournalUnavailable):
        await journal.check()
    assert await journal.claim() == Position(1, 1)
    await journal.append([build_event(2)])


async def test_a_server_that_cannot_be_reached(
    tmp_path_factory: pytest.TempPathFactory, open_journal: OpenJournal
) -> None:
    folder = tmp_path_factory.mktemp("nothing")
    journal = open_journal(f"postgresql://nobody@/nothing?host={folder}")
    with pytest.raises(JournalUnavailable):
        await journal.claim()
    with pytest.raises(JournalUnavailable):
        await journal.find_head()


async def test_durability_is_insisted_on(migrated_dsn: str, open_journal: OpenJournal) -> None:
    """The test server runs without it, which is what an operator's might do."""
    journal = open_journal(migrated_dsn)
    await journal.claim()
    assert journal._writer is not None
    assert await journal._writer.fetchval("SHOW synchronous_commit") == "on"


async def test_a_damaged_snapshot_is_passed_over(
    migrated_dsn: str, open_journal: OpenJournal
) -> None:
    journal = open_journal(migrated_dsn)
    await journal.claim()
    for seq in (1, 2):
        await journal.save_snapshot(Snapshot(seq, seq, {"state": SnapshotPart("1", b"state")}))
    connection = await asyncpg.connect(migrated_dsn)
    await connection.execute("UPDATE journal_snapshot SET state = 'other' WHERE seq = 2")
    await connection.close()
    found = await journal.find_snapshot({"state": "1"})
    assert found is not None
    assert found.seq == 1
