"""What happens to a contact: opened, queued, held, written in, closed, forgotten.

Between the events of one decision a contact may stand nowhere for a moment: just opened, or just
out of an engagement; the next event queues or closes it.
"""

from collections.abc import Callable

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.watching import count_wait, watch_engagement
from frontdesk.kernel.commands import Author
from frontdesk.kernel.contact_deadlines import (
    begin_queue_deadlines,
    cancel_queue_deadlines,
    channel_rule,
    set_gone_deadline,
    set_step_deadline,
)
from frontdesk.kernel.deadlines import (
    CALLBACK_DUE,
    CALLBACK_EXPIRY,
    CUSTOMER_GONE,
    CUSTOMER_IDLE,
    PARKING_END,
    PERSONAL_WAIT_END,
    RATING_END,
    RETRY_REFUSED,
)
from frontdesk.kernel.entities import (
    CLOSED,
    OFFERED,
    PARKED,
    PROMISED,
    SELF_SERVICE,
    WAITING,
    Contact,
    Engagement,
    message_key,
)
from frontdesk.kernel.learning import learn_abandoned
from frontdesk.kernel.state import CLOSED_REFS_MAX, State, ref_key

_OVERFLOWED = ev.QueuedCause.OVERFLOWED
_FLOW = ev.QueuedCause.FLOW

CLIENT_IDS_MAX = 64
"""How many of a contact's last messages are known by their senders' ids."""


def evolve_contact_opened(state: State, event: ev.ContactOpened, now_ms: int) -> None:
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
        language=event.language,
    )
    if event.channel_ref:
        state.open_refs[ref_key(event.channel, event.channel_ref)] = event.contact_id


