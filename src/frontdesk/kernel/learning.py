"""What a queue learns from its contacts, for the expected wait of the next."""

from frontdesk.kernel.entities import Contact, Engagement, QueueStats
from frontdesk.kernel.estimators.ratios import learn_ratio
from frontdesk.kernel.state import State

STATS_FADE = 0.9998
"""Weight of a queue's past observations after each new one: the last 5,000 count most.

Rates err with one over the root of that number, and so does every wait estimated from them. A
handle time that changes faster than that is made up for by the ratios.
"""


def learn_answered(state: State, contact: Contact, now_ms: int) -> None:
    """A wait that ended with an agent, and how it compares with what was announced."""
    stats = state.stats.get(contact.queue_id) or _new_stats(state, contact.queue_id)
    wait_ms = stats.last_wait_ms = now_ms - contact.queued_ms
    stats.waited_ms = stats.waited_ms * STATS_FADE + wait_ms
    stats.abandoned *= STATS_FADE
    announced = contact.announced
    if announced is not None:
        waited_ms = now_ms - contact.announced_ms
        learn_ratio(stats.ratios, announced.ahead, announced.estimate_ms, waited_ms)


def learn_abandoned(state: State, queue_id: str, wait_ms: int) -> None:
    """A wait that ended by leaving."""
    stats = state.stats.get(queue_id) or _new_stats(state, queue_id)
    stats.waited_ms = stats.waited_ms * STATS_FADE + wait_ms
    stats.abandoned = stats.abandoned * STATS_FADE + 1.0


def learn_handle(state: State, engagement: Engagement, now_ms: int) -> None:
    queue_id = engagement.queue_id
    if queue_id not in state.settings.queues:  # removed during the wrap-up
        return
    stats = state.stats.get(queue_id) or _new_stats(state, queue_id)
    stats.handle_ms = stats.handle_ms * STATS_FADE + (now_ms - engagement.started_ms)
    stats.handled = stats.handled * STATS_FADE + 1.0


def _new_stats(state: State, queue_id: str) -> QueueStats:
    stats = state.stats[queue_id] = QueueStats()
    return stats
