"""One command's decision under way: emit events, and match until nobody free can be served."""

from heapq import heapify, heappop, heapreplace

from frontdesk.kernel import events as ev
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.evolve import EVOLVERS
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.first_values import first_values
from frontdesk.kernel.lane import Lane, Slot
from frontdesk.kernel.routing import (
    REFUSED_LOOK_AHEAD_MAX,
    Chance,
    choose_agent,
    choose_contact,
    team_of,
)
from frontdesk.kernel.state import State

_CONTACT_ARRIVED, _AGENT_FREED = ev.OfferTrigger


class Turn:
    """Events are applied as they are emitted, so each rule sees the outcome of the last."""

    __slots__ = ("events", "now_ms", "ready", "state")

    def __init__(self, state: State, now_ms: int) -> None:
        self.state = state
        self.now_ms = now_ms
        self.events: list[ev.AnyEvent] = []
        self.ready: list[int] = []
        """Runs of flows that can go on, and do before the decision is over."""

    def emit(self, event: ev.AnyEvent) -> None:
        self.events.append(event)
        EVOLVERS[type(event)](self.state, event, self.now_ms)

    # -- flows

    def begin_run(
        self, contact: Contact, flow: Flow, use: FlowUse, agent_id: str | None = None
    ) -> None:
        """The contact meets the flow, in its own language if the flow speaks it."""
        language = contact.language if contact.language in flow.languages else flow.languages[0]
        run_id = self.state.next_run_id
        self.emit(
            ev.FlowStarted(
                run_id,
                contact.contact_id,
                flow.flow_id,
                flow.version,
                use,
                language,
                first_values(flow),
                agent_id,
                self.now_ms + flow.time_ms_max,
            )
        )
        self.ready.append(run_id)

    def end_run(self, contact: Contact, result: ev.FlowResult, outcome: str = "") -> None:
        """Ends the flow that is under way with the contact, if one is."""
        if contact.run_id is None:
            return
        run = self.state.runs[contact.run_id]
        first = run.frames[0]
        self.emit(
            ev.FlowEnded(
                run.run_id,
                contact.contact_id,
                first.flow_id,
                run.frame.node_id,
                result,
                outcome or result.value,
            )
        )

    # -- matching

    def match_contact(self, contact: Contact) -> bool:
        """Offers a waiting contact to the agent whom routing chooses; False: it waits on."""
        state = self.state
        chance = Chance(state.next_offer_id, state.next_agent_number)
        slot = choose_agent(state.settings, state.lanes, contact, chance, self.now_ms)
        if slot is None:
            return False
        self._offer(contact, slot, _CONTACT_ARRIVED)
        return True

    def match_agent(self, agent_id: str) -> None:
        """Gives a free agent waiting contacts, until none fits or the agent is full."""
        state = self.state
        slot = state.lanes.slots.get(agent_id)
        while slot is not None and slot.free:
            contact = choose_contact(state.settings, state.lanes, state.contacts, slot, self.now_ms)
            if contact is None:
                break
            self._offer(contact, slot, _AGENT_FREED)
        if slot is not None and slot.idle:
            self._match_past_reserve(slot.team)

    def match_lanes(self, lanes: list[Lane]) -> None:
        """Matches all that wait in these lanes (none of them empty), the first of them all first.

        A lane is done with when nobody is free for it. Those who were refused are passed by, up to
        a limit: for them alone, somebody may be free whom the next one does not suit.
        """
        contacts = self.state.contacts
        heads = [(lane.waiting.first(), 0, lane) for lane in lanes]
        heapify(heads)  # a key is in one lane only, so that lanes are never compared
        while heads:
            key, passed_by, lane = heads[0]
            contact = contacts[key[2]]
            if not self.match_contact(contact):
                passed_by = passed_by + 1 if contact.refused_by else REFUSED_LOOK_AHEAD_MAX
            following = lane.waiting.after(key)
            if following is None or passed_by >= REFUSED_LOOK_AHEAD_MAX:
                heappop(heads)
            else:
                heapreplace(heads, (following, passed_by, lane))

    def _match_past_reserve(self, team_id: str) -> None:
        """One more idle agent may lift the team over its reserve, and so free another one."""
        reserve = team_of(self.state.settings, team_id).reserve_idle
        lanes = self.state.lanes
        if reserve == 0 or lanes.idle_by_team.get(team_id, 0) <= reserve:
            return
        away = [lane for lane in lanes.lanes.values() if lane.waiting and not lane.is_home(team_id)]
        self.match_lanes(away)

    def give(self, contact: Contact, agent_id: str, queue_id: str, cause: ev.TakenCause) -> None:
        """The contact, which stands in no queue, is the agent's without being asked."""
        engagement_id = self.state.next_offer_id
        self.emit(ev.ContactTaken(engagement_id, contact.contact_id, agent_id, queue_id, cause))

    def _offer(self, contact: Contact, slot: Slot, trigger: ev.OfferTrigger) -> None:
        state = self.state
        lane = state.lanes.place[contact.contact_id][0]
        queue = lane.queue
        agent_id = slot.profile.agent_id
        auto = slot.profile.auto_accept
        previous = queue.previous_agent_wait_ms > 0 and contact.previous_agent_id == agent_id
        why = ev.OfferWhy(
            trigger,
            contact.step_index,
            self.now_ms - contact.queued_ms,
            state.lanes.waiting_by_queue[queue.queue_id],
            previous,
        )
        offer_id = state.next_offer_id
        expires_ms = None if auto else self.now_ms + queue.offer_time_ms
        contact_id = contact.contact_id
        self.emit(ev.ContactOffered(offer_id, contact_id, agent_id, expires_ms, why))
        if auto:
            if contact.run_id is not None:
                self.end_run(contact, ev.FlowResult.SERVED)
            self.emit(ev.OfferAccepted(offer_id, contact_id, agent_id))
