"""Brings texts into one spelling, so that the same words look the same however they are typed.

Letters become Latin ones without marks: Russian is often typed in Latin letters, Romanian without
diacritics, and neither by a standard. Where habits differ («й» as y, i or j, «х» as kh or h), all
become one. What is lost (that «мал» and «mal» are two words) costs less than it brings.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LATIN: Final = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфхцыэ", "abvgdeeziiklmnoprstufhcie", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia", "ъ": "", "ь": ""}
)

_HABITS: Final = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("ts", "c"),
    ("j", "i"),
    ("y", "i"),
)

_DIGITS: Final = re.compile(r"\d+")
_APART: Final = re.compile(r"[^\w?!']+")
_MARKS: Final = re.compile(r"[?!]+")
_REPEATED: Final = re.compile(r"([^\W\d])\1+")


def fold(text: str) -> str:
    """The text in the common spelling: words and marks (`?`, `!`) apart by single spaces.

    Every number is `0`: which one it is says nothing about what is wanted.
    """
    folded = _DIGITS.sub("0", spell(text))
    for habit, spelling in _HABITS:
        folded = folded.replace(habit, spelling)
    folded = _MARKS.sub(lambda found: f" {found[0][0]} ", _APART.sub(" ", folded))
    return " ".join(_REPEATED.sub(r"\1", folded).split())


def spell(text: str) -> str:
    """The text in small Latin letters without marks; all else as it is."""
    latin = unicodedata.normalize("NFKD", text.lower().translate(_LATIN)).lower()
    return "".join(c for c in latin if not unicodedata.combining(c))
