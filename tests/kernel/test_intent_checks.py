"""An intent that is out of bounds is refused when it is saved, with what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.flows.intent_checks import (
    ANSWER_CHARS_MAX,
    EXAMPLE_CHARS_MAX,
    EXAMPLES_MAX,
    check_intent,
)
from frontdesk.kernel.flows.resources import Intent
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene


def intent(**more: Any) -> Intent:
    return Intent(**{"intent_id": "balance", "name": "Balance", **more})


BAD = [
    (intent(intent_id=""), "An id has"),
    (intent(intent_id="x" * 65), "An id has"),
    (intent(name=" "), "A name has"),
    (intent(name="x" * 201), "A name has"),
    (intent(examples=("how much have I got", " ")), "can't be empty"),
    (intent(examples=("x" * (EXAMPLE_CHARS_MAX + 1),)), "characters"),
    (intent(examples=("x",) * (EXAMPLES_MAX + 1)), "at most 500 examples"),
    (intent(answer="x" * (ANSWER_CHARS_MAX + 1)), "The note"),
]


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_an_intent_out_of_bounds_is_refused(bad: Intent, said: str) -> None:
    scene = Scene()
    refusal = scene.refusal(cmd.SaveSetting(bad))
    assert refusal.reason is RefusalReason.INVALID
    assert said in refusal.detail


def test_an_intent_within_bounds_is_saved() -> None:
    scene = Scene()
    full = intent(examples=("x" * EXAMPLE_CHARS_MAX,) * EXAMPLES_MAX, answer="x" * ANSWER_CHARS_MAX)
    for good in (intent(), full):
        assert scene.does(cmd.SaveSetting(good)) == [ev.SettingSaved(good)]


@given(st.lists(st.text(min_size=1, max_size=EXAMPLE_CHARS_MAX).filter(str.strip), max_size=20))
def test_whatever_customers_write_can_be_an_example(examples: list[str]) -> None:
    assert check_intent(intent(examples=tuple(examples))) is None
