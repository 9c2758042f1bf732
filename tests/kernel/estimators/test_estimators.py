"""Estimators of waits by their formulas, and the learning of ranges by its laws."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as hs
from scipy.stats import gamma  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from frontdesk.kernel.estimators.points import ESTIMATORS, wait_moments
from frontdesk.kernel.estimators.ranges import WaitRangeMs, gamma_range
from frontdesk.kernel.estimators.ratios import (
    BANDS_MAX,
    RATIO_MAX,
    RATIOS_MAX,
    RATIOS_MIN,
    SCALE,
    Ratios,
    band_of,
    find_range,
    learn_ratio,
)
from frontdesk.kernel.estimators.said import STEPS_MINUTES, band_to_say
from frontdesk.kernel.estimators.situation import Situation

MINUTE_MS = 60_000


def test_the_mean_is_the_sum_of_the_waits_between_departures() -> None:
    """Σ 1/(sμ+iθ) and Σ 1/(sμ+iθ)², i = 0…Q (Ibrahim and Whitt)."""
    mean, variance = wait_moments(0.5, 0.1, 2)
    assert mean == pytest.approx(1 / 0.5 + 1 / 0.6 + 1 / 0.7)
    assert variance == pytest.approx(1 / 0.5**2 + 1 / 0.6**2 + 1 / 0.7**2)


def test_without_abandonment_it_is_the_plain_queue_length_estimate() -> None:
    mean, variance = wait_moments(0.25, 0.0, 9)
    assert (mean, variance) == (pytest.approx(40.0), pytest.approx(160.0))


@settings(max_examples=30)
@example(service=1.0, leave=1e-270, ahead=501)
@given(service=hs.floats(1e-6, 10.0), leave=hs.floats(0.0, 1.0), ahead=hs.integers(0, 2_000))
def test_closed_sums_are_close_to_those_taken_term_by_term(
    service: float, leave: float, ahead: int
) -> None:
    rates = [service + i * leave for i in range(ahead + 1)]
    mean, variance = wait_moments(service, leave, ahead)
    assert mean == pytest.approx(math.fsum(1 / rate for rate in rates), rel=5e-3)
    assert variance == pytest.approx(math.fsum(1 / rate**2 for rate in rates), rel=5e-3)


@settings(max_examples=50)
@given(mean=hs.floats(1e3, 1e7), shape=hs.floats(1.0, 2_000.0))
def test_the_range_is_that_of_the_gamma_law(mean: float, shape: float) -> None:
    """Wilson and Hilferty's approximation is worst at the exponential law (shape 1)."""
    found = gamma_range(mean, mean * mean / shape)
    exact = [float(gamma.ppf(p, shape, scale=mean / shape)) for p in (0.1, 0.5, 0.9)]  # pyright: ignore
    assert found.low_ms == pytest.approx(exact[0], rel=0.1)
    assert found.likely_ms == pytest.approx(exact[1], rel=0.015)
    assert found.high_ms == pytest.approx(exact[2], rel=0.011)


def test_every_estimator_answers_the_same_question() -> None:
    situation = Situation(2, 0.5, 0.1, last_wait_ms=7, head_age_ms=4)
    assert {name: estimate(situation) for name, estimate in ESTIMATORS.items()} == {
        "queue_length": 6.0,
        "markov": pytest.approx(1 / 0.5 + 1 / 0.6 + 1 / 0.7),
        "logarithm": pytest.approx(math.log(1 + 0.1 * 3 / 0.5) / 0.1),
        "last_to_enter_service": 7,
        "head_of_line": 4,
    }


def test_queue_lengths_share_a_band_by_powers_of_two() -> None:
    assert [band_of(ahead) for ahead in (0, 1, 2, 3, 6, 7, 10**9)] == [
        0,
        1,
        1,
        2,
        2,
        3,
        BANDS_MAX - 1,
    ]


@settings(max_examples=30, deadline=None)
@given(waits=hs.lists(hs.integers(0, 10**7), max_size=60), keep=hs.integers(1, 30))
def test_the_latest_ratios_are_kept_in_order(waits: list[int], keep: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("frontdesk.kernel.estimators.ratios.RATIOS_MAX", keep)
        ratios: Ratios = {}
        for wait_ms in waits:
            learn_ratio(ratios, 3, 10_000, wait_ms)
    latest = [min(wait_ms * SCALE // 10_000, RATIO_MAX) for wait_ms in waits[-keep:]]
    if waits:
        assert ratios[2].ordered == sorted(latest)
        assert sorted(ratios[2].recent) == sorted(latest)
        again = msgspec.msgpack.decode(msgspec.msgpack.encode(ratios), type=Ratios)
        assert again == ratios


@settings(max_examples=20, deadline=None)
@given(count=hs.integers(RATIOS_MIN, RATIO_MAX // SCALE))
def test_eight_in_ten_of_what_was_learnt_lie_in_the_range(count: int) -> None:
    """For the next of n + 1 of a kind the range holds with a chance of 0.8, rounded up."""
    ratios: Ratios = {}
    for number in range(count):
        learn_ratio(ratios, 0, 1_000, number * 1_000)
    found = find_range(ratios, 0, 1_000)
    assert found is not None
    chance = (found.high_ms - found.low_ms) / 1_000 / (count + 1)
    assert 0.8 <= chance < 0.8 + 2 / (count + 1)


def test_nothing_is_said_from_too_few_and_nothing_beyond_the_bound_is_kept() -> None:
    ratios: Ratios = {}
    for _ in range(RATIOS_MIN - 1):
        learn_ratio(ratios, 0, 0, 10**12)
    assert find_range(ratios, 0, 1_000) is None
    learn_ratio(ratios, 0, 0, 10**12)
    bound_ms = 1_000 * RATIO_MAX // SCALE
    assert find_range(ratios, 0, 1_000) == (bound_ms, bound_ms, bound_ms)
    assert find_range(ratios, 1, 1_000) is None
    assert RATIOS_MAX >= RATIOS_MIN


@pytest.mark.parametrize(
    ("likely_s", "high_s", "band"),
    [
        (0, 0, (0, 1)),
        (20, 60, (0, 1)),
        (40, 61, (0, 3)),
        (60, 179, (1, 3)),
        (250, 410, (3, 10)),
        (301, 599, (5, 10)),
        (3_600, 5_000, (60, 90)),
        (7_000, 7_201, (90, None)),
        (9_000, 99_999, (120, None)),
    ],
)
def test_what_is_said(likely_s: int, high_s: int, band: tuple[int, int | None]) -> None:
    assert band_to_say(WaitRangeMs(0, likely_s * 1000, high_s * 1000)) == band


@given(likely_ms=hs.integers(0, 10**7), more_ms=hs.integers(0, 10**7))
def test_what_is_said_is_never_shorter_than_the_range(likely_ms: int, more_ms: int) -> None:
    low, high = band_to_say(WaitRangeMs(0, likely_ms, likely_ms + more_ms))
    assert low * MINUTE_MS <= likely_ms
    assert low in STEPS_MINUTES
    if high is not None:
        assert low < high
        assert likely_ms + more_ms <= high * MINUTE_MS
