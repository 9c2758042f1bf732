"""What is true of a centre after every command, worked out from the settings without the index.

`check_state` holds of any state. `Witness` follows the events one by one on a
state of its own and holds what can be seen only in passing: that each offer was
allowed when it was made, and that a failed one left the contact where it was.
"""

from __future__ import annotations

from collections import Counter

from frontdesk.kernel import events as ev
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.contact_deadlines import OVERFLOWS_MAX
from frontdesk.kernel.deadlines import DeadlineKind
from frontdesk.kernel.entities import Agent, Contact, Stage
from frontdesk.kernel.explain import Explanation, Verdict, explain_contact
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.settings import OWN_CHANNELS, ChannelRule, RoutingStep, SkillNeed, Strategy
from frontdesk.kernel.state import State, digest, dump, load
from tests.kernel import alarm_laws
from tests.kernel.consult_invariants import check_consult

# -- who may serve whom, by the settings alone


def step_of(state: State, contact: Contact) -> RoutingStep:
    return state.settings.queues[contact.queue_id].steps[contact.step_index]


def needs_of(state: State, contact: Contact) -> tuple[SkillNeed, ...]:
    step = step_of(state, contact)
    return step.skills if step.drop_contact_skills else (*step.skills, *contact.skills)


def rule_of(state: State, channel: str) -> ChannelRule:
    rules = {rule.channel: rule for rule in state.settings.centre.channels}
    own = {rule.channel: rule for rule in OWN_CHANNELS}
    return rules.get(channel) or own.get(channel) or ChannelRule(channel=channel)


def is_asked_for(state: State, contact: Contact, agent_id: str) -> bool:
    """Whether the contact, at its step, asks for somebody like this agent."""
    if contact.for_agent_id is not None:
        return agent_id == contact.for_agent_id
    profile = state.settings.agents[agent_id]
    step = step_of(state, contact)
    return (
        contact.queue_id in profile.queue_ids
        and (step.team_ids is None or profile.team_id in step.team_ids)
        and all(
            profile.skills.get(n.skill_id, 0) >= n.proficiency_min for n in needs_of(state, contact)
        )
    )


def is_free(agent: Agent) -> bool:
    return agent.presence is Presence.AVAILABLE and agent.next_presence is None


def has_capacity(state: State, agent: Agent, channel: str) -> bool:
    """Room for one more; what yields to the channel weighs nothing once no offer is open."""
    units = rule_of(state, channel).units
    room = state.settings.agents[agent.agent_id].capacity_units - agent.load_units
    if room >= units:
        return True
    if agent.offer_ids:
        return False
    in_hand = [state.engagements[id_] for id_ in agent.engagement_ids]
    yielding = [e.units for e in in_hand if channel in rule_of(state, e.channel).yields_to]
    return room + sum(yielding) >= units


def idle_agents(state: State, team_id: str | None) -> int:
    return sum(
        is_free(agent) and agent.load_units == 0
        for agent in state.agents.values()
        if state.settings.agents[agent.agent_id].team_id == team_id
    )


def is_kept_back(state: State, contact: Contact, agent_id: str) -> bool:
    """Whether the agent's team keeps its last idle agents from this contact's queue."""
    team_id = state.settings.agents[agent_id].team_id
    team = state.settings.teams.get(team_id or "")
    home = state.settings.queues[contact.queue_id].home_team_ids
    at_home = not home or team_id in home
    if team is None or team.reserve_idle == 0 or at_home or contact.for_agent_id is not None:
        return False
    return idle_agents(state, team_id) <= team.reserve_idle


def may_serve(state: State, contact: Contact, agent_id: str) -> bool:
    agent = state.agents[agent_id]
    return (
        is_free(agent)
        and is_asked_for(state, contact, agent_id)
        and agent_id not in contact.refused_by
        and has_capacity(state, agent, contact.channel)
        and not is_kept_back(state, contact, agent_id)
    )


# -- of any state


def check_state(state: State) -> None:
    """Everything that is true of a state between two commands."""
    for contact in state.contacts.values():
        check_contact(state, contact)
    for agent in state.agents.values():
        check_agent(state, agent)
    check_sums(state)
    check_deadlines(state)
    check_nobody_idles(state)
    check_index(state)
    alarm_laws.check_alarms(state)


