"""What consults, parking and listening in do to the live picture."""

# ruff: noqa: ARG001  (all folds have one signature, whether or not they need the time)

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from frontdesk.kernel import events as ev
from frontdesk.views.board import Board
from frontdesk.views.documents import ConsultDocument, ContactState
from frontdesk.views.rows import ContactRow


def fold_consult_begun(board: Board, event: ev.ConsultBegun, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.consult = ConsultDocument(event.consult_id, event.address, event.note, False, False)
    board.touch_contact(contact)
    if event.consult_id is not None:
        consult = board.state.contacts[event.consult_id]
        consult.consult_of = event.contact_id
        consult.transferred_from_agent_id = event.agent_id
        consult.transfer_note = event.note
        board.touch_contact(consult)


def fold_consult_answered(board: Board, event: ev.ConsultAnswered, at_ms: int) -> None:
    _change(board, board.state.contacts[event.contact_id], answered=True)


def fold_conference_begun(board: Board, event: ev.ConferenceBegun, at_ms: int) -> None:
    _change(board, board.state.contacts[event.contact_id], conference=True)


def _change(board: Board, contact: ContactRow, **changes: bool) -> None:
    assert contact.consult is not None, "somebody is asked"
    contact.consult = replace(contact.consult, **changes)
    board.touch_contact(contact)


def fold_consult_ended(board: Board, event: ev.ConsultEnded, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.consult = None
    board.touch_contact(contact)


def fold_contact_parked(board: Board, event: ev.ContactParked, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.state = ContactState.PARKED
    contact.parked_until_ms = event.until_ms
    board.touch_contact(contact)


def fold_listening_begun(board: Board, event: ev.ListeningBegun, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.listeners = {**contact.listeners, event.agent_id: event.mode}
    board.touch_contact(contact)


def fold_listening_ended(board: Board, event: ev.ListeningEnded, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.listeners = {
        agent_id: mode for agent_id, mode in contact.listeners.items() if agent_id != event.agent_id
    }
    board.touch_contact(contact)


CONSULT_FOLDS: dict[type[ev.Event], Callable[[Board, Any, int], None]] = {
    ev.ConsultBegun: fold_consult_begun,
    ev.ConsultAnswered: fold_consult_answered,
    ev.ConferenceBegun: fold_conference_begun,
    ev.ConsultEnded: fold_consult_ended,
    ev.ContactParked: fold_contact_parked,
    ev.ListeningBegun: fold_listening_begun,
    ev.ListeningEnded: fold_listening_ended,
}
