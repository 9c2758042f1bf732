"""The port by which spoken answers become words. Its law is ``tests/conformance/hearing``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final, Protocol

import msgspec

EXPECTED_MAX: Final = 100
"""Answers of one question that are listened for."""


class Expected(msgspec.Struct, frozen=True):
    """An answer that is listened for, and the words by which it may be given."""

    value: str
    words: tuple[str, ...]


class Heard(msgspec.Struct, frozen=True):
    """What was said. `value`: the expected answer that it is; None: none of them.

    `confidence` from 0 to 1: how often one who is as sure is right. 0: the recogniser can't tell.
    """

    text: str
    value: str | None
    confidence: float


class Recogniser(Protocol):
    """Hears."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it knows; None: whatever the service behind it knows."""
        ...

    async def recognise(
        self, frames: AsyncIterator[bytes], language: str, expected: tuple[Expected, ...]
    ) -> Heard:
        """What is said in frames (see `media.Media.hear`) that end where the words do.

        Without `expected`, free words. Raises SpeechError.
        """
        ...

    async def close(self) -> None: ...
