"""Laws of times as they were measured, those that were cut short included."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from frontdesk.simulator.laws import Endless, Fixed, Law, Measured

CUTS: Final = 64
"""Points of a measured law: more would follow the chance of one day."""


def measured_law(times_s: Sequence[float]) -> Law:
    """Times that are all known, by their quantiles; the mean is kept to the letter."""
    if not times_s:
        return Fixed(value_s=0.0)
    times = np.sort(np.asarray(times_s, float))
    shares = np.linspace(0, 1, min(CUTS, len(times)) + 1)
    values = np.quantile(times, shares)
    found = float(np.mean((values[1:] + values[:-1]) / 2))
    values *= float(times.mean()) / found if found else 1.0
    # The least time is an edge of its own: nothing is quicker.
    return Measured(
        shares=(0.0, *map(float, shares[1:])), values_s=tuple(float(value) for value in values)
    )


def censored_law(times_s: Sequence[float], is_over: Sequence[bool], *, ends: bool) -> Law:
    """Times of which only some came to their end, by Kaplan and Meier's product limit.

    E. L. Kaplan and P. Meier, «Nonparametric estimation from incomplete observations», Journal of
    the American Statistical Association 53, 1958. Beyond the last end that was seen the rate of all
    ends goes on where everybody `ends` some time; else the others never do.
    """
    times, over = np.asarray(times_s, float), np.asarray(is_over, bool)
    if not over.any():
        return Endless()
    # Of equal times those that ended come first: the others were still there.
    order = np.lexsort((~over, times))
    times, over = times[order], over[order]
    at_risk = len(times) - np.arange(len(times))
    stays = np.cumprod(np.where(over, 1 - 1 / at_risk, 1.0))
    ended, shares = times[over], 1 - stays[over]
    chosen = np.unique(np.linspace(0, len(ended) - 1, CUTS).round().astype(int))
    beyond_s = float(times.sum() / over.sum()) if ends else None
    return Measured(
        shares=tuple(float(share) for share in shares[chosen]),
        values_s=tuple(float(value) for value in ended[chosen]),
        beyond_mean_s=beyond_s,
    )
