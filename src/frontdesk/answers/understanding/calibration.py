"""Makes a confidence of 0.8 mean that eight in ten are right, and measures whether it does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from frontdesk.answers.understanding.features import Floats
from frontdesk.answers.understanding.model import softmax

TEMPERATURE_LOG_MAX: Final = 1.5
_PRIOR: Final = 5.0
"""Few trials say little: as much evidence is needed to move the temperature far from 1."""


def find_temperature(
    scores: Floats, classes: NDArray[np.intp], weights: NDArray[np.float64] | None = None
) -> float:
    """The temperature under which what was right is likeliest.

    `scores`: trials x classes, of examples that the model hadn't seen; `classes`: the right ones;
    `weights`: what each trial counts.
    """
    if len(classes) == 0:
        return 1.0
    trials = np.arange(len(classes))

    def surprise(log_temperature: float) -> float:
        right = softmax(scores / np.float32(math.exp(log_temperature)))[trials, classes]
        surprises = -np.log(right + 1e-12)
        return float(np.average(surprises, weights=weights)) * len(classes) + (
            _PRIOR * log_temperature**2
        )

    bounds = (-TEMPERATURE_LOG_MAX, TEMPERATURE_LOG_MAX)
    return math.exp(float(minimize_scalar(surprise, bounds=bounds, method="bounded").x))


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 15) -> float:
    """Expected calibration error: the mean distance of confidence and share of right ones, by bins.

    Bins of equal width, weighted by how many fall in them: Naeini and others, "Obtaining well
    calibrated probabilities using Bayesian binning", 2015. 0 without data.
    """
    if not confidences:
        return 0.0
    sure, true = np.array(confidences), np.array(right, float)
    places = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(float((sure - true)[places == place].sum())) for place in range(bins)]
    return sum(gaps) / len(sure)
