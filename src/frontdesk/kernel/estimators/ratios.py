"""How real waits compare with an estimate: the quantiles of their ratio, among the latest.

Real wait over estimate is learnt apart for short and for long queues, since the longer the queue,
the less chance decides. The range of an estimate is the estimate times these quantiles. It holds
whatever law service times follow, and whatever the estimate leaves out as long as it leaves it out
steadily: other queues of the same agents, priorities, a handle time that is off.

Ratios are whole thousandths: small in a snapshot.
"""

from bisect import bisect_left, insort

import msgspec

from frontdesk.kernel.estimators.ranges import HIGH, LIKELY, LOW, WaitRangeMs

RATIOS_MAX = 2000
"""The latest ratios that are kept of a band of queue lengths.

Neighbours in a queue wait alike, so that 500 are worth a tenth of that: their range held for 77 %
where that of 2,000 holds for 79 %.
"""

RATIOS_MIN = 20
"""Fewer say nothing yet."""

BANDS_MAX = 12
"""Bands of queue lengths: nobody ahead, 1–2, 3–6, 7–14, … and the last for all beyond."""

SCALE = 1000
RATIO_MAX = 100 * SCALE
"""A wait so many times too long counts as this: nothing larger is ever announced of it."""


class RatioBand(msgspec.Struct):
    """The latest ratios of one band, in thousandths."""

    recent: list[int] = []
    """As they came; from `oldest` on round."""
    oldest: int = 0
    ordered: list[int] = []
    """The same, ascending."""


Ratios = dict[int, RatioBand]
"""By band."""


def band_of(ahead: int) -> int:
    number = (ahead + 1).bit_length() - 1
    return number if number < BANDS_MAX else BANDS_MAX - 1


def learn_ratio(ratios: Ratios, ahead: int, estimate_ms: int, wait_ms: int) -> None:
    """One more contact has been answered that had so many ahead when the estimate was made."""
    number = band_of(ahead)
    band = ratios.get(number)
    if band is None:
        band = ratios[number] = RatioBand()
    ratio = SCALE * wait_ms // (estimate_ms or 1)
    if ratio > RATIO_MAX:
        ratio = RATIO_MAX
    recent, ordered = band.recent, band.ordered
    insort(ordered, ratio)
    if len(recent) < RATIOS_MAX:
        recent.append(ratio)
        return
    oldest = band.oldest
    del ordered[bisect_left(ordered, recent[oldest])]
    recent[oldest] = ratio
    band.oldest = (oldest + 1) % RATIOS_MAX


def find_range(ratios: Ratios, ahead: int, estimate_ms: float) -> WaitRangeMs | None:
    """The range around an estimate; None: too little has been learnt."""
    band = ratios.get(band_of(ahead))
    if band is None or len(band.ordered) < RATIOS_MIN:
        return None
    ordered = band.ordered
    places = len(ordered) + 1
    unit = estimate_ms / SCALE
    return WaitRangeMs(
        int(unit * ordered[int(places * LOW) - 1]),
        int(unit * ordered[int(places * LIKELY) - 1]),
        int(unit * ordered[int(places * HIGH)]),
    )
