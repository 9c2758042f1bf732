"""Whatever people, phones and networks do: no call is left over, and the next one is served."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from frontdesk.channels.voice.media import (
    AnyMediaEvent,
    KeyPressed,
    LegAnswered,
    LegArrived,
    LegEnd,
    LegEnded,
    LegGone,
    LegRang,
    MediaBack,
    MediaLost,
    PhoneLine,
    Playing,
    Recording,
    RecordingEnded,
    Seat,
    TransferAsked,
    TrunkLine,
)
from tests.channels.voice.asterisk.conftest import House, ring
from tests.channels.voice.asterisk.test_calls import make_clip
from tests.support.sipp import call_many
from tests.support.telephone import Manner, until

SIPP_HOST = "127.0.0.2"


async def test_callers_who_do_as_they_like_leave_nothing_behind(
    house: House, tmp_path: Path
) -> None:
    music = make_clip(tmp_path, 600, 5.0)
    await call(house, "cancels_at_once")
    serving = asyncio.create_task(serve(house, Playing(play_id="music", clips=(music,))))
    for scenario in ("hangs_up_at_once", "invites_again", "presses_keys"):
        await call(house, scenario)
    await nothing_is_left(house)
    serving.cancel()

    keys = [event for event in house.reports if isinstance(event, KeyPressed)]
    assert len({event.leg_id for event in keys}) == 20, "every caller is heard"
    assert len(keys) <= 20 * 16, "a busy machine may lose a key, and makes none up"
    arrived = [event.leg_id for event in house.reports if isinstance(event, LegArrived)]
    ended = [event.leg_id for event in house.reports if isinstance(event, LegEnded)]
    assert len(arrived) == len(set(arrived)) == 80
    assert sorted(arrived) == sorted(ended)
    await house.customer()


async def test_a_caller_who_never_acknowledges_can_be_hung_up(house: House) -> None:
    caller, c = await house.arrive()
    caller.acknowledges = False
    await house.media.answer(c, {})
    await house.told(LegAnswered(c))
    await house.media.hang_up(c)
    assert (await house.told_of(LegEnded)).end is LegEnd.RELEASED
    await nothing_is_left(house)


@pytest.mark.parametrize("moment", ["arrived", "answered", "playing", "heard", "joined"])
async def test_a_caller_may_hang_up_at_any_moment(
    house: House, tmp_path: Path, moment: str
) -> None:
    caller, c = await house.arrive()
    if moment != "arrived":
        await house.media.answer(c, {})
        await caller.is_up()
    if moment == "playing":
        music = make_clip(tmp_path, 600, 30.0)
        await house.media.play(c, Playing(play_id="p", clips=(music,), endless=True))
        await caller.hears(600)
    frames = house.media.hear(c)
    if moment == "heard":
        await anext(frames)
    if moment == "joined":
        await house.agent("a", 1_100)
        await house.media.join("b", Seat(leg_id=c))
        await house.media.join("b", Seat(leg_id="a"))
        await house.media.record(
            Recording(recording_id="r", bridge_id="b", left=(c,), path=tmp_path / "one.wav")
        )
        await caller.hears(1_100)

    await caller.hang_up()

    ended = await house.told_of(LegEnded)
    expected = LegEnd.CANCELLED if moment == "arrived" else LegEnd.HUNG_UP
    assert (ended.leg_id, ended.end) == (c, expected)
    with pytest.raises(LegGone):
        await house.media.join("b", Seat(leg_id=c))
    if moment == "heard":
        assert all([frame async for frame in frames])
    if moment == "joined":
        await house.media.hang_up("a")
        assert (await house.told_of(RecordingEnded)).error == ""
    await nothing_is_left(house)


async def test_a_caller_may_hang_up_while_orders_about_it_are_given(house: House) -> None:
    """Whatever comes first, it ends once and nobody is stuck."""
    for number in range(10):
        caller, c = await house.arrive()
        await asyncio.gather(
            house.media.answer(c, {}),
            house.media.join(f"b{number}", Seat(leg_id=c)),
            caller.hang_up(),
            house.media.hang_up(c),
            return_exceptions=True,
        )
        await house.told_of(LegEnded, times=number + 1)
    await nothing_is_left(house)


async def test_two_agents_who_answer_at_once_both_are_connected_and_one_is_let_go(
    house: House,
) -> None:
    customer, c = await house.customer(700)
    phones = [await house.desk_phone("a", 1_100), await house.desk_phone("b", 1_500)]
    for phone in phones:
        phone.manner = Manner.RINGS
    for name in ("a", "b"):
        await house.media.ring(ring(name, PhoneLine(name)))
    for phone in phones:
        await phone.rings()

    for phone in phones:
        phone.pick_up()
    for name in ("a", "b"):
        await house.told(LegAnswered(name))
    await house.media.join("x", Seat(leg_id=c))
    await house.media.join("x", Seat(leg_id="a"))
    await house.media.hang_up("b")

    await phones[1].is_over()
    await customer.hears(1_100)


async def test_an_agent_who_answers_in_the_moment_of_being_called_off_is_let_go(
    house: House,
) -> None:
    phone = await house.desk_phone("a", 1_100)
    phone.manner = Manner.RINGS
    for number in range(10):
        await house.media.ring(ring(f"a{number}", PhoneLine("a")))
        await house.told(LegRang(f"a{number}"))
        calling_off = asyncio.create_task(house.media.hang_up(f"a{number}"))
        await asyncio.sleep(0)
        phone.pick_up()
        await calling_off
        await house.told_of(LegEnded, times=number + 1)
        await phone.is_over()
    await nothing_is_left(house)


async def test_nobody_stays_on_a_line_without_sound(house: House) -> None:
    await house.provide(sound_lost_s=1)
    caller, c = await house.customer()
    caller.sound.speaks = False
    ended = await house.told_of(LegEnded)
    assert (ended.leg_id, ended.end) == (c, LegEnd.LOST)
    await caller.is_over()


async def test_rubbish_from_the_network_is_passed_over(house: House) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    for rubbish in (
        b"",
        b"\x00",
        b"\x80" * 3,
        b"\xff" * 1_400,
        b"INVITE",
        b"INVITE sip:x SIP/2.0\r\n",
    ):
        customer.sound.send_raw(rubbish)
        customer.send_raw(rubbish)
    for header in ("Via: \xff", "Content-Length: -1", "CSeq: 99999999999 INVITE", "From: <<>>"):
        customer.send_raw(f"INVITE sip:1@127.0.0.1 SIP/2.0\r\n{header}\r\n\r\n".encode())

    await customer.hears(1_100)
    await agent.hears(700)
    await house.customer(900)


async def test_a_slow_line_to_asterisk_serves_all_the_same(house: House) -> None:
    house.wire.delay_s = 0.3
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await customer.hears(1_100)
    await agent.hears(700)
    await house.media.hang_up(c)
    await house.told_of(LegEnded)


async def test_a_line_that_is_cut_again_and_again_loses_nobody(house: House) -> None:
    customer, c = await house.customer(700)
    for number in range(3):
        house.cut()
        await house.told_of(MediaLost, times=number + 1)
        house.mend()
        await house.told_of(MediaBack, times=number + 2)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await customer.hears(1_100)
    await agent.hears(700)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


async def test_a_full_disk_ends_the_recording_and_nothing_else(
    house: House, small_disk: Path
) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await house.media.record(
        Recording(recording_id="r", bridge_id="b", left=(c,), path=small_disk / "one.wav")
    )
    ended = await house.told_of(RecordingEnded)
    assert "No space left" in ended.error
    await customer.hears(1_100)
    await agent.hears(700)


async def test_a_desk_phone_may_ask_to_pass_the_caller_on(house: House) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))

    assert await agent.refer("022999888") == 202

    await house.told(TransferAsked("a", "+37322999888"))
    await customer.hears(1_100)


async def test_an_outside_number_is_joined_as_an_agent_is(house: House) -> None:
    customer, c = await house.customer(900)
    await house.media.ring(ring("x", TrunkLine("one", "+37322999888")))
    await house.told(LegAnswered("x"))
    for leg_id in (c, "x"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await customer.hears(700)
    await house.carrier.hears(900)


async def call(house: House, scenario: str) -> None:
    """Twenty callers at once."""
    asterisk = house.asterisk
    await call_many(
        asterisk.instance, asterisk.sip_port, scenario, calls=20, a_second=40, host=SIPP_HOST
    )


async def serve(house: House, playing: Playing) -> None:
    """Answers everybody and plays music."""
    for number in count(1):
        await welcome(house, await house.told_of(LegArrived, number), playing)


async def welcome(house: House, event: AnyMediaEvent, playing: Playing) -> None:
    try:
        await house.media.answer(event.leg_id, {})
        await house.media.play(event.leg_id, playing)
    except LegGone:
        pass


async def nothing_is_left(house: House) -> None:
    """No leg, no channel, no bridge."""
    ask = house.asterisk.instance.ask
    await until(lambda: "0 active channels" in ask("core show channels"), "channels are left")
    await until(lambda: len(ask("bridge show all").splitlines()) == 1, "bridges are left")
    assert await house.media.list_legs() == []
