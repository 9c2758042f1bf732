"""Decides the life of a contact: arrival, queueing, overflow, transfer, end."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.entities import (
    CLOSED,
    ENGAGED,
    OFFERED,
    WAITING,
    Contact,
    Engagement,
)
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.queueing import close_contact, enqueue
from frontdesk.kernel.refusals import (
    Refusal,
    RefusalReason,
    already_closed,
    check_engaged,
    invalid,
    not_found,
)
from frontdesk.kernel.state import State, ref_key
from frontdesk.kernel.turn import Turn

PRIORITY_MAX = 1000
SKILLS_MAX = 20
TEXT_CHARS_MAX = 1_000
"""Of each short text that a contact comes with: names, topic, address, the channel's id."""

ATTRIBUTES_MAX = 50
ATTRIBUTE_CHARS_MAX = 4_000

_CUSTOMER, _AGENT, _, _ = Author
_BY_CUSTOMER = ev.ClosedBy.CUSTOMER
_BY_AGENT = ev.ClosedBy.AGENT
_OPENED = ev.QueuedCause.OPENED
_ENDED = ev.EngagementEnd.CLOSED
_LOST = ev.EngagementEnd.AGENT_LOST


def decide_open_contact(turn: Turn, command: cmd.OpenContact) -> Refusal | None:
    state = turn.state
    refusal = _check_open(state, command)
    if refusal is not None:
        return refusal
    contact_id = state.next_contact_id
    turn.emit(
        ev.ContactOpened(
            contact_id,
            command.channel,
            command.channel_ref,
            command.customer,
            command.topic,
            command.skills,
            command.priority,
            command.previous_agent_id,
            command.attributes,
            command.language,
        )
    )
    contact = state.contacts[contact_id]
    if command.flow_id is not None:
        turn.begin_run(contact, state.settings.flows[command.flow_id], FlowUse.ENTRY)
    else:
        enqueue(turn, contact, command.queue_id, _OPENED)
    return None


def _check_open(state: State, command: cmd.OpenContact) -> Refusal | None:
    if command.channel_ref:
        key = ref_key(command.channel, command.channel_ref)
        existing_id = state.open_refs.get(key) or state.closed_refs.get(key)
        if existing_id is not None:
            return Refusal(
                RefusalReason.ALREADY_DONE,
                "This contact is open already.",
                f"contact {existing_id}",
                existing_id,
            )
    refusal = _check_destination(state, command)
    if refusal is not None:
        return refusal
    if abs(command.priority) > PRIORITY_MAX:
        return invalid(f"The priority must be between {-PRIORITY_MAX} and {PRIORITY_MAX}.")
    for need in command.skills:
        if need.skill_id not in state.settings.skills:
            return not_found("skill", need.skill_id)
        if not 1 <= need.proficiency_min <= 5:
            return invalid("A proficiency is a number from 1 to 5.")
    problem = _check_sizes(command)
    if problem is not None:
        return invalid(problem)
    if command.skills and not state.lanes.has_room():
        return Refusal(
            RefusalReason.LIMIT_REACHED,
            "Too many different combinations of skills are waiting; try again later.",
        )
    return None


def _check_destination(state: State, command: cmd.OpenContact) -> Refusal | None:
    if command.flow_id is None:
        if command.queue_id not in state.settings.queues:
            return not_found("queue", command.queue_id)
        return None
    if command.queue_id:
        return invalid("A contact opens in a flow or in a queue, not in both.")
    return check_entry_flow(state, command.flow_id)


def check_entry_flow(state: State, flow_id: str) -> Refusal | None:
    """Refuses unless a contact can be sent into the flow."""
    flow = state.settings.flows.get(flow_id)
    if flow is None:
        return not_found("flow", flow_id)
    if flow.use is not FlowUse.ENTRY:
        return invalid("Contacts can't be sent into this flow.", f"flow {flow_id}")
    return None


def _check_sizes(command: cmd.OpenContact) -> str | None:
    if len(command.skills) > SKILLS_MAX:
        return f"A contact asks for at most {SKILLS_MAX} skills."
    texts = (command.channel, command.channel_ref, command.topic, command.language)
    return check_contact_sizes(command.customer, command.attributes, texts)


def check_contact_sizes(
    customer: CustomerCard, attributes: dict[str, str], texts: tuple[str, ...]
) -> str | None:
    """What is wrong with what a contact comes with; `texts` begin with its channel."""
    channel = texts[0]
    texts += (customer.customer_id, customer.name, customer.address)
    if not channel or max(map(len, texts)) > TEXT_CHARS_MAX:
        return f"A contact has a channel, and texts of at most {TEXT_CHARS_MAX} characters."
    if attributes and (
        len(attributes) > ATTRIBUTES_MAX
        or max(len(name) + len(text) for name, text in attributes.items()) > ATTRIBUTE_CHARS_MAX
    ):
        return (
            f"A contact has at most {ATTRIBUTES_MAX} attributes "
            f"of {ATTRIBUTE_CHARS_MAX} characters each."
        )
    return None


