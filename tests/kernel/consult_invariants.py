"""What is true between two commands of those who are asked about contacts, and who listen."""

from __future__ import annotations

from frontdesk.kernel.entities import Contact, Stage
from frontdesk.kernel.state import State


def check_consult(state: State, contact: Contact) -> None:
    """Whoever is asked about a contact is asked about this one, by who has it."""
    if contact.consult is not None:
        assert contact.stage is Stage.ENGAGED, "only who has a contact asks about it"
        if contact.consult.consult_id is not None:
            consult = state.contacts[contact.consult.consult_id]
            assert consult.consult_of == contact.contact_id
            assert consult.stage is not Stage.CLOSED
    if contact.consult_of is not None and contact.stage is not Stage.CLOSED:
        asking = state.contacts[contact.consult_of].consult
        assert asking is not None
        assert asking.consult_id == contact.contact_id
    if contact.listeners is not None:
        assert contact.stage is Stage.ENGAGED, "there is nothing to listen to"
