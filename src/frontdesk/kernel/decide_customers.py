"""Decides for customers whose connection comes and goes."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.refusals import Refusal, not_found
from frontdesk.kernel.turn import Turn


def decide_connect_customer(turn: Turn, command: cmd.ConnectCustomer) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if not contact.customer_connected:
        turn.emit(ev.CustomerConnected(contact.contact_id))
    return None


def decide_disconnect_customer(turn: Turn, command: cmd.DisconnectCustomer) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if contact.customer_connected:
        turn.emit(ev.CustomerDisconnected(contact.contact_id))
    return None
