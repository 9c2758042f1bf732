"""Estimators of the wait that is left to a contact, in ms, each of one `Situation`.

With sμ the rate at which all busy agents end contacts, θ the rate at which one that waits gives up,
and q contacts ahead:

- `queue_length`: (q+1)/sμ, as if nobody ever gave up.
- `markov`: Σ 1/(sμ+iθ), i = 0…q: the times between departures ahead of it are exponential with
  those rates (QLm in Ibrahim and Whitt, "Real-time delay estimation in overloaded multiserver
  queues with abandonments", Management Science 55, 2009). Their squares sum to the variance.
- `logarithm`: ln(1+θ(q+1)/sμ)/θ, the same with the sum as an integral.
- `last_to_enter_service` and `head_of_line`: what others have waited; they need no rates, and for
  Poisson arrivals and exponential service err by twice the squared error of `markov`.
"""

import math
from collections.abc import Callable

from frontdesk.kernel.estimators.situation import Situation

Estimator = Callable[[Situation], float]

STEEP = 8
"""Up to this many times θ, rates are summed one by one; beyond, by the midpoint rule."""


def queue_length(situation: Situation) -> float:
    return (situation.ahead + 1) / situation.service_rate


def markov(situation: Situation) -> float:
    return wait_moments(situation.service_rate, situation.leave_rate, situation.ahead)[0]


def logarithm(situation: Situation) -> float:
    plain = queue_length(situation)
    growth = situation.leave_rate * plain
    return plain * math.log1p(growth) / growth if growth > 0 else plain


def last_to_enter_service(situation: Situation) -> float:
    return situation.last_wait_ms


def head_of_line(situation: Situation) -> float:
    return situation.head_age_ms


ESTIMATORS: dict[str, Estimator] = {
    "queue_length": queue_length,
    "markov": markov,
    "logarithm": logarithm,
    "last_to_enter_service": last_to_enter_service,
    "head_of_line": head_of_line,
}


def wait_moments(service_rate: float, leave_rate: float, ahead: int) -> tuple[float, float]:
    """Mean and variance of the Markov estimate, in the rates' unit of time."""
    mean = variance = 0.0
    rate, terms = service_rate, ahead + 1
    while terms and rate < STEEP * leave_rate:
        mean += 1 / rate
        variance += 1 / (rate * rate)
        rate += leave_rate
        terms -= 1
    if terms:
        first = rate - leave_rate / 2
        growth = terms * leave_rate / first
        steps = terms / first
        mean += steps * math.log1p(growth) / growth if growth > 0 else steps
        variance += steps / (first + terms * leave_rate)
    return mean, variance
