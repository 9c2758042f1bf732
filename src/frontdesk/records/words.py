"""Words of the languages that articles are written in, before they are brought to their stems."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LANGUAGES: Final = {"en": "english", "ru": "russian", "ro": "romanian"}
"""The languages of articles, and PostgreSQL's name for their grammar."""

_EMPTY: Final = {
    # PostgreSQL has lists of such words for English and Russian, none for Romanian.
    "ro": frozenset(
        re.findall(
            r"[a-z]+",
            """
            a acea aceasta aceea acel acest acesta aceste acestea acestei acestor acestui acolo
            acum ai aia al ale alt alta altul am ar are as asa asta ati atunci au avea avem aveti
            ca cam cand care carei caror carui cat cate cati ce cel cele cei cea chiar cine cu cui
            cum da daca dar de deci decat din dintr dintre doar dumneavoastra dupa e ea ei el ele
            era este esti eu fara fi fie fiind fost i ii il imi in inca intr intre isi iti l la le
            li lor lui m ma mai mea mei mele meu mi mie mine mult n ne nici nimic noi nostru noua
            nu o ori orice pana pe pentru poate pot prea prin putea puteti s sa sai sale sau se si
            sint sunt sunteti ta tai tale te ti tie tot toata toate toti tu tau un una unde unei
            unele unii unor unu unui v va vi voastra voi vom vor vostru vreau vrea vreo vroi
            """,
        )
    )
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_YO: Final = str.maketrans("ёЁ", "еЕ")


def drop_accents(text: str) -> str:
    """Latin letters without their marks, as people write them in a hurry; ё as е.

    `ș`, whether with comma or cedilla, becomes `s`; `й` stays, as it is a letter of its own.
    """
    plain: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        base = unicodedata.normalize("NFD", letter)[0]
        plain.append(base if base.isascii() else letter)
    return "".join(plain).translate(_YO)


def drop_empty_words(text: str, language: str) -> str:
    """The text without words that say nothing; its accents are dropped already."""
    empty = _EMPTY.get(language)
    if empty is None:
        return text
    return _WORD.sub(lambda word: " " if word[0].lower() in empty else word[0], text)
