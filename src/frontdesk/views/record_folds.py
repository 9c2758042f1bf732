"""What events do to the record of a contact, its stints, and the figures of queues and agents.

Pure: rows in, rows out. The projection loads what a batch needs and keeps what came of it.
"""

from collections.abc import Callable
from typing import Any

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.settings import OverflowWhen
from frontdesk.views.agent_time_folds import AGENT_TIME_FOLDS, count_engagement
from frontdesk.views.documents import ContactState
from frontdesk.views.flow_record_folds import FLOW_LIFE_FOLDS
from frontdesk.views.intervals import AgentInterval, DispositionInterval
from frontdesk.views.lives import Desk, Life, count_arrival, end_wait
from frontdesk.views.record_rows import ContactRecord, Outcome, Stint, StintKind, build_record


def fold_record(desk: Desk, envelope: Envelope[ev.AnyEvent]) -> None:
    """Folds one event; events that no record is made of change nothing."""
    fold = LIFE_FOLDS.get(type(envelope.event)) or AGENT_TIME_FOLDS.get(type(envelope.event))
    if fold is not None:
        fold(desk, envelope)


def _contact_opened(desk: Desk, envelope: Envelope[ev.ContactOpened]) -> None:
    record = build_record(desk.centre, envelope)
    desk.lives[record.contact_id] = Life(record)


def _contact_queued(desk: Desk, envelope: Envelope[ev.ContactQueued]) -> None:
    event, at_ms = envelope.event, envelope.at_ms
    life = desk.lives[event.contact_id]
    end_wait(desk, life, "overflowed", at_ms)
    wait = life.add_stint(StintKind.WAIT, event.queue_id, at_ms)
    wait.cause = event.cause.value
    record = life.record
    record.state = ContactState.WAITING.value
    record.queue_id = event.queue_id
    record.queued_ms = at_ms if record.queued_ms is None else record.queued_ms
    if event.queue_id not in record.queue_ids:
        record.queue_ids = [*record.queue_ids, event.queue_id]
    if not record.is_callback:
        count_arrival(desk, wait)


def _contact_overflowed(desk: Desk, envelope: Envelope[ev.ContactOverflowed]) -> None:
    event = envelope.event
    life = desk.lives[event.contact_id]
    wait = life.find_wait()
    if event.when is OverflowWhen.FULL and wait is not None:
        wait.ended_ms, wait.result = envelope.at_ms, "turned_away"
        if not life.record.is_callback:
            count_arrival(desk, wait, -1)
            desk.queue_figures(wait, wait.started_ms).turned_away += 1
        return
    end_wait(desk, life, "overflowed", envelope.at_ms)


def _contact_offered(desk: Desk, envelope: Envelope[ev.ContactOffered]) -> None:
    event, at_ms = envelope.event, envelope.at_ms
    life = desk.lives[event.contact_id]
    stint = life.add_stint(StintKind.OFFER, life.record.queue_id, at_ms)
    stint.agent_id, stint.offer_id = event.agent_id, event.offer_id
    life.record.state = ContactState.OFFERED.value
    desk.agent_figures(stint, event.agent_id, at_ms).offers += 1


def _offer_accepted(desk: Desk, envelope: Envelope[ev.OfferAccepted]) -> None:
    event, at_ms = envelope.event, envelope.at_ms
    life = desk.lives[event.contact_id]
    stint = life.get_offer(event.offer_id)
    stint.ended_ms, stint.result = at_ms, "accepted"
    end_wait(desk, life, "answered", at_ms)
    _count_ringing(desk, stint, at_ms).accepted += 1
    _engage(desk, life.record, event.agent_id, at_ms)


def _contact_taken(desk: Desk, envelope: Envelope[ev.ContactTaken]) -> None:
    """A stint as of an offer, accepted the moment it was made, and counted as none."""
    event, at_ms = envelope.event, envelope.at_ms
    life = desk.lives[event.contact_id]
    stint = life.add_stint(StintKind.OFFER, event.queue_id, at_ms)
    stint.agent_id, stint.offer_id = event.agent_id, event.engagement_id
    stint.cause = event.cause.value
    stint.ended_ms, stint.result = at_ms, "accepted"
    record = life.record
    record.queue_id = event.queue_id
    if event.queue_id not in record.queue_ids:
        record.queue_ids = [*record.queue_ids, event.queue_id]
    _engage(desk, record, event.agent_id, at_ms)


