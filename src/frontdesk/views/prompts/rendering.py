"""A flow's message with what it asks for, as a channel puts it."""

from __future__ import annotations

from typing import Final, assert_never

import msgspec

from frontdesk.kernel.flows.prompts import Prompt, PromptKind
from frontdesk.views.prompts.abilities import Abilities, Manner
from frontdesk.views.prompts.numbers import find_span
from frontdesk.views.prompts.sentences import sentences_in
from frontdesk.views.prompts.short_texts import ShortText, cut
from frontdesk.views.prompts.spoken import Spoken, speak

EXAMPLE_DATE: Final = "31.12.2026"


class Button(msgspec.Struct, frozen=True):
    """`value` is what a click brings back."""

    value: str
    label: str


class WithButtons(msgspec.Struct, frozen=True, tag_field="manner", tag="buttons"):
    """A text, and what can be clicked under it."""

    text: str
    buttons: tuple[Button, ...]


class InShortTexts(msgspec.Struct, frozen=True, tag_field="manner", tag="numbers"):
    """Messages to be sent one after the other."""

    texts: tuple[ShortText, ...]


class InWords(msgspec.Struct, frozen=True, tag_field="manner", tag="words"):
    """One text that says all."""

    text: str


Rendered = WithButtons | InShortTexts | Spoken | InWords


def render(text: str, prompt: Prompt | None, language: str, abilities: Abilities) -> Rendered:
    """The message in a channel's manner. `language` is the flow's, in which the text is."""
    match abilities.manner:
        case Manner.BUTTONS:
            choices = prompt.choices if prompt is not None else ()
            return WithButtons(text, tuple(Button(c.value, c.label) for c in choices))
        case Manner.NUMBERS:
            listed = _join("\n", text, _number(prompt, language))
            if abilities.segments_max is None:
                return InWords(listed)
            return InShortTexts(cut(listed, abilities.segments_max))
        case Manner.VOICE:
            return speak(text, prompt, language)
        case Manner.WORDS:
            return InWords(_join("\n\n", text, _list_words(prompt, language)))
    assert_never(abilities.manner)


def _join(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _number(prompt: Prompt | None, language: str) -> str:
    """The choices with their numbers or keywords, and how to answer."""
    sentences = sentences_in(language)
    if prompt is None or not prompt.choices:
        return _show_example(prompt, language)
    span = find_span(prompt)
    if span is not None:
        return sentences.write_number_between.format(*span)
    lines = (f"{choice.key}: {choice.label}" for choice in prompt.choices)
    return _join("\n", *lines, sentences.write_number)


def _list_words(prompt: Prompt | None, language: str) -> str:
    sentences = sentences_in(language)
    if prompt is None or not prompt.choices:
        return _show_example(prompt, language)
    span = find_span(prompt)
    if span is not None:
        return sentences.write_number_between.format(*span)
    lines = (f"- {choice.label}" for choice in prompt.choices)
    return _join("\n\n", "\n".join(lines), sentences.write_word)


def _show_example(prompt: Prompt | None, language: str) -> str:
    if prompt is None or prompt.kind is not PromptKind.DATE:
        return ""
    return sentences_in(language).write_date.format(EXAMPLE_DATE)
