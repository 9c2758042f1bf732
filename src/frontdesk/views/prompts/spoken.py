"""A flow's message for the telephone: what is said, which keys answer, and what they mean.

Keys become the text that any other channel would have brought (`read_pressed`), so that the flow
reads one kind of answer. Who presses no key may say the answer, where somebody can hear it.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind
from frontdesk.views.prompts.numbers import find_span
from frontdesk.views.prompts.sentences import Sentences, own_language, sentences_in

END_KEY: Final = "#"
DECIMAL_KEY: Final = "*"
DATE_KEYS: Final = 8
"""Day, month and year; the year may be left out."""

AMOUNT_KEYS_MAX: Final = 15
PRESSED: Final = frozenset("0123456789*#")


class Utterance(msgspec.Struct, frozen=True):
    """Words to say, all in one language."""

    language: str
    text: str


class Keys(msgspec.Struct, frozen=True):
    """Which keys answer: one of `choices`, or from `length_min` to `length_max` of them.

    `END_KEY` ends an answer that could go on, unless it is a choice itself.
    """

    kind: PromptKind
    choices: tuple[str, ...] = ()
    length_min: int = 1
    length_max: int = 1


class Spoken(msgspec.Struct, frozen=True, tag_field="manner", tag="voice"):
    """What is said one after the other. `keys` None: no key answers.

    `asks`: an answer is waited for; where there are no keys, in free words.
    """

    utterances: tuple[Utterance, ...]
    keys: Keys | None
    asks: bool


def speak(text: str, prompt: Prompt | None, language: str) -> Spoken:
    """The message for the telephone. `language` is the flow's, in which the text is."""
    lines = [Utterance(language, say_digits(line)) for line in text.split("\n") if line.strip()]
    if prompt is None:
        return Spoken(tuple(lines), None, asks=False)
    keys = find_keys(prompt)
    return Spoken((*lines, *_say_how(prompt, keys, language)), keys, asks=True)


_LONG_NUMBER: Final = re.compile(r"(?<![\d.,])\d{5,}(?!\d|[.,]\d)")


def say_digits(text: str) -> str:
    """Numbers of five and more digits that nothing groups are numbers of something: digit by digit.

    Quantities are written with separators (`texts.write_number`) and stay as they are.
    """
    return _LONG_NUMBER.sub(lambda number: " ".join(number[0]), text)


# -- which keys


def find_keys(prompt: Prompt) -> Keys | None:
    """Which keys answer; None: none can."""
    match prompt.kind:
        case PromptKind.CHOICE:
            pressed = tuple(c.key for c in prompt.choices if PRESSED.issuperset(c.key))
            longest = max(map(len, pressed), default=0)
            return Keys(prompt.kind, pressed, 1, longest) if pressed else None
        case PromptKind.DIGITS:
            most = prompt.digits_max or prompt.digits_min
            return Keys(prompt.kind, length_min=prompt.digits_min, length_max=most)
        case PromptKind.DATE:
            return Keys(prompt.kind, length_min=4, length_max=DATE_KEYS)
        case PromptKind.AMOUNT:
            return Keys(prompt.kind, length_max=AMOUNT_KEYS_MAX)
        case PromptKind.TEXT | PromptKind.SPEECH:
            return None


def is_whole(keys: Keys, pressed: str) -> bool:
    """Whether the answer is complete, so that no further key need be waited for."""
    if keys.choices:
        return not any(key != pressed and key.startswith(pressed) for key in keys.choices)
    return pressed.endswith(END_KEY) or len(pressed) >= keys.length_max


def read_pressed(keys: Keys, pressed: str) -> str:
    """The answer as a text: the choice's key, the digits, `31.12.2026`, `12.50`."""
    if pressed in keys.choices:
        return pressed
    digits = pressed.removesuffix(END_KEY)
    match keys.kind:
        case PromptKind.DATE if digits.isdigit() and len(digits) in (4, DATE_KEYS):
            return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:])))
        case PromptKind.AMOUNT:
            return digits.replace(DECIMAL_KEY, ".", 1)
        case _:
            return digits


# -- how it is told


def _say_how(prompt: Prompt, keys: Keys | None, language: str) -> list[Utterance]:
    """How to answer. What nobody can press is only read out."""
    sentences = sentences_in(language)
    own = own_language(language)
    match prompt.kind:
        case PromptKind.CHOICE:
            return _say_choices(prompt, keys, language)
        case PromptKind.DIGITS if prompt.digits_min != prompt.digits_max:
            return [Utterance(own, sentences.press_end)]
        case PromptKind.DATE:
            return [Utterance(own, sentences.press_date)]
        case PromptKind.AMOUNT:
            return [Utterance(own, sentences.press_amount)]
        case _:
            return []


def _say_choices(prompt: Prompt, keys: Keys | None, language: str) -> list[Utterance]:
    sentences = sentences_in(language)
    span = find_span(prompt)
    if span is None:
        return [part for c in prompt.choices for part in _say_choice(c, keys, language)]
    wording = sentences.press_between if span[1] <= 9 else sentences.press_number_between
    ends = (_say_keys(sentences, str(number)) for number in span)
    return [Utterance(own_language(language), wording.format(*ends))]


def _say_choice(choice: PromptChoice, keys: Keys | None, language: str) -> list[Utterance]:
    label = choice.label.rstrip(" .!?")
    if keys is None or choice.key not in keys.choices:
        return [Utterance(language, choice.label)]
    sentences = sentences_in(language)
    wording = sentences.press if is_whole(keys, choice.key) else sentences.press_and_end
    how = wording.format(_say_keys(sentences, choice.key))
    if own_language(language) == language:
        return [Utterance(language, f"{label}: {how}")]
    return [Utterance(language, f"{label}:"), Utterance(own_language(language), how)]


def _say_keys(sentences: Sentences, keys: str) -> str:
    return sentences.keys.get(keys) or " ".join(sentences.keys[key] for key in keys)
