"""Opening hours: several spans a day, by weekday, with holidays, over clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from frontdesk.kernel.settings import Hours

LOOK_AHEAD_DAYS_MAX = 400
MINUTE_MS = 60_000
MINUTES_A_DAY = 24 * 60


def is_open(hours: Hours, now_ms: int) -> bool:
    """Whether the hours include this instant.

    Spans are wall-clock times: on the day the clocks change a span keeps its
    written times, and so is an hour shorter or longer.
    """
    local = _local(hours, now_ms)
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in day_spans(hours, local))


def is_holiday(hours: Hours, now_ms: int) -> bool:
    """Whether the local day is among the exceptions."""
    today = _local(hours, now_ms).date().isoformat()
    return any(exception.date == today for exception in hours.exceptions)


def day_spans(hours: Hours, local: datetime) -> list[tuple[int, int]]:
    """The openings of a local day, in minutes from midnight, earliest first."""
    date = local.date().isoformat()
    for exception in hours.exceptions:
        if exception.date == date:
            return sorted(exception.spans)
    weekday = local.weekday()
    return sorted((s.start_minute, s.end_minute) for s in hours.spans if s.weekday == weekday)


def next_opening_ms(hours: Hours, now_ms: int) -> int | None:
    """When the hours turn from closed to open next, after this instant.

    None: not within the coming year, be it that they never open or never close.
    """
    return _next_turn_ms(hours, now_ms, to_open=True)


def next_closing_ms(hours: Hours, now_ms: int) -> int | None:
    """When the hours turn from open to closed next, after this instant; None as above."""
    return _next_turn_ms(hours, now_ms, to_open=False)


def _next_turn_ms(hours: Hours, now_ms: int, *, to_open: bool) -> int | None:
    local = _local(hours, now_ms)
    for days in range(LOOK_AHEAD_DAYS_MAX):
        day = (local + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
        for span in day_spans(hours, day):
            minute = span[0] if to_open else span[1]
            midnight = day + timedelta(days=minute // MINUTES_A_DAY)
            wall = midnight.replace(hour=minute % MINUTES_A_DAY // 60, minute=minute % 60)
            first_ms, last_ms = _instants(wall)
            for at_ms in range(first_ms, last_ms + 1, MINUTE_MS):
                turns = (
                    is_open(hours, at_ms) is to_open and is_open(hours, at_ms - 1) is not to_open
                )
                if turns and at_ms > now_ms:
                    return at_ms
    return None


def _instants(wall: datetime) -> tuple[int, int]:
    """Between which instants a wall-clock time lies: one, but for when the clocks change.

    A time that is struck twice gives both; of one that is left out, somewhere in
    between is where the clocks jump over it.
    """
    both = [_to_ms(wall.replace(fold=fold)) for fold in (0, 1)]
    return min(both), max(both)


def _to_ms(local: datetime) -> int:
    return int(local.astimezone(UTC).timestamp()) * 1000


def _local(hours: Hours, now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, ZoneInfo(hours.time_zone))