def _engage(desk: Desk, record: ContactRecord, agent_id: str, at_ms: int) -> None:
    record.state = ContactState.ENGAGED.value
    record.answered_ms = at_ms if record.answered_ms is None else record.answered_ms
    record.agent_id = agent_id
    if agent_id not in record.agent_ids:
        record.agent_ids = [*record.agent_ids, agent_id]
    count_engagement(desk, agent_id, 1, at_ms)


def _count_ringing(desk: Desk, stint: Stint, at_ms: int) -> AgentInterval:
    """The figures that an offer's answer is counted in, its time already there."""
    assert stint.agent_id is not None, "an offer is made to an agent"
    figures = desk.agent_figures(stint, stint.agent_id, at_ms)
    figures.ring_ms += at_ms - stint.started_ms
    return figures


def _offer_declined(desk: Desk, envelope: Envelope[ev.OfferDeclined]) -> None:
    stint = _end_offer(desk, envelope, "declined")
    stint.note = envelope.event.reason
    _count_ringing(desk, stint, envelope.at_ms).declined += 1


def _offer_expired(desk: Desk, envelope: Envelope[ev.OfferExpired]) -> None:
    stint = _end_offer(desk, envelope, "expired")
    _count_ringing(desk, stint, envelope.at_ms).missed += 1


def _offer_withdrawn(desk: Desk, envelope: Envelope[ev.OfferWithdrawn]) -> None:
    stint = _end_offer(desk, envelope, "withdrawn")
    stint.note = envelope.event.reason.value
    _count_ringing(desk, stint, envelope.at_ms).withdrawn += 1


def _end_offer(desk: Desk, envelope: Envelope[Any], result: str) -> Stint:
    life = desk.lives[envelope.event.contact_id]
    life.record.state = ContactState.WAITING.value
    stint = life.get_offer(envelope.event.offer_id)
    stint.ended_ms, stint.result = envelope.at_ms, result
    return stint


def _contact_held(desk: Desk, envelope: Envelope[ev.ContactHeld]) -> None:
    stint = desk.lives[envelope.event.contact_id].find_engagement()
    assert stint is not None, "only an engaged contact is held"
    stint.held_since_ms = envelope.at_ms


def _contact_resumed(desk: Desk, envelope: Envelope[ev.ContactResumed]) -> None:
    stint = desk.lives[envelope.event.contact_id].find_engagement()
    assert stint is not None, "only an engaged contact is resumed"
    _end_hold(stint, envelope.at_ms)


def _end_hold(stint: Stint, at_ms: int) -> None:
    if stint.held_since_ms is not None:
        stint.hold_ms += at_ms - stint.held_since_ms
        stint.held_since_ms = None


def _contact_transferred(desk: Desk, envelope: Envelope[ev.ContactTransferred]) -> None:
    event = envelope.event
    life = desk.lives[event.contact_id]
    life.record.transfer_count += 1
    stint = life.find_engagement()
    assert stint is not None, "only who serves a contact transfers it"
    desk.agent_figures(stint, event.agent_id, envelope.at_ms).transfers += 1


def _engagement_ended(desk: Desk, envelope: Envelope[ev.EngagementEnded]) -> None:
    event, at_ms = envelope.event, envelope.at_ms
    life = desk.lives[event.contact_id]
    stint = life.get_offer(event.engagement_id)
    _end_hold(stint, at_ms)
    stint.conversation_ended_ms = at_ms
    life.record.state = ContactState.WAITING.value
    if event.wrap_up_until_ms is None:
        _complete_engagement(desk, life, stint, at_ms)


def _wrap_up_completed(desk: Desk, envelope: Envelope[ev.WrapUpCompleted]) -> None:
    event = envelope.event
    life = desk.lives[event.contact_id]
    stint = life.get_offer(event.engagement_id)
    stint.disposition_id, stint.note = event.disposition_id, event.note
    if event.disposition_id is not None:
        life.record.disposition_id = event.disposition_id
    life.record.wrap_up_note = event.note or life.record.wrap_up_note
    _complete_engagement(desk, life, stint, envelope.at_ms)


