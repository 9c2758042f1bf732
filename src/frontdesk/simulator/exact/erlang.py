"""Erlang B, C and A: one pool of equal agents, Poisson arrivals, exponential handle times.

Loads are in erlangs (arrivals x mean handle time), times in seconds, rates per hour where the
name says so. Every result is exact up to double precision; nothing here is an approximation.

Sources: Erlang 1917 (B, C); Palm 1957 (A, by the series A(x, y)); Baccelli and Hebuterne 1981
and Zeltyn and Mandelbaum 2005 (the law of the wait under abandonment).
"""

import math
from collections.abc import Callable
from typing import Final

import msgspec
import numpy as np
from scipy.special import gammaincc, gammaln

HOUR_S: Final = 3600.0
SERIES_TAIL: Final = 1e-18
LEGENDRE_NODES, LEGENDRE_WEIGHTS = np.polynomial.legendre.leggauss(32)
PIECES: Final = 64
EXPONENT_NEGLIGIBLE: Final = 45.0


class ServiceLevels(msgspec.Struct, frozen=True):
    """One system, one target, four formulas: quoting a service level without its formula is empty.

    answered_of_offered: answered within T / all offered.
    answered_of_answered: answered within T / answered.
    less_short_abandons: answered within T / (offered - abandoned within T).
    short_abandons_met: (answered within T + abandoned within T) / offered.
    """

    answered_of_offered: float
    answered_of_answered: float
    less_short_abandons: float
    short_abandons_met: float


class DelayFigures(msgspec.Struct, frozen=True):
    """Steady-state figures of a pool in which callers wait.

    wait_ratio: share of offered contacts that wait at all.
    abandoned_ratio: share of offered contacts that leave while waiting.
    mean_wait_s: over all offered contacts. speed_of_answer_s: over answered ones.
    occupancy_ratio: busy agents / agents.
    """

    wait_ratio: float
    abandoned_ratio: float
    mean_wait_s: float
    speed_of_answer_s: float
    service_levels: ServiceLevels
    occupancy_ratio: float


def erlang_b(servers: float, load: float) -> float:
    """Blocking ratio of M/M/n/n; a fractional number of servers is allowed.

    The recursion over servers is stable and cannot overflow; the fractional part starts it from
    B(x, a) = e^-a a^x / Gamma(x + 1, a) with 0 <= x < 1 (Jagerman 1974).
    """
    require_positive(load=load)
    if servers < 0:
        raise ValueError(f"servers must not be negative, not {servers}")
    whole = math.floor(servers)
    start = servers - whole
    blocking = fractional_blocking(start, load) if start else 1.0
    for step in range(1, whole + 1):
        carried = load * blocking
        blocking = carried / (start + step + carried)
    return blocking


def fractional_blocking(servers: float, load: float) -> float:
    """Erlang B for 0 < servers < 1, where the recursion has no start of its own."""
    if load < 50:
        log_gamma = float(gammaln(servers + 1)) + math.log(float(gammaincc(servers + 1, load)))
        return math.exp(servers * math.log(load) - load - log_gamma)
    return 1 / (load * upper_gamma_fraction(servers + 1, load))


def upper_gamma_fraction(order: float, at: float) -> float:
    """Gamma(order, at) / (e^-at at^order) by Legendre's continued fraction, for large `at`."""
    value = 0.0
    for step in range(60, 0, -1):
        value = step * (step - order) / (at + 2 * step + 1 - order - value)
    return 1 / (at + 1 - order - value)


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/n; 1 when the pool can't carry the load."""
    require_positive(servers=servers, load=load)
    if load >= servers:
        return 1.0
    blocking = erlang_b(servers, load)
    return servers * blocking / (servers - load * (1 - blocking))


