"""The deadlines that a contact has while it waits, set and cancelled as it moves."""

from frontdesk.kernel.alarms.watching import enter_line, leave_line
from frontdesk.kernel.deadlines import CUSTOMER_GONE, OVERFLOW, QUEUE_KINDS, STEP_END
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.settings import ChannelRule, OverflowWhen, default_rule, find_overflow
from frontdesk.kernel.state import State

OVERFLOWS_MAX = 5
"""How often a contact may be sent on by overflow rules and by flows that it meets while waiting;
after that it stays where it is."""


def begin_queue_deadlines(state: State, contact: Contact, now_ms: int) -> None:
    """Of a contact that has just entered its queue, and so has none yet."""
    if state.lookout.waits:
        enter_line(state, contact)
    queue = state.settings.queues[contact.queue_id]
    if queue.steps[0].duration_ms is not None:
        set_step_deadline(state, contact, now_ms)
    if queue.overflows:
        set_overflow_deadline(state, contact, now_ms)


def set_step_deadline(state: State, contact: Contact, now_ms: int) -> None:
    duration_ms = state.settings.queues[contact.queue_id].steps[contact.step_index].duration_ms
    if duration_ms is not None:
        state.deadlines.set(STEP_END, contact.contact_id, now_ms + duration_ms)
    else:
        state.deadlines.cancel(STEP_END, contact.contact_id)


def set_overflow_deadline(state: State, contact: Contact, now_ms: int) -> None:
    """Sets when a waiting contact is sent on; never in the past, so that it stays in order."""
    queue = state.settings.queues[contact.queue_id]
    rule = find_overflow(queue, OverflowWhen.WAITED) if queue.overflows else None
    kept = stays(state, contact) or contact.overflow_queue_id == queue.queue_id
    if rule is not None and rule.wait_ms is not None and not kept:
        at_ms = max(now_ms, contact.queued_ms + rule.wait_ms)
        state.deadlines.set(OVERFLOW, contact.contact_id, at_ms)
    else:
        state.deadlines.cancel(OVERFLOW, contact.contact_id)


def cancel_queue_deadlines(state: State, contact: Contact, now_ms: int) -> None:
    """Of a contact that leaves its queue."""
    if state.lookout.waits:
        leave_line(state, contact, now_ms)
    state.deadlines.cancel_all(QUEUE_KINDS, contact.contact_id)


def channel_rule(state: State, channel: str) -> ChannelRule:
    """The channel's rule; of a channel that none is set for, the default one."""
    return state.lanes.channels.get(channel) or default_rule(channel)


def stays(state: State, contact: Contact) -> bool:
    """Whether no rule and no flow sends it on any more."""
    return contact.overflow_count >= OVERFLOWS_MAX or is_patient(state, contact)


def is_patient(state: State, contact: Contact) -> bool:
    """Whether nobody waits on the line."""
    return channel_rule(state, contact.channel).patient


def set_gone_deadline(state: State, contact: Contact, now_ms: int) -> None:
    grace_ms = channel_rule(state, contact.channel).leave_grace_ms
    if grace_ms is not None:
        state.deadlines.set(CUSTOMER_GONE, contact.contact_id, now_ms + grace_ms)
