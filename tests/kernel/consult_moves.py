"""What the random scripts do beside conversations: consult, park, listen in."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.state import State
from tests.kernel.moves import AGENTS, QUEUES, Chooser, Move, chance, engaged, pick

EXPERTS = ("+37322000000", "")


def asking(state: State, chooser: Chooser) -> tuple[int, str]:
    """A contact about which somebody is asked, if there is one, and its agent."""
    contacts = [c for c in state.contacts.values() if c.consult is not None]
    if not contacts or chance(chooser, 10):
        return engaged(state, chooser)
    contact = pick(chooser, contacts)
    return contact.contact_id, contact.agent_id or ""


def begin_consult(state: State, chooser: Chooser) -> cmd.AnyCommand:
    contact_id, agent_id = engaged(state, chooser)
    match chooser.integer(0, 3):
        case 0:
            return cmd.BeginConsult(contact_id, agent_id, to_agent_id=pick(chooser, AGENTS))
        case 1:
            return cmd.BeginConsult(contact_id, agent_id, address=pick(chooser, EXPERTS))
        case _:
            return cmd.BeginConsult(contact_id, agent_id, to_queue_id=pick(chooser, QUEUES))


def cancel_consult(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.CancelConsult(*asking(state, chooser))


def begin_conference(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.BeginConference(*asking(state, chooser))


def transfer_consult(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.TransferConsult(*asking(state, chooser))


def report_consult(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ReportConsult(asking(state, chooser)[0], gone=chance(chooser, 3))


def transfer_outside(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.TransferOutside(*engaged(state, chooser), address=pick(chooser, EXPERTS))


def park_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ParkContact(*engaged(state, chooser))


def take_parked(state: State, chooser: Chooser) -> cmd.AnyCommand:
    parked = [c.contact_id for c in state.contacts.values() if c.stage is Stage.PARKED]
    return cmd.TakeParked(pick(chooser, parked) if parked else 999, pick(chooser, AGENTS))


def listen_in(state: State, chooser: Chooser) -> cmd.AnyCommand:
    mode = pick(chooser, tuple(cmd.ListeningMode))
    return cmd.ListenIn(engaged(state, chooser)[0], pick(chooser, AGENTS), mode)


def stop_listening(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.StopListening(engaged(state, chooser)[0], pick(chooser, AGENTS))


CONSULT_MOVES: tuple[Move, ...] = (
    begin_consult,
    begin_consult,
    cancel_consult,
    begin_conference,
    transfer_consult,
    transfer_consult,
    report_consult,
    transfer_outside,
    park_contact,
    take_parked,
    listen_in,
    stop_listening,
)