def evolve_contact_queued(state: State, event: ev.ContactQueued, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    if contact.callback is not None:
        _take_up_callback(state, contact)
    if contact.stage is PARKED:
        unpark(state, contact)
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't be queued"
    if contact.contact_id in state.lanes.place:
        state.lanes.remove_waiting(contact)
        cancel_queue_deadlines(state, contact, now_ms)
    elif not contact.customer_connected:  # whose grace begins now; otherwise it runs already
        set_gone_deadline(state, contact, now_ms)
    sent_on = event.cause is _OVERFLOWED or (event.cause is _FLOW and contact.queue_id != "")
    contact.queue_id = event.queue_id
    contact.step_index = 0
    contact.queued_ms = now_ms
    contact.age_from_ms = event.age_from_ms
    contact.for_agent_id = event.for_agent_id
    contact.announced = None
    if sent_on:
        contact.overflow_count += 1
    state.lanes.add_waiting(contact)
    if event.for_agent_until_ms is not None:
        until_ms = event.for_agent_until_ms
        state.deadlines.set(PERSONAL_WAIT_END, contact.contact_id, until_ms)
    begin_queue_deadlines(state, contact, now_ms)


def evolve_wait_announced(state: State, event: ev.WaitAnnounced, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.announced = event
    contact.announced_ms = now_ms


def _take_up_callback(state: State, contact: Contact) -> None:
    """A callback's time has come, or its agent has passed it on."""
    assert contact.callback is not None
    if contact.stage is PROMISED:
        contact.stage = WAITING
        state.deadlines.cancel(CALLBACK_DUE, contact.contact_id)
    state.deadlines.set(CALLBACK_EXPIRY, contact.contact_id, contact.callback.expires_ms)


def unpark(state: State, contact: Contact) -> None:
    contact.stage = WAITING
    state.deadlines.cancel(PARKING_END, contact.contact_id)


def evolve_step_advanced(state: State, event: ev.StepAdvanced, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    _move_lane(state, contact, lambda: setattr(contact, "step_index", event.step_index))
    set_step_deadline(state, contact, now_ms)


def evolve_contact_released(state: State, event: ev.ContactReleased, now_ms: int) -> None:
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


def evolve_refusals_forgotten(state: State, event: ev.RefusalsForgotten, now_ms: int) -> None:
    state.contacts[event.contact_id].refused_by = ()
    state.deadlines.cancel(RETRY_REFUSED, event.contact_id)


def evolve_contact_overflowed(state: State, event: ev.ContactOverflowed, now_ms: int) -> None:
    """The rule's effect follows as an event of its own; into a queue it is counted there."""
    if event.to_flow_id is not None:
        contact = state.contacts[event.contact_id]
        contact.overflow_count += 1
        contact.overflow_queue_id = event.from_queue_id


def remember_refusal(state: State, contact: Contact, agent_id: str, now_ms: int) -> None:
    contact.refused_by = (*contact.refused_by, agent_id)
    retry_ms = now_ms + state.settings.centre.retry_refused_ms
    state.deadlines.set(RETRY_REFUSED, contact.contact_id, retry_ms)


def evolve_contact_held(state: State, event: ev.ContactHeld, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.held_since_ms = now_ms
    _watch_hold(state, contact, now_ms)


def _watch_hold(state: State, contact: Contact, now_ms: int) -> None:
    if state.lookout.holds:
        assert contact.engagement_id is not None, "only an engaged contact is held"
        engagement = state.engagements[contact.engagement_id]
        watch_engagement(state, state.lookout.holds, engagement, now_ms)


def evolve_contact_resumed(state: State, event: ev.ContactResumed, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.engagement_id is not None
    end_hold(contact, state.engagements[contact.engagement_id], now_ms)
    _watch_hold(state, contact, now_ms)


def end_hold(contact: Contact, engagement: Engagement, now_ms: int) -> None:
    if contact.held_since_ms is not None:
        engagement.held_ms += now_ms - contact.held_since_ms
        contact.held_since_ms = None


def evolve_contact_transferred(state: State, event: ev.ContactTransferred, now_ms: int) -> None:
    """Whoever passes a contact on is not asked next; who sends it into a flow may see it again."""
    if event.to_flow_id is None:
        contact = state.contacts[event.contact_id]
        remember_refusal(state, contact, event.agent_id, now_ms)


def evolve_contact_abandoned(state: State, event: ev.ContactAbandoned, now_ms: int) -> None:
    learn_abandoned(state, event.queue_id, event.wait_ms)
    if state.lookout.ratios:
        count_wait(state, event.queue_id, event.wait_ms, now_ms, answered=False)


def evolve_contact_closed(state: State, event: ev.ContactClosed, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    if contact.stage is PARKED:
        unpark(state, contact)
    assert contact.stage in (WAITING, PROMISED), f"a contact {contact.stage.value} can't be closed"
    assert contact.run_id is None, "a flow is still under way"
    if contact.contact_id in state.lanes.place:
        state.lanes.remove_waiting(contact)
        cancel_queue_deadlines(state, contact, now_ms)
    if contact.refused_by:
        state.deadlines.cancel(RETRY_REFUSED, contact.contact_id)
    if contact.callback is not None:
        state.deadlines.cancel_all((CALLBACK_DUE, CALLBACK_EXPIRY), contact.contact_id)
    contact.stage = CLOSED
    contact.rating_until_ms = event.rating_until_ms
    if not contact.customer_connected:
        state.deadlines.cancel(CUSTOMER_GONE, contact.contact_id)
    if event.rating_until_ms is not None:
        state.deadlines.set(RATING_END, contact.contact_id, event.rating_until_ms)
    forget_if_done(state, contact)


def evolve_rating_ended(state: State, event: ev.RatingEnded, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.rating_until_ms = None
    state.deadlines.cancel(RATING_END, contact.contact_id)
    forget_if_done(state, contact)


def forget_if_done(state: State, contact: Contact) -> None:
    if contact.stage is not CLOSED or contact.wrap_up_count or contact.rating_until_ms is not None:
        return
    del state.contacts[contact.contact_id]
    if contact.channel_ref:
        key = ref_key(contact.channel, contact.channel_ref)
        if state.open_refs.get(key) == contact.contact_id:
            del state.open_refs[key]
        state.closed_refs[key] = contact.contact_id
        if len(state.closed_refs) > CLOSED_REFS_MAX:
            del state.closed_refs[next(iter(state.closed_refs))]


def evolve_message_posted(state: State, event: ev.MessagePosted, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert event.number == contact.message_count + 1, "messages are numbered in order"
    contact.message_count = event.number
    if event.client_id:
        key = message_key(event.author, event.agent_id, event.client_id)
        contact.recent_client_ids[key] = event.number
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


def evolve_messages_read(state: State, event: ev.MessagesRead, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    if event.agent_id is None:
        contact.read_by_customer = event.number
    else:
        contact.read_by_agent = event.number


def evolve_contact_rated(state: State, event: ev.ContactRated, now_ms: int) -> None:
    state.contacts[event.contact_id].rating = event.score


def evolve_customer_connected(state: State, event: ev.CustomerConnected, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.customer_connected = True
    state.deadlines.cancel(CUSTOMER_GONE, contact.contact_id)


def evolve_customer_disconnected(state: State, event: ev.CustomerDisconnected, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.customer_connected = False
    if contact.stage in (WAITING, OFFERED, SELF_SERVICE, PARKED):
        set_gone_deadline(state, contact, now_ms)
