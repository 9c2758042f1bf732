"""What a waiting customer is told: the position, and the expected wait as a range.

The range is the Markov estimate (`estimators.points`) times the learnt quantiles of real waits over
it (`estimators.ratios`), or, as long as little is learnt, the gamma law with the estimate's mean
and variance.

Not in the estimate, but in what is learnt: that agents also serve other queues, and that contacts
of higher priority may still arrive.
"""

from frontdesk.kernel.contact_deadlines import channel_rule
from frontdesk.kernel.entities import Contact, QueueStats
from frontdesk.kernel.estimators.points import wait_moments
from frontdesk.kernel.estimators.ranges import WaitRangeMs, gamma_range
from frontdesk.kernel.estimators.ratios import find_range
from frontdesk.kernel.estimators.situation import Situation
from frontdesk.kernel.lane import Lane
from frontdesk.kernel.order import WaitKey
from frontdesk.kernel.routing import keeps_back
from frontdesk.kernel.state import State

OBSERVATIONS_MIN = 3.0
"""Handled contacts below which nothing is announced."""


def position(state: State, contact_id: int) -> int | None:
    """How many contacts of its queue are served before it, and itself; None: it doesn't wait."""
    place = state.lanes.place.get(contact_id)
    if place is None:
        return None
    return 1 + _count_ahead(state, place)


def _count_ahead(state: State, place: tuple[Lane, WaitKey]) -> int:
    lane, key = place
    queue_id = lane.key[0]
    if len(lane.waiting) == state.lanes.waiting_by_queue[queue_id]:  # nobody waits elsewhere
        return lane.waiting.rank(key)
    lanes = state.lanes.lanes_by_queue[queue_id].values()
    return sum(other.waiting.rank(key) for other in lanes if other.waiting)


def find_situation(state: State, contact: Contact, now_ms: int) -> Situation | None:
    """What a waiting contact's wait is estimated from; None: not enough is known yet."""
    queue_id = contact.queue_id
    service_rate = find_service_rate(state, queue_id, contact.channel)
    if service_rate is None:
        return None
    stats = state.stats[queue_id]
    place = state.lanes.place[contact.contact_id]
    ahead = _count_ahead(state, place)
    head_age_ms = now_ms - _head(state, place[0])[1] if ahead else 0
    return Situation(ahead, service_rate, leave_rate(stats), stats.last_wait_ms, head_age_ms)


def _head(state: State, lane: Lane) -> WaitKey:
    """The place of the contact that is served next of those in the queue of a lane."""
    queue_id = lane.key[0]
    if len(lane.waiting) == state.lanes.waiting_by_queue[queue_id]:
        return lane.waiting.first()
    lanes = state.lanes.lanes_by_queue[queue_id].values()
    return min(other.waiting.first() for other in lanes if other.waiting)


def find_service_rate(state: State, queue_id: str, channel: str) -> float | None:
    """Contacts of the channel a millisecond that the queue's agents end; None: can't be said."""
    stats = state.stats.get(queue_id)
    units = state.lanes.free_units_by_queue.get(queue_id, 0)
    if stats is None or stats.handled < OBSERVATIONS_MIN or units <= 0:
        return None
    served_at_once = units / channel_rule(state, channel).units
    return served_at_once * stats.handled / max(stats.handle_ms, 1.0)


def leave_rate(stats: QueueStats) -> float:
    """Abandonments per ms of waiting: the maximum-likelihood rate of exponential patience."""
    return stats.abandoned / stats.waited_ms if stats.waited_ms > 0 else 0.0


def expected_wait_of_contact(state: State, contact_id: int) -> WaitRangeMs | None:
    """The wait that is left to a waiting contact; None: it doesn't wait, or nothing can be said."""
    place = state.lanes.place.get(contact_id)
    if place is None:
        return None
    contact = state.contacts[contact_id]
    return _expected_wait(state, contact.queue_id, contact.channel, _count_ahead(state, place))


def expected_wait_of_queue(state: State, queue_id: str, channel: str) -> WaitRangeMs | None:
    """The wait of a contact that would arrive now, last in its queue; None: can't be said."""
    if _anybody_free(state, queue_id, channel):
        return WaitRangeMs(0, 0, 0)
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
    service_rate = find_service_rate(state, queue_id, channel)
    if service_rate is None:
        return None
    stats = state.stats[queue_id]
    mean_ms, variance = wait_moments(service_rate, leave_rate(stats), ahead)
    return find_range(stats.ratios, ahead, mean_ms) or gamma_range(mean_ms, variance)
