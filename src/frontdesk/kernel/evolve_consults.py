"""What happens beside a conversation: consults, parking, listening in."""

from msgspec.structs import replace

from frontdesk.kernel import events as ev
from frontdesk.kernel.contact_deadlines import set_gone_deadline
from frontdesk.kernel.deadlines import PARKING_END
from frontdesk.kernel.entities import PARKED, WAITING, Consult
from frontdesk.kernel.evolve_contacts import remember_refusal
from frontdesk.kernel.state import State


def evolve_consult_begun(state: State, event: ev.ConsultBegun, now_ms: int) -> None:
    """Whoever asks is not asked."""
    state.contacts[event.contact_id].consult = Consult(event.consult_id, event.address)
    if event.consult_id is not None:
        consult = state.contacts[event.consult_id]
        consult.consult_of = event.contact_id
        remember_refusal(state, consult, event.agent_id, now_ms)


def evolve_consult_answered(state: State, event: ev.ConsultAnswered, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.consult is not None, "nobody was asked"
    contact.consult = replace(contact.consult, answered=True)


def evolve_conference_begun(state: State, event: ev.ConferenceBegun, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.consult is not None, "nobody was asked"
    contact.consult = replace(contact.consult, conference=True)


def evolve_consult_ended(state: State, event: ev.ConsultEnded, now_ms: int) -> None:
    state.contacts[event.contact_id].consult = None


def evolve_contact_parked(state: State, event: ev.ContactParked, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't be parked"
    contact.stage = PARKED
    state.deadlines.set(PARKING_END, contact.contact_id, event.until_ms)
    if not contact.customer_connected:
        set_gone_deadline(state, contact, now_ms)


def evolve_listening_begun(state: State, event: ev.ListeningBegun, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.listeners = {**(contact.listeners or {}), event.agent_id: event.mode}


def evolve_listening_ended(state: State, event: ev.ListeningEnded, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    assert contact.listeners is not None, "nobody listens"
    del contact.listeners[event.agent_id]
    contact.listeners = contact.listeners or None
