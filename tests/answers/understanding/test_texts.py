"""The same words look the same however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answers.understanding.concepts import load_concepts
from frontdesk.answers.understanding.languages import tell_language
from frontdesk.answers.understanding.texts import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Где мой заказ?", "gde moy zakaz?"),
        ("хочу", "khochu"),
        ("щётка", "schetka"),
        ("când ajunge?", "CAND AJUNGE?"),
        ("şi ţara", "și țara"),
        ("pleeeease", "please"),
        ("order 40217", "order 7"),
    ],
)
def test_ways_of_typing_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_any_text_is_folded_to_words_apart_by_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert tell_language(text, fallback="??") in {"en", "ro", "ru", "??"}


@pytest.mark.parametrize("texts", [("my parcel", "моя посылка", "posylka moya", "coletul meu")])
def test_a_concept_is_found_in_every_language(texts: tuple[str, ...]) -> None:
    for text in texts:
        assert "parcel" in load_concepts().find(fold(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok thanks, got it", "en"),
        ("no signal since this morning", "en"),
        ("nu am primit nimic", "ro"),
        ("mulțumesc", "ro"),
        ("спасибо", "ru"),
        ("spasibo, vsyo horosho", "ru"),
        ("hochu vernut dengi", "ru"),
        ("my order from Кишинёв, where is it", "en"),
        ("40217", "??"),
        ("👍", "??"),
    ],
)
def test_short_texts_tell_their_language(text: str, language: str) -> None:
    assert tell_language(text, fallback="??") == language


def test_the_language_spoken_so_far_is_not_left_for_a_mere_resemblance() -> None:
    assert tell_language("blue, I mean", fallback="en") == "en"
    assert tell_language("balans skolko", fallback="en") == "ru"
    assert tell_language("where is it", fallback="ru") == "en"
    assert tell_language("40217", fallback="ro") == "ro"
