"""Decides the life of a contact: arrival, queueing, overflow, transfer, end."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.announcing import show_wait
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.contact_deadlines import OVERFLOWS_MAX, channel_rule, is_patient
from frontdesk.kernel.entities import (
    CLOSED,
    ENGAGED,
    OFFERED,
    SELF_SERVICE,
    WAITING,
    Contact,
    Engagement,
)
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.hours import is_holiday, is_open
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.kernel.settings import Overflow, OverflowWhen, Queue, find_overflow
from frontdesk.kernel.state import State, ref_key
from frontdesk.kernel.turn import Turn

PRIORITY_MAX = 1000
SKILLS_MAX = 20
TEXT_CHARS_MAX = 1_000
"""Of each short text that a contact comes with: names, topic, address, the channel's id."""

ATTRIBUTES_MAX = 50
ATTRIBUTE_CHARS_MAX = 4_000
NOTE_CHARS_MAX = 10_000

_CUSTOMER, _AGENT, _, _ = Author
_BY_CUSTOMER = ev.ClosedBy.CUSTOMER
_BY_AGENT = ev.ClosedBy.AGENT
_OPENED = ev.QueuedCause.OPENED
_ENDED = ev.EngagementEnd.CLOSED
_LOST = ev.EngagementEnd.AGENT_LOST

PERSONAL_WAIT_MS = 60_000
"""How long a contact that was transferred to an agent waits for that agent alone."""


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


def not_found(kind: str, id_: str | int) -> Refusal:
    return Refusal(RefusalReason.NOT_FOUND, f"There is no {kind} {id_}.", f"{kind} {id_}")


def invalid(detail: str, subject: str = "") -> Refusal:
    return Refusal(RefusalReason.INVALID, detail, subject)


def enqueue(
    turn: Turn,
    contact: Contact,
    queue_id: str,
    cause: ev.QueuedCause,
    for_agent_id: str | None = None,
    personal_wait_ms: int = PERSONAL_WAIT_MS,
) -> None:
    """Puts the contact into the queue, or where the queue's overflow rules send it, and matches."""
    queue = turn.state.settings.queues[queue_id]
    wait_ms = personal_wait_ms
    if for_agent_id is None:
        overflow = _overflow_on_arrival(turn, contact, queue)
        if overflow is not None:
            overflow_contact(turn, contact, queue_id, overflow)
            return
        for_agent_id = find_previous_agent(turn.state, contact, queue)
        wait_ms = queue.previous_agent_wait_ms
    turn.emit(
        ev.ContactQueued(
            contact.contact_id,
            queue_id,
            cause,
            contact.age_from_ms,
            for_agent_id,
            None if for_agent_id is None else turn.now_ms + wait_ms,
        )
    )
    if not turn.match_contact(contact):
        waiting = turn.state.lanes.waiting_by_queue[queue_id]
        is_full = waiting > queue.waiting_max and cause in _ARRIVALS
        if is_full and not is_patient(turn.state, contact):
            rule = find_overflow(queue, OverflowWhen.FULL)
            full = rule if rule is not None and contact.overflow_count < OVERFLOWS_MAX else _FULL
            overflow_contact(turn, contact, queue_id, full)
            return
        show_wait(turn, contact)
    if queue.waiting_flow_id is not None:
        _begin_treatment(turn, contact, queue.waiting_flow_id)


def _begin_treatment(turn: Turn, contact: Contact, flow_id: str) -> None:
    """The queue's flow for those who wait; an offer that is not accepted yet is waiting too.

    Who has been sent on too often waits without: flows may send on as well, and in a circle.
    """
    stays = contact.overflow_count >= OVERFLOWS_MAX or is_patient(turn.state, contact)
    if contact.stage in _WAITS and not stays:
        turn.begin_run(contact, turn.state.settings.flows[flow_id], FlowUse.WAITING)


_WAITS = (WAITING, OFFERED)
_ARRIVALS = (ev.QueuedCause.OPENED, ev.QueuedCause.OVERFLOWED, ev.QueuedCause.FLOW)
"""Causes that a full queue turns away; who was served before is never turned away."""


_FULL = Overflow(when=OverflowWhen.FULL)
"""What befalls a contact that finds a queue full which has no rule for it."""


def _overflow_on_arrival(turn: Turn, contact: Contact, queue: Queue) -> Overflow | None:
    """The rule that keeps an arriving contact out of the queue, if one does."""
    if not queue.overflows and not queue.shut:
        return None
    if contact.overflow_count >= OVERFLOWS_MAX or is_patient(turn.state, contact):
        return None
    if queue.shut:
        return find_overflow(queue, OverflowWhen.SHUT) or _SHUT
    closed = _overflow_when_closed(turn, queue)
    if closed is not None:
        return closed
    unstaffed = find_overflow(queue, OverflowWhen.UNSTAFFED)
    if unstaffed is not None and not turn.state.lanes.free_units_by_queue.get(queue.queue_id):
        return unstaffed
    return None


