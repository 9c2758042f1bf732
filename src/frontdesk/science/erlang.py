"""Erlang B, C and A: one pool of equal agents, Poisson arrivals, exponential handle times.

Loads are in erlangs (arrivals x mean handle time), times in seconds, rates per hour where the
name says so. Every result is exact up to double precision; nothing here is an approximation.

Sources: A. K. Erlang, «Solution of some problems in the theory of probabilities of significance in
automatic telephone exchanges», Elektroteknikeren 13, 1917 (B, C); C. Palm, «Research on telephone
traffic carried by full availability groups», Tele 1, 1957 (A, by the series A(x, y)).
"""

import math
from typing import Final

import msgspec
from scipy.special import gammainc, gammaincc, gammaln

from frontdesk.science.numbers import require_positive, require_time
from frontdesk.science.service_levels import ServiceLevels, service_levels
from frontdesk.science.waits import OfferedWait, WaitLaw

HOUR_S: Final = 3600.0
SERIES_TAIL: Final = 1e-18
LARGE: Final = 1e5
"""From here on Stirling's series is exact to double precision after its first term."""


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
        return DelayFigures(1.0, 0.0, math.inf, math.inf, ServiceLevels(0.0, 0.0, 0.0, 0.0), 1.0)
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
    waits = erlang_a(agents, load, patience_s / handle_time_s)
    offered_wait = OfferedWait(calls_per_hour / HOUR_S, agents / handle_time_s, patience_s)
    served_in_time = 1 - waits + waits * offered_wait.answered_within(target_s)
    left_in_time = waits * offered_wait.abandoned_within(target_s)
    mean_wait_s = waits * offered_wait.mean_wait_s()
    # By Little's law: lambda P(Ab) = theta Lq. Palm's own form of it, 1/(rho A) + 1 - 1/rho given
    # a wait, is a difference of nearly equal numbers where people are patient.
    abandoned = mean_wait_s / patience_s
    return DelayFigures(
        wait_ratio=waits,
        abandoned_ratio=abandoned,
        mean_wait_s=mean_wait_s,
        speed_of_answer_s=waits * offered_wait.answered_wait_s() / (1 - abandoned),
        service_levels=service_levels(served_in_time, left_in_time, abandoned),
        occupancy_ratio=use * (1 - abandoned),
    )


def erlang_a(servers: int, load: float, patience_ratio: float) -> float:
    """Probability of waiting in M/M/n+M; `patience_ratio`: mean patience over mean handle time."""
    require_positive(servers=servers, load=load, patience_ratio=patience_ratio)
    inverse = palm_inverse(servers * patience_ratio, load * patience_ratio)
    blocking = erlang_b(servers, load)
    return blocking / (blocking + inverse * (1 - blocking))


def wait_law_c(calls_per_hour: float, handle_time_s: float, agents: int) -> WaitLaw:
    """P(W > t) = C e^-(n mu - lambda) t (Erlang 1917)."""
    require_positive(calls_per_hour=calls_per_hour, handle_time_s=handle_time_s, agents=agents)
    load = calls_per_hour * handle_time_s / HOUR_S
    spare_rate = max(0.0, agents - load) / handle_time_s
    return WaitLaw(erlang_c(agents, load), lambda wait_s: math.exp(-spare_rate * wait_s))


def wait_law_a(
    calls_per_hour: float, handle_time_s: float, patience_s: float, agents: int
) -> WaitLaw:
    """P(W > t) = P(V > t) e^-theta t, V the wait that an endlessly patient caller would meet."""
    load = calls_per_hour * handle_time_s / HOUR_S
    waits = erlang_a(agents, load, patience_s / handle_time_s)
    offered_wait = OfferedWait(calls_per_hour / HOUR_S, agents / handle_time_s, patience_s)
    return WaitLaw(waits, offered_wait.waits_longer)


def palm_inverse(capacity: float, pressure: float) -> float:
    """1 / A(x, y) with A(x, y) = 1 + sum over j of y^j / ((x+1)...(x+j)).

    Runs A(x) = 1 + y/(x+1) A(x+1) backwards on the inverse, which shrinks to zero where A itself
    would overflow. `capacity` is x = n mu / theta, `pressure` is y = lambda / theta. Where patient
    people meet too few agents the series is as long as it is needless: see `palm_inverse_large`.
    """
    if pressure >= capacity >= LARGE:
        return palm_inverse_large(capacity, pressure)
    inverse = 1.0
    for step in range(palm_terms(capacity, pressure), 0, -1):
        inverse = inverse / (inverse + pressure / (capacity + step))
    return inverse


def palm_inverse_large(capacity: float, pressure: float) -> float:
    """1 / A(x, y) = y^x e^-y / (Gamma(x + 1) P(x, y)), with Stirling's series for the factorial.

    P is the regularised lower incomplete gamma function (Garnett, Mandelbaum and Reiman 2002, §5,
    give A by it).
    """
    excess = (pressure - capacity) / capacity
    height = capacity * (math.log1p(excess) - excess) - math.log(2 * math.pi * capacity) / 2
    share = float(gammainc(capacity, pressure))
    return math.exp(height - 1 / (12 * capacity)) / share


def palm_terms(capacity: float, pressure: float) -> int:
    """How many terms of Palm's series count: up to where the last is negligible to the largest."""
    terms = 0
    term = 1.0
    while term > SERIES_TAIL:
        terms += 1
        factor = pressure / (capacity + terms)
        term = 1.0 if factor >= 1 else term * factor
    return terms
