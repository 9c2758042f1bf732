"""The routing index: who waits for what, and who is free for it, found without searching.

A *lane* is one kind of demand: a queue, a channel, and what is asked of the
agent. Contacts stand in the lane of their current step, in order of priority
and age. Every lane knows the agents who satisfy it; those with capacity to
spare stand in a heap per team, ordered by the queue's strategy.

Heap entries are never searched for. An entry carries the agent's *stamp*, and
whatever changes the agent changes the stamp, so that old entries are known to
be void when they surface; heaps are swept when mostly void. Entries are pushed
late (`flush`): an agent who is freed and taken again in one decision costs none.
The index is derived: `State` rebuilds it from agents, contacts and settings.
"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from frontdesk.kernel.commands import Presence
from frontdesk.kernel.entities import Agent, Contact, Engagement, Offer, Settings, Stage
from frontdesk.kernel.lane import IdleEntry, Lane, LaneKey, Slot
from frontdesk.kernel.order import WaitKey
from frontdesk.kernel.settings import AgentProfile, ChannelRule, SkillNeed, default_rule

LANES_MAX = 4096
"""Lanes a centre keeps; empty ones make room. (Contacts may ask for skills of their own.)"""

_HEAP_SLACK = 32

_AVAILABLE = Presence.AVAILABLE


class Lanes:
    """All lanes of a centre, over the very dicts that the state consists of."""

    def __init__(
        self,
        settings: Settings,
        agents: dict[str, Agent],
        contacts: dict[int, Contact],
        offers: dict[int, Offer],
        engagements: dict[int, Engagement],
    ) -> None:
        self._settings = settings
        self._agents = agents
        self._contacts = contacts
        self._offers = offers
        self._engagements = engagements
        self._stamps = 0
        self.lanes: dict[LaneKey, Lane] = {}
        self.lanes_by_queue: dict[str, dict[LaneKey, Lane]] = {}
        self._plain: dict[tuple[str, str, int], Lane] = {}
        """Lanes of contacts without needs of their own, by queue, channel, step."""
        self.place: dict[int, tuple[Lane, WaitKey]] = {}
        """Where each waiting contact stands."""
        self.slots: dict[str, Slot] = {}
        self.by_number: dict[int, Slot] = {}
        self.by_queue: dict[str, dict[str, Slot]] = {}
        self._dirty: list[Slot] = []
        self.idle_by_team: dict[str, int] = {}
        self.waiting_by_queue: dict[str, int] = {}
        self.free_agents_by_queue: dict[str, int] = {}
        """How many agents are available, whatever they have in hand."""
        self.free_units_by_queue: dict[str, int] = {}
        """Their capacity."""
        self.channels: dict[str, ChannelRule] = {}
        self._any_yields = False
        """Whether any channel's contacts give way to another's."""
        self.rebuild()

    # -- building

    def rebuild(self) -> None:
        """Builds everything anew from agents, contacts and settings."""
        self.channels = {rule.channel: rule for rule in self._settings.centre.channels}
        self._any_yields = any(rule.yields_to for rule in self.channels.values())
        self.lanes.clear()
        self.lanes_by_queue.clear()
        self._plain.clear()
        self.place.clear()
        self.slots.clear()
        self.by_number.clear()
        self.by_queue.clear()
        self._dirty.clear()
        self.idle_by_team.clear()
        self.waiting_by_queue.clear()
        self.free_agents_by_queue.clear()
        self.free_units_by_queue.clear()
        for profile in self._settings.agents.values():
            self.put_agent(profile)
        for contact in self._contacts.values():
            if contact.stage is Stage.WAITING:
                self.add_waiting(contact)

    def put_agent(self, profile: AgentProfile) -> None:
        """Takes the agent in, or anew when the profile has changed."""
        self.drop_agent(profile.agent_id)
        slot = Slot(self._agents[profile.agent_id], profile)
        self.slots[profile.agent_id] = slot
        self.by_number[slot.agent.number] = slot
        for queue_id in profile.queue_ids:
            self.by_queue.setdefault(queue_id, {})[profile.agent_id] = slot
        slot.lanes = [lane for lane in self.lanes.values() if lane.satisfied_by(profile)]
        for lane in slot.lanes:
            lane.members += 1
        self.touch(slot)

    def drop_agent(self, agent_id: str) -> None:
        slot = self.slots.pop(agent_id, None)
        if slot is None:
            return
        self._stamps += 1
        slot.stamp = self._stamps
        self._count(slot, idle=False, free=False)
        del self.by_number[slot.agent.number]
        for queue_id in slot.profile.queue_ids:
            del self.by_queue[queue_id][agent_id]
        for lane in slot.lanes:
            lane.members -= 1
        slot.lanes = []

    def put_queue(self, queue_id: str) -> None:
        """Rebuilds the lanes of a queue whose settings have changed."""
        stale = [lane for lane in self.lanes.values() if lane.key[0] == queue_id]
        waiting = [key[2] for lane in stale for key in lane.waiting]
        for contact_id in waiting:
            self.remove_waiting(self._contacts[contact_id])
        for lane in stale:
            if lane.key in self.lanes:  # an empty lane of one agent's is gone by now
                self._drop_lane(lane)
        for contact_id in waiting:
            self.add_waiting(self._contacts[contact_id])

    # -- contacts

    def lane_for(self, contact: Contact) -> Lane:
        """The lane a contact belongs in at its current step; made when it is the first there."""
        if not contact.skills and contact.for_agent_id is None:
            plain = (contact.queue_id, contact.channel, contact.step_index)
            lane = self._plain.get(plain)
            if lane is None:
                lane = self._plain[plain] = self.get_lane(self.key_of(contact))
            return lane
        return self.get_lane(self.key_of(contact))

    def has_room(self) -> bool:
        """Whether another kind of demand can be taken in."""
        if len(self.lanes) >= LANES_MAX:
            for lane in [lane for lane in self.lanes.values() if not lane.waiting]:
                self._drop_lane(lane)
        return len(self.lanes) < LANES_MAX

    def add_waiting(self, contact: Contact) -> None:
        lane = self.lane_for(contact)
        queue = lane.queue
        boost = queue.steps[contact.step_index].priority_boost
        key = (
            -(queue.priority + contact.priority + boost),
            contact.age_from_ms,
            contact.contact_id,
        )
        lane.waiting.add(key)
        self.place[contact.contact_id] = (lane, key)
        queue_id = queue.queue_id
        self.waiting_by_queue[queue_id] = self.waiting_by_queue.get(queue_id, 0) + 1

    def remove_waiting(self, contact: Contact) -> None:
        lane, key = self.place.pop(contact.contact_id)
        lane.waiting.remove(key)
        self.waiting_by_queue[lane.queue.queue_id] -= 1
        if lane.key[4] is not None and not lane.waiting:
            self._drop_lane(lane)

    def key_of(self, contact: Contact) -> LaneKey:
        """What the contact asks for at its current step."""
        step = self._settings.queues[contact.queue_id].steps[contact.step_index]
        needs = step.skills
        if contact.skills and not step.drop_contact_skills:
            needs = _strictest((*needs, *contact.skills))
        return (contact.queue_id, contact.channel, needs, step.team_ids, contact.for_agent_id)

    def get_lane(self, key: LaneKey) -> Lane:
        """The lane of a demand; made when it is the first of its kind."""
        lane = self.lanes.get(key)
        if lane is not None:
            return lane
        lane = self.lanes[key] = self.make_lane(key)
        self.lanes_by_queue.setdefault(key[0], {})[key] = lane
        for slot in self._candidates(key):
            if lane.satisfied_by(slot.profile):
                slot.lanes.append(lane)
                lane.members += 1
                if not slot.dirty and self.spare(slot, lane):  # the dirty are pushed by `flush`
                    self._push(lane, slot)
        return lane

    def make_lane(self, key: LaneKey) -> Lane:
        """A lane that nobody stands in and the index doesn't know."""
        rule = self.channels.get(key[1]) or default_rule(key[1])
        interrupts = [r.channel for r in self.channels.values() if key[1] in r.yields_to]
        return Lane(key, self._settings.queues[key[0]], rule, frozenset(interrupts))

    def _candidates(self, key: LaneKey) -> Iterable[Slot]:
        if key[4] is not None:
            return [self.slots[key[4]]] if key[4] in self.slots else []
        return self.by_queue.get(key[0], {}).values()

    def _drop_lane(self, lane: Lane) -> None:
        del self.lanes[lane.key]
        del self.lanes_by_queue[lane.key[0]][lane.key]
        self._plain = {plain: kept for plain, kept in self._plain.items() if kept is not lane}
        for slot in self._candidates(lane.key):
            if lane in slot.lanes:
                slot.lanes.remove(lane)

    # -- agents

    def touch(self, slot: Slot) -> None:
        """The agent has changed: its entries are void; counts are right at once, pushes late."""
        self._stamps += 1
        slot.stamp = self._stamps
        agent = slot.agent
        free = agent.presence is _AVAILABLE and agent.next_presence is None
        idle = free and agent.load_units == 0
        if free is not slot.free or idle is not slot.idle:
            self._count(slot, idle=idle, free=free)
        if not slot.dirty:
            slot.dirty = True
            self._dirty.append(slot)

    def _count(self, slot: Slot, *, idle: bool, free: bool) -> None:
        if idle is not slot.idle:
            slot.idle = idle
            team = slot.team
            self.idle_by_team[team] = self.idle_by_team.get(team, 0) + (1 if idle else -1)
        if free is not slot.free:
            slot.free = free
            units = slot.capacity if free else -slot.capacity
            agents = 1 if free else -1
            for queue_id in slot.profile.queue_ids:
                self.free_agents_by_queue[queue_id] = (
                    self.free_agents_by_queue.get(queue_id, 0) + agents
                )
                self.free_units_by_queue[queue_id] = (
                    self.free_units_by_queue.get(queue_id, 0) + units
                )

    def flush(self) -> None:
        """Brings the heaps up to date with every agent touched since."""
        if not self._dirty:
            return
        for slot in self._dirty:
            slot.dirty = False
            if slot.free and slot.agent.agent_id in self.slots:
                for lane in slot.lanes:
                    if self.spare(slot, lane):
                        self._push(lane, slot)
        self._dirty.clear()

    def spare(self, slot: Slot, lane: Lane) -> bool:
        """Whether the agent is available with room for a contact of this lane."""
        if not slot.free:
            return False
        agent = slot.agent
        room = slot.capacity - agent.load_units
        if room >= lane.units:
            return True
        if not lane.interrupts or agent.offer_ids:
            return False
        for engagement_id in agent.engagement_ids:
            engagement = self._engagements[engagement_id]
            if engagement.channel in lane.interrupts:
                room += engagement.units
        return room >= lane.units

    def has_yielding(self, agent: Agent) -> bool:
        """Whether the agent has a contact in hand that gives way to some other channel."""
        if not self._any_yields:
            return False
        for engagement_id in agent.engagement_ids:
            rule = self.channels.get(self._engagements[engagement_id].channel)
            if rule is not None and rule.yields_to:
                return True
        return False

    def _push(self, lane: Lane, slot: Slot) -> None:
        heap = lane.idle.get(slot.team)
        if heap is None:
            heap = lane.idle[slot.team] = []
        heappush(heap, lane.idle_entry(lane, slot))
        if len(heap) > 2 * lane.members + _HEAP_SLACK:
            by_number = self.by_number
            heap[:] = [e for e in heap if (s := by_number.get(e[-2])) and s.stamp == e[-1]]
            heapify(heap)

    def head(self, lane: Lane, team: str, refused_by: tuple[str, ...]) -> IdleEntry | None:
        """The entry of the team's agent who is asked first; None: nobody is free."""
        heap = lane.idle.get(team)
        if not heap:
            return None
        by_number = self.by_number
        set_aside: list[IdleEntry] = []
        found: IdleEntry | None = None
        while heap:
            entry = heap[0]
            slot = by_number.get(entry[-2])
            if slot is None or slot.stamp != entry[-1]:
                heappop(heap)
            elif refused_by and slot.agent.agent_id in refused_by:
                set_aside.append(heappop(heap))
            else:
                found = entry
                break
        for entry in set_aside:
            heappush(heap, entry)
        return found


def _strictest(needs: tuple[SkillNeed, ...]) -> tuple[SkillNeed, ...]:
    strictest: dict[str, int] = {}
    for need in needs:
        level = max(strictest.get(need.skill_id, 0), need.proficiency_min)
        strictest[need.skill_id] = level
    return tuple(SkillNeed(skill_id, level) for skill_id, level in sorted(strictest.items()))
