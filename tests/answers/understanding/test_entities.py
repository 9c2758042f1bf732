"""What a text names is found by patterns, each thing once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answers.understanding.entities import find_entities

WEDNESDAY = date(2026, 11, 25)

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie "
    "noiembrie decembrie",
}


def found(text: str) -> dict[str, str]:
    return find_entities(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Has order 40217 been shipped?", {"order_number": "40217"}),
        ("Заказ № 40217", {"order_number": "40217"}),
        ("comanda mea nr. ab-40217", {"order_number": "AB-40217"}),
        ("долг по договору 88123", {"account_number": "88123"}),
        ("soldul contului 51200", {"account_number": "51200"}),
        ("40217", {"number": "40217"}),
        ("12 times", {}),
        ("version 1.2.3 of 2", {}),
    ],
)
def test_numbers_are_told_by_what_stands_before_them(text: str, entities: dict[str, str]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("you took 120 euros", "120", "EUR"),
        ("€ 289 please", "289", "EUR"),
        ("списали 1 200,50 лей", "1200.50", "lei"),
        ("$1,200.50 twice", "1200.50", "USD"),
        ("1.200,5 ron", "1200.50", "RON"),
        ("500 MDL", "500", "MDL"),
        ("сто 100 рублей", "100", "RUB"),
        ("12.50 euro", "12.50", "EUR"),
    ],
)
def test_amounts_have_a_currency(text: str, amount: str, currency: str) -> None:
    assert found(text) == {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("call +373 69 123-456", {"phone": "+37369123456"}),
        ("мой номер 069123456", {"phone": "069123456"}),
        ("write to Anna.B@Example.org!", {"email": "anna.b@example.org"}),
        ("anna@", {}),
        ("at 9:05", {"time": "09:05"}),
        ("25:00", {}),
    ],
)
def test_ways_to_reach_and_times(text: str, entities: dict[str, str]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("завтра", "2026-11-26"),
        ("mâine", "2026-11-26"),
        ("maine dimineata", "2026-11-26"),
        ("tomorrow", "2026-11-26"),
        ("послезавтра", "2026-11-27"),
        ("poimâine", "2026-11-27"),
        ("the day after tomorrow", "2026-11-27"),
        ("вчера", "2026-11-24"),
        ("on Friday", "2026-11-27"),
        ("в пятницу", "2026-11-27"),
        ("pe miercuri", "2026-12-02"),
        ("до 31.12.", "2026-12-31"),
        ("31/12/2027", "2027-12-31"),
        ("2026-12-24", "2026-12-24"),
        ("5 мая", "2027-05-05"),
        ("3 martie", "2027-03-03"),
        ("the 3rd of March 2026", "2026-03-03"),
        ("20.11.", "2026-11-20"),
    ],
)
def test_days_are_told_from_today(text: str, day: str) -> None:
    assert found(text) == {"date": day}


@pytest.mark.parametrize("text", ["30.02.", "open 24/7", "5.13.", "in March", "скидка 12.5%"])
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert "date" not in found(text)


@given(
    day=st.dates(date(2026, 6, 1), date(2027, 5, 1)),
    language=st.sampled_from(sorted(MONTHS)),
)
def test_a_day_with_its_month_is_read_in_every_language(day: date, language: str) -> None:
    text = f"{day.day} {MONTHS[language].split()[day.month - 1]}"
    assert abs(day - WEDNESDAY) > timedelta(days=180) or found(text) == {"date": day.isoformat()}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_in_figures_is_read(day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", day.isoformat(), f"on {day:%d.%m.%Y}."):
        assert found(text) == {"date": day.isoformat()}


def test_several_things_are_told_apart() -> None:
    text = "заказ 40217 от 3 марта на 1 200 лей не пришёл, звоните 069123456, anna@example.org"
    assert found(text) == {
        "order_number": "40217",
        "date": "2027-03-03",
        "amount": "1200",
        "currency": "lei",
        "phone": "069123456",
        "email": "anna@example.org",
    }


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(value for value in found(text).values())
