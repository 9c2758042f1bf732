"""Durable events a second by group commit, beside a plain COPY of the same bytes.

The work: events of a busy chat centre, appended by the journal in groups as the writer does, each
group durable (fsync) before the next is encoded. The anchor: the very bytes that the journal sends,
encoded beforehand, sent to the same server into an equal table in one single COPY, which is durable
by one fsync. It is the most that the server can do, and harder than an anchor need be: it neither
encodes nor waits. What the commits alone cost shows in a second anchor, a COPY a group.

Both tables are empty before each turn: a table that has outgrown the server's buffers writes old
pages out while it takes new ones, which would be counted against whoever comes later.
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
from frontdesk.journal.rows import COLUMNS, RowWriter
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
CENTRE = "busy"
CODEC = Codec[AnyEvent](AnyEvent, UPCASTERS)
ONE_COPY = "one COPY of the same bytes"


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
        self.seconds: list[float] = []
        count = min(GROUPS_MAX, EVENTS // size)
        starts = range(1, count * size + 1, size)
        self._groups = [build_envelopes(first_seq, size) for first_seq in starts]
        self._journal = PostgresJournal[AnyEvent](dsn, CENTRE, CODEC)

    async def measure(self) -> None:
        """Notes the seconds an event took."""
        await self._journal.claim()
        started = time.perf_counter()
        for group in self._groups:
            await self._journal.append(group)
        seconds = time.perf_counter() - started
        self.seconds.append(seconds / (len(self._groups) * self.size))
        await self._journal.close()

    @property
    def timing(self) -> Timing:
        return Timing("", tuple(self.seconds))


class PlainCopy:
    """The same rows, encoded already, in groups of one size or in one go."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], size: int) -> None:
        self.seconds: list[float] = []
        self._connection = connection
        rows = RowWriter(CENTRE, CODEC)
        starts = range(1, EVENTS + 1, size)
        self._groups = [rows.write(build_envelopes(first_seq, size)) for first_seq in starts]

    async def measure(self) -> None:
        """Notes the seconds an event took."""
        started = time.perf_counter()
        for rows in self._groups:
            await self._connection.copy_to_table(
                "anchor", source=io.BytesIO(rows), columns=COLUMNS, format="binary"
            )
        self.seconds.append((time.perf_counter() - started) / EVENTS)

    @property
    def timing(self) -> Timing:
        return Timing("", tuple(self.seconds))

    @property
    def event_bytes(self) -> float:
        return sum(map(len, self._groups)) / EVENTS


async def measure_all() -> list[Figure]:
    async with empty_server() as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute("CREATE TABLE anchor (LIKE journal INCLUDING ALL)")
        one, grouped = PlainCopy(connection, EVENTS), PlainCopy(connection, GROUP_OF_AIM)
        commits = [GroupCommits(dsn, size) for size in GROUPS]
        # In turns, so that whatever else the machine does meets all of them alike.
        for _ in range(REPEATS):
            for work in (one, grouped, *commits):
                await connection.execute("TRUNCATE anchor, journal")
                await work.measure()
        await connection.close()
    figures = [build_figure(commit, one) for commit in commits]
    return [
        *figures,
        Figure(
            f"a COPY of the same bytes a group of {GROUP_OF_AIM}",
            grouped.timing.rate(1),
            "events/s",
            ONE_COPY,
            one.timing.rate(1),
        ),
        Figure("an event on the wire", one.event_bytes, "bytes"),
    ]


def build_figure(commits: GroupCommits, anchor: PlainCopy) -> Figure:
    timing, copy = commits.timing, anchor.timing
    has_aim = commits.size == GROUP_OF_AIM
    return Figure(
        name=f"durable events, groups of {commits.size}",
        value=timing.rate(1),
        unit="events/s",
        anchor=ONE_COPY,
        anchor_value=copy.rate(1),
        aim=f"at least {AIM_RATIO} of it" if has_aim else "",
        met=copy.median_s / timing.median_s >= AIM_RATIO if has_aim else None,
    )


def main() -> bool:
    return report("journal", asyncio.run(measure_all()))
