"""What happens between a contact and an agent: offer, engagement, wrap-up, and the load of them."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.watching import count_wait, watch_engagement, watch_misses
from frontdesk.kernel.contact_deadlines import (
    cancel_queue_deadlines,
    channel_rule,
    set_overflow_deadline,
)
from frontdesk.kernel.deadlines import (
    CALLBACK_EXPIRY,
    CUSTOMER_GONE,
    CUSTOMER_IDLE,
    OFFER_EXPIRY,
    OVERFLOW,
    RETRY_REFUSED,
    WRAP_UP_END,
)
from frontdesk.kernel.entities import (
    ENGAGED,
    OFFERED,
    PARKED,
    WAITING,
    Agent,
    Contact,
    Engagement,
    Offer,
)
from frontdesk.kernel.evolve_contacts import (
    end_hold,
    forget_if_done,
    remember_refusal,
    unpark,
)
from frontdesk.kernel.learning import learn_answered, learn_handle
from frontdesk.kernel.state import State


def evolve_contact_offered(state: State, event: ev.ContactOffered, now_ms: int) -> None:
    assert event.offer_id == state.next_offer_id, "offer ids are handed out in order"
    state.next_offer_id += 1
    contact = state.contacts[event.contact_id]
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't be offered"
    units = state.lanes.place[contact.contact_id][0].units
    state.lanes.remove_waiting(contact)
    state.deadlines.cancel(OVERFLOW, contact.contact_id)
    contact.stage = OFFERED
    contact.offer_id = event.offer_id
    contact.agent_id = event.agent_id
    state.offers[event.offer_id] = Offer(
        event.offer_id, event.contact_id, event.agent_id, units, now_ms, event.expires_ms, event.why
    )
    agent = state.agents[event.agent_id]
    agent.offer_ids.append(event.offer_id)
    agent.turns[contact.queue_id] = event.offer_id
    _add_load(state, agent, units, now_ms)
    if event.expires_ms is not None:
        state.deadlines.set(OFFER_EXPIRY, event.offer_id, event.expires_ms)


def _add_load(state: State, agent: Agent, units: int, now_ms: int) -> None:
    if agent.busy_since_ms is None:
        agent.busy_since_ms = now_ms
    agent.load_units += units
    state.lanes.touch(state.lanes.slots[agent.agent_id])


def _drop_load(state: State, agent: Agent, units: int, now_ms: int) -> None:
    agent.load_units -= units
    assert agent.load_units >= 0, "an agent's load can't be negative"
    if agent.load_units == 0 and agent.busy_since_ms is not None:
        agent.busy_ms += now_ms - agent.busy_since_ms
        agent.busy_since_ms = None
    state.lanes.touch(state.lanes.slots[agent.agent_id])


def _take_offer(state: State, offer_id: int) -> tuple[Offer, Contact, Agent]:
    """Takes an open offer out of the state; its units stay on the agent."""
    offer = state.offers.pop(offer_id)
    contact = state.contacts[offer.contact_id]
    assert contact.offer_id == offer_id, "the offer is not the contact's open one"
    contact.offer_id = None
    agent = state.agents[offer.agent_id]
    agent.offer_ids.remove(offer_id)
    if offer.expires_ms is not None:
        state.deadlines.cancel(OFFER_EXPIRY, offer_id)
    return offer, contact, agent


def evolve_offer_accepted(state: State, event: ev.OfferAccepted, now_ms: int) -> None:
    offer, contact, agent = _take_offer(state, event.offer_id)
    cancel_queue_deadlines(state, contact, now_ms)
    if agent.missed_offers:
        agent.missed_offers = 0
        watch_misses(state, agent, now_ms)
    _engage(state, contact, agent, event.offer_id, offer.units, now_ms)
    learn_answered(state, contact, now_ms)
    if state.lookout.ratios and contact.callback is None:
        wait_ms = now_ms - contact.queued_ms
        count_wait(state, contact.queue_id, wait_ms, now_ms, answered=True)


def evolve_contact_taken(state: State, event: ev.ContactTaken, now_ms: int) -> None:
    assert event.engagement_id == state.next_offer_id, "offer ids are handed out in order"
    state.next_offer_id += 1
    contact = state.contacts[event.contact_id]
    if contact.stage is PARKED:
        unpark(state, contact)
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't be taken"
    assert contact.contact_id not in state.lanes.place, "who waits in a queue is offered"
    contact.queue_id = event.queue_id
    contact.agent_id = event.agent_id
    agent = state.agents[event.agent_id]
    units = channel_rule(state, contact.channel).units
    _add_load(state, agent, units, now_ms)
    _engage(state, contact, agent, event.engagement_id, units, now_ms)


def _engage(
    state: State, contact: Contact, agent: Agent, engagement_id: int, units: int, now_ms: int
) -> None:
    """The contact is with the agent, whose load has its units already."""
    contact.stage = ENGAGED
    contact.engagement_id = engagement_id
    if contact.refused_by:
        contact.refused_by = ()
        state.deadlines.cancel(RETRY_REFUSED, contact.contact_id)
    contact.for_agent_id = None
    if not contact.customer_connected:
        state.deadlines.cancel(CUSTOMER_GONE, contact.contact_id)
    if contact.callback is not None:
        state.deadlines.cancel(CALLBACK_EXPIRY, contact.contact_id)
    agent.engagement_ids.append(engagement_id)
    engagement = state.engagements[engagement_id] = Engagement(
        engagement_id,
        contact.contact_id,
        agent.agent_id,
        contact.queue_id,
        contact.channel,
        units,
        now_ms,
    )
    if state.lanes.has_yielding(agent):  # it did not give way while the offer was open
        state.lanes.touch(state.lanes.slots[agent.agent_id])
    if state.lookout.contacts:
        watch_engagement(state, state.lookout.contacts, engagement, now_ms)


def _offer_failed(state: State, offer_id: int, now_ms: int) -> tuple[Contact, Agent]:
    """The contact goes back to its place, the agent's capacity is free again."""
    offer, contact, agent = _take_offer(state, offer_id)
    contact.stage = WAITING
    contact.agent_id = None
    state.lanes.add_waiting(contact)
    set_overflow_deadline(state, contact, now_ms)
    _drop_load(state, agent, offer.units, now_ms)
    return contact, agent


