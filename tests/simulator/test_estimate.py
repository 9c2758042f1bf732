import numpy as np
import pytest

from frontdesk.simulator.estimate import mean_of, ratio_of


def test_ratio_of_sums() -> None:
    estimate = ratio_of(np.array([1.0, 3.0]), np.array([10.0, 10.0]))
    assert estimate.value == pytest.approx(0.2)
    assert estimate.standard_error == pytest.approx(0.1)


def test_nothing_to_divide_by_is_no_data() -> None:
    assert ratio_of(np.zeros(3), np.zeros(3)).value is None


def test_one_replication_has_a_value_but_no_error() -> None:
    estimate = mean_of(np.array([5.0]))
    assert (estimate.value, estimate.standard_error) == (5.0, None)


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """Ratios of dependent, skewed counts, 20 replications each; 95 % is promised."""
    generator = np.random.default_rng(5)
    covered = 0
    rounds = 2000
    for _ in range(rounds):
        days = generator.gamma(10, 0.1, 20)
        offered = generator.poisson(400 * days).astype(float)
        lost = generator.binomial(offered.astype(int), 0.1 * np.minimum(days, 3.0))
        estimate = ratio_of(lost.astype(float), offered)
        assert estimate.low is not None
        assert estimate.high is not None
        # E[lost] / E[offered] = 0.1 E[day^2] / E[day] = 0.11
        covered += estimate.low <= 0.11 <= estimate.high
    assert covered / rounds == pytest.approx(0.95, abs=0.02)
