"""Which words answer a question."""

import pytest

from frontdesk.channels.voice.speech.expecting import expect, find_expected, write_digits
from frontdesk.channels.voice.speech.hearing import Expected
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind


def menu(*labels: str) -> Prompt:
    choices = (PromptChoice(label, label, str(n)) for n, label in enumerate(labels, 1))
    return Prompt(PromptKind.CHOICE, tuple(choices))


def test_a_choice_is_expected_by_label_parts_and_number() -> None:
    assert expect(menu("Orders and delivery", "Billing"), "en") == (
        Expected("1", ("Orders and delivery", "Orders", "delivery", "one")),
        Expected("2", ("Billing", "two")),
    )


def test_what_two_choices_share_stands_for_neither() -> None:
    first, second = expect(menu("Карты и кредиты", "Вклады и кредиты"), "ru")
    assert first.words == ("Карты и кредиты", "Карты", "один")
    assert second.words == ("Вклады и кредиты", "Вклады", "два")


def test_a_question_without_choices_expects_nothing() -> None:
    assert expect(Prompt(PromptKind.DIGITS), "en") == ()


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Orders.", "1"),
        ("I would like delivery, please", "1"),
        ("orders or billing", None),
        ("something else", None),
        ("", None),
    ],
)
def test_words_are_one_answer_or_none(said: str, value: str | None) -> None:
    found = find_expected(said, expect(menu("Orders and delivery", "Billing"), "en"))
    assert (found and found.value) == value


@pytest.mark.parametrize(
    ("language", "said", "written"),
    [
        ("en", "four two zero seven", "4207"),
        ("ru", "четыре два ноль", "420"),
        ("ro", "șapte opt", "78"),
        ("en", "my number is four two", "my number is 42"),
        ("en", "12 one", "121"),
        ("en", "no idea", "no idea"),
    ],
)
def test_digits_in_words_are_written_in_figures(language: str, said: str, written: str) -> None:
    assert write_digits(said, language) == written