def _complete_engagement(desk: Desk, life: Life, stint: Stint, at_ms: int) -> None:
    """The engagement is over for good: its times are known, and passed up to now."""
    assert stint.ended_ms is not None, "an engagement began with the acceptance of its offer"
    assert stint.conversation_ended_ms is not None, "wrap-up follows the conversation"
    assert stint.agent_id is not None, "an offer is made to an agent"
    stint.wrap_up_ended_ms = at_ms
    handle_ms = at_ms - stint.ended_ms
    wrap_up_ms = at_ms - stint.conversation_ended_ms
    life.record.handle_ms += handle_ms
    life.record.hold_ms += stint.hold_ms
    life.record.wrap_up_ms += wrap_up_ms
    agent_figures = desk.agent_figures(stint, stint.agent_id, at_ms)
    for figures in (desk.queue_figures(stint, at_ms), agent_figures):
        figures.engagements += 1
        figures.handle_ms += handle_ms
        figures.hold_ms += stint.hold_ms
        figures.wrap_up_ms += wrap_up_ms
    if stint.disposition_id is not None:
        _count_disposition(desk, stint, handle_ms)
    count_engagement(desk, stint.agent_id, -1, at_ms)


def _count_disposition(desk: Desk, stint: Stint, handle_ms: int) -> None:
    assert stint.wrap_up_ended_ms is not None, "a disposition is given in wrap-up"
    assert stint.agent_id is not None, "an agent gives it"
    figures = desk.tallies.at(
        DispositionInterval,
        stint.wrap_up_ended_ms,
        stint.agent_id,
        desk.find_team(stint.agent_id),
        stint.queue_id,
        desk.lives[stint.contact_id].record.channel,
        stint.disposition_id or "",
    )
    figures.dispositions += 1
    figures.disposed_ms += handle_ms


def _contact_abandoned(desk: Desk, envelope: Envelope[ev.ContactAbandoned]) -> None:
    life = desk.lives[envelope.event.contact_id]
    life.record.outcome = Outcome.ABANDONED.value
    end_wait(desk, life, "abandoned", envelope.at_ms)


def _contact_closed(desk: Desk, envelope: Envelope[ev.ContactClosed]) -> None:
    event, at_ms = envelope.event, envelope.at_ms
    life = desk.lives[event.contact_id]
    end_wait(desk, life, "closed", at_ms)
    record = life.record
    record.state = ContactState.CLOSED.value
    record.closed_ms, record.closed_by = at_ms, event.by.value
    if record.outcome == Outcome.OPEN.value:
        record.outcome = _find_outcome(life, event.by).value


_ENDS_OF_CALLBACKS = {
    ev.ClosedBy.CALLBACK: Outcome.CALLBACK,
    ev.ClosedBy.UNREACHED: Outcome.UNREACHED,
    ev.ClosedBy.EXPIRED: Outcome.EXPIRED,
}


def _find_outcome(life: Life, by: ev.ClosedBy) -> Outcome:
    if by in _ENDS_OF_CALLBACKS:
        return _ENDS_OF_CALLBACKS[by]
    if life.record.answered_ms is not None:
        return Outcome.ANSWERED
    if life.record.flow_outcome is not None:
        return Outcome(life.record.flow_outcome)
    waited = any(s.kind == StintKind.WAIT.value and s.result != "turned_away" for s in life.stints)
    if by in (ev.ClosedBy.FULL, ev.ClosedBy.OVERFLOW) and not waited:
        return Outcome.TURNED_AWAY
    return Outcome.UNANSWERED


def _contact_parked(desk: Desk, envelope: Envelope[ev.ContactParked]) -> None:
    desk.lives[envelope.event.contact_id].record.state = ContactState.PARKED.value


def _contact_rated(desk: Desk, envelope: Envelope[ev.ContactRated]) -> None:
    record = desk.lives[envelope.event.contact_id].record
    record.rating, record.rating_comment = envelope.event.score, envelope.event.comment


Fold = Callable[[Desk, Any], None]

LIFE_FOLDS: dict[type[ev.Event], Fold] = {
    ev.ContactOpened: _contact_opened,
    ev.ContactQueued: _contact_queued,
    ev.ContactOverflowed: _contact_overflowed,
    ev.ContactOffered: _contact_offered,
    ev.OfferAccepted: _offer_accepted,
    ev.ContactTaken: _contact_taken,
    ev.OfferDeclined: _offer_declined,
    ev.OfferExpired: _offer_expired,
    ev.OfferWithdrawn: _offer_withdrawn,
    ev.ContactHeld: _contact_held,
    ev.ContactResumed: _contact_resumed,
    ev.ContactTransferred: _contact_transferred,
    ev.EngagementEnded: _engagement_ended,
    ev.WrapUpCompleted: _wrap_up_completed,
    ev.ContactAbandoned: _contact_abandoned,
    ev.ContactClosed: _contact_closed,
    ev.ContactParked: _contact_parked,
    ev.ContactRated: _contact_rated,
    **FLOW_LIFE_FOLDS,
}
"""Events of which a contact's record is made."""
