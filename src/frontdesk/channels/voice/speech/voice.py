"""The port by which texts become sound. Its law is ``tests/conformance/voice``."""

from __future__ import annotations

from typing import Final, Protocol

import msgspec

TEXT_CHARS_MAX: Final = 4_000
"""What is longer is spoken up to here."""


class Utterance(msgspec.Struct, frozen=True):
    """Words to be said, as they are written; `language` is a code such as `ro`."""

    text: str
    language: str


class Voice(Protocol):
    """Speaks."""

    @property
    def name(self) -> str:
        """What changes when the same words would sound otherwise: engine, voices, speed."""
        ...

    async def speak(self, text: str, language: str) -> bytes:
        """The text's sound: 16-bit PCM, mono, `media.SAMPLES_PER_SECOND`. Raises SpeechError."""
        ...

    async def close(self) -> None: ...
