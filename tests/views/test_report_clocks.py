"""Days, hours and weeks of reports on the centre's own clock, counted by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from frontdesk.records.schema import migrate_async
from frontdesk.views.projection import Connection
from frontdesk.views.semantics.model import (
    Grain,
)
from tests.kernel.scene import START_MS
from tests.views.book import DAY, HOUR, MINUTE, Book, Journal


@pytest.fixture
async def book(database_dsn: str) -> AsyncIterator[Book]:
    await migrate_async(database_dsn)
    connection: Connection = await asyncpg.connect(database_dsn)
    yield Book(connection)
    await connection.close()


AUTUMN_MS = 1_761_426_000_000
"""Midnight of Sunday, 26 October 2025, in Chișinău: a day of 25 hours."""
SPRING_MS = 1_774_735_200_000
"""Midnight of Sunday, 29 March 2026, in Chișinău: a day of 23 hours."""


def tell_arrivals(*times_ms: int) -> Journal:
    journal = Journal()
    for at_ms in times_ms:
        journal.now_ms = at_ms
        journal.leaves(journal.open())
    return journal


@pytest.mark.parametrize(("midnight_ms", "hours"), [(AUTUMN_MS, 25), (SPRING_MS, 23)])
async def test_a_day_has_the_hours_it_has(book: Book, midnight_ms: int, hours: int) -> None:
    journal = tell_arrivals(
        midnight_ms - 1, *(midnight_ms + n * HOUR for n in range(hours)), midnight_ms + hours * HOUR
    )
    await book.keep(journal)
    around = {"from_ms": midnight_ms - DAY, "to_ms": midnight_ms + 3 * DAY}
    days = await book.table("offered", grain=Grain.DAY, **around)
    assert list(days.values()) == [(1,), (hours,), (1,)]
    span = {"from_ms": midnight_ms, "to_ms": midnight_ms + hours * HOUR}
    by_hour = await book.table("offered", grain=Grain.HOUR, **span)
    assert list(by_hour.values()) == [(1,)] * hours
    assert len(await book.table("offered", grain=Grain.INTERVAL, **span)) == hours


async def test_the_hour_that_comes_twice_is_two_hours_and_one_of_the_day(book: Book) -> None:
    """At 03:00 the clocks of Berlin go back to 02:00: half past two comes twice."""
    berlin = {"zone": "Europe/Berlin"}
    half_past_ms = AUTUMN_MS + 3 * HOUR + HOUR // 2
    await book.keep(tell_arrivals(half_past_ms, half_past_ms + HOUR))
    assert await book.table("offered", grain=Grain.HOUR, **berlin) == {
        ("2025-10-26T02:00+02:00",): (1,),
        ("2025-10-26T02:00+01:00",): (1,),
    }
    assert await book.table("offered", grain=Grain.HOUR_OF_DAY, **berlin) == {("02",): (2,)}


async def test_weeks_begin_on_monday_and_weekdays_gather_them(book: Book) -> None:
    """24 November 2025 is a Monday: one contact on it, two a week later, one on the Sunday."""
    await book.keep(
        tell_arrivals(START_MS, START_MS + 6 * DAY, START_MS + 7 * DAY, START_MS + 7 * DAY + MINUTE)
    )
    assert await book.table("offered", grain=Grain.WEEK) == {
        ("2025-11-24",): (2,),
        ("2025-12-01",): (2,),
    }
    assert await book.table("offered", grain=Grain.MONTH) == {
        ("2025-11",): (2,),
        ("2025-12",): (2,),
    }
    assert await book.table("offered", grain=Grain.WEEKDAY) == {("1",): (3,), ("7",): (1,)}


async def test_hours_of_a_zone_that_is_half_an_hour_off(book: Book) -> None:
    """09:00 in Greenwich is 14:30 in Kolkata, and 09:45 is 15:15."""
    await book.keep(tell_arrivals(START_MS, START_MS + 45 * MINUTE))
    assert await book.table("offered", grain=Grain.HOUR, zone="Asia/Kolkata") == {
        ("2025-11-24T14:00+05:30",): (1,),
        ("2025-11-24T15:00+05:30",): (1,),
    }
