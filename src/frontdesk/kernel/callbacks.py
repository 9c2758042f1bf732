"""Opens a callback: a contact that nobody waits on the line for, with a place in a queue."""

import msgspec

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import CustomerCard
from frontdesk.kernel.entities import CLOSED, Contact
from frontdesk.kernel.queueing import enqueue
from frontdesk.kernel.state import State, ref_key
from frontdesk.kernel.turn import Turn


class CallbackTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What is promised. `due_ms` None: when it is its turn."""

    queue_id: str
    address: str
    channel: str
    due_ms: int | None
    expires_ms: int
    attempts_max: int
    retry_ms: int
    channel_ref: str = ""


def callback_ref(queue_id: str, address: str) -> str:
    """What makes two callbacks the same: the queue and the address, spaces and case aside."""
    return f"{queue_id}/{''.join(address.split()).casefold()}"


def find_callback(state: State, terms: CallbackTerms) -> int | None:
    """The open callback to the same address in the same queue."""
    ref = terms.channel_ref or callback_ref(terms.queue_id, terms.address)
    contact_id = state.open_refs.get(ref_key(terms.channel, ref))
    if contact_id is None or state.contacts[contact_id].stage is CLOSED:
        return None
    return contact_id


def open_callback(
    turn: Turn,
    terms: CallbackTerms,
    before: Contact,
    run_id: int | None,
    attributes: dict[str, str],
) -> bool:
    """Opens a callback in place of a contact; False: there is one to this address already."""
    if find_callback(turn.state, terms) is not None:
        return False
    customer = CustomerCard(before.customer.customer_id, before.customer.name, terms.address)
    described = {**before.attributes, **attributes}
    opened = ev.ContactOpened(
        turn.state.next_contact_id,
        terms.channel,
        callback_ref(terms.queue_id, terms.address),
        customer,
        before.topic,
        before.skills,
        before.priority,
        before.previous_agent_id,
        described,
        before.language,
    )
    begin_callback(turn, opened, terms, before.contact_id, run_id, _age(turn, before))
    return True


def _age(turn: Turn, before: Contact) -> int:
    """A contact that waited keeps its place; one that never did begins to wait now."""
    return before.age_from_ms if before.queue_id else turn.now_ms


def begin_callback(
    turn: Turn,
    opened: ev.ContactOpened,
    terms: CallbackTerms,
    of_contact_id: int | None,
    run_id: int | None,
    age_from_ms: int,
) -> None:
    """The callback takes its place, or waits for its time."""
    turn.emit(opened)
    turn.emit(
        ev.CallbackPromised(
            opened.contact_id,
            of_contact_id,
            run_id,
            terms.queue_id,
            terms.address,
            age_from_ms,
            terms.due_ms,
            terms.expires_ms,
            terms.attempts_max,
            terms.retry_ms,
        )
    )
    if terms.due_ms is not None and terms.due_ms > turn.now_ms:
        turn.emit(ev.CallbackScheduled(opened.contact_id, terms.due_ms))
    else:
        contact = turn.state.contacts[opened.contact_id]
        enqueue(turn, contact, terms.queue_id, ev.QueuedCause.CALLBACK)
