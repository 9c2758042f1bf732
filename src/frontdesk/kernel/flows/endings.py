"""How a run ends, and what becomes of its contact."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.decide_contacts import (
    ATTRIBUTE_CHARS_MAX,
    ATTRIBUTES_MAX,
    PRIORITY_MAX,
    TEXT_CHARS_MAX,
    agent_freed,
    withdraw_offer,
)
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.flows.runs import Run
from frontdesk.kernel.flows.texts import FORMATS
from frontdesk.kernel.queueing import close_contact, enqueue
from frontdesk.kernel.turn import Turn

CALLBACK_OUTCOME = "callback"
LEFT_OUTCOME = "left"
"""Of an end that a flow comes to because the customer has gone: then nothing was contained."""


def finish_run(turn: Turn, run: Run, outcome: str) -> None:
    """The flow has come to its end: the contact with it, unless it still waits."""
    contact = turn.state.contacts[run.contact_id]
    if run.callback_id is not None:
        turn.end_run(contact, ev.FlowResult.CONTAINED, CALLBACK_OUTCOME)
        close_contact(turn, contact, ev.ClosedBy.CALLBACK, served=False)
    elif run.use is FlowUse.ENTRY:
        left = outcome == LEFT_OUTCOME
        result = ev.FlowResult.LEFT if left else ev.FlowResult.CONTAINED
        turn.end_run(contact, result, outcome)
        close_contact(turn, contact, ev.ClosedBy.FLOW, served=False)
    else:
        turn.end_run(contact, ev.FlowResult.FINISHED, outcome)
        if run.use is FlowUse.AFTER:
            close_contact(turn, contact, ev.ClosedBy.AGENT, served=False)


def move_to_queue(turn: Turn, run: Run, queue_id: str, for_agent_id: str | None = None) -> None:
    """The run is over; the contact waits in the queue, as old as it is if it waited before.

    `for_agent_id`: for that agent first.
    """
    contact = turn.state.contacts[run.contact_id]
    agent_id = contact.agent_id
    waits = run.use is FlowUse.WAITING
    turn.end_run(contact, ev.FlowResult.MOVED if waits else ev.FlowResult.QUEUED)
    withdraw_offer(turn, contact, ev.WithdrawnReason.MOVED)
    if run.callback_id is not None:
        close_contact(turn, contact, ev.ClosedBy.CALLBACK, served=False)
    else:
        enqueue(turn, contact, queue_id, ev.QueuedCause.FLOW, for_agent_id)
    if agent_id is not None:
        agent_freed(turn, agent_id)


def leave(turn: Turn, run: Run, result: ev.FlowResult, by: ev.ClosedBy) -> None:
    """The run is over and the contact with it, wherever that is; an agent who rings is freed."""
    contact = turn.state.contacts[run.contact_id]
    agent_id = contact.agent_id
    turn.end_run(contact, result)
    withdraw_offer(turn, contact, ev.WithdrawnReason.MOVED)
    close_contact(turn, contact, by, served=False)
    if agent_id is not None:
        agent_freed(turn, agent_id)


def describe_contact(
    turn: Turn, run: Run, topic: str, priority: int | None, show: dict[str, str]
) -> None:
    """Puts on the contact what the agent shall see: topic, priority, and the variables named."""
    contact = turn.state.contacts[run.contact_id]
    attributes = shown_values(run, show)
    room = ATTRIBUTES_MAX - len(contact.attributes.keys() - attributes.keys())
    kept = dict(list(attributes.items())[: max(room, 0)])
    new_topic = (topic or contact.topic)[:TEXT_CHARS_MAX]
    new_priority = contact.priority if priority is None else priority
    new_priority = max(-PRIORITY_MAX, min(PRIORITY_MAX, new_priority))
    before = (contact.topic, contact.priority, contact.language)
    if kept or before != (new_topic, new_priority, run.language):
        turn.emit(
            ev.ContactDescribed(contact.contact_id, new_topic, new_priority, kept, run.language)
        )


def shown_values(run: Run, show: dict[str, str]) -> dict[str, str]:
    """The variables named, under their labels, as people read them; empty ones are left out."""
    values = {
        label: FORMATS[""](run.frame.variables.get(name), run.language)[: ATTRIBUTE_CHARS_MAX // 2]
        for name, label in show.items()
    }
    return {label[:200]: value for label, value in values.items() if value}
