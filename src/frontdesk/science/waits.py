"""The law of the wait: how many wait longer than t, and how long a given share waits at most.

Source of the law under abandonment: F. Baccelli and G. Hebuterne, «On queues with impatient
customers», Performance 1981; S. Zeltyn and A. Mandelbaum, «Call centers with impatient customers:
many-server asymptotics of the M/M/n+G queue», Queueing Systems 51, 2005.
"""

import math
from collections.abc import Callable
from typing import Final

import msgspec
import numpy as np
from scipy.optimize import brentq

from frontdesk.science.numbers import require_share, require_time

LEGENDRE_NODES, LEGENDRE_WEIGHTS = np.polynomial.legendre.leggauss(32)
PIECES: Final = 64
EXPONENT_NEGLIGIBLE: Final = 45.0
WAIT_MAX_S: Final = 1e12
"""Beyond this no wait is looked for: it is some thirty thousand years."""


class WaitLaw(msgspec.Struct, frozen=True):
    """The wait of all offered contacts, those who give up included (until they do).

    `longer_given_wait(t)` is P(W > t | W > 0).
    """

    wait_ratio: float
    longer_given_wait: Callable[[float], float]

    def longer(self, wait_s: float) -> float:
        """P(W > t): neither answered nor gone by then."""
        require_time(wait_s=wait_s)
        return self.wait_ratio * self.longer_given_wait(wait_s)

    def within(self, wait_s: float) -> float:
        """P(W <= t)."""
        return 1 - self.longer(wait_s)

    def quantile_s(self, share: float) -> float:
        """The least t with P(W <= t) >= share; infinite where the pool can't carry its load."""
        require_share(share=share)
        if self.longer(0.0) <= 1 - share:
            return 0.0
        end_s = 1.0
        while self.longer(end_s) > 1 - share:
            end_s *= 2
            if end_s > WAIT_MAX_S:
                return math.inf
        return float(brentq(lambda wait_s: self.longer(wait_s) - (1 - share), 0.0, end_s))


class OfferedWait:
    """The wait an endlessly patient caller would meet in M/M/n+M, given that there is a wait.

    Density c exp(lambda H(v) - n mu v), H(v) = (1 - e^(-theta v)) / theta. Rates are per second.
    The exponent is shifted by its maximum, so no load overflows it.
    """

    def __init__(self, arrival_rate: float, service_rate: float, patience_s: float) -> None:
        self.arrival_rate = arrival_rate
        self.service_rate = service_rate
        self.patience_s = patience_s
        use = arrival_rate / service_rate
        self.mode_s = patience_s * math.log(use) if use > 1 else 0.0
        self.peak = self.exponent(self.mode_s)
        self.reach_s = self.find_reach_s()
        self.total = self.integrate(np.ones_like, 0, self.reach_s)

    def exponent(self, wait_s: float) -> float:
        """Logarithm of the density, up to a constant."""
        gone = -math.expm1(-wait_s / self.patience_s)
        return self.arrival_rate * self.patience_s * gone - self.service_rate * wait_s

    def find_reach_s(self) -> float:
        """A wait beyond which the density is nil: the exponent is concave, so doubling finds it."""
        step = 1 / self.service_rate
        while self.peak - self.exponent(self.mode_s + step) < EXPONENT_NEGLIGIBLE:
            step *= 2
        return self.mode_s + step

    def integrate(
        self,
        weight: Callable[[np.ndarray], np.ndarray],
        start_s: float,
        end_s: float,
    ) -> float:
        """Integral of weight(v) times the unnormalised density, by Gauss-Legendre in pieces."""
        edges = np.linspace(start_s, end_s, PIECES + 1)
        half = (edges[1] - edges[0]) / 2
        waits = (edges[:-1, None] + half) + half * LEGENDRE_NODES[None, :]
        gone = -np.expm1(-waits / self.patience_s)
        exponents = self.arrival_rate * self.patience_s * gone - self.service_rate * waits
        heights = np.exp(exponents - self.peak) * weight(waits)
        return float(half * np.sum(heights @ LEGENDRE_WEIGHTS))

    def stays(self, waits: np.ndarray) -> np.ndarray:
        """Probability that a caller is still there after each wait."""
        return np.exp(-waits / self.patience_s)

    def answered_within(self, target_s: float) -> float:
        """Share of waiting callers who are answered within the target."""
        return self.integrate(self.stays, 0, min(target_s, self.reach_s)) / self.total

    def abandoned_within(self, target_s: float) -> float:
        """Share of waiting callers who leave within the target."""
        inside = min(target_s, self.reach_s)
        early = self.integrate(lambda waits: 1 - self.stays(waits), 0, inside)
        later = self.integrate(np.ones_like, inside, self.reach_s)
        return (early - math.expm1(-target_s / self.patience_s) * later) / self.total

    def answered_wait_s(self) -> float:
        """Mean over waiting callers of the wait of those answered (others count as zero)."""
        return self.integrate(lambda waits: waits * self.stays(waits), 0, self.reach_s) / self.total

    def mean_wait_s(self) -> float:
        """Mean over waiting callers of the wait that they have, until answered or gone."""
        waited = self.integrate(lambda waits: -np.expm1(-waits / self.patience_s), 0, self.reach_s)
        return self.patience_s * waited / self.total

    def waits_longer(self, wait_s: float) -> float:
        """P(W > t | W > 0): neither answered nor gone by then."""
        left = self.integrate(np.ones_like, min(wait_s, self.reach_s), self.reach_s) / self.total
        return left * math.exp(-wait_s / self.patience_s)
