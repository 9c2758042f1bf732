"""What the telephone says of a message, and what keys mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.answers import read_answer
from frontdesk.kernel.flows.document import QuestionKind
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind
from frontdesk.kernel.flows.questions import prompt_for_question
from frontdesk.views.prompts.spoken import Keys, Utterance, is_whole, read_pressed, speak

TODAY = date(2026, 3, 1)


def menu(*choices: tuple[str, str]) -> Prompt:
    return Prompt(
        PromptKind.CHOICE, tuple(PromptChoice(label, label, key) for key, label in choices)
    )


MENU = menu(("1", "Orders"), ("0", "Somebody to talk to."))


def said(prompt: Prompt, language: str = "en") -> list[str]:
    return [each.text for each in speak("", prompt, language).utterances]


def press(keys: Keys, pressed: str) -> tuple[str, str]:
    """Keys one after the other until the answer is whole; returns it and the keys not needed."""
    for length in range(1, len(pressed) + 1):
        if is_whole(keys, pressed[:length]):
            return read_pressed(keys, pressed[:length]), pressed[length:]
    return read_pressed(keys, pressed), ""


def keys_for(prompt: Prompt) -> Keys:
    keys = speak("", prompt, "en").keys
    assert keys is not None
    return keys


def test_a_menu_is_said_choice_by_choice_with_the_key_last() -> None:
    spoken = speak("Good day.\nWhat is it about?", MENU, "en")
    assert spoken.utterances == (
        Utterance("en", "Good day."),
        Utterance("en", "What is it about?"),
        Utterance("en", "Orders: press one."),
        Utterance("en", "Somebody to talk to: press zero."),
    )
    assert (spoken.keys, spoken.asks) == (Keys(PromptKind.CHOICE, ("1", "0"), 1, 1), True)


def test_the_telephone_speaks_the_flows_language() -> None:
    assert said(menu(("1", "Мой заказ"), ("*", "Другое")), "ru") == [
        "Мой заказ: нажмите один.",
        "Другое: нажмите звёздочку.",
    ]
    assert said(menu(("2", "O comandă"), ("#", "Altceva")), "ro") == [
        "O comandă: apăsați doi.",
        "Altceva: apăsați diez.",
    ]


def test_a_language_that_we_do_not_speak_keeps_its_labels() -> None:
    assert speak("", menu(("1", "Bestellung")), "de").utterances == (
        Utterance("de", "Bestellung:"),
        Utterance("en", "press one."),
    )


def test_a_long_menu_asks_for_hash_where_a_key_could_go_on() -> None:
    prompt = menu(("1", "Orders"), ("2", "Bills"), ("12", "Others"))
    assert said(prompt) == [
        "Orders: press one and then hash.",
        "Bills: press two.",
        "Others: press one two.",
    ]
    keys = keys_for(prompt)
    assert [press(keys, each) for each in ("1#", "2", "12", "7")] == [
        ("1", ""),
        ("2", ""),
        ("12", ""),
        ("7", ""),
    ]


def test_scores_are_said_as_a_span() -> None:
    satisfied = prompt_for_question(QuestionKind.CSAT, "en")
    assert said(satisfied) == ["Press a key from one to five."]
    recommends = prompt_for_question(QuestionKind.NPS, "en")
    assert said(recommends) == ["Press a number from zero to ten, and then hash."]
    assert [press(keys_for(recommends), each) for each in ("9", "1#", "10")] == [
        ("9", ""),
        ("1", ""),
        ("10", ""),
    ]


def test_a_choice_that_no_key_gives_is_read_out_and_can_be_said() -> None:
    spoken = speak("", menu(("BAL", "Balance"), ("2", "Help")), "en")
    assert [each.text for each in spoken.utterances] == ["Balance", "Help: press two."]
    assert spoken.keys == Keys(PromptKind.CHOICE, ("2",), 1, 1)
    worded = speak("", menu(("BAL", "Balance")), "en")
    assert (worded.keys, worded.asks) == (None, True)


def test_digits_end_by_themselves_or_by_hash() -> None:
    four = Prompt(PromptKind.DIGITS, digits_max=4, digits_min=4)
    assert (said(four), press(keys_for(four), "12345")) == ([], ("1234", "5"))
    some_digits = Prompt(PromptKind.DIGITS, digits_max=9)
    assert said(some_digits) == ["Press hash when you are done."]
    assert press(keys_for(some_digits), "1234#5") == ("1234", "5")


@pytest.mark.parametrize(
    ("pressed", "read"),
    [("31122026", "2026-12-31"), ("0204#", "2026-04-02"), ("0202#", "2027-02-02"), ("99#", None)],
)
def test_a_date_is_pressed_day_month_and_year(pressed: str, read: str | None) -> None:
    text, rest = press(keys_for(Prompt(PromptKind.DATE)), pressed)
    understood = read_answer(doc.DateAnswer(), text, None, TODAY)
    assert (understood and understood.value, rest) == (read, "")


def test_an_amount_has_a_star_for_the_decimal_point() -> None:
    text, _ = press(keys_for(Prompt(PromptKind.AMOUNT)), "12*5#")
    understood = read_answer(doc.AmountAnswer(), text, None, TODAY)
    assert understood is not None
    assert understood.value == 12.5


def test_free_words_are_listened_for() -> None:
    spoken = speak("What is it about?", Prompt(PromptKind.TEXT), "en")
    assert (spoken.keys, spoken.asks) == (None, True)
    assert speak("Goodbye", None, "en").asks is False


def test_long_numbers_are_said_digit_by_digit_and_quantities_are_not() -> None:
    spoken = speak("Order 1234567 of +37322000000: 1,234,567.00 or 1234567.00 lei.", None, "en")
    assert spoken.utterances[0].text == (
        "Order 1 2 3 4 5 6 7 of +3 7 3 2 2 0 0 0 0 0 0: 1,234,567.00 or 1234567.00 lei."
    )


@given(some.lists(some.text("0123456789*", min_size=1, max_size=3), unique=True, max_size=8))
def test_every_choice_of_any_menu_can_be_pressed(keys: list[str]) -> None:
    for key in keys:
        answer, rest = press(keys_for(menu(*((each, "x") for each in keys))), f"{key}#")
        assert (answer, rest.strip("#")) == (key, "")
