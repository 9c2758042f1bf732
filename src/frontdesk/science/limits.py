"""Large pools near full load: the square-root rule, and what it promises.

With n = a + beta sqrt(a) agents for a load of a erlangs the share that waits tends to a constant
that depends on beta alone, as a grows (the quality-and-efficiency-driven regime). Good to start a
search from and to think with; the exact figures are in `erlang`.

Sources: S. Halfin and W. Whitt, «Heavy-traffic limits for queues with many exponential servers»,
Operations Research 29, 1981; O. Garnett, A. Mandelbaum and M. Reiman, «Designing a call center with
impatient customers», Manufacturing & Service Operations Management 4, 2002; S. Borst, A. Mandelbaum
and M. Reiman, «Dimensioning large call centers», Operations Research 52, 2004.
"""

import math
from collections.abc import Callable
from typing import Final

from scipy.optimize import brentq
from scipy.special import erfcx

from frontdesk.science.numbers import require_positive, require_share

SAFETY_MAX: Final = 37.0
"""At this many square roots of spare agents P(wait) is below the least positive double."""


def hazard(at: float) -> float:
    """The standard normal law's density over its tail."""
    return math.sqrt(2 / math.pi) / float(erfcx(at / math.sqrt(2)))


def halfin_whitt(safety: float) -> float:
    """P(wait) of patient customers; `safety` is beta > 0. 1 / (1 + beta / h(-beta))."""
    require_positive(safety=safety)
    return 1 / (1 + safety / hazard(-safety))


def garnett(safety: float, patience_ratio: float) -> float:
    """P(wait) where customers give up; beta of either sign.

    `patience_ratio` is mean patience over mean handle time, mu / theta.
    """
    require_positive(patience_ratio=patience_ratio)
    root = math.sqrt(patience_ratio)
    return 1 / (1 + hazard(safety * root) / (root * hazard(-safety)))


def safety_for(wait_ratio: float, patience_ratio: float = math.inf) -> float:
    """beta at which this share waits; without a patience, that of customers who never leave."""
    require_share(wait_ratio=wait_ratio)
    if math.isinf(patience_ratio):
        return solve(halfin_whitt, wait_ratio, 1e-12)
    return solve(lambda safety: garnett(safety, patience_ratio), wait_ratio, -SAFETY_MAX)


def solve(share: Callable[[float], float], wanted: float, low: float) -> float:
    """Where a falling share meets the one that is wanted; an end of the range where it doesn't."""
    if share(low) <= wanted:
        return low
    if share(SAFETY_MAX) >= wanted:
        return SAFETY_MAX
    return float(brentq(lambda safety: share(safety) - wanted, low, SAFETY_MAX))


def square_root_agents(load: float, safety: float) -> int:
    """ceil(a + beta sqrt(a)), at least one."""
    require_positive(load=load)
    return max(1, math.ceil(load + safety * math.sqrt(load)))
