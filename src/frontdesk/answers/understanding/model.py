"""A trained model: plain data, so that it can be made in one process and used in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from frontdesk.answers.understanding.features import Features, Floats, Vocabulary, features_of
from frontdesk.runtime.understanding import INTENTS_MAX

NONE: Final = ""
"""The class of what is nobody's intent; no intent has an empty id."""


class Model:
    """A linear model over the vocabulary's features.

    `weights`: features x classes; `temperature` divides the scores before they become probabilities
    (Guo and others, "On calibration of modern neural networks", 2017).
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        classes: Sequence[str],
        weights: Floats,
        offsets: Floats,
        temperature: float = 1.0,
    ) -> None:
        self.vocabulary = vocabulary
        self.classes = tuple(classes)
        self.temperature = temperature
        self._weights = weights
        self._offsets = offsets

    def scores(self, text: Features) -> Floats:
        """A text's score in each class, before the temperature."""
        places, values = self.vocabulary.vector(text)
        return values @ self._weights[places] + self._offsets

    def rank(self, text: str, count: int = INTENTS_MAX) -> tuple[tuple[str, float], ...]:
        """The likeliest intents with their confidence."""
        confidences = softmax(self.scores(features_of(text)) / np.float32(self.temperature))
        return rank(self.classes, confidences, count)


def rank(
    classes: Sequence[str], confidences: Floats, count: int = INTENTS_MAX
) -> tuple[tuple[str, float], ...]:
    """Intents by confidence; those that are alike in the order of their ids."""
    pairs = zip(classes, confidences.tolist(), strict=True)
    ranked = sorted((-confidence, name) for name, confidence in pairs if name != NONE)
    return tuple((name, -confidence) for confidence, name in ranked[:count])


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
