"""A centre's day: from midnight to midnight on its own clock."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_DAY_MS: Final = 24 * 3_600_000
_LATEST_MS: Final = 4_102_444_800_000
"""The year 2100: rules for clocks are made for a few years at a time."""


def find_day(time_zone: str, now_ms: int) -> tuple[int, int]:
    """Start and end (exclusive) of the local day that holds the instant; 23 to 25 hours apart."""
    local = datetime.fromtimestamp(now_ms / 1000, ZoneInfo(time_zone))
    start = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    # Adding a day moves the wall clock, whatever the zone does in between.
    return _to_ms(start), _to_ms(start + timedelta(days=1))


def find_date(time_zone: str, now_ms: int) -> date:
    """The local date."""
    return datetime.fromtimestamp(now_ms / 1000, ZoneInfo(time_zone)).date()


def _to_ms(local: datetime) -> int:
    return int(local.astimezone(UTC).timestamp() * 1000)


def find_offsets(time_zone: str, from_ms: int, to_ms: int) -> list[tuple[int, int]]:
    """How far ahead of Greenwich the zone's clocks are in a time, in ms: (since when, how far).

    Statements reckon with these rather than with the database's own rules for the zone, of which
    a server may have an older or newer edition than we have here.
    """
    zone = ZoneInfo(time_zone)

    def offset_at(at_ms: int) -> int:
        offset = datetime.fromtimestamp(at_ms / 1_000, zone).utcoffset()
        assert offset is not None, "a zone has an offset at any time"
        return int(offset.total_seconds() * 1_000)

    at_ms, last_ms = max(from_ms, 0), min(to_ms, _LATEST_MS)
    found = [(at_ms, offset_at(at_ms))]
    # No zone changes its clocks twice within a day.
    while at_ms < last_ms:
        next_ms = min(at_ms + _DAY_MS, last_ms)
        if (offset_ms := offset_at(next_ms)) != found[-1][1]:
            seconds = range(at_ms // 1_000, next_ms // 1_000 + 1)
            is_changed = bisect_left(seconds, True, key=lambda s: offset_at(s * 1_000) == offset_ms)
            found.append((seconds[is_changed] * 1_000, offset_ms))
        at_ms = next_ms
    return found
