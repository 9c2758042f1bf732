"""How a written text is read aloud: what stands in figures, in words.

A pure function of text and language. Sums of known currencies, percentages, dates, times, ranges,
numbers, telephone numbers and numbers of orders are put in words as the language says them; all
other text stays. Numbers are written as `kernel.flows.texts` writes them for the same language.

Figures with no separators are read one by one from `NUMBER_DIGITS_MAX` digits on: an account isn't
"twelve million".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

from icu4py.messageformat import MessageFormat

from frontdesk.channels.voice.speech.wordings import WORDINGS, Money, Wording
from frontdesk.kernel.flows.texts import MONTHS

NUMBER_DIGITS_MAX: Final = 4
"""Figures in a row that are still read as a number."""

_DIGITS_AT_ONCE: Final = 3
"""Digits read one by one have a pause after so many."""

_ROWS_MAX: Final = 64
_SPACES: Final = re.compile(r"[\u00a0\u202f]")


def read_aloud(text: str, language: str) -> str:
    """The text as it is said; of a language without a table, the text as it is."""
    wording = WORDINGS.get(language)
    if wording is None:
        return text
    text = _SPACES.sub(" ", text)
    for pattern, read in _build_rules(language):
        text = pattern.sub(read, text)
    return text


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


@lru_cache(maxsize=_ROWS_MAX)
def _build_rules(language: str) -> tuple[_Rule, ...]:
    """What is looked for, the longest-reaching first: a sum is no number with a word behind it."""
    wording = WORDINGS[language]
    reader = _Reader(language, wording)
    months = "|".join(MONTHS[language])
    number = _number_pattern(wording)
    before = rf"(?:(?P<before>\b(?:{wording.genitive})\b)\s+)?"
    return (
        (_compile(r"(?<!\w)\+\d[\d ()-]{5,}\d"), reader.phone),
        (_compile(r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"), reader.day),
        (_compile(r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b"), reader.day),
        (
            _compile(rf"{before}\b(?P<d>\d{{1,2}}) (?P<name>{months})(?: (?P<y>\d{{4}}))?\b"),
            reader.named_day,
        ),
        (_compile(r"\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)\b"), reader.time),
        *(
            (_compile(pattern), reader.sum_of(money))
            for money in wording.money.values()
            for pattern in _sum_patterns(number, money)
        ),
        (_compile(rf"(?P<n>{number})\s?%"), reader.percent),
        (_compile(r"(?P<low>\b\d{1,4})\s?[–—-]\s?(?P<high>\d{1,4}\b)"), reader.span),
        (_compile(rf"(?<![\w.,])\d{{{NUMBER_DIGITS_MAX + 1},}}(?![\w]|[.,]\d)"), reader.digits),
        (
            _compile(rf"{before}(?<!\w)(?P<n>{number})(?!\w){_noun_pattern(wording)}"),
            reader.number,
        ),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _number_pattern(wording: Wording) -> str:
    """A whole number, its thousands set apart or not, with or without decimals."""
    group, point = (re.escape(mark) for mark in wording.separators)
    return rf"-?(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}\d+)?"


def _noun_pattern(wording: Wording) -> str:
    """What is counted, looked ahead for: behind the number, or behind the range's other end."""
    other_end = rf"(?:\s+(?:{wording.joins})\s+[\d.,]+)?"
    return rf"(?={other_end}\s+(?P<noun>\w+)|)"


def _sum_patterns(number: str, money: Money) -> tuple[str, str]:
    """The mark behind the sum, or before it."""
    marks = "|".join(re.escape(mark) for mark in money.marks)
    behind = rf"(?<![\w])(?P<n>{number})\s?(?:{marks})(?!\w)"
    before = rf"(?<![\w])(?:{marks})\s?(?P<n>{number})(?!\w)"
    return behind, before


class _Reader:
    """Puts what was found in words of one language."""

    def __init__(self, language: str, wording: Wording) -> None:
        self._language = language
        self._wording = wording

    def phone(self, match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match[0])
        return f"{self._wording.plus} {self._one_by_one(digits)}"

    def digits(self, match: re.Match[str]) -> str:
        return self._one_by_one(match[0])

    def day(self, match: re.Match[str]) -> str:
        try:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            return match[0]
        return self._date(
            day.day, MONTHS[self._language][day.month - 1], match["y"], genitive=False
        )

    def named_day(self, match: re.Match[str]) -> str:
        before = match["before"]
        words = self._date(int(match["d"]), match["name"], match["y"], genitive=bool(before))
        return f"{before} {words}" if before else words

    def time(self, match: re.Match[str]) -> str:
        hour, minute = int(match["h"]), int(match["m"])
        pattern = self._wording.hour if minute else self._wording.hour_sharp
        return self._say(pattern, h=hour, m=minute)

    def sum_of(self, money: Money) -> Callable[[re.Match[str]], str]:
        def read(match: re.Match[str]) -> str:
            value = round(abs(self._value(match["n"])) * 100)
            whole, part = divmod(value, 100)
            words = self._say(money.whole, n=whole)
            if part:
                words += " " + self._say(money.part, n=part)
            return self._minus(words) if match["n"].startswith("-") else words

        return read

    def percent(self, match: re.Match[str]) -> str:
        return self._say(self._wording.percent, n=self._value(match["n"]))

    def span(self, match: re.Match[str]) -> str:
        # In figures still: the rule for numbers comes after this one.
        return f"{match['low']} {self._wording.to} {match['high']}"

    def number(self, match: re.Match[str]) -> str:
        before, value = match["before"], self._value(match["n"])
        words = self._say(self._cardinal(value, before, match["noun"] or ""), n=value)
        return f"{before} {words}" if before else words

    def _cardinal(self, value: float, before: str | None, noun: str) -> str:
        wording = self._wording
        if not float(value).is_integer():
            return wording.cardinal
        feminine = re.match(wording.feminine, noun, re.IGNORECASE) is not None
        if before:
            return wording.cardinal_feminine_genitive if feminine else wording.cardinal_genitive
        return wording.cardinal_feminine if feminine else wording.cardinal

    def _date(self, day: int, month: str, year: str | None, *, genitive: bool) -> str:
        wording = self._wording
        if day == 1 and wording.day_first:
            day_words = wording.day_first
        else:
            pattern = wording.day_genitive if genitive else wording.day
            day_words = self._say(pattern, n=day)
        year_words = self._say(wording.year, n=int(year)) if year else ""
        return wording.date.format(day=day_words, month=month, year=year_words).strip()

    def _one_by_one(self, digits: str) -> str:
        words = [self._say(self._wording.digit, n=int(digit)) for digit in digits]
        groups = range(0, len(words), _DIGITS_AT_ONCE)
        return ", ".join(" ".join(words[start : start + _DIGITS_AT_ONCE]) for start in groups)

    def _minus(self, words: str) -> str:
        return self._say("{n,spellout}", n=-1).split()[0] + " " + words

    def _value(self, figures: str) -> float:
        group, point = self._wording.separators
        value = float(figures.replace(group, "").replace(point, "."))
        return int(value) if value.is_integer() else value

    def _say(self, pattern: str, **values: float) -> str:
        words = _format(pattern, self._language).format({**values})
        for wrong, right in self._wording.repairs:
            words = words.replace(wrong, right)
        return words


@lru_cache(maxsize=1_024)
def _format(pattern: str, language: str) -> MessageFormat:
    return MessageFormat(pattern, language)
