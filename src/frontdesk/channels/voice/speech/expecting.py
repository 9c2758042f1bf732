"""Which words answer a question, and which answer some words are."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from frontdesk.channels.voice.speech.hearing import EXPECTED_MAX, Expected, Heard
from frontdesk.kernel.flows.answers import normalise
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice
from frontdesk.views.prompts.sentences import sentences_in

_PARTS: Final = re.compile(r"[,;/()]|\b(?:and|or|и|или|și|sau)\b", re.IGNORECASE)


def expect(prompt: Prompt, language: str) -> tuple[Expected, ...]:
    """What is listened for: each choice by its label, a part of it, or its number.

    The value is what pressing the choice's key gives. None for questions without choices.
    """
    choices = prompt.choices[:EXPECTED_MAX]
    wordings = [_word(choice, language) for choice in choices]
    often = Counter(normalise(words) for several in wordings for words in several)
    return tuple(
        Expected(choice.key or choice.label, tuple(w for w in several if often[normalise(w)] == 1))
        for choice, several in zip(choices, wordings, strict=True)
    )


def _word(choice: PromptChoice, language: str) -> list[str]:
    """Different wordings of a choice; what two choices share stands for neither."""
    number = sentences_in(language).keys.get(choice.key, "")
    parts = [choice.label, *_PARTS.split(choice.label), number]
    return list({normalise(part): part.strip() for part in parts if normalise(part)}.values())


def find_expected(text: str, expected: tuple[Expected, ...]) -> Expected | None:
    """The one answer that the words are, or that is within them; None: none, or several."""
    said = f" {normalise(text)} "
    names = [(answer, normalise(words)) for answer in expected for words in answer.words]
    for found in (
        [(answer, name) for answer, name in names if f" {name} " == said],
        [(answer, name) for answer, name in names if name and f" {name} " in said],
    ):
        if found:
            values = {answer.value for answer, _ in found}
            return found[0][0] if len(values) == 1 else None
    return None


def choose(text: str, confidence: float | None, expected: tuple[Expected, ...]) -> Heard | None:
    """What was heard, as one of the expected answers where there are some."""
    words = text.strip()
    if not words:
        return None
    if not expected:
        return Heard(words, None, confidence)
    found = find_expected(words, expected)
    return None if found is None else Heard(words, found.value, confidence)


def write_digits(text: str, language: str) -> str:
    """The words with digits that were said one by one in figures: «four two» is «42»."""
    keys = sentences_in(language).keys
    figures = {
        normalise(word): key for key, word in keys.items() if key.isdigit() and len(key) == 1
    }
    words = [figures.get(normalise(word), word) for word in text.split()]
    return re.sub(r"(?<=\d) (?=\d)", "", " ".join(words))
