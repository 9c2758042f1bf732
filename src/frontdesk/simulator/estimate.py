"""Means and ratios over independent replications, with honest standard errors.

Every figure is a ratio of sums: its numerator and denominator are counted in each replication, and
the error comes from how replications differ (delta method; Law, Simulation Modeling, 2015, §9.4).
Contacts within a replication are dependent; nothing here pretends otherwise.
"""

import math
from functools import cache

import msgspec
import numpy as np
from scipy.special import stdtrit

CONFIDENCE = 0.95


class Estimate(msgspec.Struct, frozen=True):
    """A figure with its standard error and 95 % confidence interval.

    `value` is None where there was nothing to divide by; the rest where one replication is all.
    """

    value: float | None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None


NO_DATA = Estimate(None)


def mean_of(counts: np.ndarray, scale: float = 1.0) -> Estimate:
    """Mean over replications of one number each."""
    return ratio_of(counts * scale, np.ones(len(counts)))


def ratio_of(numerators: np.ndarray, denominators: np.ndarray, scale: float = 1.0) -> Estimate:
    """Sum over sum, one numerator and denominator a replication."""
    count = len(numerators)
    total = float(denominators.sum())
    if total == 0:
        return NO_DATA
    ratio = float(numerators.sum()) / total
    if count < 2:
        return Estimate(ratio * scale)
    residuals = numerators - ratio * denominators
    spread = float(np.sum(residuals**2)) / (count - 1)
    error = math.sqrt(spread / count) / (total / count) * scale
    reach = student_quantile(count - 1) * error
    value = ratio * scale
    return Estimate(value, error, value - reach, value + reach)


@cache
def student_quantile(freedom: int) -> float:
    """Two-sided quantile of Student's law at the confidence of all intervals."""
    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