def evolve_offer_declined(state: State, event: ev.OfferDeclined, now_ms: int) -> None:
    contact, agent = _offer_failed(state, event.offer_id, now_ms)
    agent.missed_offers = 0
    watch_misses(state, agent, now_ms)
    remember_refusal(state, contact, event.agent_id, now_ms)


def evolve_offer_expired(state: State, event: ev.OfferExpired, now_ms: int) -> None:
    contact, agent = _offer_failed(state, event.offer_id, now_ms)
    agent.missed_offers += 1
    watch_misses(state, agent, now_ms)
    remember_refusal(state, contact, event.agent_id, now_ms)


def evolve_offer_withdrawn(state: State, event: ev.OfferWithdrawn, now_ms: int) -> None:
    _offer_failed(state, event.offer_id, now_ms)


def evolve_engagement_ended(state: State, event: ev.EngagementEnded, now_ms: int) -> None:
    engagement = state.engagements[event.engagement_id]
    contact = state.contacts[event.contact_id]
    assert contact.engagement_id == event.engagement_id, "the contact is not engaged so"
    end_hold(contact, engagement, now_ms)
    contact.engagement_id = None
    contact.agent_id = None
    contact.served_by = event.agent_id
    contact.listeners = None
    contact.stage = WAITING
    if contact.message_count:
        state.deadlines.cancel(CUSTOMER_IDLE, contact.contact_id)
    _watch_ended(state, engagement, now_ms)
    if event.wrap_up_until_ms is None:
        _release(state, engagement, now_ms)
        return
    engagement.ended_ms = now_ms
    engagement.wrap_up_until_ms = event.wrap_up_until_ms
    contact.wrap_up_count += 1
    state.deadlines.set(WRAP_UP_END, engagement.engagement_id, event.wrap_up_until_ms)
    if state.lookout.wrap_ups:
        watch_engagement(state, state.lookout.wrap_ups, engagement, now_ms)


def _watch_ended(state: State, engagement: Engagement, now_ms: int) -> None:
    """The conversation has ended, and with it any hold."""
    lookout = state.lookout
    if lookout.contacts:
        watch_engagement(state, lookout.contacts, engagement, now_ms, over=True)
    if lookout.holds:
        watch_engagement(state, lookout.holds, engagement, now_ms, over=True)


def _release(state: State, engagement: Engagement, now_ms: int) -> None:
    """The engagement is over for good and gives its units back."""
    del state.engagements[engagement.engagement_id]
    agent = state.agents[engagement.agent_id]
    agent.engagement_ids.remove(engagement.engagement_id)
    agent.idle_since_ms = now_ms
    learn_handle(state, engagement, now_ms)
    _drop_load(state, agent, engagement.units, now_ms)


def evolve_wrap_up_completed(state: State, event: ev.WrapUpCompleted, now_ms: int) -> None:
    state.deadlines.cancel(WRAP_UP_END, event.engagement_id)
    engagement = state.engagements[event.engagement_id]
    if state.lookout.wrap_ups:
        watch_engagement(state, state.lookout.wrap_ups, engagement, now_ms, over=True)
    _release(state, engagement, now_ms)
    contact = state.contacts[event.contact_id]
    contact.wrap_up_count -= 1
    forget_if_done(state, contact)
