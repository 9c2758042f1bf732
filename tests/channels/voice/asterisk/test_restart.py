"""What is left when the line to Asterisk is cut, our server is killed, or Asterisk is."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.channels.voice.media import (
    LegAnswered,
    LegEnd,
    LegEnded,
    LegState,
    MediaBack,
    MediaLost,
    MediaUnavailable,
    Recording,
    RecordingEnded,
    Role,
    Seat,
    TrunkLine,
)
from tests.channels.voice.asterisk.conftest import House, ring
from tests.support.telephone import Manner


async def test_people_talk_on_while_our_server_is_killed_and_are_found_again(
    house: House, tmp_path: Path
) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    listener = await house.agent("s", 1_900)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await house.media.join("b", Seat(leg_id="s", role=Role.LISTENS))
    await house.media.record(
        Recording(recording_id="r", bridge_id="b", left=(c,), path=tmp_path / "one.wav")
    )
    _, waiting = await house.arrive()
    house.carrier.manner = Manner.RINGS
    await house.media.ring(ring("x", TrunkLine("one", "+37322999888")))
    await house.carrier.rings()

    await house.begin_anew()

    await customer.hears(1_100)
    await agent.hears(700)
    legs = {leg.leg_id: leg for leg in await house.media.list_legs()}
    assert legs.keys() == {c, "a", "s", "x", waiting}
    assert (legs[c].tag, legs["a"].tag) == ({"contact_id": "1"}, {"offer_id": "7"})
    assert (legs[c].number, legs[c].called_number) == ("+37322123456", "+37322555000")
    assert {legs[name].bridge_id for name in (c, "a", "s")} == {"b"}
    states = [legs[name].state for name in (c, waiting, "x")]
    assert states == [LegState.UP, LegState.ARRIVED, LegState.RINGING]

    await house.media.join("b", Seat(leg_id="s"))
    await customer.hears(1_100, 1_900)
    await listener.hears(700, 1_100)
    house.carrier.pick_up()
    await house.told(LegAnswered("x"))
    await house.media.leave("s")
    await house.media.hang_up("a")
    await house.media.hang_up(c)
    await house.told_of(LegEnded, times=2)
    await customer.is_over()


async def test_a_cut_line_is_told_of_and_what_happened_meanwhile_is_noticed(
    house: House, tmp_path: Path
) -> None:
    customer, c = await house.customer(700)
    _, other = await house.customer(900)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))

    house.cut()
    await house.told_of(MediaLost)
    with pytest.raises(MediaUnavailable):
        await house.media.hang_up(c)
    await agent.hears(700)
    await customer.hang_up()
    house.mend()

    await house.told_of(MediaBack, times=2)
    ended = await house.told_of(LegEnded)
    assert (ended.leg_id, ended.end) == (c, LegEnd.LOST)
    assert {leg.leg_id for leg in await house.media.list_legs()} == {"a", other}


async def test_an_asterisk_that_is_killed_takes_its_calls_along_and_is_used_again(
    house: House, tmp_path: Path
) -> None:
    _, c = await house.customer(700)
    await house.media.join("b", Seat(leg_id=c))
    await house.media.record(
        Recording(recording_id="r", bridge_id="b", left=(c,), path=tmp_path / "one.wav")
    )

    house.asterisk.instance.kill()
    await house.told_of(MediaLost)
    assert (await house.told_of(RecordingEnded)).error != ""
    house.asterisk.start()

    await house.told_of(MediaBack, times=2)
    ended = await house.told_of(LegEnded)
    assert (ended.leg_id, ended.end) == (c, LegEnd.LOST)
    assert await house.media.list_legs() == []
    await house.customer(700)


async def test_an_asterisk_that_answers_no_more_is_noticed(house: House) -> None:
    house.asterisk.freeze()
    lost = await house.told_of(MediaLost)
    assert lost.reason
    house.asterisk.thaw()
    await house.told_of(MediaBack, times=2)


async def test_a_caller_who_finds_nobody_at_our_end_is_told_so(house: House) -> None:
    house.cut()
    await house.told_of(MediaLost)
    caller = await house.telephone("127.0.0.2", 700)
    caller.call("022555000")
    await caller.is_over()
    assert caller.status == 503
