"""Words that mean the same in three languages.

So few examples as a company has (a dozen an intent and language) can't show every word that a
customer may use. `data/concepts.toml` knows that «посылка», `colet` and `parcel` are one thing; an
example with any of them then speaks for all.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from frontdesk.answers.understanding.texts import fold

_FILE: Final = Path(__file__).parent / "data" / "concepts.toml"
_PREFIX_CHARS_MIN: Final = 3
_PHRASE_WORDS_MAX: Final = 3


class Concepts:
    """Finds concepts in folded texts. Phrases are of up to three words."""

    def __init__(self, words_by_concept: dict[str, str]) -> None:
        self._words: dict[str, set[str]] = {}
        self._prefixes: dict[str, set[str]] = {}
        for concept, words in words_by_concept.items():
            for word in words.split():
                known = self._prefixes if word.endswith("*") else self._words
                known.setdefault(fold(word.rstrip("*").replace("-", " ")), set()).add(concept)

    def find(self, folded: str) -> list[str]:
        """The concepts of the text, once for each word or phrase that tells them."""
        words = folded.split()
        phrases = [
            " ".join(words[start : start + length])
            for length in range(1, _PHRASE_WORDS_MAX + 1)
            for start in range(len(words) - length + 1)
        ]
        return [concept for phrase in phrases for concept in sorted(self._of_phrase(phrase))]

    def _of_phrase(self, phrase: str) -> set[str]:
        # the longest prefix tells most
        found = self._words.get(phrase, set())
        for length in range(len(phrase), _PREFIX_CHARS_MIN - 1, -1):
            if phrase[:length] in self._prefixes:
                return found | self._prefixes[phrase[:length]]
        return found


@cache
def load_concepts() -> Concepts:
    """The concepts that come with the program."""
    return Concepts(tomllib.loads(_FILE.read_text(encoding="utf-8")))
