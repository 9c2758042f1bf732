"""Durable events a second by group commit, beside a plain COPY of the same bytes.

The work: events of a busy chat centre, appended by the journal in groups as the writer does, each
group durable (fsync) before the next. The anchor: the very rows, already encoded in COPY's binary
format, sent to the same server into an equal table in one single COPY, which needs one fsync.
"""

from __future__ import annotations

import asyncio
import io
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from bench.harness import Figure, Timing, report
from frontdesk.cli.postgres import EmbeddedPostgres
from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author
from frontdesk.kernel.events import AnyEvent
from frontdesk.records.schema import migrate_async

EVENTS = 100_000
GROUPS = (1, 10, 100, 1_000, 5_000)
GROUP_OF_AIM = 1_000
GROUPS_MAX = 500
REPEATS = 5
AIM_RATIO = 0.5


def build_envelopes(first_seq: int, count: int) -> list[Envelope[AnyEvent]]:
    """What a chat centre writes: messages mostly, offers and ends among them."""
    return [build_envelope(seq) for seq in range(first_seq, first_seq + count)]


def build_envelope(seq: int) -> Envelope[AnyEvent]:
    contact_id, agent_id = seq // 12, f"agent-{seq % 200}"
    event: AnyEvent
    match seq % 6:
        case 0:
            why = ev.OfferWhy(ev.OfferTrigger.AGENT_FREED, 0, 12_345, 7)
            event = ev.ContactOffered(seq, contact_id, agent_id, 1_763_830_500_000, why)
        case 1:
            event = ev.OfferAccepted(seq, contact_id, agent_id)
        case _:
            text = "Thank you, I have found the order and will send the papers today."
            event = ev.MessagePosted(
                contact_id, seq % 12, Author.AGENT, agent_id, f"m-{seq}", text, (), internal=False
            )
    return Envelope(
        seq=seq,
        at_ms=1_763_830_000_000 + seq,
        actor=f"agent:{agent_id}",
        command_id=None,
        command_seq=seq,
        causation=None,
        correlation=seq,
        event=event,
    )


@asynccontextmanager
async def empty_server() -> AsyncIterator[str]:
    """A server of its own, with all its safety on; its DSN."""
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-bench-"))
    server = EmbeddedPostgres(folder / "postgres")
    try:
        dsn = await asyncio.to_thread(server.start)
        await migrate_async(dsn)
        yield dsn
    finally:
        await asyncio.to_thread(server.stop)
        shutil.rmtree(folder)


class GroupCommits:
    """The journal of one centre, appended to in groups of one size."""

    def __init__(self, dsn: str, size: int) -> None:
        self.size = size
        self.count = min(GROUPS_MAX, EVENTS // size)
        self.seconds: list[float] = []
        self._journal = build_journal(dsn, f"groups-{size}")
        self._seq = 1

    async def measure(self) -> None:
        """Notes the seconds an event took."""
        await self._journal.claim()
        starts = range(self._seq, self._seq + self.count * self.size, self.size)
        groups = [build_envelopes(first_seq, self.size) for first_seq in starts]
        started = time.perf_counter()
        for group in groups:
            await self._journal.append(group)
        self.seconds.append((time.perf_counter() - started) / (self.count * self.size))
        self._seq += self.count * self.size
        await self._journal.close()


class PlainCopy:
    """The same rows, encoded already, in one go."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], rows: bytes) -> None:
        self.rows = rows
        self.seconds: list[float] = []
        self._connection = connection

    async def measure(self) -> None:
        """Notes the seconds an event took."""
        await self._connection.execute("TRUNCATE anchor")
        source = io.BytesIO(self.rows)
        started = time.perf_counter()
        await self._connection.copy_to_table("anchor", source=source, format="binary")
        self.seconds.append((time.perf_counter() - started) / EVENTS)


def build_journal(dsn: str, centre: str) -> PostgresJournal[AnyEvent]:
    return PostgresJournal(dsn, centre, Codec[AnyEvent](AnyEvent, UPCASTERS))


async def prepare_copy(dsn: str, connection: asyncpg.Connection[asyncpg.Record]) -> PlainCopy:
    """Has the journal write the rows once, and takes them from there."""
    journal = build_journal(dsn, "anchor")
    await journal.claim()
    for first_seq in range(1, EVENTS + 1, 5_000):
        await journal.append(build_envelopes(first_seq, 5_000))
    await journal.close()
    rows = io.BytesIO()
    query = "SELECT * FROM journal WHERE centre = 'anchor' ORDER BY seq"
    await connection.copy_from_query(query, output=rows, format="binary")
    await connection.execute("CREATE TABLE anchor (LIKE journal INCLUDING ALL)")
    return PlainCopy(connection, rows.getvalue())


async def measure_all() -> list[Figure]:
    async with empty_server() as dsn:
        connection = await asyncpg.connect(dsn)
        anchor = await prepare_copy(dsn, connection)
        commits = [GroupCommits(dsn, size) for size in GROUPS]
        # In turns, so that whatever else the machine does meets all of them alike.
        for _ in range(REPEATS):
            for work in (anchor, *commits):
                await work.measure()
        await connection.close()
    figures = [build_figure(commit, anchor) for commit in commits]
    return [*figures, Figure("an event on the wire", len(anchor.rows) / EVENTS, "bytes")]


def build_figure(commits: GroupCommits, anchor: PlainCopy) -> Figure:
    timing, copy = (Timing("", tuple(work.seconds)) for work in (commits, anchor))
    has_aim = commits.size == GROUP_OF_AIM
    return Figure(
        name=f"durable events, groups of {commits.size}",
        value=timing.rate(1),
        unit="events/s",
        anchor="one COPY of the same bytes",
        anchor_value=copy.rate(1),
        aim=f"at least {AIM_RATIO} of it" if has_aim else "",
        met=copy.median_s / timing.median_s >= AIM_RATIO if has_aim else None,
    )


def main() -> bool:
    return report("journal", asyncio.run(measure_all()))
