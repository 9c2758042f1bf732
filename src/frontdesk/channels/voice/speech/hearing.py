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
    """What was said; `value` is the expected answer that it is, None where none was expected.

    `confidence` from 0 to 1: how often one who is as sure is right; None: the service doesn't say.
    """

    text: str
    value: str | None
    confidence: float | None


class Recogniser(Protocol):
    """Hears."""

    @property
    def hears_free_words(self) -> bool:
        """Whether it hears words that nobody has foreseen; else only those that are expected."""
        ...

    def knows(self, language: str) -> bool:
        """Whether it hears the language."""
        ...

    async def hear(
        self, frames: AsyncIterator[bytes], expected: tuple[Expected, ...], language: str
    ) -> Heard | None:
        """What is said in frames (see `media.Media.hear`) that end where the words do.

        Without `expected`, free words. None: nothing that it is sure of. Raises SpeechError.
        A language that it doesn't know raises LanguageMissing.
        """
        ...

    async def close(self) -> None: ...
