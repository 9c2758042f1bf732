"""Texts for SMS: what they cost in segments, and long ones cut into several messages.

A text whose letters are all in the GSM alphabet has 160 of them in a message, or 153 in each
segment of a longer one; any other letter makes it UCS-2 with 70 and 67 (3GPP TS 23.038 §6.2.1,
TS 23.040 §9.2.3.24.1: six octets of each segment say which it is).
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

GSM_ALPHABET: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
"""Letters that take two places."""

_PLAINER: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
    }
)
"""Typographic signs that alone would more than double what a text costs."""


class ShortText(msgspec.Struct, frozen=True):
    """One message; it is sent, and paid for, as so many segments."""

    text: str
    segments: int


def cut(text: str, segments_max: int) -> tuple[ShortText, ...]:
    """The text as messages of so many segments at most: cut between lines, or else words."""
    plain = text.translate(_PLAINER)
    parts: list[str] = []
    for piece, glue in _pieces(plain, segments_max):
        longer = f"{parts[-1]}{glue}{piece}" if parts else piece
        if parts and count_segments(longer) <= segments_max:
            parts[-1] = longer
        else:
            parts.append(piece)
    return tuple(ShortText(part, count_segments(part)) for part in parts)


def count_segments(text: str) -> int:
    """In how many segments the text is sent. A letter of two places stays in one segment."""
    gsm = GSM_ALPHABET.issuperset(set(text) - GSM_EXTENSION)
    widths = [_gsm_width(letter) if gsm else _ucs2_width(letter) for letter in text]
    single, joined = (160, 153) if gsm else (70, 67)
    return 1 if sum(widths) <= single else _fill(widths, joined)


def _gsm_width(letter: str) -> int:
    return 2 if letter in GSM_EXTENSION else 1


def _ucs2_width(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1


def _fill(widths: Iterable[int], room: int) -> int:
    segments, filled = 1, 0
    for width in widths:
        if filled + width > room:
            segments, filled = segments + 1, 0
        filled += width
    return segments


def _pieces(text: str, segments_max: int) -> Iterator[tuple[str, str]]:
    """What is not cut further, each with what joins it to the one before: lines, words, letters."""
    for line in text.split("\n"):
        if count_segments(line) <= segments_max:
            yield line, "\n"
            continue
        glue = "\n"
        for word in line.split(" "):
            for piece in _cut_word(word, segments_max):
                yield piece, glue
                glue = ""
            glue = " "


def _cut_word(word: str, segments_max: int) -> Iterator[str]:
    """A word that fits, or its stretches: of so many letters as fit whatever they are."""
    if count_segments(word) <= segments_max:
        yield word
        return
    length = 67 * segments_max // 2
    for start in range(0, len(word), length):
        yield word[start : start + length]
