"""People on telephones who talk through a real Asterisk, heard by their tones."""

from __future__ import annotations

import asyncio
import wave
from pathlib import Path

import numpy as np
import pytest

from frontdesk.channels.voice.media import (
    Clip,
    KeyPressed,
    LegArrived,
    LegEnd,
    LegEnded,
    LegGone,
    OrderRefused,
    PlayEnded,
    Playing,
    Recording,
    RecordingEnded,
    Role,
    Seat,
    TrunkLine,
)
from tests.channels.voice.asterisk.conftest import House
from tests.support.telephone import until
from tests.support.tones import find_tones, hum


def make_clip(folder: Path, hz: float, seconds: float) -> Clip:
    path = folder / f"{hz}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(hum(hz, 0, int(seconds * 16_000), 16_000).tobytes())
    return Clip(f"tone-{hz}-{seconds}", path)


async def test_two_hear_each_other_and_each_is_told_of(house: House) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)

    await house.media.join("b", Seat(leg_id=c))
    await house.media.join("b", Seat(leg_id="a"))

    await customer.hears(1_100)
    await agent.hears(700)
    arrived = await house.told_of(LegArrived)
    assert (arrived.number, arrived.called_number) == ("+37322123456", "+37322555000")
    assert arrived.trunk_id == "one"
    legs = {leg.leg_id: leg for leg in await house.media.list_legs()}
    assert legs["a"].tag == {"offer_id": "7"}
    assert {leg.bridge_id for leg in legs.values()} == {"b"}

    await house.media.leave("a")
    await customer.hears()

    await house.media.hang_up(c)
    await customer.is_over()
    assert (await house.told_of(LegEnded)).end is LegEnd.RELEASED
    with pytest.raises(LegGone):
        await house.media.answer(c, {})


async def test_a_muted_person_is_not_heard(house: House) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await agent.hears(700)

    await house.media.mute(c, True)
    await agent.hears()
    await customer.hears(1_100)

    await house.media.mute(c, False)
    await agent.hears(700)


async def test_a_whisper_is_heard_by_the_agent_alone_and_a_listener_by_nobody(
    house: House,
) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    supervisor = await house.agent("s", 1_900)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))

    await house.media.join("b", Seat(leg_id="s", role=Role.LISTENS))
    await supervisor.hears(700, 1_100)
    await agent.hears(700)
    await customer.hears(1_100)

    await house.media.join("b", Seat(leg_id="s", role=Role.WHISPERS, heard_by=("a",)))
    await agent.hears(700, 1_900)
    await supervisor.hears(700, 1_100)
    await customer.hears(1_100)

    await house.media.join("b", Seat(leg_id="s"))
    await customer.hears(1_100, 1_900)
    await supervisor.hears(700, 1_100)


async def test_a_clip_is_heard_to_its_end_and_music_until_it_is_stopped(
    house: House, tmp_path: Path
) -> None:
    customer, c = await house.customer(700)
    beep = make_clip(tmp_path, 400, 1.0)
    await house.media.play(c, Playing(play_id="p1", clips=(beep, beep)))
    await customer.hears(400)
    await house.told(PlayEnded(c, "p1", True))

    music = make_clip(tmp_path, 600, 0.5)
    await house.media.play(c, Playing(play_id="p2", clips=(music,), endless=True))
    await customer.hears(600)
    await house.media.stop_playing(c, "another")
    await house.media.stop_playing(c, "p2")
    await house.told(PlayEnded(c, "p2", False))
    await customer.hears()


async def test_music_ends_for_whoever_is_joined_with_an_agent_when_it_is_stopped(
    house: House, tmp_path: Path
) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    music = make_clip(tmp_path, 600, 30.0)
    await house.media.play(c, Playing(play_id="p", clips=(music,), endless=True))
    await customer.hears(600)

    await house.media.stop_playing(c, "p")
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))

    await customer.hears(1_100)
    await agent.hears(700)


async def test_a_clip_is_heard_above_those_who_talk(house: House, tmp_path: Path) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    await customer.hears(1_100)

    music = make_clip(tmp_path, 600, 30.0)
    await house.media.play(c, Playing(play_id="p", clips=(music,)))

    await customer.hears(600, 1_100)
    await agent.hears(700)
    await house.media.stop_playing(c, "p")
    await customer.hears(1_100)


