"""What a queue learns from its contacts, for the expected wait of the next."""

from frontdesk.kernel.entities import Engagement, QueueStats
from frontdesk.kernel.state import State

STATS_FADE = 0.99
"""Weight of a queue's past observations after each new one."""


def learn_wait(state: State, queue_id: str, wait_ms: int, abandoned: float) -> None:
    """One more wait, and whether (1 or 0) it ended by leaving."""
    stats = state.stats.get(queue_id) or _new_stats(state, queue_id)
    stats.waited_ms = stats.waited_ms * STATS_FADE + wait_ms
    stats.abandoned = stats.abandoned * STATS_FADE + abandoned


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
