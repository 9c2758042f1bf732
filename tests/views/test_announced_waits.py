"""What was told of waits, against what came."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.events import AnyEvent
from frontdesk.records.schema import migrate_async
from frontdesk.views.announced_waits import keep_announced_waits
from frontdesk.views.projection import Connection
from frontdesk.views.queries import Queries
from frontdesk.views.record_documents import AnnouncedWaitsDay

MIDNIGHT_MS = 1_763_935_200_000
"""Monday, 24 November 2025, 00:00 in Chișinău; still Sunday in Greenwich."""

ALWAYS = (0, 2**53)
CAUSE = ev.QueuedCause.TRANSFERRED


@pytest.fixture
async def connection(database_dsn: str) -> AsyncIterator[Connection]:
    await migrate_async(database_dsn)
    connection = await asyncpg.connect(database_dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def queries(database_dsn: str, connection: Connection) -> AsyncIterator[Queries]:
    queries = Queries(database_dsn, "main")
    yield queries
    await queries.close()


def announced(contact_id: int, queue_id: str = "sales") -> ev.WaitAnnounced:
    """A range from one to four minutes, two likely."""
    return ev.WaitAnnounced(contact_id, queue_id, 60_000, 120_000, 240_000, 130_000, 1, 90_000, 0)


def accepted(contact_id: int) -> ev.OfferAccepted:
    return ev.OfferAccepted(contact_id, contact_id, "anna")


class Teller:
    """Folds events, each batch in one go."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seq = 0

    async def tell(self, *batch: tuple[int, AnyEvent]) -> None:
        envelopes = [self._wrap(at_s, event) for at_s, event in batch]
        await keep_announced_waits(self._connection, "main", envelopes)

    def _wrap(self, at_s: int, event: AnyEvent) -> Envelope[AnyEvent]:
        self._seq += 1
        return Envelope(
            seq=self._seq,
            at_ms=MIDNIGHT_MS + at_s * 1_000,
            actor="test",
            command_id=None,
            command_seq=self._seq,
            causation=None,
            correlation=self._seq,
            event=event,
        )


async def report(queries: Queries, queue_id: str | None = None) -> list[AnnouncedWaitsDay]:
    found = await queries.find_announced_waits("Europe/Chisinau", *ALWAYS, queue_id)
    return list(found.items)


async def test_a_day_in_figures(connection: Connection, queries: Queries) -> None:
    teller = Teller(connection)
    await teller.tell(*((0, announced(id_)) for id_ in range(1, 8)))
    await teller.tell(
        (30, accepted(1)),
        (120, accepted(2)),
        (180, accepted(3)),
        (200, ev.ContactAbandoned(4, "sales", 200_000)),
        (200, ev.ContactClosed(4, ev.ClosedBy.CUSTOMER)),
        (300, accepted(5)),
        (300, ev.ContactAbandoned(6, "sales", 300_000)),
    )
    (day,) = await report(queries)
    assert day == AnnouncedWaitsDay(
        queue_id="sales",
        day="2025-11-24",
        announced=7,
        answered=4,
        kept=2,
        too_long=1,
        too_short=1,
        abandoned=2,
        abandoned_too_short=1,
        kept_ratio=0.5,
        mean_wait_ms=157_500,
        mean_error_ms=-37_500,
        error_ms=round(((90**2 + 0 + 60**2 + 180**2) / 4) ** 0.5 * 1_000),
        estimate_error_ms=round(((100**2 + 10**2 + 50**2 + 170**2) / 4) ** 0.5 * 1_000),
        last_wait_error_ms=round(((60**2 + 30**2 + 90**2 + 210**2) / 4) ** 0.5 * 1_000),
        head_age_error_ms=round(((30**2 + 120**2 + 180**2 + 300**2) / 4) ** 0.5 * 1_000),
    )


async def test_a_second_wait_is_a_case_of_its_own(connection: Connection, queries: Queries) -> None:
    """Whether in one batch or in many: sent elsewhere, told anew, answered there."""
    teller = Teller(connection)
    life: list[tuple[int, AnyEvent]] = [
        (0, announced(1)),
        (10, ev.ContactQueued(1, "support", CAUSE, 0)),
        (10, announced(1, "support")),
        (100, accepted(1)),
    ]
    await teller.tell(*life)
    for each in life:
        await teller.tell(each)
    days = {day.queue_id: day for day in await report(queries)}
    assert (days["sales"].announced, days["sales"].answered) == (2, 0)
    assert days["sales"].kept_ratio is None
    assert (days["support"].answered, days["support"].kept) == (2, 2)
    assert days["support"].mean_wait_ms == 90_000


async def test_days_and_queues_are_apart_and_can_be_chosen(
    connection: Connection, queries: Queries
) -> None:
    teller = Teller(connection)
    await teller.tell((-1, announced(1)), (0, announced(2)), (0, announced(3, "support")))
    found = [(day.day, day.queue_id) for day in await report(queries)]
    assert found == [
        ("2025-11-24", "sales"),
        ("2025-11-24", "support"),
        ("2025-11-23", "sales"),
    ]
    assert [day.queue_id for day in await report(queries, "support")] == ["support"]
    earlier = await queries.find_announced_waits("Europe/Chisinau", 0, MIDNIGHT_MS)
    assert [day.day for day in earlier.items] == ["2025-11-23"]
