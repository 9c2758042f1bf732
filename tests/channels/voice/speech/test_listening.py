"""From what a leg says to the answer that the kernel reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import numpy as np
import pytest

from frontdesk.channels.voice.media import FRAME_MS, SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech.errors import VoiceSilent
from frontdesk.channels.voice.speech.espeak import EspeakVoice
from frontdesk.channels.voice.speech.hearing import Expected, Heard
from frontdesk.channels.voice.speech.listening import Answered, NotHeard, can_be_said, listen
from frontdesk.channels.voice.speech.settings import HearingSettings, VoiceSettings
from frontdesk.channels.voice.speech.sphinx import SphinxRecogniser
from frontdesk.channels.voice.speech.utterances import Pauses, cut_utterance
from frontdesk.kernel.flows.answers import read_answer
from frontdesk.kernel.flows.document import Choice, ChoiceAnswer, DigitsAnswer
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind

SHORT = Pauses(before_ms_max=1_000, within_ms_max=400, words_ms_max=4_000)
FRAME_BYTES = SAMPLES_PER_SECOND * FRAME_MS // 1_000 * 2
MENU = Prompt(
    PromptKind.CHOICE,
    (
        PromptChoice("orders", "Orders and delivery", "1"),
        PromptChoice("support", "Technical support", "2"),
    ),
)


def quiet(ms: int) -> bytes:
    noise = np.random.default_rng(ms).normal(0, 20, SAMPLES_PER_SECOND * ms // 1_000)
    return noise.astype("<i2").tobytes()


async def frames(sound: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(sound), FRAME_BYTES):
        yield sound[start : start + FRAME_BYTES]


async def frames_for_ever() -> AsyncIterator[bytes]:
    while True:
        yield quiet(FRAME_MS)


async def say(*texts: str) -> bytes:
    """Each text with a second's pause before it and after it."""
    voice = EspeakVoice(VoiceSettings(time_ms_max=60_000))
    sounds = [await voice.speak(text, "en") for text in texts]
    await voice.close()
    return quiet(600) + b"".join(sound + quiet(1_000) for sound in sounds)


class Told:
    """A recogniser that hears what it is told to, or fails as it is told to."""

    def __init__(
        self, heard: Heard | Exception | None, *, free: bool = True, language: str = "en"
    ) -> None:
        self._heard = heard
        self._language = language
        self.hears_free_words = free
        self.frames: list[bytes] = []

    def knows(self, language: str) -> bool:
        return language == self._language

    async def hear(
        self, frames: AsyncIterator[bytes], expected: tuple[Expected, ...], language: str
    ) -> Heard | None:
        self.frames = [frame async for frame in frames]
        if isinstance(self._heard, Exception):
            raise self._heard
        return self._heard

    async def close(self) -> None:
        """Nothing is open."""


async def test_the_first_words_are_cut_out_with_what_is_just_before_them() -> None:
    sound = await say("Technical support", "please")
    cut = [frame async for frame in cut_utterance(frames(sound), SHORT)]
    alone = await say("Technical support")
    assert len(alone) * 0.5 < len(b"".join(cut)) < len(alone)
    assert b"".join(cut) in sound


async def test_who_says_nothing_is_waited_for_no_longer_than_allowed() -> None:
    assert [frame async for frame in cut_utterance(frames_for_ever(), SHORT)] == []


async def test_who_talks_without_end_is_cut() -> None:
    sound = (await say("and so on, and so forth, " * 10))[: -len(quiet(1_000))]
    cut = [frame async for frame in cut_utterance(frames(sound), SHORT)]
    assert len(cut) * FRAME_MS <= SHORT.words_ms_max + 15 * FRAME_MS


@pytest.mark.parametrize(
    ("words", "value"),
    [("orders", "orders"), ("technical support", "support"), ("two", "support")],
)
async def test_a_choice_is_said_by_its_label_a_part_of_it_or_its_number(
    words: str, value: str
) -> None:
    recogniser = SphinxRecogniser(HearingSettings(time_ms_max=60_000))
    answer = await listen(frames(await say(words)), MENU, "en", recogniser, SHORT)
    await recogniser.close()
    assert isinstance(answer, Answered)
    choices = tuple(Choice(value=c.value, label=c.label, key=c.key) for c in MENU.choices)
    understood = read_answer(ChoiceAnswer(choices=choices), answer.text, None, date(2026, 1, 1))
    assert understood is not None
    assert understood.value == value


async def test_digits_said_one_by_one_are_read_as_the_number() -> None:
    prompt = Prompt(PromptKind.DIGITS, digits_min=4, digits_max=4)
    recogniser = Told(Heard("it is four two oh zero seven".replace("oh ", ""), None, 0.9))
    answer = await listen(frames(await say("four")), prompt, "en", recogniser, SHORT)
    assert isinstance(answer, Answered)
    understood = read_answer(
        DigitsAnswer(digits_min=4, digits_max=4), answer.text, None, date(2026, 1, 1)
    )
    assert understood is not None
    assert understood.value == "4207"


async def test_what_is_unsure_is_no_answer() -> None:
    answer = await listen(frames(await say("what")), MENU, "en", Told(None), SHORT)
    assert answer is NotHeard.UNSURE


async def test_silence_is_said_to_be_silence_and_nobody_is_asked() -> None:
    recogniser = Told(Heard("orders", "1", 0.9))
    assert await listen(frames(quiet(3_000)), MENU, "en", recogniser, SHORT) is NotHeard.SILENCE
    assert not recogniser.frames


async def test_a_leg_that_ends_is_silence() -> None:
    assert await listen(frames(b""), MENU, "en", Told(None), SHORT) is NotHeard.SILENCE


async def test_a_recogniser_that_fails_leaves_it_to_the_keys() -> None:
    recogniser = Told(VoiceSilent("gone"))
    answer = await listen(frames(await say("orders")), MENU, "en", recogniser, SHORT)
    assert answer is NotHeard.UNABLE


async def test_what_nobody_could_hear_is_not_listened_for() -> None:
    number = Prompt(PromptKind.DIGITS)
    only_choices = Told(None, free=False)
    assert can_be_said(MENU, "en", only_choices)
    assert not can_be_said(number, "en", only_choices)
    assert not can_be_said(MENU, "ro", only_choices)
    listened = listen(frames_for_ever(), number, "en", only_choices, SHORT)
    assert await listened is NotHeard.UNABLE


async def test_a_key_ends_the_listening_at_once() -> None:
    closed = asyncio.Event()

    async def waiting() -> AsyncIterator[bytes]:
        try:
            yield quiet(FRAME_MS)
            await asyncio.Event().wait()
        finally:
            closed.set()

    listening = asyncio.create_task(listen(waiting(), MENU, "en", Told(None), SHORT))
    await asyncio.sleep(0)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert listening.cancelled()
    assert closed.is_set()
