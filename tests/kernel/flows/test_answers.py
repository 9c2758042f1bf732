"""What customers answer, however they put it."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.answers import (
    find_choice,
    find_digits,
    read_amount,
    read_answer,
    read_date,
    read_verdict,
)
from frontdesk.kernel.flows.document import QuestionKind
from tests.kernel.flows.stage import choice

TODAY = date(2026, 11, 25)

KEYWORDS = (
    choice("balance", key="BAL", label={"en": "Balance", "ru": "Баланс"}, words=("how much",)),
    choice("hours", label={"en": "Opening hours", "ru": "Часы работы"}),
    choice("stop", key="STOP", label="No more messages", words=("стоп", "opreşte")),
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("BAL", "balance"),
        ("bal.", "balance"),
        ("Баланс!", "balance"),
        ("How much have I got?", "balance"),
        ("2", "hours"),
        ("часы  работы", "hours"),
        ("opening", "hours"),
        ("no", None),
        ("Стоп", "stop"),
        ("OPREȘTE", "stop"),
        ("opreste", "stop"),
        ("1", None),
        ("balance and opening hours", None),
        ("ball", None),
        ("", None),
    ],
)
def test_a_keyword_is_met_by_itself_or_in_a_sentence(written: str, value: str | None) -> None:
    found = find_choice(KEYWORDS, written, None)
    assert (found and found.value) == value


def test_what_was_clicked_counts_and_not_what_stands_on_it() -> None:
    found = find_choice(KEYWORDS, "Balance", "hours")
    assert found is KEYWORDS[1]
    assert find_choice(KEYWORDS, "Balance", "gone") is None


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("1042", "1042"),
        (" 10-42 ", "1042"),
        ("069 12 34 56", "069123456"),
        ("+373 22 123-456", "37322123456"),
        ("It is VH-1042, thank you", "1042"),
        ("I ordered 2 lamps, number 1042", "1042"),
        ("1042 or 1043", None),
        ("12", None),
        ("1234567890123", None),
        ("١٠٤٢", None),
        ("none", None),
    ],
)
def test_digits_are_found_in_a_sentence_if_they_can_be_meant(
    written: str, digits: str | None
) -> None:
    assert find_digits(written, 3, 12) == digits


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("1/2", date(2027, 2, 1)),
        ("tomorrow", date(2026, 11, 26)),
        ("Послезавтра", date(2026, 11, 27)),
        ("mâine", date(2026, 11, 26)),
        ("31st December", date(2026, 12, 31)),
        ("December 31", date(2026, 12, 31)),
        ("5 января", date(2027, 1, 5)),
        ("5 ianuarie 2028", date(2028, 1, 5)),
        ("On the 31.12., if you can", date(2026, 12, 31)),
        ("perhaps tomorrow at 15:30", date(2026, 11, 26)),
        ("2 people on 5 January 2027, please", date(2027, 1, 5)),
        ("today or tomorrow", None),
        ("31.02.2026", None),
        ("1.2.3.4", None),
        ("12.11.20266", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str, day: date | None) -> None:
    assert read_date(written, TODAY) == day


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.50", 12.5),
        ("12,5 lei", 12.5),
        ("1 234 567,89", 1_234_567.89),
        ("$1,234.5", 1234.5),
        ("-3", -3.0),
        ("between 3 and 4", None),
        ("much", None),
    ],
)
def test_an_amount_is_the_one_number_in_a_text(written: str, amount: float | None) -> None:
    assert read_amount(written) == amount


@pytest.mark.parametrize(
    ("kind", "written", "verdict"),
    [
        (QuestionKind.CSAT, "5", (5, "")),
        (QuestionKind.CSAT, "6", None),
        (QuestionKind.CSAT, "A 4, thank you", (4, "")),
        (QuestionKind.CSAT, "4 or 5", None),
        (QuestionKind.RESOLVED, "Yes, it is", (1, "")),
        (QuestionKind.RESOLVED, "ещё не решено", (0, "")),
        (QuestionKind.RESOLVED, "yes and no", None),
        (QuestionKind.NPS, "0", (0, "")),
        (QuestionKind.RESOLVED, "Да", (1, "")),
        (QuestionKind.RESOLVED, "2", (0, "")),
        (QuestionKind.RESOLVED, "perhaps", None),
        (QuestionKind.TEXT, " fine ", (None, "fine")),
    ],
)
def test_a_verdict_is_a_score_or_words(
    kind: QuestionKind, written: str, verdict: tuple[int | None, str] | None
) -> None:
    assert read_verdict(kind, written, None) == verdict


def test_an_amount_may_have_bounds_that_begin_at_nought() -> None:
    bounded = doc.AmountAnswer(minimum=0, maximum=0)
    assert read_answer(bounded, "-1", None, TODAY) is None
    assert read_answer(bounded, "0", None, TODAY) is not None
    assert read_answer(bounded, "1", None, TODAY) is None