def check_contact(state: State, contact: Contact) -> None:
    """A contact is in exactly one place, and the place knows it."""
    offer = state.offers.get(contact.offer_id or 0)
    engagement = state.engagements.get(contact.engagement_id or 0)
    places = {
        Stage.WAITING: contact.contact_id in state.lanes.place,
        Stage.OFFERED: offer is not None,
        Stage.ENGAGED: engagement is not None,
    }
    places[Stage.SELF_SERVICE] = contact.run_id is not None and not keeps_place(state, contact)
    places[Stage.PROMISED] = is_due(state, contact)
    places[Stage.PARKED] = is_due(state, contact, DeadlineKind.PARKING_END)
    assert [stage for stage, there in places.items() if there] == (
        [] if contact.stage is Stage.CLOSED else [contact.stage]
    )
    check_run(state, contact)
    check_consult(state, contact)
    if offer is not None:
        assert (offer.contact_id, offer.agent_id) == (contact.contact_id, contact.agent_id)
    elif engagement is not None:
        assert engagement.ended_ms is None
        assert engagement.contact_id == contact.contact_id
        assert (engagement.agent_id, engagement.queue_id) == (contact.agent_id, contact.queue_id)
    else:
        assert contact.agent_id is None
    assert contact.held_since_ms is None or contact.stage is Stage.ENGAGED
    wrapping_up = [
        e
        for e in state.engagements.values()
        if e.contact_id == contact.contact_id and e.ended_ms is not None
    ]
    assert contact.wrap_up_count == len(wrapping_up)
    if contact.stage is Stage.CLOSED:
        assert wrapping_up or contact.rating_until_ms is not None, "it should be forgotten"


def is_due(state: State, contact: Contact, of: DeadlineKind = DeadlineKind.CALLBACK_DUE) -> bool:
    """Whether it has such a deadline: as a callback whose time is still to come."""
    return contact.contact_id in {id_ for _, kind, id_ in state.deadlines.as_list() if kind == of}


def keeps_place(state: State, contact: Contact) -> bool:
    """Whether its flow goes on beside the queue it waits in."""
    run = state.runs.get(contact.run_id or 0)
    return run is not None and run.use is FlowUse.WAITING and run.callback_id is None


def check_run(state: State, contact: Contact) -> None:
    """A flow under way is the contact's one, waits for something, and stands at a node."""
    runs = [run for run in state.runs.values() if run.contact_id == contact.contact_id]
    assert [run.run_id for run in runs] == ([contact.run_id] if contact.run_id else [])
    for run in runs:
        assert run.pending is not None, "between decisions a run waits for something"
        assert contact.stage in (Stage.WAITING, Stage.OFFERED, Stage.SELF_SERVICE)
        for frame in run.frames:
            state.get_node(frame.flow_id, frame.version, frame.node_id)


def check_agent(state: State, agent: Agent) -> None:
    offers = [o for o in state.offers.values() if o.agent_id == agent.agent_id]
    in_hand = [e for e in state.engagements.values() if e.agent_id == agent.agent_id]
    assert sorted(agent.offer_ids) == [o.offer_id for o in offers]
    assert sorted(agent.engagement_ids) == sorted(e.engagement_id for e in in_hand)
    assert agent.load_units == sum(o.units for o in offers) + sum(e.units for e in in_hand)
    assert (agent.busy_since_ms is not None) == (agent.load_units > 0)
    if agent.presence is not Presence.AVAILABLE:
        assert not offers, "only the available are offered anything"
    if agent.presence is Presence.OFFLINE:
        assert not in_hand, "who is offline has nothing in hand"
    if agent.next_presence is not None:
        assert agent.load_units > 0, "a queued presence follows as soon as the agent is free"
    assert (agent.break_reason_id is not None) == (agent.presence is Presence.BREAK)


def check_sums(state: State) -> None:
    stages = Counter(contact.stage for contact in state.contacts.values())
    standing = sum(len(lane.waiting) for lane in state.lanes.lanes.values())
    assert stages[Stage.WAITING] == standing == len(state.lanes.place)
    assert stages[Stage.OFFERED] == len(state.offers)
    live = [e for e in state.engagements.values() if e.ended_ms is None]
    assert stages[Stage.ENGAGED] == len(live)
    assert sum(stages.values()) == len(state.contacts)


