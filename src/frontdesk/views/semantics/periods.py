"""Spans of days on the centre's own calendar, named so that they move along with time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from msgspec import Meta

from frontdesk.views.days import find_date
from frontdesk.views.documents import Document
from frontdesk.views.semantics.model import (
    Grain,
    RefusedBecause,
    ReportRefusal,
    ReportRequest,
)

BACK_MAX: Final = 1_000
YEARS: Final = range(2000, 2100)
"""Nobody has records of other days."""


class PeriodKind(Enum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_7_DAYS = "last_7_days"
    """Up to and with yesterday, as the next."""
    LAST_30_DAYS = "last_30_days"
    DAYS = "days"


class Period(Document, frozen=True):
    """`from_day` and `to_day`, both among the days, belong to `days` alone; `YYYY-MM-DD`."""

    kind: PeriodKind = PeriodKind.YESTERDAY
    from_day: str | None = None
    to_day: str | None = None


class ReportQuery(Document, frozen=True, kw_only=True):
    """A report as people ask for it: its time is named, and so moves along.

    `back`: how many such periods earlier, to compare with.
    """

    metrics: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    grain: Grain | None = None
    filters: dict[str, tuple[str, ...]] = {}
    shares: tuple[str, ...] = ()
    period: Period = Period()
    back: Annotated[int, Meta(ge=0, le=BACK_MAX)] = 0


def place_query(query: ReportQuery, time_zone: str, now_ms: int) -> ReportRequest | ReportRefusal:
    """The query at its time."""
    days = find_days(query.period, query.back, find_date(time_zone, now_ms))
    if days is None:
        return ReportRefusal(
            RefusedBecause.NO_TIME, "A period of days needs its first and its last, as 2026-01-31."
        )
    first, last = days
    return ReportRequest(
        metrics=query.metrics,
        dimensions=query.dimensions,
        grain=query.grain,
        filters=query.filters,
        shares=query.shares,
        from_ms=find_midnight(time_zone, first),
        to_ms=find_midnight(time_zone, last + timedelta(days=1)),
    )


def find_midnight(time_zone: str, day: date) -> int:
    """The instant at which a day begins there."""
    local = datetime.combine(day, time(), ZoneInfo(time_zone))
    return int(local.astimezone(UTC).timestamp() * 1_000)


def find_days(period: Period, back: int, today: date) -> tuple[date, date] | None:
    """First and last day of a period, so many periods back; None: it names no days."""
    match period.kind:
        case PeriodKind.THIS_MONTH | PeriodKind.LAST_MONTH:
            months = back + (period.kind is PeriodKind.LAST_MONTH)
            return _find_month(today, months, is_whole=months > 0)
        case PeriodKind.DAYS:
            return _find_given(period, back)
        case kind:
            first, last = _find_named(kind, today)
            length = timedelta(days=7 if kind is PeriodKind.THIS_WEEK else (last - first).days + 1)
            return first - back * length, last - back * length


def _find_named(kind: PeriodKind, today: date) -> tuple[date, date]:
    day = timedelta(days=1)
    monday = today - today.weekday() * day
    match kind:
        case PeriodKind.YESTERDAY:
            return today - day, today - day
        case PeriodKind.THIS_WEEK:
            return monday, today
        case PeriodKind.LAST_WEEK:
            return monday - 7 * day, monday - day
        case PeriodKind.LAST_7_DAYS:
            return today - 7 * day, today - day
        case PeriodKind.LAST_30_DAYS:
            return today - 30 * day, today - day
        case _:
            return today, today


def _find_month(today: date, months_back: int, *, is_whole: bool) -> tuple[date, date]:
    number = today.year * 12 + today.month - 1 - months_back
    first = date(number // 12, number % 12 + 1, 1)
    next_first = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first, next_first - timedelta(days=1) if is_whole else today


def _find_given(period: Period, back: int) -> tuple[date, date] | None:
    try:
        first = date.fromisoformat(period.from_day or "")
        last = date.fromisoformat(period.to_day or "")
        length = last - first + timedelta(days=1)
        days = first - back * length, last - back * length
        return days if all(day.year in YEARS for day in days) else None
    except (ValueError, OverflowError):
        return None
