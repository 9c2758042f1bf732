"""Puts contacts into queues, obeying hours, room and overflow, and closes them."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.announcing import show_wait
from frontdesk.kernel.commands import Author
from frontdesk.kernel.contact_deadlines import OVERFLOWS_MAX, channel_rule, is_patient, stays
from frontdesk.kernel.entities import OFFERED, WAITING, Contact
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.hours import is_holiday, is_open
from frontdesk.kernel.settings import Overflow, OverflowWhen, Queue, find_overflow
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn

PERSONAL_WAIT_MS = 60_000
"""How long a contact that was transferred to an agent waits for that agent alone."""


def enqueue(
    turn: Turn,
    contact: Contact,
    queue_id: str,
    cause: ev.QueuedCause,
    for_agent_id: str | None = None,
    personal_wait_ms: int = PERSONAL_WAIT_MS,
) -> None:
    """Puts the contact into the queue, or where the queue's overflow rules send it, and matches."""
    queue = turn.state.settings.queues[queue_id]
    wait_ms = personal_wait_ms
    if for_agent_id is None:
        overflow = _overflow_on_arrival(turn, contact, queue)
        if overflow is not None:
            overflow_contact(turn, contact, queue_id, overflow)
            return
        for_agent_id = find_previous_agent(turn.state, contact, queue)
        wait_ms = queue.previous_agent_wait_ms
    turn.emit(
        ev.ContactQueued(
            contact.contact_id,
            queue_id,
            cause,
            contact.age_from_ms,
            for_agent_id,
            None if for_agent_id is None else turn.now_ms + wait_ms,
        )
    )
    if not turn.match_contact(contact):
        waiting = turn.state.lanes.waiting_by_queue[queue_id]
        is_full = waiting > queue.waiting_max and cause in _ARRIVALS
        if is_full and not is_patient(turn.state, contact):
            rule = find_overflow(queue, OverflowWhen.FULL)
            full = rule if rule is not None and contact.overflow_count < OVERFLOWS_MAX else _FULL
            overflow_contact(turn, contact, queue_id, full)
            return
        show_wait(turn, contact)
    if queue.waiting_flow_id is not None:
        _begin_treatment(turn, contact, queue.waiting_flow_id)


def _begin_treatment(turn: Turn, contact: Contact, flow_id: str) -> None:
    """The queue's flow for those who wait; an offer that is not accepted yet is waiting too.

    Who has been sent on too often waits without: flows may send on as well, and in a circle.
    """
    if contact.stage in _WAITS and not stays(turn.state, contact):
        turn.begin_run(contact, turn.state.settings.flows[flow_id], FlowUse.WAITING)


_WAITS = (WAITING, OFFERED)
_ARRIVALS = (ev.QueuedCause.OPENED, ev.QueuedCause.OVERFLOWED, ev.QueuedCause.FLOW)
"""Causes that a full queue turns away; who was served before is never turned away."""


_FULL = Overflow(when=OverflowWhen.FULL)
"""What befalls a contact that finds a queue full which has no rule for it."""


def _overflow_on_arrival(turn: Turn, contact: Contact, queue: Queue) -> Overflow | None:
    """The rule that keeps an arriving contact out of the queue, if one does."""
    if not queue.overflows and not queue.shut:
        return None
    if stays(turn.state, contact) or contact.overflow_queue_id == queue.queue_id:
        return None
    if queue.shut:
        return find_overflow(queue, OverflowWhen.SHUT) or _SHUT
    closed = _overflow_when_closed(turn, queue)
    if closed is not None:
        return closed
    unstaffed = find_overflow(queue, OverflowWhen.UNSTAFFED)
    if unstaffed is not None and not turn.state.lanes.free_units_by_queue.get(queue.queue_id):
        return unstaffed
    return None


_SHUT = Overflow(when=OverflowWhen.SHUT)
"""What befalls a contact of a queue that is shut and has no rule for it."""


def _overflow_when_closed(turn: Turn, queue: Queue) -> Overflow | None:
    holiday = find_overflow(queue, OverflowWhen.HOLIDAY)
    closed = find_overflow(queue, OverflowWhen.CLOSED)
    if queue.hours_id is None or (holiday is None and closed is None):
        return None
    hours = turn.state.settings.hours[queue.hours_id]
    if is_open(hours, turn.now_ms):
        return None
    return holiday if holiday is not None and is_holiday(hours, turn.now_ms) else closed


def find_previous_agent(state: State, contact: Contact, queue: Queue) -> str | None:
    """The agent who served the customer last, if it is worth waiting for that agent."""
    agent_id = contact.previous_agent_id
    if queue.previous_agent_wait_ms == 0 or agent_id is None:
        return None
    slot = state.lanes.slots.get(agent_id)
    if slot is None or not slot.free or queue.queue_id not in slot.profile.queue_ids:
        return None
    return None if agent_id in contact.refused_by else agent_id


def overflow_contact(turn: Turn, contact: Contact, queue_id: str, overflow: Overflow) -> None:
    """Sends a waiting contact where the rule says."""
    turn.end_run(contact, ev.FlowResult.MOVED)
    turn.emit(
        ev.ContactOverflowed(
            contact.contact_id,
            queue_id,
            overflow.when,
            overflow.queue_id,
            overflow.message,
            overflow.flow_id,
        )
    )
    if overflow.queue_id is not None:
        enqueue(turn, contact, overflow.queue_id, ev.QueuedCause.OVERFLOWED)
        return
    if overflow.message:
        post_system_message(turn, contact, overflow.message)
    if overflow.flow_id is not None:
        flow = turn.state.settings.flows[overflow.flow_id]
        turn.begin_run(contact, flow, FlowUse.ENTRY)
        return
    by = ev.ClosedBy.FULL if overflow is _FULL else ev.ClosedBy.OVERFLOW
    close_contact(turn, contact, by, served=False)


def post_system_message(turn: Turn, contact: Contact, text: str) -> None:
    _post(turn, contact, Author.SYSTEM, text, None)


def post_bot_message(turn: Turn, contact: Contact, text: str, prompt: Prompt | None = None) -> None:
    """What a flow says."""
    _post(turn, contact, Author.BOT, text, prompt)


def _post(turn: Turn, contact: Contact, author: Author, text: str, prompt: Prompt | None) -> None:
    turn.emit(
        ev.MessagePosted(
            contact.contact_id,
            contact.message_count + 1,
            author,
            None,
            "",
            text,
            (),
            False,
            prompt,
        )
    )


def close_contact(turn: Turn, contact: Contact, by: ev.ClosedBy, *, served: bool) -> None:
    asking = turn.state.contacts.get(contact.consult_of or 0)
    if asking is not None and asking.consult is not None:
        turn.emit(ev.ConsultEnded(asking.contact_id, ev.ConsultEnd.LEFT))
    rating_ms = channel_rule(turn.state, contact.channel).rating_time_ms
    until_ms = turn.now_ms + rating_ms if rating_ms and served else None
    turn.emit(ev.ContactClosed(contact.contact_id, by, until_ms))