def check_deadlines(state: State) -> None:
    """Nothing lasts for ever, and nothing falls due for what is no more."""
    due = {(DeadlineKind(kind), id_): at_ms for at_ms, kind, id_ in state.deadlines.as_list()}
    expected = {key for contact in state.contacts.values() for key in expected_of(state, contact)}
    expected |= {
        (DeadlineKind.OFFER_EXPIRY, o.offer_id)
        for o in state.offers.values()
        if o.expires_ms is not None
    }
    expected |= {(DeadlineKind.RUN_STEP, run_id) for run_id in state.runs}
    expected |= {(DeadlineKind.RUN_END, run_id) for run_id in state.runs}
    expected |= {
        (DeadlineKind.WRAP_UP_END, e.engagement_id)
        for e in state.engagements.values()
        if e.ended_ms is not None
    }
    free_kinds = {DeadlineKind.CUSTOMER_IDLE, DeadlineKind.CUSTOMER_GONE, DeadlineKind.AGENT_LOST}
    free_kinds |= alarm_laws.KINDS
    assert {key for key in due if key[0] not in free_kinds} == expected
    signed_in = {a.number for a in state.agents.values() if a.presence is not Presence.OFFLINE}
    for kind, id_ in due:
        if kind is DeadlineKind.AGENT_LOST:
            assert id_ in signed_in
        elif kind is DeadlineKind.CUSTOMER_IDLE:
            assert state.contacts[id_].stage is Stage.ENGAGED
        elif kind is DeadlineKind.CUSTOMER_GONE:
            assert state.contacts[id_].stage in (
                Stage.WAITING,
                Stage.OFFERED,
                Stage.SELF_SERVICE,
                Stage.PARKED,
            )
            assert not state.contacts[id_].customer_connected


def expected_of(state: State, contact: Contact) -> set[tuple[DeadlineKind, int]]:
    """The deadlines that a contact must have, by where it is."""
    kinds: set[DeadlineKind] = set()
    if contact.stage in (Stage.WAITING, Stage.OFFERED):
        if step_of(state, contact).duration_ms is not None:
            kinds.add(DeadlineKind.STEP_END)
        if contact.for_agent_id is not None:
            kinds.add(DeadlineKind.PERSONAL_WAIT_END)
    if contact.refused_by and contact.stage not in (Stage.ENGAGED, Stage.CLOSED):
        kinds.add(DeadlineKind.RETRY_REFUSED)
    if contact.callback is not None and contact.stage not in (Stage.ENGAGED, Stage.CLOSED):
        kinds.add(DeadlineKind.CALLBACK_EXPIRY)
    if contact.stage is Stage.PROMISED:
        kinds.add(DeadlineKind.CALLBACK_DUE)
    if contact.stage is Stage.PARKED:
        kinds.add(DeadlineKind.PARKING_END)
    queue = state.settings.queues.get(contact.queue_id)
    waited = queue is not None and any(rule.wait_ms is not None for rule in queue.overflows)
    stays = contact.overflow_count >= OVERFLOWS_MAX or rule_of(state, contact.channel).patient
    back = contact.overflow_queue_id == contact.queue_id
    if contact.stage is Stage.WAITING and waited and not stays and not back:
        kinds.add(DeadlineKind.OVERFLOW)
    if contact.rating_until_ms is not None:
        kinds.add(DeadlineKind.RATING_END)
    return {(kind, contact.contact_id) for kind in kinds}


def check_nobody_idles(state: State) -> None:
    """No free agent who may serve a waiting contact stays idle."""
    for contact in state.contacts.values():
        if contact.stage is Stage.WAITING:
            able = [agent_id for agent_id in state.agents if may_serve(state, contact, agent_id)]
            assert not able, f"{able} may serve the waiting contact {contact.contact_id}"


def check_index(state: State) -> None:
    """The index kept along is the index built from scratch."""
    rebuilt = load(dump(state))
    kept_picture, rebuilt_picture = picture(state), picture(rebuilt)
    for lane_key, lane in rebuilt_picture.items():
        assert kept_picture[lane_key] == lane
    for name in ("waiting_by_queue", "free_units_by_queue", "free_agents_by_queue", "idle_by_team"):
        counters = [
            {key: count for key, count in getattr(s.lanes, name).items() if count}
            for s in (state, rebuilt)
        ]
        assert counters[0] == counters[1], name


