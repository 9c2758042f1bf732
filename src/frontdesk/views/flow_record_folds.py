"""What flows and callbacks do to the record of a contact."""

from collections.abc import Callable
from typing import Any

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.views.documents import ContactState
from frontdesk.views.lives import Desk, end_wait
from frontdesk.views.record_rows import Outcome

_decode_attributes = msgspec.json.Decoder(dict[str, str]).decode

_OUTCOMES = {
    ev.FlowResult.CONTAINED: Outcome.SELF_SERVED,
    ev.FlowResult.TRANSFERRED: Outcome.TRANSFERRED_OUTSIDE,
    ev.FlowResult.LEFT: Outcome.LEFT,
}
"""What a flow's end makes of a contact that no agent has answered."""


def _flow_started(desk: Desk, envelope: Envelope[ev.FlowStarted]) -> None:
    if envelope.event.use is not FlowUse.WAITING:
        desk.lives[envelope.event.contact_id].record.state = ContactState.SELF_SERVICE.value


def _flow_ended(desk: Desk, envelope: Envelope[ev.FlowEnded]) -> None:
    event = envelope.event
    record = desk.lives[event.contact_id].record
    if record.state == ContactState.SELF_SERVICE.value:
        record.state = ContactState.WAITING.value
    outcome = _OUTCOMES.get(event.result)
    if outcome is not None and record.flow_outcome is None:
        record.flow_outcome = outcome.value


def _message_taken(desk: Desk, envelope: Envelope[ev.MessageTaken]) -> None:
    desk.lives[envelope.event.contact_id].record.flow_outcome = Outcome.MESSAGE_TAKEN.value


def _contact_described(desk: Desk, envelope: Envelope[ev.ContactDescribed]) -> None:
    event = envelope.event
    record = desk.lives[event.contact_id].record
    record.topic = event.topic
    attributes = _decode_attributes(record.attributes) | event.attributes
    record.attributes = msgspec.json.encode(attributes, order="deterministic").decode()


def _callback_promised(desk: Desk, envelope: Envelope[ev.CallbackPromised]) -> None:
    event = envelope.event
    record = desk.lives[event.contact_id].record
    record.is_callback = True
    record.queue_id = event.queue_id
    if event.of_contact_id is None:
        return
    before = desk.lives[event.of_contact_id]
    end_wait(desk, before, "callback", envelope.at_ms)
    if before.record.state == ContactState.WAITING.value:
        before.record.state = ContactState.SELF_SERVICE.value


def _callback_scheduled(desk: Desk, envelope: Envelope[ev.CallbackScheduled]) -> None:
    life = desk.lives[envelope.event.contact_id]
    end_wait(desk, life, "promised", envelope.at_ms)
    life.record.state = ContactState.PROMISED.value


FLOW_LIFE_FOLDS: dict[type[ev.Event], Callable[[Desk, Any], None]] = {
    ev.FlowStarted: _flow_started,
    ev.FlowEnded: _flow_ended,
    ev.MessageTaken: _message_taken,
    ev.ContactDescribed: _contact_described,
    ev.CallbackPromised: _callback_promised,
    ev.CallbackScheduled: _callback_scheduled,
}
