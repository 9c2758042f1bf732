"""A centre's day: from midnight to midnight on its own clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


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
