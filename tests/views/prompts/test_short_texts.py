"""What an SMS costs, and how long ones are cut."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as some

from frontdesk.views.prompts.short_texts import count_segments, cut


def test_a_text_costs_by_its_alphabet() -> None:
    costs = {
        "a" * 160: 1,
        "a" * 161: 2,
        "a" * 306: 2,
        "a" * 307: 3,
        "€" * 80: 1,
        "€" * 81: 2,
        "я" * 70: 1,
        "я" * 71: 2,
        "я" * 134: 2,
        "я" * 135: 3,
        "😀" * 35: 1,
        "😀" * 36: 2,
    }
    assert {text: count_segments(text) for text in costs} == costs


def test_a_letter_of_two_places_is_not_torn_apart() -> None:
    assert count_segments("a" * 152 + "€" + "a" * 152) == 3
    assert count_segments("a" * 151 + "€" + "a" * 153) == 2


def test_typographic_signs_do_not_make_a_text_dear() -> None:
    (message,) = cut("«Don’t» – " + "a" * 100 + "…", 3)
    assert (message.text[:10], message.segments) == ('"Don\'t" - ', 1)
    assert message.text.endswith("...")


def test_a_long_text_is_cut_between_lines_and_then_words() -> None:
    lines = ["a" * 100, "b" * 100, "c " * 120 + "d"]
    assert [message.text for message in cut("\n".join(lines), 1)] == [
        "a" * 100,
        "b" * 100 + "\n" + " ".join(["c"] * 30),
        " ".join(["c"] * 80),
        " ".join([*["c"] * 10, "d"]),
    ]


@given(some.text(min_size=1), some.integers(1, 4), some.sampled_from([1, 40]))
def test_no_message_is_longer_than_allowed_and_none_of_the_text_is_lost(
    text: str, segments_max: int, times: int
) -> None:
    messages = cut(text * times, segments_max)
    assert all(message.segments <= segments_max for message in messages)
    cut_text = "".join(message.text for message in messages)
    whole = "".join(message.text for message in cut(text * times, 10_000))
    assert re.sub("[ \n]", "", cut_text) == re.sub("[ \n]", "", whole)
