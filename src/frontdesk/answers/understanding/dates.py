"""Days named in a text: «завтра», `5 martie`, `31.12.`, `on Friday`.

Texts come as `texts.spell` gives them: small Latin letters. A day without its year is the one
nearest to today; a weekday is the next such day, today's own name a week from now.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = (
    r"jan(?:uary)?|ian(?:varia|varya|uarie)?|yanvarya",
    r"feb(?:ruary|ruarie)?|fevral(?:ia|ya)?",
    r"mar(?:ch|ta|tie)?",
    r"apr(?:il|ilie|elia|elya)?",
    r"may|mai|maia|maya",
    r"june?|iun(?:ie|ia|ya)?|iiun(?:ia|ya)|iyunya",
    r"july?|iul(?:ie|ia|ya)?|iiul(?:ia|ya)|iyulya",
    r"aug(?:ust|usta)?|avgusta?",
    r"sept?(?:ember|embrie)?|sentiabr(?:ia|ya)|sentyabrya",
    r"oct(?:ober|ombrie)?|oktiabr(?:ia|ya)|oktyabrya",
    r"nov(?:ember)?|noi(?:embrie|abr(?:ia|ya))?|noyabrya",
    r"dec(?:ember|embrie)?|dekabr(?:ia|ya)",
)
_MONTH: Final = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))

_OFFSETS: Final = {
    -1: r"yesterday|vchera|ieri",
    0: r"today|tonight|segodnia|segodnya|azi|astazi|diseara",
    1: r"tomorrow|tmrw|zavtra|maine|miine",
    2: r"day after tomorrow|poslezavtra|poimaine|raspoimaine",
}
_WEEKDAYS: Final = (
    r"monday|ponedel'?nik\w*|luni",
    r"tuesday|vtornik\w*|marti",
    r"wednesday|sred[aeu]|miercuri",
    r"thursday|chetverg\w*|joi",
    r"friday|piatnic\w+|pyatnic\w+|vineri",
    r"saturday|subbot\w+|sambat\w+",
    r"sunday|voskresen\w+|duminic\w+",
)

_ISO: Final = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NUMBERS: Final = re.compile(
    r"(?<![\d.])(?!24/7\b)(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})"
    r"(?:(?P=mark)(?P<year>\d{4}|\d\d)?)?(?![\d%])(?!\.\d)"
)
_DAY_MONTH: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?(?:go|e|ogo))?\s+(?:of\s+)?(?:{_MONTH})\b\.?"
    r"(?:\s+(?P<year>\d{4}))?"
)
_MONTH_DAY: Final = re.compile(
    rf"\b(?:{_MONTH})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}}))?(?![:\d])"
)
_OFFSET: Final = tuple(
    (offset, re.compile(rf"\b(?:{words})\b"))
    for offset, words in sorted(_OFFSETS.items(), reverse=True)
)
_WEEKDAY: Final = tuple(re.compile(rf"\b(?:{words})\b") for words in _WEEKDAYS)

Found = tuple[date, re.Match[str]]


def find_day(spelled: str, today: date) -> Found | None:
    """The first day that the text names exactly, else by a word; with the place where it stands."""
    for pattern in (_ISO, _NUMBERS, _DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(spelled):
            day = _day_of(match, today)
            if day is not None:
                return day, match
    return _find_word(spelled, today)


def _find_word(spelled: str, today: date) -> Found | None:
    for offset, pattern in _OFFSET:
        match = pattern.search(spelled)
        if match is not None:
            return today + timedelta(offset), match
    for weekday, pattern in enumerate(_WEEKDAY):
        match = pattern.search(spelled)
        if match is not None:
            ahead = (weekday - today.weekday() - 1) % 7 + 1
            return today + timedelta(ahead), match
    return None


def _day_of(match: re.Match[str], today: date) -> date | None:
    named = match.groupdict()
    by_name = [number for number in range(1, 13) if named.get(f"m{number}")]
    month = by_name[0] if by_name else int(named["month"])
    day, year = int(named["day"]), named.get("year")
    if year:
        return _on(int(year) + (2000 if len(year) == 2 else 0), month, day)
    days = [_on(today.year + step, month, day) for step in (-1, 0, 1)]
    distance: Callable[[date], int] = lambda one: abs((one - today).days)  # noqa: E731
    return min((one for one in days if one is not None), key=distance, default=None)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
