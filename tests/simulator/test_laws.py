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
    Mixture,
    Part,
    Uniform,
    complaint,
    draw,
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
