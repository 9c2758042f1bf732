"""Listens for the answer to a question, and puts it as the kernel reads it.

The keys stay open all the while: whoever hears a key pressed cancels this (barge-in), and what
comes to nothing here is answered by key. Nothing unsure is ever taken for an answer.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from enum import Enum
from typing import Final

import msgspec

from frontdesk.channels.voice.speech.errors import SpeechError
from frontdesk.channels.voice.speech.expecting import expect, write_digits
from frontdesk.channels.voice.speech.hearing import Expected, Heard, Recogniser
from frontdesk.channels.voice.speech.utterances import Pauses, cut_utterance
from frontdesk.kernel.flows.prompts import Prompt, PromptKind

_log: Final = logging.getLogger("frontdesk.voice")


class Answered(msgspec.Struct, frozen=True):
    """`text` is what any other channel would have brought; see `spoken.read_pressed`."""

    text: str
    confidence: float | None


class NotHeard(Enum):
    """Why there is no answer."""

    SILENCE = "silence"
    """Nothing was said in time, or the leg ended."""
    UNSURE = "unsure"
    """Something was said; what, isn't sure enough."""
    UNABLE = "unable"
    """The recogniser doesn't know the language or this kind of answer, or can't be reached."""


def can_be_said(prompt: Prompt, language: str, recogniser: Recogniser) -> bool:
    """Whether it is worth listening: whether the recogniser could hear an answer to this."""
    foreseen = prompt.kind is PromptKind.CHOICE
    return recogniser.knows(language) and (foreseen or recogniser.hears_free_words)


async def listen(
    frames: AsyncIterator[bytes],
    prompt: Prompt,
    language: str,
    recogniser: Recogniser,
    pauses: Pauses,
) -> Answered | NotHeard:
    """The answer in what a leg says (`media.Media.hear`), until it is given or nothing is said.

    Cancel it at the first key. `frames` are the caller's to close.
    """
    if not can_be_said(prompt, language, recogniser):
        return NotHeard.UNABLE
    words = cut_utterance(frames, pauses)
    first = await anext(words, None)
    if first is None:
        return NotHeard.SILENCE
    expected = expect(prompt, language)
    try:
        heard = await recogniser.hear(_join(first, words), expected, language)
    except SpeechError as error:
        _log.warning("A spoken answer could not be heard", extra={"error": type(error).__name__})
        return NotHeard.UNABLE
    return NotHeard.UNSURE if heard is None else _read(heard, prompt, expected, language)


async def _join(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for frame in rest:
        yield frame


def _read(
    heard: Heard, prompt: Prompt, expected: tuple[Expected, ...], language: str
) -> Answered | NotHeard:
    if expected:
        return NotHeard.UNSURE if heard.value is None else Answered(heard.value, heard.confidence)
    is_number = prompt.kind is PromptKind.DIGITS
    text = write_digits(heard.text, language) if is_number else heard.text.strip()
    return Answered(text, heard.confidence) if text else NotHeard.UNSURE
