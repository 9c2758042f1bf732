"""Quarter-hour figures by queue and by agent, gathered batch by batch.

Contacts count in the interval in which they entered the queue, times in the one
in which they passed (`docs/glossary.md`): a duration is cut at the quarter-hours.
"""

from collections.abc import Iterator

import msgspec

INTERVAL_MS = 15 * 60_000


class QueueInterval(msgspec.Struct):
    """What is added to a queue's quarter-hour."""

    offered: int = 0
    answered: int = 0
    answered_in_target: int = 0
    abandoned: int = 0
    abandoned_in_target: int = 0
    overflowed: int = 0
    answered_wait_ms: int = 0
    abandoned_wait_ms: int = 0
    engagements: int = 0
    """Engagements that ended, wrap-up included."""
    handle_ms: int = 0
    hold_ms: int = 0
    wrap_up_ms: int = 0


class AgentInterval(msgspec.Struct):
    """What is added to an agent's quarter-hour."""

    offered: int = 0
    accepted: int = 0
    declined: int = 0
    missed: int = 0
    engagements: int = 0
    handle_ms: int = 0
    hold_ms: int = 0
    wrap_up_ms: int = 0
    available_ms: int = 0
    break_ms: int = 0
    engaged_ms: int = 0
    """Time with at least one engagement, wrap-up included."""


class Tallies:
    """The additions of one batch."""

    def __init__(self) -> None:
        self.queues: dict[tuple[str, int], QueueInterval] = {}
        self.agents: dict[tuple[str, int], AgentInterval] = {}

    def queue(self, queue_id: str, at_ms: int) -> QueueInterval:
        """The queue's quarter-hour that holds the instant."""
        key = (queue_id, floor_to_interval(at_ms))
        found = self.queues.get(key)
        if found is None:
            found = self.queues[key] = QueueInterval()
        return found

    def agent(self, agent_id: str, at_ms: int) -> AgentInterval:
        """The agent's quarter-hour that holds the instant."""
        key = (agent_id, floor_to_interval(at_ms))
        found = self.agents.get(key)
        if found is None:
            found = self.agents[key] = AgentInterval()
        return found


def floor_to_interval(at_ms: int) -> int:
    """The start of the quarter-hour that holds the instant."""
    return at_ms - at_ms % INTERVAL_MS


def cut(from_ms: int, to_ms: int) -> Iterator[tuple[int, int]]:
    """A span of time as (start, duration) within quarter-hours."""
    while from_ms < to_ms:
        end_ms = min(to_ms, floor_to_interval(from_ms) + INTERVAL_MS)
        yield from_ms, end_ms - from_ms
        from_ms = end_ms
