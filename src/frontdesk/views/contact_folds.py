"""What the events of a contact's life do to the live picture."""

# ruff: noqa: ARG001  (all folds have one signature, whether or not they need the time)

from collections.abc import Callable
from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author
from frontdesk.kernel.settings import OverflowWhen, ServiceTarget
from frontdesk.views.board import Board
from frontdesk.views.changes import (
    ENGAGEMENTS,
    OFFERS,
    message_key,
)
from frontdesk.views.documents import ContactState, MessageDocument, RecentContact
from frontdesk.views.rows import AgentRow, ContactRow, EngagementRow, OfferRow, QueueRow

MESSAGES_KEPT_MAX = 200
"""Newest messages of an open contact in the live picture; older ones are read page by page."""

RECENT_CONTACTS_MAX = 5
LAST_TEXT_CHARS_MAX = 160
"""Of a contact's last message its document carries the beginning."""


def fold_contact_opened(board: Board, event: ev.ContactOpened, at_ms: int) -> None:
    contact = ContactRow(
        contact_id=event.contact_id,
        channel=event.channel,
        customer=event.customer,
        topic=event.topic,
        skills=event.skills,
        priority=event.priority,
        attributes=event.attributes,
        opened_ms=at_ms,
        queued_ms=at_ms,
        links={},
        language=event.language,
    )
    board.state.contacts[event.contact_id] = contact
    board.touch_contact(contact)


