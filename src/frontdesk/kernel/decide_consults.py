"""Decides when an agent asks somebody about a contact: begin, conference, transfer, leave.

A colleague is asked by a contact of its own, on a channel of its own, so that the colleague is
found, offered and counted as for any other. An outside expert is an address that the channel
reaches.
"""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.decide_contacts import agent_freed, drop_consult, end_engagement
from frontdesk.kernel.decide_transfers import (
    NOTE_CHARS_MAX,
    check_colleague,
    check_outside,
    pass_outside,
)
from frontdesk.kernel.entities import ENGAGED, Consult, Contact
from frontdesk.kernel.queueing import close_contact, enqueue
from frontdesk.kernel.refusals import Refusal, check_engaged, invalid, not_found, wrong_state
from frontdesk.kernel.settings import CONSULT, VOICE
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn


def decide_begin_consult(turn: Turn, command: cmd.BeginConsult) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = _check_begin(turn.state, contact, command)
    if refusal is not None:
        return refusal
    if contact.held_since_ms is None:
        turn.emit(ev.ContactHeld(contact.contact_id, command.agent_id))
    if command.address is not None:
        turn.emit(_begun(command, None, command.address))
    else:
        _ask_colleague(turn, contact, command)
    return None


def _check_begin(state: State, contact: Contact, command: cmd.BeginConsult) -> Refusal | None:
    refusal = check_engaged(contact, command.agent_id)
    if refusal is not None:
        return refusal
    if contact.channel != VOICE:
        return wrong_state("Only about a call can somebody be consulted.", contact)
    if contact.consult is not None:
        return wrong_state("Somebody is asked about this contact already.", contact)
    asked = (command.to_queue_id, command.to_agent_id, command.address)
    if asked.count(None) != 2:
        return invalid("Say whom to ask: a queue, an agent or an address outside.")
    if command.address is not None:
        return check_outside(state, contact, command.address, command.note)
    if len(command.note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.")
    if command.to_queue_id is not None and command.to_queue_id not in state.settings.queues:
        return not_found("queue", command.to_queue_id)
    return check_colleague(state, command.agent_id, command.to_agent_id)


def _begun(command: cmd.BeginConsult, consult_id: int | None, address: str) -> ev.ConsultBegun:
    return ev.ConsultBegun(command.contact_id, command.agent_id, consult_id, address, command.note)


def _ask_colleague(turn: Turn, contact: Contact, command: cmd.BeginConsult) -> None:
    """Whoever is asked sees what the contact is about before answering."""
    consult_id = turn.state.next_contact_id
    turn.emit(
        ev.ContactOpened(
            consult_id,
            CONSULT,
            "",
            contact.customer,
            contact.topic,
            (),
            contact.priority,
            None,
            contact.attributes,
            contact.language,
        )
    )
    turn.emit(_begun(command, consult_id, ""))
    consult = turn.state.contacts[consult_id]
    queue_id = command.to_queue_id or contact.queue_id
    enqueue(turn, consult, queue_id, ev.QueuedCause.CONSULT, command.to_agent_id)


def _find_consult(
    state: State, contact_id: int, agent_id: str
) -> tuple[Contact, Consult] | Refusal:
    contact = state.contacts.get(contact_id)
    if contact is None:
        return not_found("contact", contact_id)
    refusal = check_engaged(contact, agent_id)
    if refusal is not None:
        return refusal
    if contact.consult is None:
        return wrong_state("Nobody is asked about this contact.", contact)
    return contact, contact.consult


def _has_answered(state: State, consult: Consult) -> bool:
    if consult.consult_id is None:
        return consult.answered
    return state.contacts[consult.consult_id].stage is ENGAGED


def decide_cancel_consult(turn: Turn, command: cmd.CancelConsult) -> Refusal | None:
    found = _find_consult(turn.state, command.contact_id, command.agent_id)
    if isinstance(found, Refusal):
        return found
    drop_consult(turn, found[0])
    return None


def decide_begin_conference(turn: Turn, command: cmd.BeginConference) -> Refusal | None:
    found = _find_consult(turn.state, command.contact_id, command.agent_id)
    if isinstance(found, Refusal):
        return found
    contact, consult = found
    if not _has_answered(turn.state, consult):
        return wrong_state("Whoever is asked has not answered yet.", contact)
    if not consult.conference:
        turn.emit(ev.ConferenceBegun(contact.contact_id))
    if contact.held_since_ms is not None:
        turn.emit(ev.ContactResumed(contact.contact_id, command.agent_id))
    return None


def decide_transfer_consult(turn: Turn, command: cmd.TransferConsult) -> Refusal | None:
    found = _find_consult(turn.state, command.contact_id, command.agent_id)
    if isinstance(found, Refusal):
        return found
    contact, consult = found
    if not _has_answered(turn.state, consult):
        return wrong_state("Whoever is asked has not answered yet.", contact)
    if len(command.note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.")
    turn.emit(ev.ConsultEnded(contact.contact_id, ev.ConsultEnd.TRANSFERRED))
    if consult.consult_id is None:
        pass_outside(turn, contact, consult.address)
    else:
        _give_to_colleague(turn, contact, turn.state.contacts[consult.consult_id], command)
    return None


def _give_to_colleague(
    turn: Turn, contact: Contact, consult: Contact, command: cmd.TransferConsult
) -> None:
    """The colleague's consult becomes the contact itself, without being asked again."""
    colleague_id = consult.agent_id
    assert colleague_id is not None, "a colleague has the consult"
    assert consult.engagement_id is not None, "a colleague has the consult"
    queue_id = consult.queue_id
    turn.emit(
        ev.ContactTransferred(
            contact.contact_id, command.agent_id, queue_id, colleague_id, command.note
        )
    )
    turn.emit(
        ev.EngagementEnded(
            consult.engagement_id,
            consult.contact_id,
            colleague_id,
            ev.EngagementEnd.CLOSED,
            None,
        )
    )
    close_contact(turn, consult, ev.ClosedBy.AGENT, served=False)
    end_engagement(turn, contact, ev.EngagementEnd.TRANSFERRED)
    turn.give(contact, colleague_id, queue_id, ev.TakenCause.CONSULTED)
    agent_freed(turn, command.agent_id)
    agent_freed(turn, colleague_id)


def decide_report_consult(turn: Turn, command: cmd.ReportConsult) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    consult = contact.consult
    if consult is None or consult.consult_id is not None:
        return wrong_state("No outside expert is asked about this contact.", contact)
    if command.gone:
        end = ev.ConsultEnd.LEFT if consult.answered else ev.ConsultEnd.FAILED
        turn.emit(ev.ConsultEnded(contact.contact_id, end, command.detail[:200]))
    elif not consult.answered:
        turn.emit(ev.ConsultAnswered(contact.contact_id))
    return None
