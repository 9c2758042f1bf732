"""A wait as a range: in eight cases of ten between `low_ms` and `high_ms`, as often above as below
`likely_ms`."""

import math
from typing import NamedTuple

LOW, LIKELY, HIGH = 0.1, 0.5, 0.9
"""The quantiles of which a range is made."""

Z_LOW, Z_LIKELY, Z_HIGH = -1.2815515655446004, 0.0, 1.2815515655446004
"""The same quantiles of the normal law."""


class WaitRangeMs(NamedTuple):
    low_ms: int
    likely_ms: int
    high_ms: int


def gamma_range(mean: float, variance: float) -> WaitRangeMs:
    """Of the gamma law with these moments (Wilson and Hilferty's cube-root approximation)."""
    shape = mean * mean / variance

    def quantile(z: float) -> int:
        root = 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))
        return round(mean * max(root, 0.0) ** 3)

    return WaitRangeMs(quantile(Z_LOW), quantile(Z_LIKELY), quantile(Z_HIGH))