def picture(state: State) -> dict[object, object]:
    """Of each lane: who waits, in order, and which agents are free for it, in order."""
    state.lanes.flush()
    return {
        key: (list(lane.waiting), lane.members, free_agents(state, key))
        for key, lane in state.lanes.lanes.items()
    }


def free_agents(state: State, lane_key: object) -> dict[str, list[str]]:
    """By team, the agents who are free for a lane, who is asked first before the others."""
    lanes = state.lanes
    lane = lanes.lanes[lane_key]  # pyright: ignore[reportArgumentType]
    free: dict[str, list[str]] = {}
    for team_id in lane.idle:
        asked: list[str] = []
        while (entry := lanes.head(lane, team_id, tuple(asked))) is not None:
            asked.append(lanes.by_number[entry[-2]].agent.agent_id)
        if asked:
            free[team_id] = asked
    return free


# -- in passing


class Witness:
    """Follows a centre's events on a state of its own."""

    def __init__(self, state: bytes | None = None) -> None:
        self.centre = Centre(load(state) if state is not None else None)
        self.closed: set[int] = set()
        self.opened = 0
        self._places: dict[int, tuple[str, int, int, int]] = {}
        self._alarms = alarm_laws.AlarmWitness()

    @property
    def state(self) -> State:
        return self.centre.state

    def follow(self, events: list[ev.AnyEvent], at_ms: int) -> None:
        for event in events:
            self._before(event, at_ms)
            self._alarms.see(event, at_ms)
            self.centre.evolve(event, at_ms)
            self._after(event)

    def agrees_with(self, state: State) -> None:
        """Replaying the events has led to the very same state; every contact is accounted for."""
        assert digest(self.state) == digest(state)
        gone = self.closed - state.contacts.keys()
        assert len(state.contacts) + len(gone) == self.opened

    def _before(self, event: ev.AnyEvent, at_ms: int) -> None:
        contact_id = getattr(event, "contact_id", None)
        if contact_id in self.closed:
            assert isinstance(event, AFTER_CLOSING), f"{event} after the contact has closed"
        match event:
            case ev.ContactOpened():
                self.opened += 1
            case ev.ContactClosed():
                self.closed.add(event.contact_id)
            case ev.ContactOffered():
                self._check_offer(event, at_ms)
            case _:
                pass

    def _check_offer(self, event: ev.ContactOffered, at_ms: int) -> None:
        state = self.state
        contact = state.contacts[event.contact_id]
        assert may_serve(state, contact, event.agent_id), "the offer was not allowed"
        auto = state.settings.agents[event.agent_id].auto_accept
        assert auto == (event.expires_ms is None), "every offer ends, or is accepted at once"
        explanation = explain_contact(state, event.contact_id, at_ms)
        assert isinstance(explanation, Explanation)
        if (
            event.why.trigger is ev.OfferTrigger.CONTACT_ARRIVED
            and explanation.strategy is not Strategy.RANDOM
        ):
            assert explanation.chosen_agent_id == event.agent_id
        verdict = {c.agent_id: c.verdict for c in explanation.candidates}[event.agent_id]
        assert verdict in (Verdict.CHOSEN, Verdict.NEXT)
        self._places[event.offer_id] = place_of(contact)

    def _after(self, event: ev.AnyEvent) -> None:
        if isinstance(event, ev.OfferDeclined | ev.OfferExpired | ev.OfferWithdrawn):
            contact = self.state.contacts[event.contact_id]
            assert contact.stage is Stage.WAITING
            before = self._places.pop(event.offer_id)
            assert place_of(contact) == before, "a failed offer keeps place and age"
            _, key = self.state.lanes.place[event.contact_id]
            assert key[1:] == (contact.age_from_ms, contact.contact_id)


AFTER_CLOSING = (
    ev.AlarmRaised,
    ev.WrapUpCompleted,
    ev.RatingEnded,
    ev.ContactRated,
    ev.MessagePosted,
    ev.MessagesRead,
    ev.CustomerConnected,
    ev.CustomerDisconnected,
)
"""What can still happen to a contact that has closed."""


def place_of(contact: Contact) -> tuple[str, int, int, int]:
    return (contact.queue_id, contact.age_from_ms, contact.queued_ms, contact.priority)