_SHUT = Overflow(when=OverflowWhen.SHUT)
"""What befalls a contact of a queue that is shut and has no rule for it."""


def _overflow_when_closed(turn: Turn, queue: Queue) -> Overflow | None:
    holiday = find_overflow(queue, OverflowWhen.HOLIDAY)
    closed = find_overflow(queue, OverflowWhen.CLOSED)
    if queue.hours_id is None or (holiday is None and closed is None):
        return None
    hours = turn.state.settings.hours[queue.hours_id]
    if is_open(hours, turn.now_ms):
        return None
    return holiday if holiday is not None and is_holiday(hours, turn.now_ms) else closed


def find_previous_agent(state: State, contact: Contact, queue: Queue) -> str | None:
    """The agent who served the customer last, if it is worth waiting for that agent."""
    agent_id = contact.previous_agent_id
    if queue.previous_agent_wait_ms == 0 or agent_id is None:
        return None
    slot = state.lanes.slots.get(agent_id)
    if slot is None or not slot.free or queue.queue_id not in slot.profile.queue_ids:
        return None
    return None if agent_id in contact.refused_by else agent_id


def overflow_contact(turn: Turn, contact: Contact, queue_id: str, overflow: Overflow) -> None:
    """Sends a waiting contact where the rule says."""
    turn.end_run(contact, ev.FlowResult.MOVED)
    turn.emit(
        ev.ContactOverflowed(
            contact.contact_id,
            queue_id,
            overflow.when,
            overflow.queue_id,
            overflow.message,
            overflow.flow_id,
        )
    )
    if overflow.queue_id is not None:
        enqueue(turn, contact, overflow.queue_id, ev.QueuedCause.OVERFLOWED)
        return
    if overflow.message:
        post_system_message(turn, contact, overflow.message)
    if overflow.flow_id is not None:
        flow = turn.state.settings.flows[overflow.flow_id]
        turn.begin_run(contact, flow, FlowUse.ENTRY)
        return
    by = ev.ClosedBy.FULL if overflow is _FULL else ev.ClosedBy.OVERFLOW
    close_contact(turn, contact, by, served=False)


def post_system_message(turn: Turn, contact: Contact, text: str) -> None:
    _post(turn, contact, Author.SYSTEM, text, None)


def post_bot_message(turn: Turn, contact: Contact, text: str, prompt: Prompt | None = None) -> None:
    """What a flow says."""
    _post(turn, contact, Author.BOT, text, prompt)


def _post(turn: Turn, contact: Contact, author: Author, text: str, prompt: Prompt | None) -> None:
    turn.emit(
        ev.MessagePosted(
            contact.contact_id,
            contact.message_count + 1,
            author,
            None,
            "",
            text,
            (),
            False,
            prompt,
        )
    )


def close_contact(turn: Turn, contact: Contact, by: ev.ClosedBy, *, served: bool) -> None:
    rating_ms = channel_rule(turn.state, contact.channel).rating_time_ms
    until_ms = turn.now_ms + rating_ms if rating_ms and served else None
    turn.emit(ev.ContactClosed(contact.contact_id, by, until_ms))


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


def already_closed(contact: Contact) -> Refusal:
    return Refusal(
        RefusalReason.WRONG_STATE, "This contact has ended.", f"contact {contact.contact_id}"
    )


def not_yours(kind: str, id_: int) -> Refusal:
    return Refusal(RefusalReason.NOT_YOURS, f"This {kind} is not yours.", f"{kind} {id_}")


def wrong_state(detail: str, contact: Contact) -> Refusal:
    return Refusal(RefusalReason.WRONG_STATE, detail, f"contact {contact.contact_id}")


def end_contact(turn: Turn, contact: Contact, by: ev.ClosedBy) -> None:
    """Ends a contact wherever it is, and gives its agent the next one."""
    agent_id = contact.agent_id
    if contact.stage is ENGAGED:
        queue = turn.state.settings.queues.get(contact.queue_id)
        end_engagement(turn, contact, _ENDED)
        if by is not _BY_AGENT or queue is None or not _begin_after(turn, contact, queue):
            close_contact(turn, contact, by, served=True)
    else:
        _end_unserved(turn, contact, by)
    if agent_id is not None:
        agent_freed(turn, agent_id)


