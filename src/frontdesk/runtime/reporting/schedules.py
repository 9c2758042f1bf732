"""When a scheduled report is due: wall-clock times of the centre, whatever its clocks do."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from frontdesk.records.saved_reports import Cadence, ReportSchedule
from frontdesk.views.days import find_date


def find_next_due(schedule: ReportSchedule, time_zone: str, after_ms: int) -> int:
    """The first time after an instant at which the report is due.

    A time that the clocks skip comes as much later; one that they repeat counts the first time.
    """
    day = find_date(time_zone, after_ms)
    while True:
        if _is_due_on(schedule, day):
            due_ms = _find_instant(time_zone, day, schedule.minute_of_day)
            if due_ms > after_ms:
                return due_ms
        day += timedelta(days=1)


def _is_due_on(schedule: ReportSchedule, day: date) -> bool:
    match schedule.cadence:
        case Cadence.DAILY:
            return True
        case Cadence.WEEKLY:
            return day.weekday() == schedule.weekday
        case Cadence.MONTHLY:
            return day.day == min(schedule.month_day, monthrange(day.year, day.month)[1])


def _find_instant(time_zone: str, day: date, minute_of_day: int) -> int:
    wall = datetime.combine(day, time(*divmod(minute_of_day, 60)), ZoneInfo(time_zone))
    return int(wall.astimezone(UTC).timestamp() * 1_000)
