"""Trains a model from a company's examples, and tries it on those that it was not shown.

The same intents give the same model. scikit-learn is imported where it is used: it takes as long
to load as a small model to train.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from frontdesk.answers.understanding.calibration import find_temperature
from frontdesk.answers.understanding.features import (
    ALIKE_LENGTHS,
    Features,
    Floats,
    Vocabulary,
    features_of,
)
from frontdesk.answers.understanding.folds import FOLDS, folds_of
from frontdesk.answers.understanding.intents import background_examples
from frontdesk.answers.understanding.matrix import matrix_of
from frontdesk.answers.understanding.model import NONE, Model, rank, softmax
from frontdesk.answers.understanding.texts import fold
from frontdesk.kernel.flows.intent_checks import EXAMPLES_MAX
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding import TEXT_CHARS_MAX

_BACKGROUND_RATIO: Final = 2.0
"""The background counts at most so many times as an average intent."""

_PENALTY_INVERSE: Final = 10.0
_ROUNDS_MAX: Final = 200


class Example(NamedTuple):
    intent_id: str
    """NONE: nobody's."""
    text: str


class Trial(NamedTuple):
    """How a model that hadn't been shown an example, nor any like it, read it."""

    example: Example
    ranked: tuple[tuple[str, float], ...]

    @property
    def taken_for(self) -> str:
        return self.ranked[0][0]

    @property
    def confidence(self) -> float:
        return self.ranked[0][1]

    @property
    def right(self) -> bool:
        return self.taken_for == self.example.intent_id


class Trained(NamedTuple):
    model: Model
    trials: tuple[Trial, ...]
    """Of the intents' examples; those of an intent that has only one can't be tried."""


def train(intents: Sequence[Intent]) -> Trained | None:
    """The model of these intents. None: there isn't a single example."""
    examples = [*examples_of(intents)]
    if not examples:
        return None
    examples += [Example(NONE, text) for text in background_examples()]
    names = sorted({example.intent_id for example in examples})
    classes = np.array([names.index(example.intent_id) for example in examples], np.intp)
    texts = [features_of(example.text) for example in examples]
    weights = _weigh(classes, names)
    model = _fit(texts, classes, weights, names)
    folds = folds_of(matrix_of(Vocabulary(texts, ALIKE_LENGTHS), texts), classes)
    scores, tried = _try(texts, classes, weights, names, folds)
    model.temperature = find_temperature(scores[tried], classes[tried], weights[tried])
    confidences = softmax(scores / np.float32(model.temperature))
    trials = tuple(
        Trial(examples[at], rank(names, confidences[at], len(names)))
        for at in np.flatnonzero(tried).tolist()
        if examples[at].intent_id != NONE
    )
    return Trained(model, trials)


def examples_of(intents: Iterable[Intent]) -> Iterable[Example]:
    """What is learnt from: an intent's examples, each once, as long as a message can be."""
    for intent in intents:
        texts: dict[str, str] = {}
        for text in intent.examples:
            texts.setdefault(fold(text), text[:TEXT_CHARS_MAX])
        texts.pop("", None)
        kept = list(texts.values())[:EXAMPLES_MAX]
        yield from (Example(intent.intent_id, text) for text in kept)


def _weigh(classes: NDArray[np.intp], names: Sequence[str]) -> NDArray[np.float64]:
    """What each example counts: 1; less for the background where intents have few examples.

    Else a small company's messages would seem to be nobody's more likely than not.
    """
    nobody = classes == names.index(NONE)
    per_intent = (len(classes) - nobody.sum()) / (len(names) - 1)
    background = min(1.0, _BACKGROUND_RATIO * per_intent / nobody.sum())
    return np.where(nobody, background, 1.0)


def _fit(
    texts: Sequence[Features],
    classes: NDArray[np.intp],
    weights: NDArray[np.float64],
    names: Sequence[str],
) -> Model:
    """A model without a temperature; `names` that none of the classes is of score lowest."""
    vocabulary = Vocabulary(texts)
    slopes, offsets = _regress(matrix_of(vocabulary, texts), classes, weights, len(names))
    return Model(vocabulary, names, slopes, offsets)


def _try(
    texts: Sequence[Features],
    classes: NDArray[np.intp],
    weights: NDArray[np.float64],
    names: Sequence[str],
    folds: NDArray[np.intp],
) -> tuple[Floats, NDArray[np.bool_]]:
    """Each text's scores by a model of the other folds; whether they knew its intent at all."""
    scores = np.zeros((len(texts), len(names)), np.float32)
    tried = np.zeros(len(texts), np.bool_)
    for one in range(FOLDS):
        shown = np.flatnonzero(folds != one)
        kept_back = np.flatnonzero(folds == one)
        if len(np.unique(classes[shown])) < 2:
            continue
        learnt = [texts[at] for at in shown.tolist()]
        model = _fit(learnt, classes[shown], weights[shown], names)
        for at in kept_back.tolist():
            scores[at] = model.scores(texts[at])
        tried[kept_back] = np.isin(classes[kept_back], classes[shown])
    return scores, tried


def _regress(
    vectors: csr_array,
    classes: NDArray[np.intp],
    weights: NDArray[np.float64],
    classes_count: int,
) -> tuple[Floats, Floats]:
    """Multinomial logistic regression: slopes (features x classes) and offsets."""
    from sklearn.linear_model import (  # pyright: ignore[reportMissingTypeStubs]
        LogisticRegression,
    )
    from threadpoolctl import threadpool_limits  # pyright: ignore[reportMissingTypeStubs]

    regression: Any = LogisticRegression(C=_PENALTY_INVERSE, max_iter=_ROUNDS_MAX, tol=1e-3)
    with threadpool_limits(1):  # more threads only wait for each other over so little
        regression.fit(vectors.astype(np.float64), classes, weights)
    found = regression.classes_
    slopes = np.zeros((vectors.shape[1], classes_count), np.float32)
    offsets = np.full(classes_count, _NEVER, np.float32)
    if len(found) == 2:  # the second class's scores against the first's zero
        slopes[:, found[1]] = regression.coef_[0]
        offsets[found] = 0.0, regression.intercept_[0]
    else:
        slopes[:, found] = regression.coef_.T
        offsets[found] = regression.intercept_
    return slopes, offsets


_NEVER: Final = -100.0
"""The score of a class that a fold wasn't shown."""
