"""Why a command was not obeyed. Refusals are values; a refused command has changed nothing."""

from enum import Enum

import msgspec

from frontdesk.kernel.entities import CLOSED, ENGAGED, Contact


class RefusalReason(Enum):
    NOT_FOUND = "not_found"
    ALREADY_DONE = "already_done"
    WRONG_STATE = "wrong_state"
    NOT_YOURS = "not_yours"
    INVALID = "invalid"
    IN_USE = "in_use"
    LIMIT_REACHED = "limit_reached"


class Refusal(msgspec.Struct, frozen=True):
    """`detail` is a sentence for people; `subject` names what it is about (`offer 7`).

    `existing_id` is set with `already_done`: the id of what the first request made.
    """

    reason: RefusalReason
    detail: str
    subject: str = ""
    existing_id: int | None = None


def not_found(kind: str, id_: str | int) -> Refusal:
    return Refusal(RefusalReason.NOT_FOUND, f"There is no {kind} {id_}.", f"{kind} {id_}")


def invalid(detail: str, subject: str = "") -> Refusal:
    return Refusal(RefusalReason.INVALID, detail, subject)


def already_closed(contact: Contact) -> Refusal:
    return Refusal(
        RefusalReason.WRONG_STATE, "This contact has ended.", f"contact {contact.contact_id}"
    )


def not_yours(kind: str, id_: int) -> Refusal:
    return Refusal(RefusalReason.NOT_YOURS, f"This {kind} is not yours.", f"{kind} {id_}")


def wrong_state(detail: str, contact: Contact) -> Refusal:
    return Refusal(RefusalReason.WRONG_STATE, detail, f"contact {contact.contact_id}")


def check_engaged(contact: Contact, agent_id: str | None) -> Refusal | None:
    """Refuses unless this agent is engaged in the contact."""
    if contact.stage is CLOSED:
        return already_closed(contact)
    if contact.agent_id != agent_id:
        return not_yours("contact", contact.contact_id)
    if contact.stage is not ENGAGED:
        return wrong_state("Accept the contact first.", contact)
    return None
