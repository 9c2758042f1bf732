"""A recogniser by a sherpa-onnx server: Whisper, SenseVoice and others, from a folder of models.

The protocol is that of `offline-websocket-server` in github.com/k2-fsa/sherpa-onnx (in C++, which
answers in JSON, and in Python, which answers the text): samples a second and the number of bytes,
both 32 bits little-endian, then the samples as 32-bit floats; `Done` ends the line.
"""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from typing import Final

import msgspec
import numpy as np

from frontdesk.channels.voice.media import SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech.errors import LanguageMissing
from frontdesk.channels.voice.speech.expecting import choose
from frontdesk.channels.voice.speech.hearing import Expected, Heard
from frontdesk.channels.voice.speech.settings import HearingSettings, find_url
from frontdesk.channels.voice.speech.websocket_line import open_line

DONE: Final = "Done"
NOTHING: Final = "<EMPTY>"
"""What the server in Python answers when there are no words."""
PIECE_BYTES: Final = 10_240

_HEAD: Final = struct.Struct("<ii")
_FULL_SCALE: Final = 32_768


class _Answer(msgspec.Struct, frozen=True):
    text: str


_read_answer: Final = msgspec.json.Decoder(_Answer).decode


class SherpaRecogniser:
    """Sends each answer when it has ended."""

    hears_free_words = True

    def __init__(self, settings: HearingSettings) -> None:
        self._settings = settings

    def knows(self, language: str) -> bool:
        """Whatever has an address."""
        return bool(find_url(self._settings, language))

    async def hear(
        self, frames: AsyncIterator[bytes], expected: tuple[Expected, ...], language: str
    ) -> Heard | None:
        """What is said; the server doesn't say how sure it is. Raises SpeechError."""
        url = find_url(self._settings, language)
        if not url:
            raise LanguageMissing(f"No service is set for {language!r}")
        message = _pack(b"".join([frame async for frame in frames]))
        async with open_line(url, self._settings.time_ms_max) as line:
            for start in range(0, len(message), PIECE_BYTES):
                await line.send(message[start : start + PIECE_BYTES])
            answer = await line.receive()
            await line.send(DONE)
        return choose(_read(answer), None, expected)

    async def close(self) -> None:
        """There is nothing to close: each answer has a line of its own."""


def _pack(pcm: bytes) -> bytes:
    samples = np.frombuffer(pcm, "<i2").astype("<f4") / _FULL_SCALE
    data = samples.astype("<f4").tobytes()
    return _HEAD.pack(SAMPLES_PER_SECOND, len(data)) + data


def _read(answer: str) -> str:
    try:
        return _read_answer(answer).text
    except msgspec.DecodeError:
        return "" if answer == NOTHING else answer
