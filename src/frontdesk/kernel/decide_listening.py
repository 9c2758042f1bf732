"""Decides who listens in: a supervisor hears a conversation, helps the agent in it, or joins."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.entities import ENGAGED, Contact
from frontdesk.kernel.refusals import Refusal, RefusalReason, invalid, not_found, wrong_state
from frontdesk.kernel.settings import VOICE, Role
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn


def decide_listen_in(turn: Turn, command: cmd.ListenIn) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = _check_listener(turn.state, contact, command.agent_id)
    if refusal is not None:
        return refusal
    if (contact.listeners or {}).get(command.agent_id) is not command.mode:
        turn.emit(ev.ListeningBegun(contact.contact_id, command.agent_id, command.mode))
    return None


def _check_listener(state: State, contact: Contact, agent_id: str) -> Refusal | None:
    profile = state.settings.agents.get(agent_id)
    if profile is None:
        return not_found("agent", agent_id)
    subject = f"agent {agent_id}"
    if profile.role is Role.AGENT:
        return Refusal(RefusalReason.NOT_YOURS, "Supervisors alone may listen in.", subject)
    if state.agents[agent_id].presence is Presence.OFFLINE:
        return Refusal(RefusalReason.WRONG_STATE, "Sign in to work first.", subject)
    if contact.channel != VOICE or contact.stage is not ENGAGED:
        return wrong_state("There is no conversation to listen to.", contact)
    if contact.agent_id == agent_id:
        return invalid("You are in this conversation already.", subject)
    return None


def decide_stop_listening(turn: Turn, command: cmd.StopListening) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if command.agent_id in (contact.listeners or {}):
        turn.emit(ev.ListeningEnded(contact.contact_id, command.agent_id))
    return None
