"""Texts as vectors: parts of words, words and concepts, weighted by how much they tell.

Three blocks, each by TF-IDF (1 + ln of the count, times the smoothed inverse document frequency
ln((1 + texts) / (1 + texts with it)) + 1) and brought to a length of its own; Salton and Buckley,
"Term-weighting approaches in automatic text retrieval", 1988. Parts of words see through endings
and typing errors, words are sure of themselves, concepts reach over languages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from frontdesk.answers.understanding.concepts import load_concepts
from frontdesk.answers.understanding.texts import fold

Floats = NDArray[np.float32]
Vector = tuple[NDArray[np.intp], Floats]
"""The places in which a vector isn't zero, and what it is there."""

PART_CHARS: Final = (2, 3, 4)
BLOCK_LENGTHS: Final = {"part": 1.0, "word": 0.7, "concept": 0.5}
"""How much a block counts in a model; docs/performance.md has what was measured."""

ALIKE_LENGTHS: Final = {"part": 1.0, "word": 0.7, "concept": 1.2}
"""The same where likeness of meaning is asked for, across languages."""


Features = dict[str, Counter[str]]
"""What there is in a text, by block, each with its count."""


class Vocabulary:
    """What is known from some texts: each feature's place and weight."""

    def __init__(
        self, texts: Sequence[Features], lengths: Mapping[str, float] = BLOCK_LENGTHS
    ) -> None:
        self._lengths = lengths
        counts: Features = {block: Counter() for block in lengths}
        for text in texts:
            for block, features in text.items():
                counts[block].update(features.keys())
        self._known = {
            block: {
                feature: (place, math.log((1 + len(texts)) / (1 + with_it)) + 1)
                for place, (feature, with_it) in enumerate(sorted(found.items()), start=start)
            }
            for (block, found), start in zip(counts.items(), _starts(counts.values()), strict=True)
        }
        self.size = sum(len(found) for found in counts.values())

    def vector(self, text: Features) -> Vector:
        """The text's vector, of length 1, or 0 if nothing in it is known."""
        places: list[int] = []
        weights: list[float] = []
        for block, features in text.items():
            known = self._known[block]
            found = [(*known[f], count) for f, count in features.items() if f in known]
            values = [weight * (1 + math.log(count)) for _, weight, count in found]
            length = math.hypot(*values) or 1.0
            places += [place for place, _, _ in found]
            weights += [self._lengths[block] * value / length for value in values]
        length = math.hypot(*weights) or 1.0
        return np.array(places, np.intp), np.array(weights, np.float32) / np.float32(length)


def features_of(text: str) -> Features:
    """What the text is described by."""
    folded = fold(text)
    words = folded.split()
    return {
        "part": Counter(part for word in words for part in _parts(f" {word} ")),
        "word": Counter(words),
        "concept": Counter(load_concepts().find(folded)),
    }


def _parts(word: str) -> Iterable[str]:
    for chars in PART_CHARS:
        if len(word) <= chars:
            yield word
            return
        yield from (word[start : start + chars] for start in range(len(word) - chars + 1))


def _starts(blocks: Iterable[Counter[str]]) -> list[int]:
    sizes = [len(block) for block in blocks]
    return [sum(sizes[:number]) for number in range(len(sizes))]
