"""How much of each trunk is taken, counted by hand; how the journal is cut makes no difference."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from frontdesk.kernel.settings import VOICE
from frontdesk.kernel.telephone import TRUNK_ATTRIBUTE
from frontdesk.records.schema import migrate_async
from frontdesk.views.projection import Connection
from frontdesk.views.semantics.model import Grain, RefusedBecause, ReportRefusal
from tests.views.book import DAY, MINUTE, Book, Journal


@pytest.fixture
async def book(database_dsn: str) -> AsyncIterator[Book]:
    await migrate_async(database_dsn)
    connection: Connection = await asyncpg.connect(database_dsn)
    yield Book(connection)
    await connection.close()


def call(journal: Journal, trunk_id: str) -> int:
    return journal.open(channel=VOICE, attributes={TRUNK_ATTRIBUTE: trunk_id})


def tell_an_hour() -> Journal:
    """Calls by two trunks, from nine o'clock in Greenwich.

    | call | trunk | enters | ends   |
    |------|-------|--------|--------|
    | 1    | home  | 0:00   | 32:00  |
    | 2    | home  | 5:00   | 10:00  |
    | 3    | world | 6:00   | 7:00   |
    | 4    | home  | 31:00  | 33:00  |
    | 5    | none  | 31:00  | 34:00  |

    Two days later one more comes by home, and stays.
    """
    journal = Journal()
    first = call(journal, "home")
    journal.at(5 * MINUTE)
    second = call(journal, "home")
    journal.at(6 * MINUTE)
    third = call(journal, "world")
    journal.at(7 * MINUTE)
    journal.leaves(third)
    journal.at(10 * MINUTE)
    journal.leaves(second)
    journal.at(31 * MINUTE)
    fourth = call(journal, "home")
    fifth = journal.open(channel=VOICE)
    journal.at(32 * MINUTE)
    journal.leaves(first)
    journal.at(33 * MINUTE)
    journal.leaves(fourth)
    journal.at(34 * MINUTE)
    journal.leaves(fifth)
    journal.at(2 * DAY)
    call(journal, "home")
    return journal


@pytest.mark.parametrize("batch", [1, 3, 1_000])
async def test_calls_time_and_peaks_of_trunks(book: Book, batch: int) -> None:
    await book.keep(tell_an_hour(), batch)
    by_trunk = await book.table(
        "trunk_calls", "line_ms", "lines_max", "line_time_ms", dimensions=("trunk",)
    )
    assert by_trunk == {
        ("home",): (4, 39 * MINUTE, 2, 39 * MINUTE / 4),
        ("world",): (1, MINUTE, 1, MINUTE),
    }
    answer = await book.answer(
        "trunk_calls", "lines_max", "line_ms", grain=Grain.INTERVAL, filters={"trunk": ("home",)}
    )
    assert [row.values for row in answer.rows] == [
        (2, 2, 20 * MINUTE),
        (0, 1, 15 * MINUTE),
        (1, 2, 4 * MINUTE),
        (1, 1, 0),
    ]


async def test_a_trunk_s_load_is_nobody_s_and_no_queue_s(book: Book) -> None:
    await book.keep(tell_an_hour())
    for dimension in ("agent", "queue", "team"):
        refusal = await book.try_to_answer("trunk_calls", dimensions=(dimension,))
        assert isinstance(refusal, ReportRefusal)
        assert refusal.because is RefusedBecause.NOT_CUT_BY
