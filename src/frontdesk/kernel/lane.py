"""A lane, the agents who may stand in it, and the order in which its queue's strategy asks them."""

from collections.abc import Callable
from typing import Any

from frontdesk.kernel.entities import Agent
from frontdesk.kernel.order import OrderedKeys
from frontdesk.kernel.settings import AgentProfile, ChannelRule, Queue, SkillNeed, Strategy

LaneKey = tuple[str, str, tuple[SkillNeed, ...], tuple[str, ...] | None, str | None]
"""Queue, channel, skills, teams (None: any), the one agent (None: any)."""

IdleEntry = tuple[Any, ...]
"""(strategy's keys…, agent number, stamp): the smaller is asked first."""


class Slot:
    """An agent's place in the index."""

    __slots__ = ("agent", "capacity", "dirty", "free", "idle", "lanes", "profile", "stamp", "team")

    def __init__(self, agent: Agent, profile: AgentProfile) -> None:
        self.agent = agent
        self.profile = profile
        self.team = profile.team_id or ""
        self.capacity = profile.capacity_units
        self.lanes: list[Lane] = []
        self.stamp = 0
        self.dirty = False
        self.idle = False
        """Available with nothing in hand; counted by team."""
        self.free = False
        """Available, and with no other presence queued to follow; counted by queue."""


class Lane:
    """One kind of demand, those who wait with it and those who are free for it."""

    __slots__ = (
        "channel",
        "idle",
        "idle_entry",
        "interrupts",
        "key",
        "members",
        "needs",
        "queue",
        "units",
        "waiting",
    )

    def __init__(
        self, key: LaneKey, queue: Queue, channel: ChannelRule, interrupts: frozenset[str]
    ) -> None:
        self.key = key
        self.queue = queue
        self.channel = channel
        self.units = channel.units
        self.needs = key[2]
        self.idle_entry = _IDLE_ENTRIES[queue.strategy]
        """An agent's place among the free agents of the lane, by the queue's strategy."""
        self.interrupts = interrupts
        """Channels whose contacts weigh nothing against one of this lane."""
        self.waiting = OrderedKeys()
        self.idle: dict[str, list[IdleEntry]] = {}
        self.members = 0

    def satisfied_by(self, profile: AgentProfile) -> bool:
        """Whether the agent may serve this lane at all, capacity aside."""
        queue_id, _, needs, team_ids, agent_id = self.key
        if agent_id is not None:
            return profile.agent_id == agent_id
        if queue_id not in profile.queue_ids:
            return False
        if team_ids is not None and profile.team_id not in team_ids:
            return False
        return all(profile.skills.get(n.skill_id, 0) >= n.proficiency_min for n in needs)

    def is_home(self, team_id: str) -> bool:
        """Whether the team is at home in this queue; a queue without home teams is home to all."""
        home = self.queue.home_team_ids
        return not home or team_id in home


def _load(slot: Slot) -> float:
    load_units = slot.agent.load_units
    return load_units / slot.capacity if load_units else 0.0


def _longest_idle(_lane: Lane, slot: Slot) -> IdleEntry:
    agent = slot.agent
    return (_load(slot), agent.idle_since_ms, agent.number, slot.stamp)


def _least_occupied(_lane: Lane, slot: Slot) -> IdleEntry:
    agent = slot.agent
    occupancy = occupancy_ratio(agent)
    return (_load(slot), occupancy, agent.idle_since_ms, agent.number, slot.stamp)


def _round_robin(lane: Lane, slot: Slot) -> IdleEntry:
    agent = slot.agent
    return (agent.turns.get(lane.queue.queue_id, 0), agent.number, slot.stamp)


def _random(_lane: Lane, slot: Slot) -> IdleEntry:
    return (slot.agent.number, slot.stamp)


def _most_skilled(lane: Lane, slot: Slot) -> IdleEntry:
    agent = slot.agent
    skills = slot.profile.skills
    fit = sum(skills.get(need.skill_id, 0) for need in lane.needs)
    return (_load(slot), -fit, agent.idle_since_ms, agent.number, slot.stamp)


def _least_skilled(_lane: Lane, slot: Slot) -> IdleEntry:
    agent = slot.agent
    skills = slot.profile.skills
    breadth = sum(skills.values())
    return (_load(slot), len(skills), breadth, agent.idle_since_ms, agent.number, slot.stamp)


_IDLE_ENTRIES: dict[Strategy, Callable[[Lane, Slot], IdleEntry]] = {
    Strategy.LONGEST_IDLE: _longest_idle,
    Strategy.LEAST_OCCUPIED: _least_occupied,
    Strategy.ROUND_ROBIN: _round_robin,
    Strategy.RANDOM: _random,
    Strategy.MOST_SKILLED: _most_skilled,
    Strategy.LEAST_SKILLED: _least_skilled,
}


def occupancy_ratio(agent: Agent) -> float:
    """Time with any load over time signed in, as of when the agent was last freed.

    Frozen while the agent is idle, so that the order of idle agents stands still.
    """
    signed_in_ms = agent.idle_since_ms - agent.signed_in_ms
    return agent.busy_ms / signed_in_ms if signed_in_ms > 0 else 0.0
