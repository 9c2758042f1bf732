import math

import numpy as np
import pytest

from frontdesk.simulator.laws import (
    Endless,
    Exponential,
    Fixed,
    Gamma,
    Law,
    Lognormal,
    Measured,
    Mixture,
    Part,
    Uniform,
    complaint,
    draw,
    stretched,
)

COUNT = 200_000


@pytest.mark.parametrize(
    ("law", "mean_s", "deviation_s"),
    [
        (Exponential(mean_s=30), 30, 30),
        (Gamma(mean_s=30, variation=0.5), 30, 15),
        (Lognormal(mean_s=30, variation=1.2), 30, 36),
        (Uniform(low_s=10, high_s=50), 30, 40 / math.sqrt(12)),
        (Fixed(value_s=30), 30, 0),
        (Mixture(parts=(Part(1, Fixed(value_s=0)), Part(3, Fixed(value_s=40)))), 30, 300**0.5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_moments(law: Law, mean_s: float, deviation_s: float) -> None:
    times = draw(law, np.random.default_rng(1), COUNT)
    assert times.min() >= 0
    assert times.mean() == pytest.approx(mean_s, rel=0.02)
    assert times.std() == pytest.approx(deviation_s, rel=0.05)


def test_endless_is_never() -> None:
    assert np.isinf(draw(Endless(), np.random.default_rng(1), 5)).all()


def test_another_mean_stretches_the_same_draws() -> None:
    short = draw(Exponential(mean_s=1), np.random.default_rng(1), 5)
    long = draw(Exponential(mean_s=3), np.random.default_rng(1), 5)
    assert long == pytest.approx(3 * short)


@pytest.mark.parametrize(
    "law",
    [
        Exponential(mean_s=0),
        Gamma(mean_s=10, variation=0),
        Lognormal(mean_s=-1, variation=1),
        Uniform(low_s=5, high_s=4),
        Fixed(value_s=-1),
        Mixture(parts=()),
        Mixture(parts=(Part(0, Fixed(value_s=1)),)),
        Mixture(parts=(Part(1, Exponential(mean_s=-3)),)),
    ],
)
def test_parameters_that_mean_nothing(law: Law) -> None:
    assert complaint(law) is not None


def test_a_measured_law_is_as_it_was_found() -> None:
    law = Measured(shares=(0.5, 0.8), values_s=(10.0, 40.0), beyond_mean_s=20.0)
    times = draw(law, np.random.default_rng(1), 200_000)
    assert np.mean(times <= 5) == pytest.approx(0.25, abs=0.005)
    assert np.mean(times <= 40) == pytest.approx(0.8, abs=0.005)
    assert np.mean(times[times > 40]) == pytest.approx(60, rel=0.02)


def test_who_is_beyond_a_measured_law_without_a_mean_stays_for_ever() -> None:
    times = draw(Measured(shares=(0.2,), values_s=(10.0,)), np.random.default_rng(1), 100_000)
    assert np.mean(np.isinf(times)) == pytest.approx(0.8, abs=0.005)
    assert (
        draw(Measured(shares=(), values_s=()), np.random.default_rng(1), 3).tolist()
        == [math.inf] * 3
    )


@pytest.mark.parametrize(
    ("shares", "values_s"),
    [((0.5,), ()), ((0.5, 0.4), (1.0, 2.0)), ((1.2,), (1.0,)), ((0.1, 0.2), (2.0, 1.0))],
)
def test_measured_laws_that_are_none(
    shares: tuple[float, ...], values_s: tuple[float, ...]
) -> None:
    assert complaint(Measured(shares=shares, values_s=values_s)) is not None


@pytest.mark.parametrize(
    "law",
    [
        Exponential(mean_s=10),
        Gamma(mean_s=10, variation=0.4),
        Uniform(low_s=1, high_s=9),
        Fixed(value_s=3),
        Measured(shares=(0.5,), values_s=(8.0,), beyond_mean_s=4.0),
        Mixture(parts=(Part(0.3, Fixed(value_s=2)), Part(0.7, Exponential(mean_s=5)))),
    ],
)
def test_a_stretched_law_draws_the_same_times_stretched(law: Law) -> None:
    plain = draw(law, np.random.default_rng(5), 50)
    twice = draw(stretched(law, 2), np.random.default_rng(5), 50)
    assert twice == pytest.approx(2 * plain)
