"""Why this agent, and why not that one: a routing decision laid open, past or imagined.

Nothing is changed and nothing is remembered: the explanation is computed from
the state in which the decision was (or would be) taken. It ranks every agent of
the queue from scratch, without the index, and so is also a check on it.
"""

from enum import Enum

import msgspec

from frontdesk.kernel.commands import OpenContact, Presence
from frontdesk.kernel.entities import Contact, Stage
from frontdesk.kernel.lane import Lane, Slot, occupancy_ratio
from frontdesk.kernel.queueing import find_previous_agent
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.kernel.routing import keeps_back, team_of
from frontdesk.kernel.settings import GroupOrder, SkillNeed, Strategy
from frontdesk.kernel.state import State

CANDIDATES_MAX = 500
"""How many agents an explanation names; those in the running come first."""


class Verdict(Enum):
    """What the decision says of an agent; the first that applies."""

    CHOSEN = "chosen"
    NEXT = "next"
    """Free and able, but others come first; `rank` says how many."""
    KEPT_BACK = "kept_back"
    """The team keeps its last idle agents for its home queues."""
    REFUSED = "refused"
    """Declined this contact, let it ring, or has just passed it on."""
    NO_CAPACITY = "no_capacity"
    LEAVING = "leaving"
    """Another presence follows the work in hand."""
    ON_BREAK = "on_break"
    OFFLINE = "offline"
    LACKS_SKILL = "lacks_skill"
    OTHER_TEAM = "other_team"
    NOT_IN_QUEUE = "not_in_queue"
    NOT_THE_ONE = "not_the_one"
    """The contact waits for another agent alone."""


class Candidate(msgspec.Struct, frozen=True):
    agent_id: str
    name: str
    team_id: str | None
    verdict: Verdict
    rank: int | None
    """1 is asked first; None: not in the running, or all are equally likely."""
    lacking: tuple[SkillNeed, ...]
    """The skills asked for that the agent has not, or not well enough."""
    load_units: int
    capacity_units: int
    idle_since_ms: int
    occupancy_ratio: float
    """As of when the agent was last freed; see `occupancy_ratio`."""


class Explanation(msgspec.Struct, frozen=True):
    queue_id: str
    channel: str
    step_index: int
    step_count: int
    skills: tuple[SkillNeed, ...]
    """What is asked for at this step, the contact's own needs included."""
    team_ids: tuple[str, ...] | None
    for_agent_id: str | None
    units: int
    priority: int
    """Of queue, contact and step together."""
    wait_ms: int
    strategy: Strategy
    group_order: GroupOrder
    chosen_agent_id: str | None
    """None: nobody now; or, with `random`, anyone ranked None and `next`."""
    candidates: tuple[Candidate, ...]


def explain_contact(state: State, contact_id: int, now_ms: int) -> Explanation | Refusal:
    """Who is asked for a contact that waits, and why nobody else."""
    contact = state.contacts.get(contact_id)
    subject = f"contact {contact_id}"
    if contact is None:
        return Refusal(RefusalReason.NOT_FOUND, f"There is no open contact {contact_id}.", subject)
    if contact.stage is not Stage.WAITING:
        detail = f"The contact doesn't wait: it is {contact.stage.value}."
        return Refusal(RefusalReason.WRONG_STATE, detail, subject)
    return _explain(state, contact, now_ms)


def explain_arrival(state: State, command: OpenContact, now_ms: int) -> Explanation | Refusal:
    """Dry run: who would be asked if this contact arrived now. Overflow is not followed."""
    if command.queue_id not in state.settings.queues:
        detail = f"There is no queue {command.queue_id}."
        return Refusal(RefusalReason.NOT_FOUND, detail, f"queue {command.queue_id}")
    contact = Contact(
        state.next_contact_id,
        command.channel,
        command.channel_ref,
        command.customer,
        command.topic,
        command.skills,
        command.priority,
        command.previous_agent_id,
        command.attributes,
        now_ms,
        now_ms,
        now_ms,
        queue_id=command.queue_id,
    )
    queue = state.settings.queues[command.queue_id]
    contact.for_agent_id = find_previous_agent(state, contact, queue)
    return _explain(state, contact, now_ms)


