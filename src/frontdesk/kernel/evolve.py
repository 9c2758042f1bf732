"""What each event does to the state. No decisions here: replaying a journal is only this."""

from collections.abc import Callable
from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.deadlines import (
    AGENT_LOST,
    CUSTOMER_GONE,
    CUSTOMER_IDLE,
    OFFER_EXPIRY,
    OVERFLOW,
    PERSONAL_WAIT_END,
    QUEUE_KINDS,
    RATING_END,
    RETRY_REFUSED,
    STEP_END,
    WRAP_UP_END,
)
from frontdesk.kernel.entities import (
    CLOSED,
    ENGAGED,
    OFFERED,
    WAITING,
    Agent,
    Contact,
    Engagement,
    Offer,
    QueueStats,
)
from frontdesk.kernel.setting_tables import put_entity, remove_entity
from frontdesk.kernel.settings import AgentProfile, ChannelRule, OverflowWhen, Queue, find_overflow
from frontdesk.kernel.state import CLOSED_REFS_MAX, State, ref_key

_OVERFLOWED = ev.QueuedCause.OVERFLOWED

CLIENT_IDS_MAX = 64
"""How many of a contact's last messages are known by their senders' ids."""

STATS_FADE = 0.99
"""Weight of a queue's past observations after each new one."""


def _setting_saved(state: State, event: ev.SettingSaved, now_ms: int) -> None:
    entity = event.entity
    if isinstance(entity, AgentProfile) and entity.agent_id not in state.agents:
        state.agents[entity.agent_id] = Agent(
            entity.agent_id, state.next_agent_number, presence_since_ms=now_ms
        )
        state.next_agent_number += 1
    put_entity(state, entity)
    if isinstance(entity, Queue):
        _adjust_deadlines(state, entity, now_ms)


def _adjust_deadlines(state: State, queue: Queue, now_ms: int) -> None:
    """Whoever waits in a queue whose steps or rules have changed goes by the new ones."""
    for contact in state.contacts.values():
        if contact.queue_id != queue.queue_id:
            continue
        if contact.stage in (WAITING, OFFERED):
            _set_step_deadline(state, contact, now_ms)
        if contact.stage is WAITING:
            _set_overflow_deadline(state, contact, now_ms)


def _setting_removed(state: State, event: ev.SettingRemoved, now_ms: int) -> None:
    if event.kind == "agent_profile":
        number = state.agents[event.entity_id].number
        state.deadlines.cancel(AGENT_LOST, number)
    remove_entity(state, event.kind, event.entity_id)


def _contact_opened(state: State, event: ev.ContactOpened, now_ms: int) -> None:
    assert event.contact_id == state.next_contact_id, "contact ids are handed out in order"
    state.next_contact_id += 1
    state.contacts[event.contact_id] = Contact(
        event.contact_id,
        event.channel,
        event.channel_ref,
        event.customer,
        event.topic,
        event.skills,
        event.priority,
        event.previous_agent_id,
        event.attributes,
        now_ms,
        now_ms,
        now_ms,
    )
    if event.channel_ref:
        state.open_refs[ref_key(event.channel, event.channel_ref)] = event.contact_id