def solve_erlang_c(
    calls_per_hour: float, handle_time_s: float, agents: int, target_s: float
) -> DelayFigures:
    """M/M/n. At or above full load the wait is infinite and the service level zero."""
    require_positive(calls_per_hour=calls_per_hour, handle_time_s=handle_time_s, agents=agents)
    require_time(target_s=target_s)
    load = calls_per_hour * handle_time_s / HOUR_S
    if load >= agents:
        return DelayFigures(1.0, 0.0, math.inf, math.inf, ServiceLevels(0, 0, 0, 0), 1.0)
    waits = erlang_c(agents, load)
    spare_rate = (agents - load) / handle_time_s
    level = 1 - waits * math.exp(-spare_rate * target_s)
    mean_wait_s = waits / spare_rate
    levels = ServiceLevels(level, level, level, level)
    return DelayFigures(waits, 0.0, mean_wait_s, mean_wait_s, levels, load / agents)


def solve_erlang_a(
    calls_per_hour: float,
    handle_time_s: float,
    patience_s: float,
    agents: int,
    target_s: float,
) -> DelayFigures:
    """M/M/n+M, valid for any load."""
    require_positive(
        calls_per_hour=calls_per_hour,
        handle_time_s=handle_time_s,
        patience_s=patience_s,
        agents=agents,
    )
    require_time(target_s=target_s)
    load = calls_per_hour * handle_time_s / HOUR_S
    use = load / agents
    inverse = palm_inverse(agents * patience_s / handle_time_s, load * patience_s / handle_time_s)
    blocking = erlang_b(agents, load)
    waits = blocking / (blocking + inverse * (1 - blocking))
    abandoned = waits * (inverse / use + 1 - 1 / use)
    offered_wait = OfferedWait(calls_per_hour / HOUR_S, agents / handle_time_s, patience_s)
    served_in_time = 1 - waits + waits * offered_wait.answered_within(target_s)
    left_in_time = waits * offered_wait.abandoned_within(target_s)
    mean_wait_s = abandoned * patience_s
    return DelayFigures(
        wait_ratio=waits,
        abandoned_ratio=abandoned,
        mean_wait_s=mean_wait_s,
        speed_of_answer_s=waits * offered_wait.answered_wait_s() / (1 - abandoned),
        service_levels=service_levels(served_in_time, left_in_time, abandoned),
        occupancy_ratio=use * (1 - abandoned),
    )


def service_levels(
    served_in_time: float, abandoned_in_time: float, abandoned: float
) -> ServiceLevels:
    """The four formulas from shares of offered contacts."""
    return ServiceLevels(
        answered_of_offered=served_in_time,
        answered_of_answered=served_in_time / (1 - abandoned),
        less_short_abandons=served_in_time / (1 - abandoned_in_time),
        short_abandons_met=served_in_time + abandoned_in_time,
    )


def palm_inverse(capacity: float, pressure: float) -> float:
    """1 / A(x, y) with A(x, y) = 1 + sum over j of y^j / ((x+1)...(x+j)).

    Runs A(x) = 1 + y/(x+1) A(x+1) backwards on the inverse, which shrinks to zero where A itself
    would overflow. `capacity` is x = n mu / theta, `pressure` is y = lambda / theta.
    """
    inverse = 1.0
    for step in range(palm_terms(capacity, pressure), 0, -1):
        inverse = inverse / (inverse + pressure / (capacity + step))
    return inverse


def palm_terms(capacity: float, pressure: float) -> int:
    """How many terms of Palm's series count: up to where the last is negligible to the largest."""
    terms = 0
    term = 1.0
    while term > SERIES_TAIL:
        terms += 1
        factor = pressure / (capacity + terms)
        term = 1.0 if factor >= 1 else term * factor
    return terms


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

    def waits_longer(self, wait_s: float) -> float:
        """P(W > t | W > 0): neither answered nor gone by then."""
        left = self.integrate(np.ones_like, min(wait_s, self.reach_s), self.reach_s) / self.total
        return left * math.exp(-wait_s / self.patience_s)


def require_positive(**values: float) -> None:
    """Refuse what is not a positive finite number, by name."""
    for name, value in values.items():
        if not (value > 0 and math.isfinite(value)):
            raise ValueError(f"{name} must be a positive number, not {value}")


def require_time(**values: float) -> None:
    """Refuse a negative, infinite or undefined time, by name."""
    for name, value in values.items():
        if not (value >= 0 and math.isfinite(value)):
            raise ValueError(f"{name} must be a time of zero or more, not {value}")