def _explain(state: State, contact: Contact, now_ms: int) -> Explanation:
    lanes = state.lanes
    key = lanes.key_of(contact)
    queue = state.settings.queues[contact.queue_id]
    lane = lanes.make_lane(key)
    verdicts = {
        slot.profile.agent_id: _verdict(state, lane, contact, slot) for slot in lanes.slots.values()
    }
    running = [lanes.slots[a] for a, verdict in verdicts.items() if verdict is Verdict.NEXT]
    running_ids = {slot.profile.agent_id for slot in running}
    ranked = _ranked(state, lane, running, now_ms)
    equal = queue.strategy is Strategy.RANDOM
    chosen = ranked[0].profile.agent_id if ranked and not equal else None
    if chosen is not None:
        verdicts[chosen] = Verdict.CHOSEN
    ranks = {} if equal else {s.profile.agent_id: i for i, s in enumerate(ranked, start=1)}
    others = [slot for slot in lanes.slots.values() if slot.profile.agent_id not in running_ids]
    others.sort(
        key=lambda slot: (_VERDICT_ORDER[verdicts[slot.profile.agent_id]], slot.agent.number)
    )
    candidates = [
        _candidate(lane, slot, verdicts[slot.profile.agent_id], ranks.get(slot.profile.agent_id))
        for slot in (ranked + others)[:CANDIDATES_MAX]
    ]
    step = queue.steps[contact.step_index]
    return Explanation(
        queue.queue_id,
        contact.channel,
        contact.step_index,
        len(queue.steps),
        lane.needs,
        key[3],
        key[4],
        lane.units,
        queue.priority + contact.priority + step.priority_boost,
        now_ms - contact.queued_ms,
        queue.strategy,
        queue.group_order,
        chosen,
        tuple(candidates),
    )


def _verdict(state: State, lane: Lane, contact: Contact, slot: Slot) -> Verdict:
    """`NEXT` for whoever is in the running; the chosen one is told apart later."""
    unable = _unable(lane, slot)
    if unable is not None:
        return unable
    agent = slot.agent
    if agent.presence is Presence.OFFLINE:
        return Verdict.OFFLINE
    if agent.presence is Presence.BREAK:
        return Verdict.ON_BREAK
    if agent.next_presence is not None:
        return Verdict.LEAVING
    if not state.lanes.spare(slot, lane):
        return Verdict.NO_CAPACITY
    if agent.agent_id in contact.refused_by:
        return Verdict.REFUSED
    kept = keeps_back(state.settings, state.lanes, lane, slot.team)
    return Verdict.KEPT_BACK if kept else Verdict.NEXT


def _unable(lane: Lane, slot: Slot) -> Verdict | None:
    """Why the agent may not serve the lane at all; None: it may."""
    queue_id, _, _, team_ids, agent_id = lane.key
    if agent_id is not None:
        return None if slot.profile.agent_id == agent_id else Verdict.NOT_THE_ONE
    if queue_id not in slot.profile.queue_ids:
        return Verdict.NOT_IN_QUEUE
    if team_ids is not None and slot.profile.team_id not in team_ids:
        return Verdict.OTHER_TEAM
    return Verdict.LACKS_SKILL if _lacking(lane, slot) else None


def _lacking(lane: Lane, slot: Slot) -> tuple[SkillNeed, ...]:
    skills = slot.profile.skills
    return tuple(n for n in lane.needs if skills.get(n.skill_id, 0) < n.proficiency_min)


def _ranked(state: State, lane: Lane, slots: list[Slot], now_ms: int) -> list[Slot]:
    """Those in the running, first asked first: by group, then by the queue's strategy."""
    by_strategy = sorted(slots, key=lambda slot: lane.idle_entry(lane, slot)[:-1])
    order = lane.queue.group_order
    if order is GroupOrder.HOME_FIRST:
        home = {team_id: i for i, team_id in enumerate(lane.queue.home_team_ids)}
        return sorted(by_strategy, key=lambda slot: home.get(slot.team, len(home)))
    if order is GroupOrder.WEIGHTED:
        heads: dict[str, Slot] = {}
        for slot in by_strategy:
            heads.setdefault(slot.team, slot)
        score = {team_id: _team_score(state, head, now_ms) for team_id, head in heads.items()}
        return sorted(by_strategy, key=lambda slot: score[slot.team], reverse=True)
    return by_strategy


def _team_score(state: State, head: Slot, now_ms: int) -> tuple[float, int]:
    team = team_of(state.settings, head.team)
    idle_s = (now_ms - head.agent.idle_since_ms) / 1000
    return (team.base_weight + team.idle_weight * idle_s, -head.agent.number)


def _candidate(lane: Lane, slot: Slot, verdict: Verdict, rank: int | None) -> Candidate:
    agent = slot.agent
    return Candidate(
        agent.agent_id,
        slot.profile.name,
        slot.profile.team_id,
        verdict,
        rank,
        _lacking(lane, slot),
        agent.load_units,
        slot.capacity,
        agent.idle_since_ms,
        occupancy_ratio(agent),
    )


_VERDICT_ORDER = {verdict: order for order, verdict in enumerate(Verdict)}