def _contact_queued(state: State, event: ev.ContactQueued, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't be queued"
    if contact.contact_id in state.lanes.place:
        state.lanes.remove_waiting(contact)
        _cancel_queue_deadlines(state, contact)
    contact.queue_id = event.queue_id
    contact.step_index = 0
    contact.queued_ms = now_ms
    contact.age_from_ms = event.age_from_ms
    contact.for_agent_id = event.for_agent_id
    if event.cause is _OVERFLOWED:
        contact.overflow_count += 1
    state.lanes.add_waiting(contact)
    if event.for_agent_until_ms is not None:
        until_ms = event.for_agent_until_ms
        state.deadlines.set(PERSONAL_WAIT_END, contact.contact_id, until_ms)
    _set_step_deadline(state, contact, now_ms)
    _set_overflow_deadline(state, contact, now_ms)
    if not contact.customer_connected:
        _set_gone_deadline(state, contact, now_ms)


def _set_step_deadline(state: State, contact: Contact, now_ms: int) -> None:
    duration_ms = state.settings.queues[contact.queue_id].steps[contact.step_index].duration_ms
    if duration_ms is not None:
        state.deadlines.set(STEP_END, contact.contact_id, now_ms + duration_ms)
    else:
        state.deadlines.cancel(STEP_END, contact.contact_id)


def _set_overflow_deadline(state: State, contact: Contact, now_ms: int) -> None:
    """Sets when a waiting contact is sent on; never in the past, so that it stays in order."""
    queue = state.settings.queues[contact.queue_id]
    rule = find_overflow(queue, OverflowWhen.WAITED) if queue.overflows else None
    if rule is not None and rule.wait_ms is not None:
        at_ms = max(now_ms, contact.queued_ms + rule.wait_ms)
        state.deadlines.set(OVERFLOW, contact.contact_id, at_ms)
    else:
        state.deadlines.cancel(OVERFLOW, contact.contact_id)


def _cancel_queue_deadlines(state: State, contact: Contact) -> None:
    state.deadlines.cancel_all(QUEUE_KINDS, contact.contact_id)


def _step_advanced(state: State, event: ev.StepAdvanced, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    _move_lane(state, contact, lambda: setattr(contact, "step_index", event.step_index))
    _set_step_deadline(state, contact, now_ms)


def _contact_released(state: State, event: ev.ContactReleased, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    _move_lane(state, contact, lambda: setattr(contact, "for_agent_id", None))
    state.deadlines.cancel(PERSONAL_WAIT_END, contact.contact_id)


def _move_lane(state: State, contact: Contact, change: Callable[[], None]) -> None:
    """Applies a change that decides in which lane the contact waits."""
    if contact.stage is WAITING:
        state.lanes.remove_waiting(contact)
        change()
        state.lanes.add_waiting(contact)
    else:
        change()


def _refusals_forgotten(state: State, event: ev.RefusalsForgotten, now_ms: int) -> None:
    state.contacts[event.contact_id].refused_by = ()
    state.deadlines.cancel(RETRY_REFUSED, event.contact_id)


def _contact_overflowed(state: State, event: ev.ContactOverflowed, now_ms: int) -> None:
    """The rule's effect follows as an event of its own."""


def _contact_offered(state: State, event: ev.ContactOffered, now_ms: int) -> None:
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


def _offer_accepted(state: State, event: ev.OfferAccepted, now_ms: int) -> None:
    offer, contact, agent = _take_offer(state, event.offer_id)
    contact.stage = ENGAGED
    contact.engagement_id = event.offer_id
    contact.refused_by = ()
    contact.for_agent_id = None
    _cancel_queue_deadlines(state, contact)
    state.deadlines.cancel(CUSTOMER_GONE, contact.contact_id)
    agent.missed_offers = 0
    agent.engagement_ids.append(event.offer_id)
    state.engagements[event.offer_id] = Engagement(
        event.offer_id,
        contact.contact_id,
        agent.agent_id,
        contact.queue_id,
        contact.channel,
        offer.units,
        now_ms,
    )
    _learn_wait(state, contact.queue_id, now_ms - contact.queued_ms, 0.0)


def _learn_wait(state: State, queue_id: str, wait_ms: int, abandoned: float) -> None:
    """One more wait, and whether (1 or 0) it ended by leaving."""
    stats = state.stats.get(queue_id) or _new_stats(state, queue_id)
    stats.waited_ms = stats.waited_ms * STATS_FADE + wait_ms
    stats.abandoned = stats.abandoned * STATS_FADE + abandoned


def _learn_handle(state: State, engagement: Engagement, now_ms: int) -> None:
    queue_id = engagement.queue_id
    stats = state.stats.get(queue_id) or _new_stats(state, queue_id)
    stats.handle_ms = stats.handle_ms * STATS_FADE + (now_ms - engagement.started_ms)
    stats.handled = stats.handled * STATS_FADE + 1.0


def _new_stats(state: State, queue_id: str) -> QueueStats:
    stats = state.stats[queue_id] = QueueStats()
    return stats


def _offer_failed(state: State, offer_id: int, now_ms: int) -> tuple[Contact, Agent]:
    """The contact goes back to its place, the agent's capacity is free again."""
    offer, contact, agent = _take_offer(state, offer_id)
    contact.stage = WAITING
    contact.agent_id = None
    state.lanes.add_waiting(contact)
    _set_overflow_deadline(state, contact, now_ms)
    _drop_load(state, agent, offer.units, now_ms)
    return contact, agent


def _refused(state: State, contact: Contact, agent_id: str, now_ms: int) -> None:
    contact.refused_by = (*contact.refused_by, agent_id)
    retry_ms = now_ms + state.settings.centre.retry_refused_ms
    state.deadlines.set(RETRY_REFUSED, contact.contact_id, retry_ms)


def _offer_declined(state: State, event: ev.OfferDeclined, now_ms: int) -> None:
    contact, _ = _offer_failed(state, event.offer_id, now_ms)
    _refused(state, contact, event.agent_id, now_ms)


def _offer_expired(state: State, event: ev.OfferExpired, now_ms: int) -> None:
    contact, agent = _offer_failed(state, event.offer_id, now_ms)
    agent.missed_offers += 1
    _refused(state, contact, event.agent_id, now_ms)


def _offer_withdrawn(state: State, event: ev.OfferWithdrawn, now_ms: int) -> None:
    _offer_failed(state, event.offer_id, now_ms)


def _contact_held(state: State, event: ev.ContactHeld, now_ms: int) -> None:
    state.contacts[event.contact_id].held_since_ms = now_ms


def _contact_resumed(state: State, event: ev.ContactResumed, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.engagement_id is not None
    _end_hold(contact, state.engagements[contact.engagement_id], now_ms)


def _end_hold(contact: Contact, engagement: Engagement, now_ms: int) -> None:
    if contact.held_since_ms is not None:
        engagement.held_ms += now_ms - contact.held_since_ms
        contact.held_since_ms = None


def _contact_transferred(state: State, event: ev.ContactTransferred, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    _refused(state, contact, event.agent_id, now_ms)


def _engagement_ended(state: State, event: ev.EngagementEnded, now_ms: int) -> None:
    engagement = state.engagements[event.engagement_id]
    contact = state.contacts[event.contact_id]
    assert contact.engagement_id == event.engagement_id, "the contact is not engaged so"
    _end_hold(contact, engagement, now_ms)
    contact.engagement_id = None
    contact.agent_id = None
    contact.stage = WAITING
    state.deadlines.cancel(CUSTOMER_IDLE, contact.contact_id)
    if event.wrap_up_until_ms is None:
        _release(state, engagement, now_ms)
        return
    engagement.ended_ms = now_ms
    engagement.wrap_up_until_ms = event.wrap_up_until_ms
    contact.wrap_up_count += 1
    state.deadlines.set(WRAP_UP_END, engagement.engagement_id, event.wrap_up_until_ms)


def _release(state: State, engagement: Engagement, now_ms: int) -> None:
    """The engagement is over for good and gives its units back."""
    del state.engagements[engagement.engagement_id]
    agent = state.agents[engagement.agent_id]
    agent.engagement_ids.remove(engagement.engagement_id)
    agent.idle_since_ms = now_ms
    _learn_handle(state, engagement, now_ms)
    _drop_load(state, agent, engagement.units, now_ms)


def _wrap_up_completed(state: State, event: ev.WrapUpCompleted, now_ms: int) -> None:
    state.deadlines.cancel(WRAP_UP_END, event.engagement_id)
    _release(state, state.engagements[event.engagement_id], now_ms)
    contact = state.contacts[event.contact_id]
    contact.wrap_up_count -= 1
    _forget_if_done(state, contact)


def _contact_abandoned(state: State, event: ev.ContactAbandoned, now_ms: int) -> None:
    _learn_wait(state, event.queue_id, event.wait_ms, 1.0)


def _contact_closed(state: State, event: ev.ContactClosed, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't be closed"
    if contact.contact_id in state.lanes.place:
        state.lanes.remove_waiting(contact)
        _cancel_queue_deadlines(state, contact)
    if contact.refused_by:
        state.deadlines.cancel(RETRY_REFUSED, contact.contact_id)
    contact.stage = CLOSED
    contact.rating_until_ms = event.rating_until_ms
    state.deadlines.cancel(CUSTOMER_GONE, contact.contact_id)
    if event.rating_until_ms is not None:
        state.deadlines.set(RATING_END, contact.contact_id, event.rating_until_ms)
    _forget_if_done(state, contact)


def _rating_ended(state: State, event: ev.RatingEnded, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.rating_until_ms = None
    state.deadlines.cancel(RATING_END, contact.contact_id)
    _forget_if_done(state, contact)


def _forget_if_done(state: State, contact: Contact) -> None:
    if contact.stage is not CLOSED or contact.wrap_up_count or contact.rating_until_ms is not None:
        return
    del state.contacts[contact.contact_id]
    if contact.channel_ref:
        key = ref_key(contact.channel, contact.channel_ref)
        state.open_refs.pop(key, None)
        state.closed_refs[key] = contact.contact_id
        if len(state.closed_refs) > CLOSED_REFS_MAX:
            del state.closed_refs[next(iter(state.closed_refs))]


def _message_posted(state: State, event: ev.MessagePosted, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert event.number == contact.message_count + 1, "messages are numbered in order"
    contact.message_count = event.number
    if event.client_id:
        contact.recent_client_ids[event.client_id] = event.number
        if len(contact.recent_client_ids) > CLIENT_IDS_MAX:
            del contact.recent_client_ids[next(iter(contact.recent_client_ids))]
    if event.internal:
        return
    contact.last_author = event.author
    _watch_silence(state, contact, event.author, now_ms)


def _watch_silence(state: State, contact: Contact, author: Author, now_ms: int) -> None:
    idle_ms = channel_rule(state, contact.channel).idle_close_ms
    if author is Author.CUSTOMER:
        state.deadlines.cancel(CUSTOMER_IDLE, contact.contact_id)
    elif author is Author.AGENT and idle_ms is not None:
        state.deadlines.set(CUSTOMER_IDLE, contact.contact_id, now_ms + idle_ms)


def channel_rule(state: State, channel: str) -> ChannelRule:
    """The channel's rule; of a channel that none is set for, the default one."""
    return state.lanes.channels.get(channel) or ChannelRule(channel=channel)


def _messages_read(state: State, event: ev.MessagesRead, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    if event.agent_id is None:
        contact.read_by_customer = event.number
    else:
        contact.read_by_agent = event.number


def _contact_rated(state: State, event: ev.ContactRated, now_ms: int) -> None:
    state.contacts[event.contact_id].rating = event.score


def _presence_changed(state: State, event: ev.PresenceChanged, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    if agent.presence is Presence.OFFLINE and event.presence is not Presence.OFFLINE:
        agent.signed_in_ms = now_ms
        agent.busy_ms = 0
    if event.presence is Presence.AVAILABLE:
        agent.idle_since_ms = now_ms
        agent.missed_offers = 0
    agent.presence = event.presence
    agent.break_reason_id = event.break_reason_id
    agent.presence_since_ms = now_ms
    agent.next_presence = None
    agent.next_break_reason_id = None
    if event.presence is Presence.OFFLINE:
        state.deadlines.cancel(AGENT_LOST, agent.number)
    state.lanes.touch(state.lanes.slots[agent.agent_id])


def _next_presence_set(state: State, event: ev.NextPresenceSet, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    agent.next_presence = event.presence
    agent.next_break_reason_id = event.break_reason_id
    state.lanes.touch(state.lanes.slots[agent.agent_id])


def _agent_connected(state: State, event: ev.AgentConnected, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    agent.connected = True
    state.deadlines.cancel(AGENT_LOST, agent.number)


def _agent_disconnected(state: State, event: ev.AgentDisconnected, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    agent.connected = False
    if agent.presence is not Presence.OFFLINE:
        at_ms = now_ms + state.settings.centre.disconnect_grace_ms
        state.deadlines.set(AGENT_LOST, agent.number, at_ms)


def _customer_connected(state: State, event: ev.CustomerConnected, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.customer_connected = True
    state.deadlines.cancel(CUSTOMER_GONE, contact.contact_id)


def _customer_disconnected(state: State, event: ev.CustomerDisconnected, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.customer_connected = False
    if contact.stage in (WAITING, OFFERED):
        _set_gone_deadline(state, contact, now_ms)


def _set_gone_deadline(state: State, contact: Contact, now_ms: int) -> None:
    grace_ms = channel_rule(state, contact.channel).leave_grace_ms
    if grace_ms is not None:
        state.deadlines.set(CUSTOMER_GONE, contact.contact_id, now_ms + grace_ms)


Evolver = Callable[[State, Any, int], None]

EVOLVERS: dict[type[ev.Event], Evolver] = {
    ev.SettingSaved: _setting_saved,
    ev.SettingRemoved: _setting_removed,
    ev.ContactOpened: _contact_opened,
    ev.ContactQueued: _contact_queued,
    ev.StepAdvanced: _step_advanced,
    ev.ContactReleased: _contact_released,
    ev.RefusalsForgotten: _refusals_forgotten,
    ev.ContactOverflowed: _contact_overflowed,
    ev.ContactOffered: _contact_offered,
    ev.OfferAccepted: _offer_accepted,
    ev.OfferDeclined: _offer_declined,
    ev.OfferExpired: _offer_expired,
    ev.OfferWithdrawn: _offer_withdrawn,
    ev.ContactHeld: _contact_held,
    ev.ContactResumed: _contact_resumed,
    ev.ContactTransferred: _contact_transferred,
    ev.EngagementEnded: _engagement_ended,
    ev.WrapUpCompleted: _wrap_up_completed,
    ev.ContactAbandoned: _contact_abandoned,
    ev.ContactClosed: _contact_closed,
    ev.RatingEnded: _rating_ended,
    ev.MessagePosted: _message_posted,
    ev.MessagesRead: _messages_read,
    ev.ContactRated: _contact_rated,
    ev.PresenceChanged: _presence_changed,
    ev.NextPresenceSet: _next_presence_set,
    ev.AgentConnected: _agent_connected,
    ev.AgentDisconnected: _agent_disconnected,
    ev.CustomerConnected: _customer_connected,
    ev.CustomerDisconnected: _customer_disconnected,
}


def evolve(state: State, event: ev.Event, now_ms: int) -> None:
    """Applies one event that happened at `now_ms`."""
    EVOLVERS[type(event)](state, event, now_ms)
