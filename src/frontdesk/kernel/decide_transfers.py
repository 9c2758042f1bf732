"""Decides what an agent does with a contact in hand: transfer, hold, resume."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.contact_deadlines import channel_rule, is_patient
from frontdesk.kernel.decide_contacts import (
    TEXT_CHARS_MAX,
    agent_freed,
    check_entry_flow,
    end_engagement,
)
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.queueing import close_contact, enqueue
from frontdesk.kernel.refusals import (
    Refusal,
    RefusalReason,
    check_engaged,
    invalid,
    not_found,
    wrong_state,
)
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn

NOTE_CHARS_MAX = 10_000


def decide_transfer_contact(turn: Turn, command: cmd.TransferContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = _check_transfer(turn.state, contact, command)
    if refusal is not None:
        return refusal
    flow_id = command.to_flow_id
    queue_id = "" if flow_id is not None else command.to_queue_id or contact.queue_id
    turn.emit(
        ev.ContactTransferred(
            contact.contact_id,
            command.agent_id,
            queue_id,
            command.to_agent_id,
            command.note,
            flow_id,
        )
    )
    end_engagement(turn, contact, ev.EngagementEnd.TRANSFERRED)
    if flow_id is not None:
        flow = turn.state.settings.flows[flow_id]
        turn.begin_run(contact, flow, FlowUse.ENTRY, command.agent_id)
    else:
        enqueue(turn, contact, queue_id, ev.QueuedCause.TRANSFERRED, command.to_agent_id)
    agent_freed(turn, command.agent_id)
    return None


def _check_transfer(state: State, contact: Contact, command: cmd.TransferContact) -> Refusal | None:
    refusal = check_engaged(contact, command.agent_id)
    if refusal is not None:
        return refusal
    if command.to_queue_id is command.to_agent_id is command.to_flow_id is None:
        return invalid("Say to which queue, agent or flow the contact goes.")
    if command.to_flow_id is not None:
        return _check_transfer_to_flow(state, contact, command)
    if len(command.note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.")
    if command.to_queue_id is not None and command.to_queue_id not in state.settings.queues:
        return not_found("queue", command.to_queue_id)
    return check_colleague(state, command.agent_id, command.to_agent_id)


def check_colleague(state: State, agent_id: str, to_agent_id: str | None) -> Refusal | None:
    """Refuses unless the other agent, if one is named, can be asked."""
    if to_agent_id is None:
        return None
    slot = state.lanes.slots.get(to_agent_id)
    if slot is None:
        return not_found("agent", to_agent_id)
    if to_agent_id == agent_id:
        return invalid("The contact is with this agent already.")
    if not slot.free:
        return Refusal(
            RefusalReason.WRONG_STATE,
            f"{slot.profile.name} is not available; choose another agent or a queue.",
            f"agent {to_agent_id}",
        )
    return None


def _check_transfer_to_flow(
    state: State, contact: Contact, command: cmd.TransferContact
) -> Refusal | None:
    if command.to_queue_id is not None or command.to_agent_id is not None:
        return invalid("A contact goes into a flow or to somebody, not to both.")
    if is_patient(state, contact):
        return invalid("Nobody is on the line to meet the flow.")
    assert command.to_flow_id is not None
    return check_entry_flow(state, command.to_flow_id)


def decide_transfer_outside(turn: Turn, command: cmd.TransferOutside) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id)
    refusal = refusal or check_outside(turn.state, contact, command.address, command.note)
    if refusal is not None:
        return refusal
    pass_outside(turn, contact, command.address)
    return None


def check_outside(state: State, contact: Contact, address: str, note: str) -> Refusal | None:
    """Refuses unless somebody at the address can be asked or given the customer."""
    if not channel_rule(state, contact.channel).transfers_outside:
        return wrong_state("This channel reaches nobody outside the centre.", contact)
    if not 0 < len(address) <= TEXT_CHARS_MAX:
        return invalid("Say to which address outside the contact goes.")
    if len(note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.")
    return None


def pass_outside(turn: Turn, contact: Contact, address: str) -> None:
    """The customer goes on to an address outside; here the contact is over."""
    agent_id = contact.agent_id
    assert agent_id is not None, "an agent has the contact"
    turn.emit(ev.TransferredOutside(contact.contact_id, None, address))
    end_engagement(turn, contact, ev.EngagementEnd.TRANSFERRED)
    close_contact(turn, contact, ev.ClosedBy.AGENT, served=True)
    agent_freed(turn, agent_id)


def decide_hold_contact(turn: Turn, command: cmd.HoldContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id)
    if refusal is None and contact.held_since_ms is not None:
        refusal = wrong_state("The contact is on hold already.", contact)
    if refusal is None:
        turn.emit(ev.ContactHeld(contact.contact_id, command.agent_id))
    return refusal


def decide_resume_contact(turn: Turn, command: cmd.ResumeContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id)
    if refusal is None and contact.held_since_ms is None:
        refusal = wrong_state("The contact is not on hold.", contact)
    if refusal is None:
        turn.emit(ev.ContactResumed(contact.contact_id, command.agent_id))
    return refusal
