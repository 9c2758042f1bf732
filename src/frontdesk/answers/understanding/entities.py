"""What a text names: numbers, amounts, days, times, addresses. By patterns, without a model.

| entity | value |
|---|---|
| `email` | as written, in small letters |
| `phone` | digits, with the `+` if there is one |
| `amount` | `1200.50` |
| `currency` | `EUR`, `USD`, `GBP`, `MDL`, `RON`, `RUB`, `UAH`; `lei`, which two countries have |
| `date` | ISO 8601, see `dates.py` |
| `time` | `15:30` |
| `order_number`, `account_number` | letters and digits, when the text says which it is |
| `number` | another number of four digits or more |

Of each kind the first is taken. What was read as one thing isn't read as another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from frontdesk.answers.understanding.dates import find_day
from frontdesk.answers.understanding.texts import spell

_EMAIL: Final = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b")

_CURRENCIES: Final = {
    "EUR": r"€|eur|euros?|evro",
    "USD": r"\$|usd|dol+ar\w*|baks\w*",
    "GBP": r"£|gbp|pounds?",
    "MDL": r"mdl",
    "RON": r"ron",
    "RUB": r"₽|rub|rubl\w*|rublei",
    "UAH": r"₴|uah|griv\w*|hryvn\w*",
    "lei": r"lei|leu|leia|leev|leya",
}
_CURRENCY: Final = "|".join(f"(?P<{name}>{words})" for name, words in _CURRENCIES.items())
_SUM: Final = r"(?P<sum>\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?)"
_AMOUNT: Final = (
    re.compile(rf"(?<![\w.,]){_SUM}\s?(?:{_CURRENCY})(?!\w)"),
    re.compile(rf"(?<!\w)(?:{_CURRENCY})\s?{_SUM}(?![\w]|[.,]\d)"),
)
_TIME: Final = re.compile(r"(?<![\d:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])")
_PHONE: Final = re.compile(r"(?<![\w.])(?:\+\d|0)[\d ()-]{6,18}\d(?!\w)")
_PHONE_DIGITS: Final = range(8, 16)

_ID: Final = r"(?P<id>[a-z]{0,4}-?\d{3,14})(?![\w-]|[.,]\d)"
_BETWEEN: Final = r"(?:[^\w\d]+(?!\d)[a-z]+){0,2}?[^\w\d]{1,4}(?:(?:no|nr|num|n)\b[^\w\d]{0,3})?"
_ORDER: Final = re.compile(rf"\b(?:order|zakaz|comand|comenz)[a-z]*{_BETWEEN}{_ID}")
_ACCOUNT: Final = re.compile(
    rf"\b(?:account|contract|dogovor|licev|schet|abonent|client|cont\b|contul)[a-z]*{_BETWEEN}{_ID}"
)
_NUMBER: Final = re.compile(r"(?<![\w.,-])\d{4,14}(?![\w-]|[.,]\d)")

Entities = dict[str, str]
Reader = Callable[[str, date], tuple[Entities, re.Match[str]] | None]


def find_entities(text: str, today: date) -> Entities:
    """What the text names, by kind."""
    found: Entities = {}
    rest = spell(text)
    for read in _READERS:
        read_out = read(rest, today)
        if read_out is not None:
            entities, match = read_out
            found |= entities
            rest = rest[: match.start()] + " | " + rest[match.end() :]
    return found


def _read_email(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    match = _EMAIL.search(text)
    return None if match is None else ({"email": match[0]}, match)


def _read_amount(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    for pattern in _AMOUNT:
        match = pattern.search(text)
        if match is not None:
            currency = next(name for name in _CURRENCIES if match[name])
            return {"amount": _number_of(match["sum"]), "currency": currency}, match
    return None


def _number_of(written: str) -> str:
    """`1.200,50`, `1 200.50` and `1,200.50` as `1200.50`: what ends in two digits has cents."""
    whole, cents = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", written, re.DOTALL).groups()  # type: ignore[union-attr]
    digits = re.sub(r"\D", "", whole)
    return digits if cents is None else f"{digits}.{cents:0<2}"


def _read_date(text: str, today: date) -> tuple[Entities, re.Match[str]] | None:
    found = find_day(text, today)
    return None if found is None else ({"date": found[0].isoformat()}, found[1])


def _read_time(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    match = _TIME.search(text)
    return None if match is None else ({"time": f"{match['hour']:0>2}:{match['minute']}"}, match)


def _read_phone(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"[^\d+]", "", match[0])
        if len(digits.lstrip("+")) in _PHONE_DIGITS:
            return {"phone": digits}, match
    return None


def _read_order(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    match = _ORDER.search(text)
    return None if match is None else ({"order_number": match["id"].upper()}, match)


def _read_account(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    match = _ACCOUNT.search(text)
    return None if match is None else ({"account_number": match["id"].upper()}, match)


def _read_number(text: str, _today: date) -> tuple[Entities, re.Match[str]] | None:
    match = _NUMBER.search(text)
    return None if match is None else ({"number": match[0]}, match)


_READERS: Final[tuple[Reader, ...]] = (
    _read_email,
    _read_amount,
    _read_order,
    _read_account,
    _read_date,
    _read_time,
    _read_phone,
    _read_number,
)