async def test_a_clip_that_cannot_be_read_says_so(house: House, tmp_path: Path) -> None:
    _, c = await house.customer(700)
    missing = Clip("missing", tmp_path / "missing.wav")
    await house.media.play(c, Playing(play_id="p1", clips=(missing,), endless=True))
    ended = await house.told_of(PlayEnded)
    assert not ended.heard_all
    assert "missing.wav" in ended.error

    (tmp_path / "noise.wav").write_bytes(b"no sound at all")
    noise = Clip("noise", tmp_path / "noise.wav")
    await house.media.play(c, Playing(play_id="p2", clips=(noise,)))
    ended = await house.told_of(PlayEnded, times=2)
    assert (ended.play_id, ended.heard_all, ended.error != "") == ("p2", False, True)


async def test_keys_pass_both_ways_and_stop_what_is_played(house: House, tmp_path: Path) -> None:
    customer, c = await house.customer(700)
    music = make_clip(tmp_path, 600, 30.0)
    await house.media.play(c, Playing(play_id="p", clips=(music,), until_key=True))
    await customer.hears(600)

    customer.sound.press("159*#")

    await house.told(KeyPressed(c, "#"))
    keys = [event.key for event in house.reports if isinstance(event, KeyPressed)]
    assert keys == ["1", "5", "9", "*", "#"]
    await house.told(PlayEnded(c, "p", False))

    await house.media.press(c, "0#7")
    await until(lambda: customer.sound.keys_heard == "0#7", "the keys were not heard")
    with pytest.raises(OrderRefused):
        await house.media.press(c, "x")


async def test_a_recording_holds_both_sides_and_silence_while_it_is_paused(
    house: House, tmp_path: Path
) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)
    for leg_id in (c, "a"):
        await house.media.join("b", Seat(leg_id=leg_id))
    path = tmp_path / "calls" / "one.wav"
    await house.media.record(Recording(recording_id="r", bridge_id="b", left=(c,), path=path))
    await asyncio.sleep(2.0)
    await house.media.pause_recording("r", True)
    await asyncio.sleep(1.0)
    await house.media.stop_recording("r")

    ended = await house.told_of(RecordingEnded)
    assert ended.error == ""
    sound = read_wave(path)
    assert abs(len(sound) / 16 - ended.duration_ms) < 1
    assert find_tones(sound[16_000:24_000, 0], 16_000) == {700}
    assert find_tones(sound[16_000:24_000, 1], 16_000) == {1_100}
    assert not sound[-8_000:].any()
    await customer.hears(1_100)
    await agent.hears(700)


async def test_a_recording_ends_with_its_bridge_and_says_why_it_could_not_be(
    house: House, tmp_path: Path
) -> None:
    _, c = await house.customer(700)
    await house.media.join("b", Seat(leg_id=c))
    (tmp_path / "file").touch()
    lost = Recording(
        recording_id="r1", bridge_id="b", left=(c,), path=tmp_path / "file" / "one.wav"
    )
    await house.media.record(lost)
    assert (await house.told_of(RecordingEnded)).error != ""

    kept = Recording(recording_id="r2", bridge_id="b", left=(c,), path=tmp_path / "two.wav")
    await house.media.record(kept)
    await house.media.hang_up(c)
    ended = await house.told_of(RecordingEnded, times=2)
    assert (ended.recording_id, ended.error) == ("r2", "")
    assert (tmp_path / "two.wav").exists()


async def test_what_somebody_says_can_be_heard_by_a_machine(house: House) -> None:
    _, c = await house.customer(700)
    heard = b""
    async for frame in house.media.hear(c):
        heard += frame
        if len(heard) > 2 * 16_000:
            break
    assert find_tones(np.frombuffer(heard, np.int16)[8_000:], 16_000) == {700}


async def test_a_carrier_is_asked_to_pass_a_call_on(house: House) -> None:
    customer, c = await house.customer(700)
    await house.media.transfer(c, TrunkLine("one", "+37322999888"))
    await until(lambda: customer.count("REFER") == 1, "nobody asked")
    refer = next(message for message in customer.received if message.method == "REFER")
    assert "+37322999888@127.0.0.2" in refer.get("Refer-To")
    with pytest.raises(OrderRefused):
        await house.media.transfer(c, TrunkLine("another", "+37322999888"))


def read_wave(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getframerate()) == (2, 16_000)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)