def fold_contact_queued(board: Board, event: ev.ContactQueued, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    board.enter_queue(contact, event.queue_id)
    contact.state = ContactState.WAITING
    contact.parked_until_ms = None
    contact.queued_ms = at_ms
    contact.step_index = 0
    row = _queue_row(board, event.queue_id)
    if contact.callback is None:
        row.offered_today += 1
    if contact.channel not in row.channels:
        row.channels += (contact.channel,)
    board.touch_contact(contact)


def _queue_row(board: Board, queue_id: str) -> QueueRow:
    return board.state.queues.setdefault(queue_id, QueueRow())


def fold_contact_overflowed(board: Board, event: ev.ContactOverflowed, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    if event.when is OverflowWhen.FULL and contact.in_queue:
        _queue_row(board, event.from_queue_id).offered_today -= 1  # it was turned away
        board.touch_queue(event.from_queue_id)


def fold_step_advanced(board: Board, event: ev.StepAdvanced, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.step_index = event.step_index
    board.touch_contact(contact)


def fold_contact_offered(board: Board, event: ev.ContactOffered, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.state = ContactState.OFFERED
    contact.agent_id = event.agent_id
    board.state.offers[event.offer_id] = OfferRow(
        offer_id=event.offer_id,
        contact_id=event.contact_id,
        agent_id=event.agent_id,
        offered_ms=at_ms,
        expires_ms=event.expires_ms,
        why=event.why,
        units=board.units_of(contact.channel),
    )
    board.touch((OFFERS, event.offer_id), event.agent_id)
    board.link(contact, event.agent_id)
    agent = board.state.agents[event.agent_id]
    agent.offer_ids.append(event.offer_id)
    board.update_agent(agent, at_ms)


def fold_offer_accepted(board: Board, event: ev.OfferAccepted, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    agent = board.state.agents[event.agent_id]
    offer = board.state.offers.pop(event.offer_id)
    board.touch((OFFERS, event.offer_id), event.agent_id)
    _count_answer(board, contact, at_ms - contact.queued_ms)
    board.leave_queue(contact)
    agent.offer_ids.remove(event.offer_id)
    agent.answered_today += 1
    _engage(board, contact, agent, event.offer_id, offer.units, at_ms)


def fold_contact_taken(board: Board, event: ev.ContactTaken, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.queue_id = event.queue_id
    contact.agent_id = event.agent_id
    contact.parked_until_ms = None
    board.link(contact, event.agent_id)
    agent = board.state.agents[event.agent_id]
    units = board.units_of(contact.channel)
    _engage(board, contact, agent, event.engagement_id, units, at_ms)


def _engage(
    board: Board,
    contact: ContactRow,
    agent: AgentRow,
    engagement_id: int,
    units: int,
    at_ms: int,
) -> None:
    contact.state = ContactState.ENGAGED
    contact.answered_ms = at_ms if contact.answered_ms is None else contact.answered_ms
    board.state.engagements[engagement_id] = EngagementRow(
        engagement_id=engagement_id,
        contact_id=contact.contact_id,
        agent_id=agent.profile.agent_id,
        started_ms=at_ms,
        units=units,
    )
    agent.engagement_ids.append(engagement_id)
    board.touch((ENGAGEMENTS, engagement_id), agent.profile.agent_id)
    board.touch_contact(contact)
    board.update_agent(agent, at_ms)


def _count_answer(board: Board, contact: ContactRow, wait_ms: int) -> None:
    if contact.queued_ms < board.state.day_start_ms or contact.callback is not None:
        return  # it counts on the day on which it entered the queue, and a callback not at all
    row = _queue_row(board, contact.queue_id)
    row.answered_today += 1
    row.answered_in_target_today += wait_ms <= _target_ms(board, contact.queue_id)


def _target_ms(board: Board, queue_id: str) -> int:
    queue = board.find_queue(queue_id)
    return (queue.target if queue is not None else ServiceTarget()).answer_ms


def fold_offer_failed(
    board: Board, event: ev.OfferDeclined | ev.OfferWithdrawn, at_ms: int
) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.state = ContactState.WAITING
    contact.agent_id = None
    board.take_offer(event.offer_id, at_ms)


def fold_offer_expired(board: Board, event: ev.OfferExpired, at_ms: int) -> None:
    board.state.agents[event.agent_id].missed_today += 1
    contact = board.state.contacts[event.contact_id]
    contact.state = ContactState.WAITING
    contact.agent_id = None
    board.take_offer(event.offer_id, at_ms)


def fold_contact_held(board: Board, event: ev.ContactHeld, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.held_since_ms = at_ms
    board.touch_contact(contact)


def fold_contact_resumed(board: Board, event: ev.ContactResumed, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.held_since_ms = None
    board.touch_contact(contact)


def fold_contact_transferred(board: Board, event: ev.ContactTransferred, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.transferred_from_agent_id = event.agent_id
    contact.transfer_note = event.note
    board.touch_contact(contact)


def fold_engagement_ended(board: Board, event: ev.EngagementEnded, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.state = ContactState.WAITING
    contact.agent_id = None
    contact.held_since_ms = None
    contact.listeners = {}
    agent = board.state.agents[event.agent_id]
    _remember(agent, contact, at_ms)
    if event.wrap_up_until_ms is None:
        board.drop_engagement(event.engagement_id, at_ms)
        return
    engagement = board.state.engagements[event.engagement_id]
    engagement.ended_ms = at_ms
    engagement.wrap_up_until_ms = event.wrap_up_until_ms
    contact.wrap_up_count += 1
    board.touch((ENGAGEMENTS, event.engagement_id), event.agent_id)
    board.touch_contact(contact)
    board.update_agent(agent, at_ms)


def _remember(agent: AgentRow, contact: ContactRow, at_ms: int) -> None:
    newest = RecentContact(
        contact_id=contact.contact_id,
        customer_name=contact.customer.name,
        queue_id=contact.queue_id,
        ended_ms=at_ms,
    )
    others = [r for r in agent.recent if r.contact_id != contact.contact_id]
    agent.recent = (newest, *others[: RECENT_CONTACTS_MAX - 1])


def fold_wrap_up_completed(board: Board, event: ev.WrapUpCompleted, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.wrap_up_count -= 1
    board.drop_engagement(event.engagement_id, at_ms)
    _forget_if_done(board, contact)


def fold_contact_abandoned(board: Board, event: ev.ContactAbandoned, at_ms: int) -> None:
    if board.state.contacts[event.contact_id].queued_ms < board.state.day_start_ms:
        return
    row = _queue_row(board, event.queue_id)
    row.abandoned_today += 1
    row.abandoned_in_target_today += event.wait_ms <= _target_ms(board, event.queue_id)
    board.touch_queue(event.queue_id)


def fold_contact_closed(board: Board, event: ev.ContactClosed, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    board.leave_queue(contact)
    contact.parked_until_ms = None
    contact.state = ContactState.CLOSED
    contact.closed_ms = at_ms
    contact.closed_by = event.by
    contact.rating_until_ms = event.rating_until_ms
    board.touch_contact(contact)
    _forget_if_done(board, contact)


def fold_rating_ended(board: Board, event: ev.RatingEnded, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.rating_until_ms = None
    _forget_if_done(board, contact)


def _forget_if_done(board: Board, contact: ContactRow) -> None:
    if (
        contact.state is not ContactState.CLOSED
        or contact.wrap_up_count
        or contact.rating_until_ms is not None
    ):
        return
    board.touch_contact(contact)
    del board.state.contacts[contact.contact_id]
    for message in board.state.messages.pop(contact.contact_id, ()):
        board.touch(message_key(contact.contact_id, message.number))


def fold_message_posted(board: Board, event: ev.MessagePosted, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.message_count = event.number
    messages = board.state.messages.setdefault(event.contact_id, [])
    messages.append(_build_message(board, contact, event, at_ms))
    board.touch(message_key(event.contact_id, event.number), *contact.links)
    if len(messages) > MESSAGES_KEPT_MAX:
        board.touch(message_key(event.contact_id, messages.pop(0).number), *contact.links)
    if not event.internal:
        contact.last_text = event.text[:LAST_TEXT_CHARS_MAX]
        contact.last_author = event.author
        contact.last_message_ms = at_ms
    board.touch_contact(contact)


def _build_message(
    board: Board, contact: ContactRow, event: ev.MessagePosted, at_ms: int
) -> MessageDocument:
    return MessageDocument(
        contact_id=event.contact_id,
        number=event.number,
        at_ms=at_ms,
        author=event.author,
        agent_id=event.agent_id,
        author_name=_name_author(board, contact, event),
        client_id=event.client_id,
        text=event.text,
        attachments=event.attachments,
        internal=event.internal,
        prompt=event.prompt,
        choice=event.choice,
    )


def _name_author(board: Board, contact: ContactRow, event: ev.MessagePosted) -> str:
    if event.author is Author.CUSTOMER:
        return contact.customer.name
    agent = board.state.agents.get(event.agent_id or "")
    return agent.profile.name if agent is not None else ""


def fold_messages_read(board: Board, event: ev.MessagesRead, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    if event.agent_id is None:
        contact.read_by_customer = event.number
    else:
        contact.read_by_agent = event.number
    board.touch_contact(contact)


def fold_contact_rated(board: Board, event: ev.ContactRated, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.rating = event.score
    board.touch_contact(contact)


def fold_customer_connected(board: Board, event: ev.CustomerConnected, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.customer_connected = True
    board.touch_contact(contact)


def fold_customer_disconnected(board: Board, event: ev.CustomerDisconnected, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.customer_connected = False
    board.touch_contact(contact)


CONTACT_FOLDS: dict[type[ev.Event], Callable[[Board, Any, int], None]] = {
    ev.ContactOpened: fold_contact_opened,
    ev.ContactQueued: fold_contact_queued,
    ev.ContactOverflowed: fold_contact_overflowed,
    ev.StepAdvanced: fold_step_advanced,
    ev.ContactOffered: fold_contact_offered,
    ev.OfferAccepted: fold_offer_accepted,
    ev.ContactTaken: fold_contact_taken,
    ev.OfferDeclined: fold_offer_failed,
    ev.OfferExpired: fold_offer_expired,
    ev.OfferWithdrawn: fold_offer_failed,
    ev.ContactHeld: fold_contact_held,
    ev.ContactResumed: fold_contact_resumed,
    ev.ContactTransferred: fold_contact_transferred,
    ev.EngagementEnded: fold_engagement_ended,
    ev.WrapUpCompleted: fold_wrap_up_completed,
    ev.ContactAbandoned: fold_contact_abandoned,
    ev.ContactClosed: fold_contact_closed,
    ev.RatingEnded: fold_rating_ended,
    ev.MessagePosted: fold_message_posted,
    ev.MessagesRead: fold_messages_read,
    ev.ContactRated: fold_contact_rated,
    ev.CustomerConnected: fold_customer_connected,
    ev.CustomerDisconnected: fold_customer_disconnected,
}
"""`ContactReleased` and `RefusalsForgotten` change nothing people look at."""
