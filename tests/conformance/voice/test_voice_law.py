"""What every voice keeps to. A backend is one entry in `VOICES`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import numpy as np
import pytest

from frontdesk.channels.voice.speech.endpoint import EndpointVoice
from frontdesk.channels.voice.speech.errors import LanguageMissing
from frontdesk.channels.voice.speech.espeak import EspeakVoice
from frontdesk.channels.voice.speech.settings import VoiceSettings
from frontdesk.channels.voice.speech.sound import count_ms
from frontdesk.channels.voice.speech.voice import TEXT_CHARS_MAX, Voice
from tests.support.speech_service import KEY, serve_speech


@asynccontextmanager
async def inside() -> AsyncGenerator[Voice]:
    voice = EspeakVoice(VoiceSettings(time_ms_max=60_000))
    yield voice
    await voice.close()


@asynccontextmanager
async def by_service() -> AsyncGenerator[Voice]:
    async def find_key() -> str | None:
        return KEY

    with serve_speech() as service:
        settings = VoiceSettings(
            base_url=service.base_url, voices={"en": "a", "ru": "b", "ro": "c"}, time_ms_max=60_000
        )
        voice = EndpointVoice(settings, find_key)
        yield voice
        await voice.close()


VOICES: dict[str, Callable[[], AbstractAsyncContextManager[Voice]]] = {
    "inside": inside,
    "service": by_service,
}


@pytest.fixture(params=VOICES)
async def voice(request: pytest.FixtureRequest) -> AsyncGenerator[Voice]:
    async with VOICES[request.param]() as made:
        yield made


def same(one: bytes, other: bytes) -> bool:
    """As long as each other: a voice's breath is never quite the same."""
    return abs(count_ms(one) - count_ms(other)) <= 20


TEXTS = {
    "en": "Good morning, how can we help you?",
    "ru": "Доброе утро, чем мы можем вам помочь?",
    "ro": "Bună dimineața, cu ce vă putem ajuta?",
}


@pytest.mark.parametrize("language", TEXTS)
async def test_it_speaks(voice: Voice, language: str) -> None:
    sound = await voice.speak(TEXTS[language], language)
    samples = np.frombuffer(sound, "<i2")
    assert 500 < count_ms(sound) < 10_000
    assert np.abs(samples.astype(int)).max() > 1_000


async def test_the_same_words_take_the_same_time(voice: Voice) -> None:
    first, second = [await voice.speak(TEXTS["ro"], "ro") for _ in range(2)]
    assert same(first, second)


async def test_more_words_take_longer(voice: Voice) -> None:
    short, long = await voice.speak("One.", "en"), await voice.speak("One, and then two.", "en")
    assert count_ms(long) > count_ms(short)


async def test_many_at_once_each_get_their_own(voice: Voice) -> None:
    texts = ["one " * count for count in range(1, 9)]
    at_once = await asyncio.gather(*(voice.speak(text, "en") for text in texts))
    one_by_one = [await voice.speak(text, "en") for text in texts]
    assert all(map(same, at_once, one_by_one))


async def test_no_words_are_silence(voice: Voice) -> None:
    assert count_ms(await voice.speak("", "en")) < 500


async def test_a_text_without_end_is_cut(voice: Voice) -> None:
    words = "word " * (TEXT_CHARS_MAX // 5)
    assert same(await voice.speak(words + "more", "en"), await voice.speak(words, "en"))


async def test_a_language_it_does_not_speak_is_said_so(voice: Voice) -> None:
    with pytest.raises(LanguageMissing):
        await voice.speak("?", "tlh-nowhere")
    assert await voice.speak(TEXTS["en"], "en")


async def test_who_gives_up_does_not_disturb_the_next(voice: Voice) -> None:
    expected = await voice.speak(TEXTS["en"], "en")
    given_up = asyncio.create_task(voice.speak(TEXTS["ru"] * 20, "ru"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    assert same(await voice.speak(TEXTS["en"], "en"), expected)
