"""Opening hours: weekdays, several spans, holidays, and the nights when the clocks change."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.hours import is_open, next_opening_ms
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import DayException, Hours, OpeningSpan
from tests.kernel.scene import Scene

CHISINAU = "Europe/Chisinau"
NEW_YORK = "America/New_York"


def instant(text: str, zone: str = CHISINAU, fold: int = 0) -> int:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return int(local.timestamp() * 1000)


def clock(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def hours(*spans: tuple[str, str], days: range = range(7), zone: str = CHISINAU) -> Hours:
    return Hours(
        hours_id="h",
        name="Hours",
        time_zone=zone,
        spans=tuple(OpeningSpan(day, clock(a), clock(b)) for day in days for a, b in spans),
    )


WORKING_DAYS = hours(("09:00", "13:00"), ("14:00", "18:00"), days=range(5))


@pytest.mark.parametrize(
    ("at", "open_then", "opens"),
    [
        ("2026-11-23T08:59:59", False, "2026-11-23T09:00"),
        ("2026-11-23T09:00", True, "2026-11-23T14:00"),
        ("2026-11-23T12:59:59", True, "2026-11-23T14:00"),
        ("2026-11-23T13:00", False, "2026-11-23T14:00"),
        ("2026-11-23T17:59:59", True, "2026-11-24T09:00"),
        ("2026-11-23T18:00", False, "2026-11-24T09:00"),
        ("2026-11-27T18:00", False, "2026-11-30T09:00"),
        ("2026-11-28T12:00", False, "2026-11-30T09:00"),
    ],
)
def test_a_working_week(at: str, open_then: bool, opens: str) -> None:
    assert is_open(WORKING_DAYS, instant(at)) is open_then
    assert next_opening_ms(WORKING_DAYS, instant(at)) == instant(opens)


def test_hours_are_those_of_the_place() -> None:
    there = hours(("09:00", "10:00"), zone=NEW_YORK)
    assert is_open(there, instant("2026-11-23T09:30", NEW_YORK))
    assert not is_open(there, instant("2026-11-23T09:30", CHISINAU))


def test_a_holiday_is_closed_or_has_hours_of_its_own() -> None:
    closed = DayException(date="2026-12-25", name="Christmas")
    short = DayException(date="2026-12-26", spans=((clock("10:00"), clock("12:00")),))
    kept = Hours(
        hours_id="h",
        name="Hours",
        time_zone=CHISINAU,
        spans=hours(("09:00", "18:00")).spans,
        exceptions=(closed, short),
    )
    assert not is_open(kept, instant("2026-12-25T10:00"))
    assert is_open(kept, instant("2026-12-26T11:00"))
    assert not is_open(kept, instant("2026-12-26T12:00"))
    assert next_opening_ms(kept, instant("2026-12-24T18:00")) == instant("2026-12-26T10:00")


def test_until_midnight_and_round_the_clock() -> None:
    assert is_open(hours(("20:00", "24:00")), instant("2026-11-23T23:59:59"))
    always = hours(("00:00", "24:00"))
    assert is_open(always, instant("2026-11-24T00:00"))
    assert next_opening_ms(always, instant("2026-11-24T12:00")) is None, "it never closes"


def test_spans_that_touch_are_one_opening() -> None:
    touching = hours(("09:00", "12:00"), ("12:00", "15:00"))
    assert next_opening_ms(touching, instant("2026-11-23T10:00")) == instant("2026-11-24T09:00")


def test_never_open() -> None:
    assert next_opening_ms(hours(), instant("2026-11-23T10:00")) is None


# In Chisinau the clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00
# back to 02:00 on 25 October 2026.


def test_opening_times_are_the_clock_s_on_both_sides_of_a_change() -> None:
    morning = hours(("09:00", "10:00"))
    friday, monday = instant("2026-03-28T09:00"), instant("2026-03-29T09:00")
    assert next_opening_ms(morning, friday) == monday
    assert monday - friday == 23 * 3_600_000
    before, after = instant("2026-10-24T09:00"), instant("2026-10-25T09:00")
    assert next_opening_ms(morning, before) == after
    assert after - before == 25 * 3_600_000


def test_a_span_in_the_hour_that_is_left_out_does_not_open() -> None:
    night = hours(("02:15", "02:45"))
    before = instant("2026-03-29T01:59")
    assert next_opening_ms(night, before) == instant("2026-03-30T02:15")


def test_a_span_that_begins_in_the_hour_that_is_left_out_opens_when_the_clocks_jump() -> None:
    night = hours(("02:30", "06:00"))
    assert next_opening_ms(night, instant("2026-03-29T01:00")) == instant("2026-03-29T03:00")
    assert is_open(night, instant("2026-03-29T03:00"))


def test_a_span_in_the_hour_that_is_struck_twice_opens_twice() -> None:
    night = hours(("02:15", "02:45"))
    first = instant("2026-10-25T02:15")
    second = instant("2026-10-25T02:15", fold=1)
    assert second - first == 3_600_000
    assert is_open(night, first)
    assert is_open(night, second)
    assert next_opening_ms(night, first - 1) == first
    assert next_opening_ms(night, first) == second
    assert next_opening_ms(night, second) == instant("2026-10-26T02:15")


@pytest.mark.parametrize(
    "unsound",
    [
        hours(("10:00", "10:00")),
        hours(("10:00", "09:00")),
        hours(("23:00", "24:01")),
        hours(("09:00", "10:00"), days=range(6, 8)),
        hours(zone="Europe/Atlantis"),
        hours(zone="../etc/passwd"),
        Hours(hours_id="h", name="Hours", exceptions=(DayException(date="25.12.2026"),)),
        Hours(hours_id="h", name="Hours", exceptions=(DayException(date="2026-02-29"),)),
        Hours(hours_id="h", name="Hours", exceptions=(DayException(date="2026-12-25"),) * 2),
    ],
)
def test_hours_are_sound(unsound: Hours) -> None:
    assert Scene().refuses(cmd.SaveSetting(unsound)) is RefusalReason.INVALID
