"""What a waiting customer is told: the position, and the expected wait as a range.

The estimator is the Markov one with abandonment (Ibrahim and Whitt's remedy of
the queue-length estimator): with `s` contacts served at once at rate μ each, and
customers ahead leaving at rate θ each, the waits between departures ahead of a
customer with `q` ahead are exponential with rates sμ + iθ, i = 0…q. Their sum has
mean Σ 1/(sμ+iθ) and variance Σ 1/(sμ+iθ)²; the range is from the median to the
90 % quantile of the gamma law with these moments: a wait announced too short
costs more patience than one announced too long (Webb, Yu and Bretthauer 2019).

Not taken into account: that agents also serve other queues, and that contacts of
higher priority may still arrive.
"""

import math

from frontdesk.kernel.contact_deadlines import channel_rule
from frontdesk.kernel.entities import QueueStats
from frontdesk.kernel.routing import keeps_back
from frontdesk.kernel.state import State

OBSERVATIONS_MIN = 3.0
"""Handled contacts below which nothing is announced."""

SUM_TERMS_MAX = 500
"""Terms of the sums taken one by one; the rest by their integral."""

Z_90 = 1.2815515655446004
"""The 90 % quantile of the normal law."""

WaitRangeMs = tuple[int, int]
"""(median, 90 % quantile), in ms."""


def position(state: State, contact_id: int) -> int | None:
    """How many contacts of its queue are served before it, and itself; None: it doesn't wait."""
    place = state.lanes.place.get(contact_id)
    if place is None:
        return None
    lane, key = place
    queue_id = lane.key[0]
    lanes = state.lanes.lanes.values()
    return 1 + sum(other.waiting.rank(key) for other in lanes if other.key[0] == queue_id)


def expected_wait_of_contact(state: State, contact_id: int) -> WaitRangeMs | None:
    """The wait that is left to a waiting contact; None: it doesn't wait, or nothing can be said."""
    place = position(state, contact_id)
    if place is None:
        return None
    contact = state.contacts[contact_id]
    return _expected_wait(state, contact.queue_id, contact.channel, place - 1)


def expected_wait_of_queue(state: State, queue_id: str, channel: str) -> WaitRangeMs | None:
    """The wait of a contact that would arrive now, last in its queue; None: can't be said."""
    if _anybody_free(state, queue_id, channel):
        return (0, 0)
    waiting = state.lanes.waiting_by_queue.get(queue_id, 0)
    return _expected_wait(state, queue_id, channel, waiting)


def _anybody_free(state: State, queue_id: str, channel: str) -> bool:
    """Whether a contact with no needs of its own would be offered at once."""
    step = state.settings.queues[queue_id].steps[0]
    lanes = state.lanes
    lane = lanes.get_lane((queue_id, channel, step.skills, step.team_ids, None))
    lanes.flush()
    return any(
        lanes.head(lane, team_id, ()) is not None
        and not keeps_back(state.settings, lanes, lane, team_id)
        for team_id in lane.idle
    )


def _expected_wait(state: State, queue_id: str, channel: str, ahead: int) -> WaitRangeMs | None:
    stats = state.stats.get(queue_id)
    units = state.lanes.free_units_by_queue.get(queue_id, 0)
    served_at_once = units / channel_rule(state, channel).units
    if stats is None or stats.handled < OBSERVATIONS_MIN or served_at_once <= 0:
        return None
    service_rate = served_at_once * stats.handled / max(stats.handle_ms, 1.0)
    mean_ms, variance = wait_moments(service_rate, leave_rate(stats), ahead)
    return gamma_range(mean_ms, variance)


def leave_rate(stats: QueueStats) -> float:
    """Abandonments per ms of waiting: the maximum-likelihood rate of exponential patience."""
    return stats.abandoned / stats.waited_ms if stats.waited_ms > 0 else 0.0


def wait_moments(service_rate: float, leave_rate: float, ahead: int) -> tuple[float, float]:
    """Mean and variance of the wait with `ahead` contacts in front, in the rates' unit of time."""
    terms = min(ahead + 1, SUM_TERMS_MAX)
    rates = [service_rate + i * leave_rate for i in range(terms)]
    mean = sum(1 / rate for rate in rates)
    variance = sum(1 / (rate * rate) for rate in rates)
    rest = ahead + 1 - terms
    if rest > 0:
        first, last = (service_rate + i * leave_rate for i in (terms, ahead + 1))
        growth = rest * leave_rate / first
        mean += rest / first * (math.log1p(growth) / growth if growth > 0 else 1.0)
        variance += rest / (first * last)
    return mean, variance


def gamma_range(mean: float, variance: float) -> WaitRangeMs:
    """Median and 90 % quantile of the gamma law (Wilson–Hilferty's cube-root approximation)."""
    shape = mean * mean / variance

    def quantile(z: float) -> int:
        root = 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))
        return round(mean * max(root, 0.0) ** 3)

    return quantile(0.0), quantile(Z_90)
