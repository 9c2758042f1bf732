"""Decides for promised callbacks: asked for, put off, tried, given up."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.callbacks import CallbackTerms, begin_callback, callback_ref, find_callback
from frontdesk.kernel.commands import AttemptResult, CustomerCard
from frontdesk.kernel.decide_contacts import (
    agent_freed,
    check_contact_sizes,
    end_engagement,
    withdraw_offer,
)
from frontdesk.kernel.entities import ENGAGED, PROMISED, WAITING, Callback, Contact
from frontdesk.kernel.queueing import close_contact, enqueue
from frontdesk.kernel.refusals import (
    Refusal,
    RefusalReason,
    check_engaged,
    invalid,
    not_found,
    wrong_state,
)
from frontdesk.kernel.turn import Turn

ATTEMPTS_MAX = 20
AHEAD_MS_MAX = 90 * 24 * 3_600_000
RETRY_MS_MIN = 60_000


def decide_request_callback(turn: Turn, command: cmd.RequestCallback) -> Refusal | None:
    refusal = _check_request(turn, command)
    if refusal is not None:
        return refusal
    terms = CallbackTerms(
        queue_id=command.queue_id,
        address=command.address.strip(),
        channel=command.channel,
        due_ms=command.due_ms,
        expires_ms=(command.due_ms or turn.now_ms) + command.expires_after_ms,
        attempts_max=command.attempts_max,
        retry_ms=command.retry_ms,
        channel_ref=command.channel_ref,
    )
    existing_id = find_callback(turn.state, terms)
    if existing_id is not None:
        return Refusal(
            RefusalReason.ALREADY_DONE,
            "This address has a callback in this queue already.",
            f"contact {existing_id}",
            existing_id,
        )
    customer = command.customer
    opened = ev.ContactOpened(
        turn.state.next_contact_id,
        terms.channel,
        terms.channel_ref or callback_ref(terms.queue_id, terms.address),
        CustomerCard(customer.customer_id, customer.name, terms.address),
        command.topic,
        (),
        0,
        None,
        command.attributes,
    )
    begin_callback(turn, opened, terms, None, None, turn.now_ms)
    return None


def _check_request(turn: Turn, command: cmd.RequestCallback) -> Refusal | None:
    if command.queue_id not in turn.state.settings.queues:
        return not_found("queue", command.queue_id)
    if not command.address.strip():
        return invalid("A callback needs a number or another address.")
    if not 1 <= command.attempts_max <= ATTEMPTS_MAX:
        return invalid(f"A callback is tried 1 to {ATTEMPTS_MAX} times.")
    if not RETRY_MS_MIN <= command.retry_ms <= AHEAD_MS_MAX:
        return invalid("A minute at least lies between two attempts.")
    if not RETRY_MS_MIN <= command.expires_after_ms <= AHEAD_MS_MAX:
        return invalid("A callback stands for a minute at least, and for 90 days at most.")
    problem = check_contact_sizes(
        command.customer,
        command.attributes,
        (command.channel, command.channel_ref, command.topic, command.address),
    )
    if problem is not None:
        return invalid(problem)
    return _check_due(turn, command.due_ms)


def _check_due(turn: Turn, due_ms: int | None) -> Refusal | None:
    if due_ms is None or turn.now_ms <= due_ms <= turn.now_ms + AHEAD_MS_MAX:
        return None
    return invalid("The time lies between now and 90 days ahead.")


def decide_reschedule_callback(turn: Turn, command: cmd.RescheduleCallback) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if contact.callback is None:
        return invalid("This contact is not a callback.", f"contact {command.contact_id}")
    if contact.stage not in (WAITING, PROMISED):
        return wrong_state("An agent has this callback; it can't be put off now.", contact)
    refusal = _check_due(turn, command.due_ms)
    if refusal is not None:
        return refusal
    if command.due_ms is not None and command.due_ms > turn.now_ms:
        turn.emit(ev.CallbackScheduled(contact.contact_id, command.due_ms))
    elif contact.stage is PROMISED:
        enqueue(turn, contact, contact.queue_id, ev.QueuedCause.CALLBACK)
    return None


def decide_record_attempt(turn: Turn, command: cmd.RecordAttempt) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id) or _check_due(turn, command.due_ms)
    if refusal is not None:
        return refusal
    callback = contact.callback
    if callback is None:
        return invalid("This contact is not a callback.", f"contact {command.contact_id}")
    number = callback.attempts + 1
    turn.emit(ev.CallbackAttempted(contact.contact_id, command.agent_id, number, command.result))
    if command.result is not AttemptResult.REACHED:
        _try_later(turn, contact, callback, command.due_ms)
        agent_freed(turn, command.agent_id)
    return None


def _try_later(turn: Turn, contact: Contact, callback: Callback, due_ms: int | None) -> None:
    """Puts the callback off, or gives it up after the last attempt."""
    assert contact.callback is not None
    is_last = contact.callback.attempts >= callback.attempts_max
    reason = ev.EngagementEnd.CLOSED if is_last else ev.EngagementEnd.RESCHEDULED
    end_engagement(turn, contact, reason)
    if is_last:
        close_contact(turn, contact, ev.ClosedBy.UNREACHED, served=False)
    else:
        at_ms = due_ms if due_ms is not None else turn.now_ms + callback.retry_ms
        turn.emit(ev.CallbackScheduled(contact.contact_id, max(at_ms, turn.now_ms + 1)))


def take_up_callback(turn: Turn, contact: Contact) -> None:
    """Its time has come: it takes its place in the queue."""
    enqueue(turn, contact, contact.queue_id, ev.QueuedCause.CALLBACK)


def expire_callback(turn: Turn, contact: Contact) -> None:
    """Nobody could try in time."""
    assert contact.stage is not ENGAGED, "an agent has it"
    agent_id = contact.agent_id
    withdraw_offer(turn, contact, ev.WithdrawnReason.CLOSED)
    close_contact(turn, contact, ev.ClosedBy.EXPIRED, served=False)
    if agent_id is not None:
        agent_freed(turn, agent_id)
