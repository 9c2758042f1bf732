"""Confidence is a probability."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answers.understanding.calibration import calibration_error, find_temperature
from frontdesk.answers.understanding.model import softmax

judged = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


@given(judged)
def test_the_error_is_a_share(pairs: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*pairs, strict=True)
    assert 0 <= calibration_error(confidences, right) <= 1


@given(st.lists(st.booleans(), min_size=1))
def test_who_is_sure_and_wrong_errs_by_the_share_of_the_wrong(right: list[bool]) -> None:
    error = calibration_error([1.0] * len(right), right)
    assert error == pytest.approx(right.count(False) / len(right))


def test_half_sure_and_half_right_is_no_error() -> None:
    assert calibration_error([0.5] * 4, [True, False, True, False]) == 0
    assert calibration_error([], []) == 0


@pytest.mark.parametrize("boast", [0.5, 1.0, 2.0, 3.0])
def test_the_temperature_takes_back_what_was_boasted(boast: float) -> None:
    random = np.random.default_rng(7)
    honest = random.normal(size=(4_000, 5)).astype(np.float32)
    drawn = [random.choice(5, p=p / p.sum()) for p in softmax(honest).astype(float)]
    scores = honest * np.float32(boast)
    assert find_temperature(scores, np.array(drawn)) == pytest.approx(boast, rel=0.1)


def test_without_trials_the_scores_are_believed() -> None:
    assert find_temperature(np.zeros((0, 3), np.float32), np.zeros(0, np.intp)) == 1.0