def decide_end_contact(turn: Turn, command: cmd.EndContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    if contact.stage is CLOSED:
        return already_closed(contact)
    by = command.by
    if by is _AGENT:
        refusal = check_engaged(contact, command.agent_id)
        if refusal is not None:
            return refusal
        end_contact(turn, contact, ev.ClosedBy.AGENT)
    else:
        end_contact(turn, contact, _BY_CUSTOMER if by is _CUSTOMER else ev.ClosedBy.SYSTEM)
    return None


def end_contact(turn: Turn, contact: Contact, by: ev.ClosedBy) -> None:
    """Ends a contact wherever it is, and gives its agent the next one."""
    agent_id = contact.agent_id
    if contact.stage is ENGAGED:
        end_engagement(turn, contact, _ENDED)
        if by is not _BY_AGENT or not _begin_after(turn, contact):
            close_contact(turn, contact, by, served=True)
    else:
        _end_unserved(turn, contact, by)
    if agent_id is not None:
        agent_freed(turn, agent_id)


def _begin_after(turn: Turn, contact: Contact) -> bool:
    """Whether a flow follows when the agent has ended the contact: a survey, say."""
    queue = turn.state.settings.queues.get(contact.queue_id)
    if queue is None or queue.after_flow_id is None:
        return False
    on_the_line = contact.callback is None and contact.consult_of is None
    if not on_the_line or not contact.customer_connected:
        return False
    flow = turn.state.settings.flows[queue.after_flow_id]
    turn.begin_run(contact, flow, FlowUse.AFTER, contact.served_by)
    return True


def _end_unserved(turn: Turn, contact: Contact, by: ev.ClosedBy) -> None:
    """A customer who goes while waiting abandons; who leaves a flow or a callback doesn't.

    Nor does who was served already and is parked.
    """
    waits = contact.stage in (WAITING, OFFERED)
    waited = waits and contact.callback is None and contact.consult_of is None
    turn.end_run(contact, ev.FlowResult.LEFT)
    withdraw_offer(
        turn,
        contact,
        ev.WithdrawnReason.CUSTOMER_LEFT if by is _BY_CUSTOMER else ev.WithdrawnReason.CLOSED,
    )
    if by is _BY_CUSTOMER and waited:
        wait_ms = turn.now_ms - contact.queued_ms
        turn.emit(ev.ContactAbandoned(contact.contact_id, contact.queue_id, wait_ms))
    close_contact(turn, contact, by, served=False)


def withdraw_offer(turn: Turn, contact: Contact, reason: ev.WithdrawnReason) -> None:
    """Takes back the contact's offer, if one stands."""
    if contact.offer_id is not None and contact.agent_id is not None:
        turn.emit(ev.OfferWithdrawn(contact.offer_id, contact.contact_id, contact.agent_id, reason))


def end_engagement(turn: Turn, contact: Contact, reason: ev.EngagementEnd) -> Engagement:
    """Ends the contact's engagement; a wrap-up follows where the queue has one."""
    assert contact.engagement_id is not None, "an engaged contact has its engagement"
    if contact.consult is not None:
        drop_consult(turn, contact)
    engagement = turn.state.engagements[contact.engagement_id]
    queue = turn.state.settings.queues.get(engagement.queue_id)
    wrap_up_ms = queue.wrap_up_time_ms if queue is not None else 0
    if reason is _LOST or contact.consult_of is not None:
        wrap_up_ms = 0
    turn.emit(
        ev.EngagementEnded(
            engagement.engagement_id,
            contact.contact_id,
            engagement.agent_id,
            reason,
            turn.now_ms + wrap_up_ms if wrap_up_ms else None,
        )
    )
    return engagement


def drop_consult(turn: Turn, contact: Contact) -> None:
    """Whoever is asked about the contact is asked no more."""
    assert contact.consult is not None, "nobody is asked about it"
    consult_id = contact.consult.consult_id
    turn.emit(ev.ConsultEnded(contact.contact_id, ev.ConsultEnd.CANCELLED))
    if consult_id is not None:
        end_contact(turn, turn.state.contacts[consult_id], ev.ClosedBy.SYSTEM)


def agent_freed(turn: Turn, agent_id: str) -> None:
    """The agent has less in hand: takes up the queued presence, or the next contact."""
    agent = turn.state.agents.get(agent_id)
    if agent is None:
        return
    if agent.load_units == 0 and agent.next_presence is not None:
        turn.emit(
            ev.PresenceChanged(
                agent_id,
                agent.next_presence,
                agent.next_break_reason_id,
                ev.PresenceCause.QUEUED,
            )
        )
    if agent.next_presence is None:
        turn.match_agent(agent_id)
