"""What a flow promises: to reach the customer, or to deliver a message."""

from datetime import datetime
from zoneinfo import ZoneInfo

from frontdesk.kernel import events as ev
from frontdesk.kernel.callbacks import CallbackTerms, open_callback
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.decide_contacts import agent_freed, withdraw_offer
from frontdesk.kernel.flows.document import CallBack, TakeMessage
from frontdesk.kernel.flows.endings import shown_values
from frontdesk.kernel.flows.faults import FlowFault, FlowFaulted
from frontdesk.kernel.flows.runs import Run
from frontdesk.kernel.hours import is_open, next_opening_ms
from frontdesk.kernel.queueing import PERSONAL_WAIT_MS, enqueue
from frontdesk.kernel.settings import Queue
from frontdesk.kernel.turn import Turn

MESSAGE_CHANNEL = "message"
AHEAD_MS_MAX = 30 * 24 * 3_600_000
"""How far ahead a callback may be wished for."""

MESSAGE_WAIT_MS = 7 * 24 * 3_600_000
"""How long a message waits for the agent it is for, before anybody of the queue may take it."""


def promise_callback(turn: Turn, run: Run, node: CallBack, address: str, at: str) -> str:
    """Promises the callback; returns the exit: next, duplicate or refused."""
    state = turn.state
    contact = state.contacts[run.contact_id]
    queue = state.settings.queues.get(node.queue_id or contact.queue_id)
    if queue is None:
        raise FlowFaulted(FlowFault.GONE, "The callback has no queue to wait in.")
    due_ms, possible = _find_due(turn, queue, at)
    if not address or not possible or run.callback_id is not None:
        return "refused"
    terms = CallbackTerms(
        queue_id=queue.queue_id,
        address=address,
        channel=node.channel,
        due_ms=due_ms,
        expires_ms=(due_ms or turn.now_ms) + node.expires_ms,
        attempts_max=node.attempts_max,
        retry_ms=node.retry_ms,
    )
    agent_id = contact.agent_id
    withdraw_offer(turn, contact, ev.WithdrawnReason.CALLBACK)
    opened = open_callback(turn, terms, contact, run.run_id, shown_values(run, node.show))
    if agent_id is not None:
        agent_freed(turn, agent_id)
    return "next" if opened else "duplicate"


def _find_due(turn: Turn, queue: Queue, at: str) -> tuple[int | None, bool]:
    """When the callback is due (None: at its turn), and whether that can be promised."""
    settings = turn.state.settings
    hours = settings.hours.get(queue.hours_id) if queue.hours_id is not None else None
    if not at:
        if hours is None or is_open(hours, turn.now_ms):
            return None, True
        opening_ms = next_opening_ms(hours, turn.now_ms)
        return opening_ms, opening_ms is not None
    zone = hours.time_zone if hours is not None else settings.centre.time_zone
    try:
        wished = datetime.fromisoformat(at)
    except ValueError:
        return None, False
    local = wished if wished.tzinfo is not None else wished.replace(tzinfo=ZoneInfo(zone))
    due_ms = int(local.timestamp() * 1000)
    in_time = turn.now_ms < due_ms <= turn.now_ms + AHEAD_MS_MAX
    return due_ms, in_time and (hours is None or is_open(hours, due_ms))


def deliver_message(turn: Turn, run: Run, node: TakeMessage, text: str) -> None:
    """Opens a contact of its own for the message and gives it to whom it is for."""
    state = turn.state
    if node.queue_id not in state.settings.queues:
        raise FlowFaulted(FlowFault.GONE, f"There is no queue {node.queue_id} any more.")
    contact = state.contacts[run.contact_id]
    message_id = state.next_contact_id
    turn.emit(
        ev.ContactOpened(
            message_id,
            MESSAGE_CHANNEL,
            "",
            CustomerCard(contact.customer.customer_id, contact.customer.name, ""),
            contact.topic,
            (),
            contact.priority,
            None,
            {**contact.attributes, **shown_values(run, node.show)},
            run.language,
        )
    )
    message = state.contacts[message_id]
    turn.emit(ev.MessagePosted(message_id, 1, Author.CUSTOMER, None, "", text, (), False))
    agent_id = node.agent_id if node.agent_id in state.lanes.slots else None
    turn.emit(ev.MessageTaken(contact.contact_id, run.run_id, message_id, node.queue_id, agent_id))
    wait_ms = PERSONAL_WAIT_MS if agent_id is None else MESSAGE_WAIT_MS
    enqueue(turn, message, node.queue_id, ev.QueuedCause.OPENED, agent_id, wait_ms)
