"""How well texts are understood: on messages that no model was shown, in three languages.

The intents are the starter set; the messages of `data/held_out.toml` were written apart from them,
and `data/out_of_scope.toml` holds what is nobody's intent. Anchors: TF-IDF with logistic
regression, both as scikit-learn sets them; and, where its package is installed (see
`sentence_embedding.py`), a sentence-embedding model with a logistic regression on top.
"""

from __future__ import annotations

import asyncio
import pickle
import resource
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.harness import Figure, report
from bench.memory import resident_mib
from frontdesk.answers.understanding.calibration import calibration_error
from frontdesk.answers.understanding.intents import starter_intents
from frontdesk.answers.understanding.model import Model
from frontdesk.answers.understanding.worker import train_in_worker

DATA = Path(__file__).parent / "data"
TRAIN_S_MAX = 30.0
ROUNDS = 5

Reader = Callable[[str], tuple[str, float]]
"""The likeliest intent of a text, and how sure it is."""


@dataclass(frozen=True)
class Quality:
    """What a reader is worth. All from 0 to 1; of the calibration error, less is better."""

    accuracy: float
    by_language: dict[str, float]
    macro_f1: float
    calibration_error: float
    scope_auroc: float
    """How often a message in scope is read more surely than one out of scope."""
    ms: float


def load_held_out() -> list[tuple[str, str, str]]:
    """Messages, each with its intent and its language."""
    listed = tomllib.loads((DATA / "held_out.toml").read_text(encoding="utf-8"))
    return [
        (text, intent_id, language)
        for intent_id, by_language in listed.items()
        for language, texts in by_language.items()
        for text in texts
    ]


def load_out_of_scope() -> list[str]:
    """Messages that are about none of the intents, and that nothing was chosen by."""
    listed = tomllib.loads((DATA / "out_of_scope.toml").read_text(encoding="utf-8"))
    return list(listed["held_out"])


def examples() -> tuple[list[str], list[str]]:
    """The starter set's examples, and the intent of each."""
    pairs = [(text, intent.intent_id) for intent in starter_intents() for text in intent.examples]
    return [text for text, _ in pairs], [intent_id for _, intent_id in pairs]


def judge(read: Reader) -> Quality:
    """Has every message read."""
    from sklearn.metrics import f1_score, roc_auc_score

    held_out, strangers = load_held_out(), load_out_of_scope()
    started = time.perf_counter()
    for _ in range(ROUNDS):
        answers = [read(text) for text, _, _ in held_out]
    ms = (time.perf_counter() - started) / ROUNDS / len(held_out) * 1_000
    truths = [truth for _, truth, _ in held_out]
    right = [answer[0] == truth for answer, truth in zip(answers, truths, strict=True)]
    sure = [confidence for _, confidence in answers]
    languages = [language for _, _, language in held_out]
    doubtful = [read(text)[1] for text in strangers]
    return Quality(
        accuracy=sum(right) / len(right),
        by_language={
            one: share([ok for ok, its in zip(right, languages, strict=True) if its == one])
            for one in sorted(set(languages))
        },
        macro_f1=f1_score(truths, [intent_id for intent_id, _ in answers], average="macro"),
        calibration_error=calibration_error(sure, right),
        scope_auroc=roc_auc_score([1] * len(sure) + [0] * len(doubtful), sure + doubtful),
        ms=ms,
    )


def share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


def read_by(model: Model) -> Reader:
    """Frontdesk's own."""
    return lambda text: model.rank(text, 1)[0]


def train_plain() -> Reader:
    """TF-IDF and logistic regression with scikit-learn's defaults."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    plain = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(*examples())
    return lambda text: surest(plain.classes_, plain.predict_proba([text])[0])


def surest(classes: Sequence[str], probabilities: Sequence[float]) -> tuple[str, float]:
    at = max(range(len(classes)), key=lambda place: probabilities[place])
    return str(classes[at]), float(probabilities[at])


def main() -> bool:
    before_mib = resident_mib()
    model = asyncio.run(train_in_worker(starter_intents()))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    train_s = used.ru_utime + used.ru_stime
    assert model is not None
    own_mib = resident_mib() - before_mib
    own = judge(read_by(model))
    met = report("understanding", [*compare(own), *costs(model, train_s, own, own_mib)])
    describe("Frontdesk", own)
    describe_others()
    return met


def compare(own: Quality) -> list[Figure]:
    """Ours beside the plain one."""
    plain = judge(train_plain())
    anchor = "TF-IDF + logistic regression"
    more, less = "more than the anchor", "less than the anchor"
    pairs = [
        ("accuracy", own.accuracy, plain.accuracy),
        ("macro F1", own.macro_f1, plain.macro_f1),
        ("out-of-scope AUROC", own.scope_auroc, plain.scope_auroc),
    ]
    figures = [Figure(n, a, "", anchor, b, more, a > b) for n, a, b in pairs]
    errors = own.calibration_error, plain.calibration_error
    figures.append(
        Figure("calibration error", errors[0], "", anchor, errors[1], less, errors[0] < errors[1])
    )
    return figures


def costs(model: Model, train_s: float, own: Quality, own_mib: float) -> list[Figure]:
    """What it takes."""
    count = len(examples()[0])
    return [
        Figure(
            f"training on {count:,} examples, processor time",
            train_s,
            "s",
            aim=f"under {TRAIN_S_MAX:.0f} s",
            met=train_s < TRAIN_S_MAX,
        ),
        Figure("a message", own.ms, "ms"),
        Figure("the model, written down", len(pickle.dumps(model)) / (1 << 20), "MiB"),
        Figure("the model, in memory", own_mib, "MiB"),
    ]


def describe_others() -> None:
    """The sentence-embedding model, where there is one."""
    from bench.sentence_embedding import find_model, train_embedded

    describe("TF-IDF + logistic regression", judge(train_plain()))
    if find_model() is None:
        print("  no sentence-embedding model is installed")
        return
    started = time.perf_counter()
    embedded = train_embedded(*examples())
    print(f"  sentence embedding, trained in {time.perf_counter() - started:.1f} s")
    describe("sentence embedding", judge(embedded))


def describe(name: str, quality: Quality) -> None:
    languages = ", ".join(f"{one} {value:.3f}" for one, value in quality.by_language.items())
    print(
        f"  {name}: accuracy {quality.accuracy:.3f} ({languages}), "
        f"macro F1 {quality.macro_f1:.3f}, calibration error {quality.calibration_error:.3f}, "
        f"AUROC {quality.scope_auroc:.3f}, {quality.ms:.2f} ms"
    )


if __name__ == "__main__":
    main()
