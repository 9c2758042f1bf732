"""The recogniser inside: PocketSphinx, which hears a menu's words in American English.

It knows nothing but the words that are expected, and says how sure it is that they were said. What
it isn't sure of is nothing heard: the caller presses a key. `bench/hearing.py` measures it.
"""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import msgspec

from frontdesk.channels.voice.speech.errors import LanguageMissing
from frontdesk.channels.voice.speech.hearing import EXPECTED_MAX, Expected, Heard
from frontdesk.channels.voice.speech.programs import Program
from frontdesk.channels.voice.speech.reading import read_aloud
from frontdesk.channels.voice.speech.settings import HearingSettings

PROGRAM: Final = Path(__file__).with_name("sphinx_program.py")
LANGUAGE: Final = "en"
LIKENESS_MAX: Final = 5.0
COVER_MAX: Final = 1.2
"""What lies beyond makes nothing surer: noise does such things."""

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")


class _Answer(msgspec.Struct, frozen=True):
    choice: int | None
    text: str
    likeness: float
    cover: float


_read_answer: Final = msgspec.json.Decoder(_Answer).decode


class SphinxRecogniser:
    """Hears by one process, answer after answer."""

    hears_free_words = False

    def __init__(self, settings: HearingSettings) -> None:
        self._confidence_min = settings.confidence_min
        self.program = Program(PROGRAM, (), settings.time_ms_max)

    def knows(self, language: str) -> bool:
        """English."""
        return language == LANGUAGE

    async def hear(
        self, frames: AsyncIterator[bytes], expected: tuple[Expected, ...], language: str
    ) -> Heard | None:
        """Which of the expected answers is said. Raises LanguageMissing, VoiceSilent."""
        if not self.knows(language):
            raise LanguageMissing(f"PocketSphinx doesn't hear {language!r}")
        listened_for = expected[:EXPECTED_MAX]
        heard = await self.measure(b"".join([frame async for frame in frames]), listened_for)
        return heard if heard and (heard.confidence or 0) >= self._confidence_min else None

    async def measure(self, sound: bytes, expected: tuple[Expected, ...]) -> Heard | None:
        """The likeliest of the answers, however unlikely; None: no words at all."""
        phrases = [[_spell(words) for words in answer.words] for answer in expected]
        answer = await self.program.ask({"phrases": phrases}, sound)
        assert answer is not None, "the program refuses nothing"
        found = _read_answer(answer)
        if found.choice is None:
            return None
        confidence = reckon_confidence(found.likeness, found.cover)
        return Heard(found.text, expected[found.choice].value, confidence)

    async def close(self) -> None:
        """Ends the process."""
        await self.program.close()


def reckon_confidence(likeness: float, cover: float) -> float:
    """How often the answer is right, by a logistic regression over synthetic voices.

    The voices were eSpeak NG's, at 16 kHz and through a telephone's band, saying what was expected
    and what was not; `bench/hearing.py` measures it on the like.
    """
    per_thousand = max(-LIKENESS_MAX, min(LIKENESS_MAX, likeness * 1_000))
    score = 0.99 * per_thousand + 8.05 * min(cover, COVER_MAX) + 1.11 * min(per_thousand, 0) - 7.59
    return 1 / (1 + math.exp(-score))


def _spell(words: str) -> str:
    """As the dictionary has them: figures in words, lower case, without punctuation."""
    return " ".join(_WORD.findall(read_aloud(words, LANGUAGE).casefold()))