def _begin_after(turn: Turn, contact: Contact, queue: Queue) -> bool:
    """Whether a flow follows when the agent has ended the contact: a survey, say."""
    if (
        queue.after_flow_id is None
        or not contact.customer_connected
        or contact.callback is not None
    ):
        return False
    flow = turn.state.settings.flows[queue.after_flow_id]
    turn.begin_run(contact, flow, FlowUse.AFTER, contact.served_by)
    return True


def _end_unserved(turn: Turn, contact: Contact, by: ev.ClosedBy) -> None:
    """A customer who goes while waiting for an agent abandons; one who leaves a flow doesn't."""
    waited = contact.stage is not SELF_SERVICE
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
    engagement = turn.state.engagements[contact.engagement_id]
    queue = turn.state.settings.queues.get(engagement.queue_id)
    wrap_up_ms = queue.wrap_up_time_ms if queue is not None else 0
    if reason is _LOST:
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


def decide_transfer_contact(turn: Turn, command: cmd.TransferContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = _check_transfer(turn.state, contact, command)
    if refusal is not None:
        return refusal
    flow_id = command.to_flow_id
    queue_id = "" if flow_id is not None else command.to_queue_id or contact.queue_id
    turn.emit(
        ev.ContactTransferred(
            contact.contact_id,
            command.agent_id,
            queue_id,
            command.to_agent_id,
            command.note,
            flow_id,
        )
    )
    end_engagement(turn, contact, ev.EngagementEnd.TRANSFERRED)
    if flow_id is not None:
        flow = turn.state.settings.flows[flow_id]
        turn.begin_run(contact, flow, FlowUse.ENTRY, command.agent_id)
    else:
        enqueue(turn, contact, queue_id, ev.QueuedCause.TRANSFERRED, command.to_agent_id)
    agent_freed(turn, command.agent_id)
    return None


def _check_transfer(state: State, contact: Contact, command: cmd.TransferContact) -> Refusal | None:
    refusal = check_engaged(contact, command.agent_id)
    if refusal is not None:
        return refusal
    if command.to_queue_id is command.to_agent_id is command.to_flow_id is None:
        return invalid("Say to which queue, agent or flow the contact goes.")
    if command.to_flow_id is not None:
        return _check_transfer_to_flow(state, contact, command)
    if len(command.note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.")
    if command.to_queue_id is not None and command.to_queue_id not in state.settings.queues:
        return not_found("queue", command.to_queue_id)
    if command.to_agent_id is None:
        return None
    slot = state.lanes.slots.get(command.to_agent_id)
    if slot is None:
        return not_found("agent", command.to_agent_id)
    if command.to_agent_id == command.agent_id:
        return invalid("The contact is with this agent already.")
    if not slot.free:
        return Refusal(
            RefusalReason.WRONG_STATE,
            f"{slot.profile.name} is not available; choose another agent or a queue.",
            f"agent {command.to_agent_id}",
        )
    return None


def _check_transfer_to_flow(
    state: State, contact: Contact, command: cmd.TransferContact
) -> Refusal | None:
    if command.to_queue_id is not None or command.to_agent_id is not None:
        return invalid("A contact goes into a flow or to somebody, not to both.")
    if is_patient(state, contact):
        return invalid("Nobody is on the line to meet the flow.")
    assert command.to_flow_id is not None
    return check_entry_flow(state, command.to_flow_id)


def check_engaged(contact: Contact, agent_id: str | None) -> Refusal | None:
    """Refuses unless this agent is engaged in the contact."""
    if contact.stage is CLOSED:
        return already_closed(contact)
    if contact.agent_id != agent_id:
        return not_yours("contact", contact.contact_id)
    if contact.stage is not ENGAGED:
        return wrong_state("Accept the contact first.", contact)
    return None


def decide_hold_contact(turn: Turn, command: cmd.HoldContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id)
    if refusal is None and contact.held_since_ms is not None:
        refusal = wrong_state("The contact is on hold already.", contact)
    if refusal is None:
        turn.emit(ev.ContactHeld(contact.contact_id, command.agent_id))
    return refusal


def decide_resume_contact(turn: Turn, command: cmd.ResumeContact) -> Refusal | None:
    contact = turn.state.contacts.get(command.contact_id)
    if contact is None:
        return not_found("contact", command.contact_id)
    refusal = check_engaged(contact, command.agent_id)
    if refusal is None and contact.held_since_ms is None:
        refusal = wrong_state("The contact is not on hold.", contact)
    if refusal is None:
        turn.emit(ev.ContactResumed(contact.contact_id, command.agent_id))
    return refusal
