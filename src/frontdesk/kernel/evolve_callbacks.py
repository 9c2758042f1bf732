"""What happens to a promise to reach a customer."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.deadlines import CALLBACK_DUE, CALLBACK_EXPIRY
from frontdesk.kernel.entities import PROMISED, SELF_SERVICE, WAITING, Callback
from frontdesk.kernel.evolve_flows import leave_queue
from frontdesk.kernel.state import State


def evolve_callback_promised(state: State, event: ev.CallbackPromised, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.callback = Callback(
        event.of_contact_id,
        event.address,
        event.expires_ms,
        event.attempts_max,
        event.retry_ms,
        event.due_ms,
    )
    contact.age_from_ms = event.age_from_ms
    contact.queue_id = event.queue_id
    state.deadlines.set(CALLBACK_EXPIRY, event.contact_id, event.expires_ms)
    if event.run_id is not None:
        state.runs[event.run_id].callback_id = event.contact_id
    if event.of_contact_id is None:
        return
    before = state.contacts[event.of_contact_id]
    if before.stage is WAITING:
        leave_queue(state, before, now_ms)
        before.stage = SELF_SERVICE


def evolve_callback_scheduled(state: State, event: ev.CallbackScheduled, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    if contact.stage is WAITING:
        leave_queue(state, contact, now_ms)
    contact.stage = PROMISED
    assert contact.callback is not None, "only callbacks have their time"
    state.deadlines.set(CALLBACK_DUE, event.contact_id, event.due_ms)
    state.deadlines.set(CALLBACK_EXPIRY, event.contact_id, contact.callback.expires_ms)


def evolve_callback_attempted(state: State, event: ev.CallbackAttempted, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.callback is not None, "only callbacks are attempted"
    before = contact.callback
    contact.callback = Callback(
        before.of_contact_id,
        before.address,
        before.expires_ms,
        before.attempts_max,
        before.retry_ms,
        before.due_ms,
        event.number,
    )
