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


async def measure_groups(dsn: str, centre: str, size: int) -> Timing:
    """Appends in groups of ``size``, so many groups that the figure is steady."""
    journal = PostgresJournal(dsn, centre, Codec[AnyEvent](AnyEvent, UPCASTERS))
    seq = (await journal.claim()).seq + 1
    count = min(GROUPS_MAX, EVENTS // size)
    seconds: list[float] = []
    for _ in range(REPEATS):
        groups = [build_envelopes(seq + n * size, size) for n in range(count)]
        started = time.perf_counter()
        for group in groups:
            await journal.append(group)
        seconds.append((time.perf_counter() - started) / (count * size))
        seq += count * size
    await journal.close()
    return Timing(f"groups of {size}", tuple(seconds))


async def measure_copy(dsn: str) -> tuple[Timing, float]:
    """Copies the same rows, encoded already, in one go; seconds an event, and bytes an event."""
    journal = PostgresJournal(dsn, "anchor", Codec[AnyEvent](AnyEvent, UPCASTERS))
    await journal.claim()
    for first_seq in range(1, EVENTS + 1, 5_000):
        await journal.append(build_envelopes(first_seq, 5_000))
    await journal.close()
    connection = await asyncpg.connect(dsn)
    rows = io.BytesIO()
    query = "SELECT * FROM journal WHERE centre = 'anchor' ORDER BY seq"
    await connection.copy_from_query(query, output=rows, format="binary")
    await connection.execute("CREATE TABLE anchor (LIKE journal INCLUDING ALL)")
    seconds: list[float] = []
    for _ in range(REPEATS):
        await connection.execute("TRUNCATE anchor")
        started = time.perf_counter()
        await connection.copy_to_table(
            "anchor", source=io.BytesIO(rows.getvalue()), format="binary"
        )
        seconds.append((time.perf_counter() - started) / EVENTS)
    await connection.close()
    return Timing("one COPY", tuple(seconds)), len(rows.getvalue()) / EVENTS


async def measure_all() -> list[Figure]:
    figures: list[Figure] = []
    async with empty_server() as dsn:
        anchor, event_bytes = await measure_copy(dsn)
        for size in GROUPS:
            timing = await measure_groups(dsn, f"groups-{size}", size)
            ratio = anchor.median_s / timing.median_s
            figures.append(
                Figure(
                    name=f"durable events, groups of {size}",
                    value=timing.rate(1),
                    unit="events/s",
                    anchor="one COPY of the same bytes",
                    anchor_value=anchor.rate(1),
                    aim=f"at least {AIM_RATIO} of it" if size == GROUP_OF_AIM else "",
                    met=ratio >= AIM_RATIO if size == GROUP_OF_AIM else None,
                )
            )
        figures.append(Figure("an event on the wire", event_bytes, "bytes"))
    return figures


def main() -> bool:
    return report("journal", asyncio.run(measure_all()))
