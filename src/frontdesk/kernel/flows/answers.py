"""What a customer's answer to an ask means, whatever the channel it came by.

A button gives the choice's own value; a key, a number from a list, a word or a
sentence give text. One reading serves them all, so that a flow takes the same
path on every channel.
"""

import re
import unicodedata
from datetime import date, timedelta

from frontdesk.kernel.flows.document import (
    AmountAnswer,
    AnyAnswer,
    Choice,
    ChoiceAnswer,
    DateAnswer,
    DigitsAnswer,
    QuestionKind,
    SpeechAnswer,
    TextAnswer,
    Value,
)
from frontdesk.kernel.flows.texts import wordings


class Understood:
    """The answer's value, and the choice it stands for, if it is one."""

    __slots__ = ("choice", "value")

    def __init__(self, value: Value, choice: Choice | None = None) -> None:
        self.value = value
        self.choice = choice


def read_answer(answer: AnyAnswer, text: str, chosen: str | None, today: date) -> Understood | None:
    """What was answered; None: it isn't understood.

    `chosen` is the value of a choice that was clicked rather than written.
    """
    match answer:
        case ChoiceAnswer():
            choice = find_choice(answer.choices, text, chosen)
            return None if choice is None else Understood(choice.value, choice)
        case DigitsAnswer():
            digits = re.sub(r"[\s\-.]", "", text)
            fits = digits.isascii() and digits.isdigit()
            long_enough = answer.digits_min <= len(digits) <= answer.digits_max
            return Understood(digits) if fits and long_enough else None
        case TextAnswer() | SpeechAnswer():
            words = text.strip()
            return Understood(words) if 0 < len(words) <= answer.chars_max else None
        case DateAnswer():
            day = read_date(text, today)
            if day is None or (day < today and not answer.past):
                return None
            return None if day > today and not answer.future else Understood(day.isoformat())
        case AmountAnswer():
            amount = read_amount(text)
            return None if amount is None or not _in_bounds(amount, answer) else Understood(amount)


def _in_bounds(amount: float, answer: AmountAnswer) -> bool:
    if answer.minimum is not None and amount < answer.minimum:
        return False
    return answer.maximum is None or amount <= answer.maximum


# -- choices


def find_choice(choices: tuple[Choice, ...], text: str, chosen: str | None) -> Choice | None:
    """The one choice that is meant: clicked, its key or number, its words, or a sentence with them.

    None when no choice or more than one fits.
    """
    if chosen is not None:
        return next((choice for choice in choices if choice.value == chosen), None)
    said = normalise(text)
    if not said:
        return None
    for number, choice in enumerate(choices, 1):
        if said == (normalise(choice.key) or str(number)):
            return choice
    exact = [choice for choice in choices if said in _names(choice)]
    within = exact or [c for c in choices if any(_within(name, said) for name in _names(c))]
    return within[0] if len(within) == 1 else None


def _names(choice: Choice) -> set[str]:
    names = {normalise(name) for name in (*wordings(choice.label), *choice.words, choice.value)}
    return names - {""}


def _within(name: str, said: str) -> bool:
    return f" {name} " in f" {said} "


def normalise(text: str) -> str:
    """Lower case, without accents and punctuation, single spaces; й and ё stay letters."""
    folded = unicodedata.normalize("NFC", text.casefold()).replace("ё", "е")
    letters = "".join(map(_strip_accents, folded))
    return " ".join(re.sub(r"[^\w*#]+|_", " ", letters).split())


def _strip_accents(letter: str) -> str:
    if letter == "й":
        return letter
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in apart if not unicodedata.combining(part))


# -- dates and numbers

_DAYS_AWAY = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "сегодня": 0,
    "завтра": 1,
    "послезавтра": 2,
    "вчера": -1,
    "astazi": 0,
    "azi": 0,
    "maine": 1,
    "poimaine": 2,
    "ieri": -1,
}

_MONTH_STEMS = (
    ("jan", "янв", "ian"),
    ("feb", "фев"),
    ("mar", "мар"),
    ("apr", "апр"),
    ("may", "мая", "май", "mai"),
    ("jun", "июн", "iun"),
    ("jul", "июл", "iul"),
    ("aug", "авг"),
    ("sep", "сен"),
    ("oct", "окт"),
    ("nov", "ноя", "noi"),
    ("dec", "дек"),
)

_NUMERIC_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_WORDED_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-?го|-?е)? ([^\W\d]{3,})(?: (\d{4}))?")
_WORDED_DATE_US = re.compile(r"([^\W\d]{3,}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")


def read_date(text: str, today: date) -> date | None:
    """The day that is meant: ISO 8601, day.month(.year), a day and a month in words, or tomorrow.

    Without a year the next such day from today on is meant.
    """
    written = text.strip()
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    said = normalise(written)
    if said in _DAYS_AWAY:
        return today + timedelta(days=_DAYS_AWAY[said])
    if match := _NUMERIC_DATE.fullmatch(written):
        return _build_date(int(match[1]), int(match[2]), match[3], today)
    if match := _WORDED_DATE.fullmatch(said):
        month = _find_month(match[2])
        return None if month is None else _build_date(int(match[1]), month, match[3], today)
    if match := _WORDED_DATE_US.fullmatch(said):
        month = _find_month(match[1])
        return None if month is None else _build_date(int(match[2]), month, match[3], today)
    return None


def _find_month(name: str) -> int | None:
    for month, stems in enumerate(_MONTH_STEMS, 1):
        if name.startswith(stems):
            return month
    return None


def _build_date(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year is not None:
            full = int(year) if len(year) == 4 else 2000 + int(year)
            return date(full, month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except ValueError:
        return None


_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:[ .,\u00a0]\d{3})+|\d+)(?:[.,](\d{1,2}))?")


def read_amount(text: str) -> float | None:
    """The one number in the text, with decimal point or comma; thousands may be set apart."""
    found = list(_AMOUNT.finditer(text))
    if len(found) != 1:
        return None
    sign, whole, decimals = found[0].groups()
    number = float(re.sub(r"\D", "", whole) + "." + (decimals or "0"))
    return -number if sign else number


# -- surveys

_YES = {"yes", "y", "да", "ага", "da", "1"}
_NO = {"no", "n", "нет", "не", "nu", "2"}
_SCORES = {QuestionKind.CSAT: (1, 5), QuestionKind.NPS: (0, 10)}


def read_verdict(
    kind: QuestionKind, text: str, chosen: str | None
) -> tuple[int | None, str] | None:
    """A survey answer as (score, text); `resolved` scores 1 for yes, 0 for no. None: not one."""
    said = normalise(chosen if chosen is not None else text)
    if kind is QuestionKind.TEXT:
        return (None, text.strip()) if text.strip() else None
    if kind is QuestionKind.RESOLVED:
        if said in _YES or said in _NO:
            return (int(said in _YES), "")
        return None
    low, high = _SCORES[kind]
    fits = said.isascii() and said.isdigit() and low <= int(said) <= high
    return (int(said), "") if fits else None
