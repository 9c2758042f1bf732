"""What a company's examples get wrong, and what to add.

Every example is tried on a model that was shown neither it nor any like it (`folds.py`), so the
shares say how a message is read that nobody has thought of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from frontdesk.answers.understanding.calibration import calibration_error
from frontdesk.answers.understanding.features import features_of
from frontdesk.answers.understanding.languages import LANGUAGES, tell_language
from frontdesk.answers.understanding.matrix import matrix_of
from frontdesk.answers.understanding.model import Model
from frontdesk.answers.understanding.texts import fold
from frontdesk.answers.understanding.training import Example, Trial, examples_of, train
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding_report import (
    Clash,
    Confusion,
    IntentFigures,
    Misread,
    Repeated,
    Report,
    Shortage,
    UnsureMessage,
)

EXAMPLES_WISHED: Final = 10
"""Of an intent, in each language that the company's examples are in."""

SURE: Final = 0.6
"""The flow language's usual `confidence_min`; a message below it was unsure."""

LISTED_MAX: Final = 1_000
"""Entries of each list, the weightiest first."""

_SAME_SIMILARITY: Final = 0.9
_LANGUAGE_RATIO_MIN: Final = 0.1


def report_of(intents: Sequence[Intent], messages: Iterable[str] = ()) -> Report:
    """Trains a model of the intents and reports on it; takes as long as training.

    `messages`: what customers wrote; those the model is unsure of become candidates.
    """
    trained = train(intents)
    trials = () if trained is None else trained.trials
    examples = [*examples_of(intents)]
    right = [trial.right for trial in trials]
    return Report(
        examples=len(examples),
        tried=len(trials),
        accuracy_ratio=_ratio(sum(right), len(right)),
        calibration_error=calibration_error([t.confidence for t in trials], right)
        if trials
        else None,
        intents=tuple(_figures(intent, examples, trials) for intent in intents),
        confusions=_confusions(trials),
        misread=_misread(trials),
        clashes=() if trained is None else _clashes(examples, trained.model),
        repeated=_repeated(intents),
        shortages=_shortages(intents, examples),
        candidates=() if trained is None else _candidates(trained.model, messages),
    )


def _ratio(numerator: int, denominator: int) -> float | None:
    return numerator / denominator if denominator else None


def _figures(intent: Intent, examples: Sequence[Example], trials: Sequence[Trial]) -> IntentFigures:
    own = [trial for trial in trials if trial.example.intent_id == intent.intent_id]
    taken = [trial for trial in trials if trial.taken_for == intent.intent_id]
    right = sum(trial.right for trial in own)
    return IntentFigures(
        intent_id=intent.intent_id,
        name=intent.name,
        examples=sum(example.intent_id == intent.intent_id for example in examples),
        tried=len(own),
        recall_ratio=_ratio(right, len(own)),
        precision_ratio=_ratio(right, len(taken)),
    )


def _confusions(trials: Sequence[Trial]) -> tuple[Confusion, ...]:
    pairs = Counter((t.example.intent_id, t.taken_for) for t in trials if not t.right)
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(*pair, count) for pair, count in ordered[:LISTED_MAX])


def _misread(trials: Sequence[Trial]) -> tuple[Misread, ...]:
    """The surest errors first: they are the ones that lead customers astray."""
    wrong = sorted((t for t in trials if not t.right), key=lambda t: (-t.confidence, t.example))
    return tuple(
        Misread(t.example.text, t.example.intent_id, t.taken_for, t.confidence)
        for t in wrong[:LISTED_MAX]
    )


def _clashes(examples: Sequence[Example], model: Model) -> tuple[Clash, ...]:
    texts = [example.text for example in examples]
    vectors = matrix_of(model.vocabulary, map(features_of, texts))
    alike = (vectors @ vectors.T).tocoo()
    found: list[Clash] = []
    rows, columns, similarities = alike.row.tolist(), alike.col.tolist(), alike.data.tolist()
    for at, other, similarity in zip(rows, columns, similarities, strict=True):
        one, two = examples[at], examples[other]
        if at < other and similarity >= _SAME_SIMILARITY and one.intent_id != two.intent_id:
            bounded = min(1.0, round(similarity, 4))
            found.append(Clash(one.text, one.intent_id, two.text, two.intent_id, bounded))
    found.sort(key=lambda clash: (-clash.similarity, clash.text, clash.other_text))
    return tuple(found[:LISTED_MAX])


def _repeated(intents: Sequence[Intent]) -> tuple[Repeated, ...]:
    found: list[Repeated] = []
    for intent in intents:
        seen: set[str] = set()
        for text in intent.examples:
            if fold(text) in seen:
                found.append(Repeated(intent.intent_id, text))
            seen.add(fold(text))
    return tuple(found[:LISTED_MAX])


def _shortages(intents: Sequence[Intent], examples: Sequence[Example]) -> tuple[Shortage, ...]:
    """By the languages that a tenth of all examples, or more, are in."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        counts[example.intent_id][tell_language(example.text, fallback="")] += 1
    spoken = [
        language
        for language in LANGUAGES
        if examples
        and sum(count[language] for count in counts.values()) / len(examples) >= _LANGUAGE_RATIO_MIN
    ]
    found = [
        Shortage(intent.intent_id, language, counts[intent.intent_id][language])
        for intent in intents
        for language in spoken
        if counts[intent.intent_id][language] < EXAMPLES_WISHED
    ]
    return tuple(sorted(found, key=lambda one: one.examples)[:LISTED_MAX])


def _candidates(model: Model, messages: Iterable[str]) -> tuple[UnsureMessage, ...]:
    """Unsure messages, those written most often first; one wording of each."""
    wordings: dict[str, str] = {}
    times: Counter[str] = Counter()
    for message in messages:
        words = " ".join(word for word in fold(message).split() if word not in "?!")
        wordings.setdefault(words, message)
        times[words] += 1
    times.pop("", None)
    found: list[UnsureMessage] = []
    for words, count in times.items():
        intent_id, confidence = model.rank(wordings[words], 1)[0]
        if confidence < SURE:
            found.append(UnsureMessage(wordings[words], count, intent_id, confidence))
    found.sort(key=lambda one: (-one.times, -one.confidence, one.text))
    return tuple(found[:LISTED_MAX])
