"""Calls that come to nothing, each in its own way."""

from __future__ import annotations

import pytest

from frontdesk.channels.voice.media import (
    LegAnswered,
    LegArrived,
    LegEnd,
    LegEnded,
    LegRang,
    PhoneLine,
    TrunkLine,
)
from frontdesk.runtime.phone_numbers import normalise
from tests.channels.voice.asterisk.conftest import House, ring
from tests.support.telephone import Manner, until

OUT = TrunkLine("one", "+37322999888")


@pytest.mark.parametrize(
    ("manner", "end"),
    [
        (Manner.IS_BUSY, LegEnd.BUSY),
        (Manner.REFUSES, LegEnd.REFUSED),
        (Manner.IS_NOBODY, LegEnd.UNREACHABLE),
        (Manner.HAS_NO_LINE, LegEnd.NO_LINE),
        (Manner.FAILS, LegEnd.FAILED),
    ],
)
async def test_why_a_call_was_not_answered_is_told(
    house: House, manner: Manner, end: LegEnd
) -> None:
    house.carrier.manner = manner
    await house.media.ring(ring("x", OUT))
    ended = await house.told_of(LegEnded)
    assert ended.end is end
    assert ended.detail == f"SIP {manner.value[:3]}"


async def test_a_call_shows_who_calls_and_is_answered(house: House) -> None:
    await house.media.ring(ring("x", OUT))
    await house.media.ring(ring("x", OUT))
    await house.told(LegAnswered("x"))
    invites = [m for m in house.carrier.received if not m.status and m.method == "INVITE"]
    assert len({invite.get("Call-ID") for invite in invites}) == 1
    assert "+37322999888@" in invites[0].first_line
    assert "+37322123456" in invites[0].get("From")
    assert "Ana" in invites[0].get("From")

    await house.carrier.hang_up()
    await house.told_of(LegEnded)
    assert house.reports[-1] == LegEnded("x", LegEnd.HUNG_UP)
    await house.media.ring(ring("x", OUT))
    assert await house.media.list_legs() == []


async def test_nobody_rings_longer_than_is_allowed(house: House) -> None:
    house.carrier.manner = Manner.RINGS
    await house.media.ring(ring("x", OUT, ring_time_ms=300))
    await house.told(LegRang("x"))
    assert (await house.told_of(LegEnded)).end is LegEnd.NO_ANSWER
    await house.carrier.is_over()
    assert house.carrier.count("CANCEL") == 1


async def test_a_network_with_a_sound_of_its_own_is_told_of(house: House) -> None:
    house.carrier.manner = Manner.HAS_EARLY_SOUND
    await house.media.ring(ring("x", OUT))
    await house.told(LegRang("x", early_media=True))
    house.carrier.pick_up()
    await house.told(LegAnswered("x"))


async def test_a_phone_that_is_not_registered_is_unreachable(house: House) -> None:
    await house.provide_phone("a")
    await house.media.ring(ring("x", PhoneLine("a")))
    assert (await house.told_of(LegEnded)).end is LegEnd.UNREACHABLE
    await house.media.ring(ring("y", PhoneLine("unheard-of")))
    assert (await house.told_of(LegEnded, times=2)).end is LegEnd.UNREACHABLE


async def test_a_carrier_that_says_nothing_is_unreachable_or_does_not_answer(
    house: House,
) -> None:
    house.carrier.manner = Manner.IS_DEAD
    await house.media.ring(ring("x", OUT, ring_time_ms=1_000))
    assert (await house.told_of(LegEnded)).end is LegEnd.NO_ANSWER


async def test_more_calls_than_the_trunk_has_lines_are_not_made(house: House) -> None:
    await house.provide(lines_max=1)
    await house.media.ring(ring("x", OUT))
    await house.told(LegAnswered("x"))
    await house.media.ring(ring("y", OUT))
    await house.told(LegEnded("y", LegEnd.NO_LINE, "all lines of the trunk are taken"))


async def test_whoever_is_called_for_nothing_is_told_that_another_has_answered(
    house: House,
) -> None:
    house.carrier.manner = Manner.RINGS
    await house.media.ring(ring("x", OUT))
    await house.told(LegRang("x"))
    await house.media.hang_up("x")
    assert (await house.told_of(LegEnded)).end is LegEnd.RELEASED
    await until(lambda: house.carrier.count("CANCEL") == 1, "it rings on")
    cancel = next(m for m in house.carrier.received if m.method == "CANCEL")
    assert "cause=26" in " ".join(value for _, value in cancel.all("Reason"))


@pytest.mark.parametrize(
    ("end", "status"), [(LegEnd.BUSY, 486), (LegEnd.REFUSED, 403), (LegEnd.RELEASED, 603)]
)
async def test_a_caller_who_is_not_answered_is_told_why(
    house: House, end: LegEnd, status: int
) -> None:
    caller, c = await house.arrive()
    await house.media.hang_up(c, end)
    assert (await house.told_of(LegEnded)).end is end
    await caller.is_over()
    assert caller.status == status


async def test_a_caller_who_gives_up_has_cancelled(house: House) -> None:
    caller, c = await house.arrive()
    await caller.hang_up()
    ended = await house.told_of(LegEnded)
    assert (ended.leg_id, ended.end) == (c, LegEnd.CANCELLED)


async def test_a_caller_who_hides_the_number_has_none(house: House) -> None:
    caller = await house.telephone("127.0.0.2", 700)
    caller.call("022555000", name="anonymous", display="Anonymous")
    assert (await house.told_of(LegArrived)).number == ""


@pytest.mark.parametrize(
    ("dialled", "region", "number"),
    [
        ("022123456", "MD", "+37322123456"),
        ("0037322123456", "MD", "+37322123456"),
        ("+373 22 12-34-56", "", "+37322123456"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("112", "MD", "112"),
        ("reception", "MD", "reception"),
        ("Anonymous", "MD", ""),
        ("", "MD", ""),
    ],
)
def test_numbers_are_written_as_the_world_writes_them(
    dialled: str, region: str, number: str
) -> None:
    assert normalise(dialled, region) == number
