"""The live picture's memory with its indexes, and the few moves of which every fold is made."""

from collections import OrderedDict

import msgspec

from frontdesk.kernel.commands import Presence
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.settings import AgentProfile, CentreSettings, Queue, default_rule
from frontdesk.views.changes import (
    AGENTS,
    ALARMS,
    CONTACTS,
    ENGAGEMENTS,
    FLOWS,
    OFFERS,
    QUEUES,
    Changes,
    Key,
    add_change,
    message_key,
)
from frontdesk.views.documents import AgentState, WaitRange
from frontdesk.views.rows import AgentRow, ContactRow, LiveState


class Outlook(msgspec.Struct, frozen=True):
    """What a queue can't know from events: whether it is open, and the wait to expect there."""

    open: bool = True
    expected_waits: dict[str, WaitRange | None] = {}
    """By channel; None: it can't be said."""


class Board:
    """`state` is what events determine; the rest is derived, or comes from outside."""

    def __init__(self, state: LiveState) -> None:
        self.state = state
        self.changes: Changes = {}
        self.outlooks: dict[str, Outlook] = {}
        self.day_is_over = False
        """Midnight has passed since the last event: the counters in `state` are yesterday's."""
        self.waiting: dict[str, OrderedDict[int, None]] = {}
        """By queue: the contacts that wait there, offered ones included; the longest wait first."""
        self.agents_by_state: dict[str, list[int]] = {}
        """By queue: how many of its agents are doing what, in the order of `AgentState`."""
        self.nodes: dict[str, dict[str, int]] = {}
        """By flow and node: how many runs stand there."""
        self._index()

    def _index(self) -> None:
        waiting = [c for c in self.state.contacts.values() if c.in_queue]
        for contact in sorted(waiting, key=lambda c: (c.queued_ms, c.contact_id)):
            self.waiting.setdefault(contact.queue_id, OrderedDict())[contact.contact_id] = None
        for agent in self.state.agents.values():
            self._count_agent(agent.profile.queue_ids, agent.state, 1)
        for run in self.state.runs.values():
            for flow_id, node_id in zip(run.flow_ids, run.node_ids, strict=True):
                self.count_node(flow_id, node_id, 1)

    # -- what is configured

    @property
    def centre(self) -> CentreSettings:
        centre = self.state.settings["centre_settings/centre"]
        assert isinstance(centre, CentreSettings), "the centre's settings are always there"
        return centre

    def find_queue(self, queue_id: str) -> Queue | None:
        entity = self.state.settings.get(f"queue/{queue_id}")
        return entity if isinstance(entity, Queue) else None

    def units_of(self, channel: str) -> int:
        """What a contact of the channel costs an agent's capacity."""
        for rule in self.centre.channels:
            if rule.channel == channel:
                return rule.units
        return default_rule(channel).units

    def find_flow(self, flow_id: str) -> Flow | None:
        entity = self.state.settings.get(f"flow/{flow_id}")
        return entity if isinstance(entity, Flow) else None

    # -- what has changed

    def touch(self, key: Key, *agent_ids: str) -> None:
        add_change(self.changes, key, agent_ids)

    def touch_contact(self, contact: ContactRow) -> None:
        self.touch((CONTACTS, contact.contact_id), *contact.links)

    def touch_queue(self, queue_id: str) -> None:
        if queue_id in self.state.queues:
            self.touch((QUEUES, queue_id))

    # -- who has a part in what

    def link(self, contact: ContactRow, agent_id: str) -> None:
        """The agent has one more offer or engagement of the contact."""
        contact.links[agent_id] = contact.links.get(agent_id, 0) + 1
        if contact.links[agent_id] == 1:
            for message in self.state.messages.get(contact.contact_id, ()):
                self.touch(message_key(contact.contact_id, message.number), agent_id)
        self.touch_contact(contact)

    def unlink(self, contact: ContactRow, agent_id: str) -> None:
        """The agent has one less; after the last the contact leaves the agent's desk."""
        self.touch_contact(contact)
        contact.links[agent_id] -= 1
        if contact.links[agent_id] == 0:
            del contact.links[agent_id]

    def take_offer(self, offer_id: int, at_ms: int) -> None:
        """The offer is answered, one way or another, and leaves the agent's hands."""
        offer = self.state.offers.pop(offer_id)
        self.touch((OFFERS, offer_id), offer.agent_id)
        self.unlink(self.state.contacts[offer.contact_id], offer.agent_id)
        agent = self.state.agents[offer.agent_id]
        agent.offer_ids.remove(offer_id)
        self.update_agent(agent, at_ms)

    def drop_engagement(self, engagement_id: int, at_ms: int) -> None:
        """The engagement is over, wrap-up included."""
        engagement = self.state.engagements.pop(engagement_id)
        self.touch((ENGAGEMENTS, engagement_id), engagement.agent_id)
        self.unlink(self.state.contacts[engagement.contact_id], engagement.agent_id)
        agent = self.state.agents[engagement.agent_id]
        agent.engagement_ids.remove(engagement_id)
        self.update_agent(agent, at_ms)

    # -- waiting

    def enter_queue(self, contact: ContactRow, queue_id: str) -> None:
        self.leave_queue(contact)
        contact.queue_id = queue_id
        contact.in_queue = True
        self.waiting.setdefault(queue_id, OrderedDict())[contact.contact_id] = None
        self.touch_queue(queue_id)

    def leave_queue(self, contact: ContactRow) -> None:
        if contact.in_queue:
            contact.in_queue = False
            del self.waiting[contact.queue_id][contact.contact_id]
            self.touch_queue(contact.queue_id)

    # -- flows

    def count_node(self, flow_id: str, node_id: str, by: int) -> None:
        """So many runs more, or less, stand at the node."""
        counts = self.nodes.setdefault(flow_id, {})
        counts[node_id] = counts.get(node_id, 0) + by
        if counts[node_id] == 0:
            del counts[node_id]
        self.touch((FLOWS, flow_id))

    # -- agents

    def update_agent(self, agent: AgentRow, at_ms: int) -> None:
        """Derives anew what the agent is doing, after a change of presence or work in hand."""
        agent_id = agent.profile.agent_id
        self.touch((AGENTS, agent_id), agent_id)
        state = self._derive_state(agent)
        if state is not agent.state:
            self._recount_agent(agent.profile.queue_ids, agent.state, state)
            agent.state = state
            agent.state_since_ms = at_ms

    def replace_profile(self, agent: AgentRow, profile: AgentProfile) -> None:
        self._count_agent(agent.profile.queue_ids, agent.state, -1)
        agent.profile = profile
        self._count_agent(profile.queue_ids, agent.state, 1)
        self._touch_agent_and_alarms(profile.agent_id)

    def add_agent(self, agent: AgentRow) -> None:
        agent_id = agent.profile.agent_id
        self.state.agents[agent_id] = agent
        self._count_agent(agent.profile.queue_ids, agent.state, 1)
        self._touch_agent_and_alarms(agent_id)

    def remove_agent(self, agent_id: str) -> None:
        agent = self.state.agents.pop(agent_id)
        self._count_agent(agent.profile.queue_ids, agent.state, -1)
        self._touch_agent_and_alarms(agent_id)

    def _touch_agent_and_alarms(self, agent_id: str) -> None:
        """Whoever becomes a supervisor, or is one no longer, sees alarms, or does no longer."""
        self.touch((AGENTS, agent_id), agent_id)
        for alarm_id in self.state.alarms:
            self.touch((ALARMS, alarm_id), agent_id)

    def _count_agent(self, queue_ids: tuple[str, ...], state: AgentState, by: int) -> None:
        index = _INDEX[state]
        for queue_id in queue_ids:
            self.count_agents(queue_id)[index] += by
            self.touch_queue(queue_id)

    def _recount_agent(self, queue_ids: tuple[str, ...], old: AgentState, new: AgentState) -> None:
        # The most frequent change of all, in several queues at once.
        old_index, new_index = _INDEX[old], _INDEX[new]
        changes, known = self.changes, self.state.queues
        for queue_id in queue_ids:
            counts = self.agents_by_state[queue_id]
            counts[old_index] -= 1
            counts[new_index] += 1
            if queue_id in known:
                changes.setdefault((QUEUES, queue_id), ())

    def count_agents(self, queue_id: str) -> list[int]:
        """How many agents of the queue are doing what, in the order of `AgentState`."""
        counts = self.agents_by_state.get(queue_id)
        if counts is None:
            counts = self.agents_by_state[queue_id] = [0] * len(_INDEX)
        return counts

    def _derive_state(self, agent: AgentRow) -> AgentState:
        if agent.offer_ids:
            return AgentState.RINGING
        if agent.engagement_ids:
            talking = any(
                self.state.engagements[id_].ended_ms is None for id_ in agent.engagement_ids
            )
            return AgentState.BUSY if talking else AgentState.WRAP_UP
        return _STATE_WITHOUT_WORK[agent.presence]


_INDEX = {state: index for index, state in enumerate(AgentState)}

_STATE_WITHOUT_WORK = {
    Presence.OFFLINE: AgentState.OFFLINE,
    Presence.AVAILABLE: AgentState.IDLE,
    Presence.BREAK: AgentState.BREAK,
}
