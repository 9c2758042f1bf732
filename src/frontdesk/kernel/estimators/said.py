"""What a customer is told of a range: a band, on the side of caution.

From the likely wait to the one that nine of ten stay under, widened to the nearest steps. Each
minute beyond what was announced raises the rate of giving up by up to a half (Webb, Yu and
Bretthauer 2019), and finer steps serve nobody (Yu, Allon and Bassamboo 2017).
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from frontdesk.kernel.estimators.ranges import WaitRangeMs

STEPS_MINUTES = (0, 1, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120)

MINUTE_MS = 60_000


class WaitBand(NamedTuple):
    """`(0, 1)`: less than a minute. high_minutes None: `low_minutes` and more."""

    low_minutes: int
    high_minutes: int | None


def band_to_say(wait: WaitRangeMs) -> WaitBand:
    """The band in which the wait most likely ends; in nine cases of ten it is not longer."""
    low = STEPS_MINUTES[bisect_right(STEPS_MINUTES, wait.likely_ms / MINUTE_MS) - 1]
    at = bisect_left(STEPS_MINUTES, wait.high_ms / MINUTE_MS, 1)
    return WaitBand(low, STEPS_MINUTES[at] if at < len(STEPS_MINUTES) else None)
