"""Decides what is written in a contact: messages, reading marks, the customer's verdict."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author
from frontdesk.kernel.decide_flows import take_answer
from frontdesk.kernel.entities import Contact, Stage, message_key
from frontdesk.kernel.refusals import (
    Refusal,
    RefusalReason,
    already_closed,
    check_engaged,
    invalid,
    not_found,
    not_yours,
)
from frontdesk.kernel.turn import Turn

TEXT_CHARS_MAX = 10_000
ATTACHMENTS_MAX = 10
CLIENT_ID_CHARS_MAX = 100
COMMENT_CHARS_MAX = 2_000
CHOICE_CHARS_MAX = 200


def decide_post_message(turn: Turn, command: cmd.PostMessage) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    key = message_key(command.author, command.agent_id, command.client_id)
    number = contact.recent_client_ids.get(key)
    if number is not None:
        return Refusal(
            RefusalReason.ALREADY_DONE,
            "This message has been posted.",
            f"contact {contact.contact_id}",
            number,
        )
    refusal = _check_message(contact, command)
    if refusal is not None:
        return refusal
    turn.emit(
        ev.MessagePosted(
            contact.contact_id,
            contact.message_count + 1,
            command.author,
            command.agent_id,
            command.client_id,
            command.text,
            command.attachments,
            command.internal,
            None,
            command.choice,
        )
    )
    if command.author is Author.CUSTOMER and contact.run_id is not None:
        take_answer(turn, contact, command.text, command.choice)
    return None


def _check_message(contact: Contact, command: cmd.PostMessage) -> Refusal | None:
    wrapping_up = command.internal and contact.wrap_up_count > 0
    if contact.stage is Stage.CLOSED and not wrapping_up:
        return already_closed(contact)
    if command.author is Author.AGENT and not command.internal:
        refusal = check_engaged(contact, command.agent_id)
        if refusal is not None:
            return refusal
    if command.author is Author.CUSTOMER and command.internal:
        return invalid("A customer can't write internal notes.")
    if not command.text.strip() and not command.attachments:
        return invalid("A message needs a text or a file.")
    if len(command.text) > TEXT_CHARS_MAX:
        return invalid(f"A message has at most {TEXT_CHARS_MAX} characters.")
    if len(command.attachments) > ATTACHMENTS_MAX:
        return invalid(f"A message has at most {ATTACHMENTS_MAX} files.")
    if not 1 <= len(command.client_id) <= CLIENT_ID_CHARS_MAX:
        return invalid(f"A client id has 1 to {CLIENT_ID_CHARS_MAX} characters.")
    if command.choice is not None and len(command.choice) > CHOICE_CHARS_MAX:
        return invalid(f"A choice has at most {CHOICE_CHARS_MAX} characters.")
    return None


def decide_read_messages(turn: Turn, command: cmd.ReadMessages) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if command.agent_id is not None and contact.agent_id != command.agent_id:
        return not_yours("contact", contact.contact_id)
    if not 0 <= command.number <= contact.message_count:
        return invalid(f"The contact has {contact.message_count} messages.")
    by_agent = command.agent_id is not None
    read = contact.read_by_agent if by_agent else contact.read_by_customer
    if command.number > read:
        turn.emit(ev.MessagesRead(contact.contact_id, command.agent_id, command.number))
    return None


def decide_rate_contact(turn: Turn, command: cmd.RateContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    subject = f"contact {contact.contact_id}"
    if contact.stage is not Stage.CLOSED or contact.rating_until_ms is None:
        return Refusal(RefusalReason.WRONG_STATE, "This contact can't be rated now.", subject)
    if contact.rating is not None:
        return Refusal(
            RefusalReason.ALREADY_DONE, "This contact has been rated.", subject, contact.rating
        )
    if not 1 <= command.score <= 5:
        return invalid("A rating is a number from 1 to 5.")
    if len(command.comment) > COMMENT_CHARS_MAX:
        return invalid(f"A comment has at most {COMMENT_CHARS_MAX} characters.")
    turn.emit(ev.ContactRated(contact.contact_id, command.score, command.comment))
    return None
