"""The rows of the contact records, field by field as their columns are."""

from enum import Enum

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import ContactOpened
from frontdesk.views.documents import ContactState


class Outcome(Enum):
    """What became of a contact."""

    OPEN = "open"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    """The customer left while waiting for an agent, be it after a transfer."""
    TURNED_AWAY = "turned_away"
    """The queue was closed or full when it arrived."""
    UNANSWERED = "unanswered"
    """It was ended for another reason before any agent accepted it."""
    SELF_SERVED = "self_served"
    """A flow came to its end with it, without an agent."""
    TRANSFERRED_OUTSIDE = "transferred_outside"
    """A flow passed it on to an address outside the centre."""
    MESSAGE_TAKEN = "message_taken"
    """A flow took a message, which is delivered as a contact of its own."""
    LEFT = "left"
    """The customer went away from a flow without having asked for an agent."""
    CALLBACK = "callback"
    """The customer is reached later instead, by a contact of its own."""
    UNREACHED = "unreached"
    """Of a callback: all attempts were in vain."""
    EXPIRED = "expired"
    """Of a callback: its time ran out before anybody could try."""


class StintKind(Enum):
    WAIT = "wait"
    """A stay in a queue, from entering it until an agent accepted or it was left."""
    OFFER = "offer"
    """A try with one agent; accepted, it goes on as the engagement."""


class ContactRecord(msgspec.Struct):
    """One contact's life in figures. Durations are in ms and complete once it is over."""

    centre: str
    contact_id: int
    channel: str
    customer_id: str
    customer_name: str
    customer_address: str
    topic: str
    attributes: str
    """A JSON object."""
    opened_ms: int
    state: str = ContactState.WAITING.value
    outcome: str = Outcome.OPEN.value
    queue_id: str = ""
    """The last one; all are in `queue_ids`, in the order of the first visit."""
    queue_ids: list[str] = []
    agent_id: str | None = None
    """The last who accepted it; all are in `agent_ids`."""
    agent_ids: list[str] = []
    queued_ms: int | None = None
    """When it first entered a queue."""
    answered_ms: int | None = None
    closed_ms: int | None = None
    closed_by: str | None = None
    wait_ms: int = 0
    handle_ms: int = 0
    """Sum over its engagements of conversation, hold and wrap-up."""
    hold_ms: int = 0
    wrap_up_ms: int = 0
    disposition_id: str | None = None
    wrap_up_note: str = ""
    rating: int | None = None
    rating_comment: str = ""
    transfer_count: int = 0
    is_callback: bool = False
    """A promise to reach the customer: nobody waits, and it counts in no statistics of waits."""
    flow_outcome: str | None = None
    """What flows made of it: its outcome, unless an agent answers or the customer abandons."""


class Stint(msgspec.Struct):
    """One stay in a queue or one offer, in the order in which they began."""

    centre: str
    contact_id: int
    number: int
    kind: str
    queue_id: str
    started_ms: int
    cause: str | None = None
    """Of a wait: why it was queued."""
    agent_id: str | None = None
    offer_id: int | None = None
    ended_ms: int | None = None
    """When the wait was over, or the offer answered."""
    result: str | None = None
    """`answered`, `abandoned`, `overflowed`, `turned_away`, `closed`, `callback` (the customer is
    reached later instead), `promised` (the callback was put off); of an offer its last state."""
    conversation_ended_ms: int | None = None
    wrap_up_ended_ms: int | None = None
    held_since_ms: int | None = None
    hold_ms: int = 0
    disposition_id: str | None = None
    note: str = ""


class AgentTime(msgspec.Struct):
    """What an agent's times are counted from."""

    centre: str
    agent_id: str
    name: str
    team_id: str
    presence: str
    presence_since_ms: int
    counted_until_ms: int
    """Up to here the agent's times are in the figures."""
    break_reason_id: str = ""
    engagement_count: int = 0


class PresenceSpan(msgspec.Struct):
    """How long an agent was available or on a break; a session is what lies between two offline."""

    centre: str
    agent_id: str
    started_ms: int
    ended_ms: int
    presence: str
    break_reason_id: str
    team_id: str


def build_record(centre: str, envelope: Envelope[ContactOpened]) -> ContactRecord:
    """The record of a contact that has just arrived."""
    event = envelope.event
    return ContactRecord(
        centre=centre,
        contact_id=event.contact_id,
        channel=event.channel,
        customer_id=event.customer.customer_id,
        customer_name=event.customer.name,
        customer_address=event.customer.address,
        topic=event.topic,
        attributes=msgspec.json.encode(event.attributes, order="deterministic").decode(),
        opened_ms=envelope.at_ms,
    )


def clean_text(text: str) -> str:
    """The text without NUL, the one character that PostgreSQL can't keep."""
    return text.replace("\0", "\ufffd") if "\0" in text else text
