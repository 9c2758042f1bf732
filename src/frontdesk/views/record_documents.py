"""What is read of the past: records, lives event by event, changes, reports of waits."""

from typing import Any

import msgspec

from frontdesk.kernel.commands import CustomerCard
from frontdesk.kernel.events import ClosedBy
from frontdesk.views.documents import ContactState, Document, MessageDocument


class ContactFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which contacts are asked for; None: any."""

    queue_id: str | None = None
    """It was in this queue at some time."""
    agent_id: str | None = None
    """This agent accepted it at some time."""
    customer: str | None = None
    """The customer's id, or a part of the name or address."""
    state: ContactState | None = None
    from_ms: int | None = None
    """Opened at or after."""
    to_ms: int | None = None
    """Opened before."""


class ContactRecordDocument(Document, frozen=True):
    """What became of a contact, or has so far. Durations count once what they measure is over."""

    contact_id: int
    channel: str
    customer: CustomerCard
    topic: str
    attributes: dict[str, str]
    state: ContactState
    outcome: str
    """`open`, `answered`, `abandoned`, `turned_away`, `unanswered`; of self-service `self_served`,
    `left`, `message_taken`, `transferred_outside`; `callback`: a callback took its place; of
    callbacks `unreached`, `expired`."""
    queue_id: str
    """The last one; `queue_ids` are all, in the order of the first visit."""
    queue_ids: tuple[str, ...]
    agent_id: str | None
    """The last who accepted it; `agent_ids` are all."""
    agent_ids: tuple[str, ...]
    opened_ms: int
    queued_ms: int | None
    answered_ms: int | None
    closed_ms: int | None
    closed_by: ClosedBy | None
    wait_ms: int
    handle_ms: int
    hold_ms: int
    wrap_up_ms: int
    disposition_id: str | None
    wrap_up_note: str
    rating: int | None
    rating_comment: str
    transfer_count: int


class StintDocument(Document, frozen=True):
    """One stay in a queue (`wait`) or one try with an agent (`offer`) of a contact's life."""

    number: int
    kind: str
    queue_id: str
    started_ms: int
    cause: str | None
    agent_id: str | None
    offer_id: int | None
    ended_ms: int | None
    result: str | None
    conversation_ended_ms: int | None
    wrap_up_ended_ms: int | None
    hold_ms: int
    disposition_id: str | None
    note: str


class ContactEventDocument(Document, frozen=True):
    """One event of a contact's life as the journal has it."""

    seq: int
    at_ms: int
    actor: str
    type: str
    payload: dict[str, Any]


class SettingChangeDocument(Document, frozen=True):
    """Who changed which business setting when; what it became is in the journal at `seq`."""

    seq: int
    at_ms: int
    actor: str
    kind: str
    entity_id: str
    removed: bool
    entity: dict[str, Any] | None
    """What it was made; null: it was removed."""


class ContactRecordPage(Document, frozen=True):
    items: tuple[ContactRecordDocument, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; null: this is the last."""


class MessagePage(Document, frozen=True):
    """Messages, oldest first."""

    items: tuple[MessageDocument, ...]
    next_cursor: str | None
    """Give it as `before` for the page of older messages; null: there are none."""


class ContactEventPage(Document, frozen=True):
    items: tuple[ContactEventDocument, ...]
    next_cursor: str | None


class SettingChangePage(Document, frozen=True):
    items: tuple[SettingChangeDocument, ...]
    next_cursor: str | None


class AnnouncedWaitsDay(Document, frozen=True):
    """What customers of a queue were told of their waits on a day, and what came.

    A range is *kept* if the wait of an answered contact ended in it; that should be so in eight of
    ten. Errors are of the answered: `mean_error_ms` is what was likely less what came, the others
    are root mean squares, of what was announced and of what other estimators would have said.
    """

    queue_id: str
    day: str
    """`YYYY-MM-DD` in the centre's time zone."""
    announced: int
    answered: int
    kept: int
    too_long: int
    """Answered sooner than the range said."""
    too_short: int
    """Answered later than the range said."""
    abandoned: int
    abandoned_too_short: int
    """Gave up after having waited longer than the range said."""
    kept_ratio: float | None
    """`kept` over `answered`; null: nobody was answered."""
    mean_wait_ms: int | None
    mean_error_ms: int | None
    error_ms: int | None
    estimate_error_ms: int | None
    """Of the bare estimate by the length of the queue."""
    last_wait_error_ms: int | None
    """Of the wait of the contact answered last."""
    head_age_error_ms: int | None
    """Of the time that the contact at the head of the line had waited."""


class AnnouncedWaitsReport(Document, frozen=True):
    """The latest days first."""

    items: tuple[AnnouncedWaitsDay, ...]
