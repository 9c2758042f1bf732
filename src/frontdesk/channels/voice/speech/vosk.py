"""A recogniser by a Vosk server: small models for twenty languages, told which words to expect.

The protocol is that of `websocket/asr_server.py` in github.com/alphacep/vosk-server: a message of
settings, then sound, each message of which is answered; `{"eof" : 1}`, to the letter, ends it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec

from frontdesk.channels.voice.media import SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech.errors import LanguageMissing, SoundUnreadable
from frontdesk.channels.voice.speech.expecting import choose
from frontdesk.channels.voice.speech.hearing import Expected, Heard
from frontdesk.channels.voice.speech.settings import HearingSettings, find_url
from frontdesk.channels.voice.speech.websocket_line import Line, open_line

END: Final = '{"eof" : 1}'
UNKNOWN: Final = "[unk]"
"""What Vosk hears in place of words that it isn't told to expect."""
BATCH_BYTES: Final = 6_400


class _Word(msgspec.Struct, frozen=True):
    conf: float
    word: str


class _Answer(msgspec.Struct, frozen=True):
    """`result` has the words of `text`; a guess so far has neither."""

    text: str = ""
    result: tuple[_Word, ...] = ()


_read_answer: Final = msgspec.json.Decoder(_Answer).decode


class VoskRecogniser:
    """Sends the sound as it comes, so that the answer is there when the words end."""

    hears_free_words = True

    def __init__(self, settings: HearingSettings) -> None:
        self._settings = settings

    def knows(self, language: str) -> bool:
        """Whatever has an address."""
        return bool(find_url(self._settings, language))

    async def hear(
        self, frames: AsyncIterator[bytes], expected: tuple[Expected, ...], language: str
    ) -> Heard | None:
        """What is said, as sure as the least sure of its words. Raises SpeechError."""
        url = find_url(self._settings, language)
        if not url:
            raise LanguageMissing(f"No service is set for {language!r}")
        async with open_line(url, self._settings.time_ms_max) as line:
            await line.send(msgspec.json.encode({"config": _configure(expected)}).decode())
            answers = [_read(await _ask(line, batch)) async for batch in _gather(frames)]
            answers.append(_read(await _ask(line, END)))
        words = [word for answer in answers for word in answer.result]
        text = " ".join(answer.text for answer in answers).replace(UNKNOWN, " ")
        confidence = min((word.conf for word in words), default=None)
        if confidence is not None and confidence < self._settings.confidence_min:
            return None
        return choose(text, confidence, expected)

    async def close(self) -> None:
        """There is nothing to close: each answer has a line of its own."""


def _configure(expected: tuple[Expected, ...]) -> dict[str, Any]:
    config: dict[str, Any] = {"sample_rate": SAMPLES_PER_SECOND, "words": True}
    phrases = [words.casefold() for answer in expected for words in answer.words]
    return config | ({"phrase_list": [*phrases, UNKNOWN]} if phrases else {})


async def _gather(frames: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Frames in larger pieces: each is a question and an answer."""
    batch = bytearray()
    async for frame in frames:
        batch += frame
        if len(batch) >= BATCH_BYTES:
            yield bytes(batch)
            batch.clear()
    if batch:
        yield bytes(batch)


async def _ask(line: Line, message: str | bytes) -> str:
    await line.send(message)
    return await line.receive()


def _read(answer: str) -> _Answer:
    try:
        return _read_answer(answer)
    except msgspec.DecodeError as error:
        raise SoundUnreadable("The answer isn't one of Vosk's") from error
