"""What every recogniser keeps to. A backend is one entry in `RECOGNISERS`.

The voice is a real one; the services are doubles that are told what is in its sound.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager

import numpy as np
import pytest

from frontdesk.channels.voice.media import FRAME_MS, SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech.errors import LanguageMissing
from frontdesk.channels.voice.speech.espeak import EspeakVoice
from frontdesk.channels.voice.speech.hearing import Expected, Heard, Recogniser
from frontdesk.channels.voice.speech.recognisers import build_recogniser
from frontdesk.channels.voice.speech.settings import Hearing, HearingSettings, VoiceSettings
from tests.support.hearing_services import (
    KEY,
    HearingService,
    serve_sherpa,
    serve_transcriptions,
    serve_vosk,
)

FRAME_BYTES = SAMPLES_PER_SECOND * FRAME_MS // 1_000 * 2


async def find_key() -> str | None:
    return KEY


class Room:
    """A recogniser, and somebody who speaks to it."""

    def __init__(
        self, recogniser: Recogniser, voice: EspeakVoice, service: HearingService | None
    ) -> None:
        self.recogniser = recogniser
        self._voice = voice
        self._service = service

    async def hear(self, words: str, *choices: str, language: str = "en") -> Heard | None:
        expected = tuple(Expected(str(n), (choice,)) for n, choice in enumerate(choices, 1))
        frames = as_frames(await self.say(words))
        return await self.recogniser.hear(frames, expected, language)

    async def say(self, words: str) -> bytes:
        sound = await self._voice.speak(words, "en") if words else b""
        sound = in_a_room(sound)
        if self._service is not None:
            self._service.words[sound] = words
        return sound


def in_a_room(sound: bytes) -> bytes:
    """With some quiet before and after, which is never quite silent."""
    samples = np.frombuffer(sound, "<i2").astype(float) / 2
    quiet = np.zeros(SAMPLES_PER_SECOND // 4)
    heard = np.concatenate([quiet, samples, quiet, quiet])
    noise = np.random.default_rng(len(sound)).normal(0, 40, len(heard))
    return np.clip(heard + noise, -32_768, 32_767).astype("<i2").tobytes()


async def as_frames(sound: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(sound), FRAME_BYTES):
        yield sound[start : start + FRAME_BYTES]


@asynccontextmanager
async def enter(
    by: Hearing, serve: Callable[[], AbstractContextManager[HearingService]] | None
) -> AsyncGenerator[Room]:
    voice = EspeakVoice(VoiceSettings(time_ms_max=60_000))
    if serve is None:
        recogniser = build_recogniser(HearingSettings(time_ms_max=60_000), find_key)
        yield Room(recogniser, voice, None)
        await recogniser.close()
    else:
        with serve() as service:
            settings = HearingSettings(by=by, urls={"en": service.url}, time_ms_max=60_000)
            recogniser = build_recogniser(settings, find_key)
            yield Room(recogniser, voice, service)
            await recogniser.close()
    await voice.close()


RECOGNISERS: dict[str, Callable[[], AbstractAsyncContextManager[Room]]] = {
    "inside": lambda: enter(Hearing.INSIDE, None),
    "transcriptions": lambda: enter(Hearing.TRANSCRIPTIONS, serve_transcriptions),
    "vosk": lambda: enter(Hearing.VOSK, serve_vosk),
    "sherpa": lambda: enter(Hearing.SHERPA, serve_sherpa),
}


@pytest.fixture(params=RECOGNISERS)
async def room(request: pytest.FixtureRequest) -> AsyncGenerator[Room]:
    async with RECOGNISERS[request.param]() as made:
        yield made


MENU = ("opening hours", "technical support", "something else")


@pytest.mark.parametrize(("words", "value"), [(words, str(n)) for n, words in enumerate(MENU, 1)])
async def test_an_expected_answer_is_heard(room: Room, words: str, value: str) -> None:
    heard = await room.hear(words, *MENU)
    assert heard is not None
    assert (heard.text, heard.value) == (words, value)
    assert heard.confidence is None or 0.7 <= heard.confidence <= 1


async def test_another_answer_is_none_of_them(room: Room) -> None:
    assert await room.hear("my dog is very hungry today", "yes", "no") is None


async def test_no_words_are_no_answer(room: Room) -> None:
    assert await room.hear("", *MENU) is None


async def test_free_words_are_heard_by_whoever_can(room: Room) -> None:
    heard = await room.hear("my parcel is late")
    if room.recogniser.hears_free_words:
        assert heard is not None
        assert (heard.text, heard.value) == ("my parcel is late", None)
    else:
        assert heard is None


async def test_a_language_that_it_does_not_know_is_said_so(room: Room) -> None:
    assert room.recogniser.knows("en")
    assert not room.recogniser.knows("tlh")
    with pytest.raises(LanguageMissing):
        await room.hear("technical support", *MENU, language="tlh")
    assert await room.hear("technical support", *MENU)


async def test_many_at_once_are_each_heard(room: Room) -> None:
    heard = await asyncio.gather(*(room.hear(words, *MENU) for words in MENU * 2))
    assert [answer and answer.text for answer in heard] == [*MENU, *MENU]


async def test_who_gives_up_does_not_disturb_the_next(room: Room) -> None:
    given_up = asyncio.create_task(room.hear("opening hours", *MENU))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    heard = await room.hear("technical support", *MENU)
    assert heard is not None
    assert heard.value == "2"
