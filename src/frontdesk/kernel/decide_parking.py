"""Decides about parked contacts: put aside by one agent, taken by whoever wants them."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.contact_deadlines import channel_rule
from frontdesk.kernel.decide_contacts import agent_freed, end_engagement
from frontdesk.kernel.entities import PARKED, Contact
from frontdesk.kernel.queueing import enqueue
from frontdesk.kernel.refusals import (
    Refusal,
    RefusalReason,
    check_engaged,
    not_found,
    wrong_state,
)
from frontdesk.kernel.settings import VOICE
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn


def decide_park_contact(turn: Turn, command: cmd.ParkContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id)
    if refusal is None and contact.channel != VOICE:
        refusal = wrong_state("Only calls can be parked.", contact)
    if refusal is not None:
        return refusal
    end_engagement(turn, contact, ev.EngagementEnd.PARKED)
    until_ms = turn.now_ms + turn.state.settings.centre.parking_time_ms
    turn.emit(ev.ContactParked(contact.contact_id, command.agent_id, until_ms))
    agent_freed(turn, command.agent_id)
    return None


def decide_take_parked(turn: Turn, command: cmd.TakeParked) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if contact.stage is not PARKED:
        return wrong_state("This contact is not parked; somebody else may have it.", contact)
    refusal = check_room(turn.state, command.agent_id, contact.channel)
    if refusal is not None:
        return refusal
    turn.give(contact, command.agent_id, contact.queue_id, ev.TakenCause.PARKED)
    return None


def check_room(state: State, agent_id: str, channel: str) -> Refusal | None:
    """Refuses unless the agent is signed in and has room for one more of the channel."""
    agent = state.agents.get(agent_id)
    if agent is None:
        return not_found("agent", agent_id)
    subject = f"agent {agent_id}"
    if agent.presence is Presence.OFFLINE:
        return Refusal(RefusalReason.WRONG_STATE, "Sign in to work first.", subject)
    capacity_units = state.settings.agents[agent_id].capacity_units
    if agent.load_units + channel_rule(state, channel).units > capacity_units:
        return Refusal(RefusalReason.WRONG_STATE, "Finish what is in hand first.", subject)
    return None


def return_parked(turn: Turn, contact: Contact) -> None:
    """Nobody took it: it goes back to its queue, for the agent who parked it first."""
    slot = turn.state.lanes.slots.get(contact.served_by or "")
    agent_id = contact.served_by if slot is not None and slot.free else None
    enqueue(turn, contact, contact.queue_id, ev.QueuedCause.RETURNED, agent_id)
