"""What a customer's answer to an ask means, whatever the channel it came by.

A button gives the choice's own value; a key, a number from a list, a word or a
sentence give text. One reading serves them all, so that a flow takes the same
path on every channel.
"""

import re
import unicodedata
from collections.abc import Iterator
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
            digits = find_digits(text, answer.digits_min, answer.digits_max)
            return None if digits is None else Understood(digits)
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
    """The one choice that is meant: clicked, its key or number, its words, a sentence with them,
    or a part of them («Lind» for Ann Lind).

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
    for fits in (_is, _within, _is_part):
        found = [choice for choice in choices if any(fits(name, said) for name in _names(choice))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _names(choice: Choice) -> set[str]:
    names = {normalise(name) for name in (*wordings(choice.label), *choice.words, choice.value)}
    return names - {""}


def _is(name: str, said: str) -> bool:
    return name == said


def _within(name: str, said: str) -> bool:
    return f" {name} " in f" {said} "


PART_CHARS_MIN = 3
"""Of what is said, to stand for a longer name: «a» would stand for much."""


def _is_part(name: str, said: str) -> bool:
    return len(said) >= PART_CHARS_MIN and _within(said, name)


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

_DIGITS = re.compile(r"[0-9](?:[\s.-]?[0-9])*")


def find_digits(text: str, digits_min: int, digits_max: int) -> str | None:
    """The one number of so many digits in the text; spaces, dots and dashes may group them."""
    found = (re.sub(r"\D", "", group) for group in _DIGITS.findall(text))
    fitting = [digits for digits in found if digits_min <= len(digits) <= digits_max]
    return fitting[0] if len(fitting) == 1 else None


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

_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMERIC_DATE = re.compile(
    r"(?<![\d.,/-])(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?![/-]?\d|[.,]\d)"
)
_WORDED_DATE = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|-?го|-?е)? ([^\W\d]{3,})(?: (\d{4}))?\b")
_WORDED_DATE_US = re.compile(r"\b([^\W\d]{3,}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?\b")


def read_date(text: str, today: date) -> date | None:
    """The one day in the text: ISO 8601, day.month(.year), a day and a month in words, tomorrow.

    Without a year the next such day from today on is meant.
    """
    days = set(_find_days(text, today)) - {None}
    return days.pop() if len(days) == 1 else None


def _find_days(text: str, today: date) -> Iterator[date | None]:
    for year, month, day in _ISO_DATE.findall(text):
        yield _build_date(int(day), int(month), year, today)
    for day, month, year in _NUMERIC_DATE.findall(text):
        yield _build_date(int(day), int(month), year, today)
    said = normalise(text)
    for word in said.split():
        if word in _DAYS_AWAY:
            yield today + timedelta(days=_DAYS_AWAY[word])
    for day, name, year in _WORDED_DATE.findall(said):
        yield _build_worded_date(day, name, year, today)
    for name, day, year in _WORDED_DATE_US.findall(said):
        yield _build_worded_date(day, name, year, today)


def _build_worded_date(day: str, name: str, year: str, today: date) -> date | None:
    month = _find_month(name)
    return None if month is None else _build_date(int(day), month, year, today)


def _find_month(name: str) -> int | None:
    for month, stems in enumerate(_MONTH_STEMS, 1):
        if name.startswith(stems):
            return month
    return None


def _build_date(day: int, month: int, year: str, today: date) -> date | None:
    try:
        if year:
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
    """A survey answer as (score, text); `resolved` scores 1 for yes, 0 for no. None: not one.

    A sentence will do that has one score, or either yes or no.
    """
    said = normalise(chosen if chosen is not None else text)
    if kind is QuestionKind.TEXT:
        return (None, text.strip()) if text.strip() else None
    words = set(said.split())
    if kind is QuestionKind.RESOLVED:
        yes, no = bool(words & _YES), bool(words & _NO)
        return (int(yes), "") if yes is not no else None
    low, high = _SCORES[kind]
    scores = {int(word) for word in words if word.isascii() and word.isdigit()}
    fits = len(scores) == 1 and low <= min(scores) <= high
    return (scores.pop(), "") if fits else None
