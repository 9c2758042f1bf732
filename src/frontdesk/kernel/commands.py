"""What can be asked of a centre. Imperatives; each is decided into events or refused."""

from enum import Enum

import msgspec

from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.settings import SettingsEntity, SkillNeed


class Author(Enum):
    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"
    BOT = "bot"
    """A flow."""


class Presence(Enum):
    OFFLINE = "offline"
    AVAILABLE = "available"
    BREAK = "break"


class CustomerCard(msgspec.Struct, frozen=True):
    """Who the customer says to be, and the address by which the channel reaches them."""

    customer_id: str = ""
    name: str = ""
    address: str = ""


class Attachment(msgspec.Struct, frozen=True):
    """A file sent with a message; its bytes are in the blob store."""

    blob_id: str
    name: str
    media_type: str
    size_bytes: int


class Command(msgspec.Struct, frozen=True, tag_field="type", tag=True, forbid_unknown_fields=True):
    """Base of all commands."""


class OpenContact(Command, frozen=True):
    """A customer arrives over a channel, and meets a flow or waits in a queue.

    `language` is the customer's as far as the channel knows it.
    `channel_ref` is the channel's own id of the contact: the same one twice is
    refused as `AlreadyDone` with the contact that it stands for.
    """

    channel: str
    channel_ref: str
    queue_id: str = ""
    customer: CustomerCard = CustomerCard()
    topic: str = ""
    skills: tuple[SkillNeed, ...] = ()
    priority: int = 0
    previous_agent_id: str | None = None
    attributes: dict[str, str] = {}
    flow_id: str | None = None
    language: str = ""


class EndContact(Command, frozen=True):
    """Somebody ends it. A customer who ends while waiting has abandoned."""

    contact_id: int
    by: Author
    agent_id: str | None = None


class PostMessage(Command, frozen=True):
    """A message in a contact; `client_id` is the sender's own id for it.

    `choice` is the value of the answer that a customer chose from a prompt rather
    than wrote; `text` is then its label.
    """

    contact_id: int
    author: Author
    client_id: str
    text: str
    agent_id: str | None = None
    attachments: tuple[Attachment, ...] = ()
    internal: bool = False
    choice: str | None = None


class ReadMessages(Command, frozen=True):
    """The agent, or (agent_id None) the customer, has seen messages up to `number`."""

    contact_id: int
    number: int
    agent_id: str | None = None


class AcceptOffer(Command, frozen=True):
    offer_id: int
    agent_id: str


class DeclineOffer(Command, frozen=True):
    offer_id: int
    agent_id: str
    reason: str = ""


class HoldContact(Command, frozen=True):
    contact_id: int
    agent_id: str


class ResumeContact(Command, frozen=True):
    contact_id: int
    agent_id: str


class TransferContact(Command, frozen=True):
    """The agent passes the contact on: to a queue, to an agent within a queue, or into a flow."""

    contact_id: int
    agent_id: str
    to_queue_id: str | None = None
    to_agent_id: str | None = None
    note: str = ""
    to_flow_id: str | None = None


class BeginConsult(Command, frozen=True):
    """The agent asks somebody about a contact before passing it on: exactly one of the three.

    The customer is put on hold. `address` is an outside expert's.
    """

    contact_id: int
    agent_id: str
    to_queue_id: str | None = None
    to_agent_id: str | None = None
    address: str | None = None
    note: str = ""


class CancelConsult(Command, frozen=True):
    """Whoever was asked is thanked; the customer is still on hold."""

    contact_id: int
    agent_id: str


class BeginConference(Command, frozen=True):
    """The customer joins the two who consult."""

    contact_id: int
    agent_id: str


class TransferConsult(Command, frozen=True):
    """Whoever was asked goes on with the customer, the agent is out."""

    contact_id: int
    agent_id: str
    note: str = ""


class ReportConsult(Command, frozen=True):
    """What became of the call to an outside expert: on the line, or (`gone`) not or no more."""

    contact_id: int
    gone: bool = False
    detail: str = ""


class TransferOutside(Command, frozen=True):
    """The agent passes the customer on to an address outside the centre."""

    contact_id: int
    agent_id: str
    address: str
    note: str = ""


class ParkContact(Command, frozen=True):
    """The customer waits, without an agent, for whoever takes the contact."""

    contact_id: int
    agent_id: str


class TakeParked(Command, frozen=True):
    """An agent takes a parked contact."""

    contact_id: int
    agent_id: str


class ListeningMode(Enum):
    """How a supervisor is in a conversation."""

    MONITOR = "monitor"
    """Hears all, is heard by nobody."""
    WHISPER = "whisper"
    """Is heard by the agent alone."""
    BARGE = "barge"
    """Is heard by all."""


class ListenIn(Command, frozen=True):
    """A supervisor goes into a conversation, or changes how."""

    contact_id: int
    agent_id: str
    mode: ListeningMode = ListeningMode.MONITOR


class StopListening(Command, frozen=True):
    contact_id: int
    agent_id: str


class CompleteWrapUp(Command, frozen=True):
    engagement_id: int
    agent_id: str
    disposition_id: str | None = None
    note: str = ""


class RateContact(Command, frozen=True):
    """The customer's verdict, 1 (bad) to 5 (good), while the channel's rating time lasts."""

    contact_id: int
    score: int
    comment: str = ""


class AnswerLookUp(Command, frozen=True):
    """What an outside system answered; `result` None: nothing, because of `error`."""

    run_id: int
    request_id: int
    result: dict[str, Value] | None
    error: str = ""


class AnswerClassification(Command, frozen=True):
    """What a text was taken for: intents with their confidence, likeliest first.

    `error`: it could not be classified.
    """

    run_id: int
    request_id: int
    intents: tuple[tuple[str, float], ...] = ()
    entities: dict[str, str] = {}
    language: str = ""
    error: str = ""


class RequestCallback(Command, frozen=True):
    """Somebody wants to be called or written back: from a form, by an agent, over the API.

    `due_ms` None: when it is its turn. The same `channel_ref` twice, or an address
    that has a callback in this queue already, is refused as `AlreadyDone`.
    """

    queue_id: str
    address: str
    channel_ref: str = ""
    channel: str = "callback"
    customer: CustomerCard = CustomerCard()
    topic: str = ""
    attributes: dict[str, str] = {}
    due_ms: int | None = None
    expires_after_ms: int = 24 * 3_600_000
    attempts_max: int = 3
    retry_ms: int = 15 * 60_000


class RescheduleCallback(Command, frozen=True):
    """A callback that nobody has taken up yet gets another time; None: as soon as possible."""

    contact_id: int
    due_ms: int | None


class AttemptResult(Enum):
    """What came of trying to reach a customer; all but `reached` are tried again."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    FAILED = "failed"


class RecordAttempt(Command, frozen=True):
    """The agent who has a callback tried to reach the customer. `due_ms`: when to try again."""

    contact_id: int
    agent_id: str
    result: AttemptResult
    due_ms: int | None = None


class SetPresence(Command, frozen=True):
    """Sets an agent's presence, at once or (`when_free`) after the work in hand.

    Offline with contacts in hand is refused, unless `return_contacts`: then
    they go back to their queues with place and age.
    """

    agent_id: str
    presence: Presence
    break_reason_id: str | None = None
    when_free: bool = False
    return_contacts: bool = False


class CancelNextPresence(Command, frozen=True):
    agent_id: str


class ConnectAgent(Command, frozen=True):
    """The agent's first desk has connected."""

    agent_id: str


class DisconnectAgent(Command, frozen=True):
    """The agent's last desk has vanished; the grace period begins."""

    agent_id: str


class ConnectCustomer(Command, frozen=True):
    contact_id: int


class DisconnectCustomer(Command, frozen=True):
    contact_id: int


class SaveSetting(Command, frozen=True):
    """Creates or replaces a business setting."""

    entity: SettingsEntity


class RemoveSetting(Command, frozen=True):
    kind: str
    entity_id: str


class AcknowledgeAlarm(Command, frozen=True):
    """Somebody looks after an alarm. `by`: the agent's id, or who asks (`key:…`)."""

    alarm_id: int
    by: str
    note: str = ""


class ReportChannel(Command, frozen=True):
    """A channel finds that it can't reach the world, or can again."""

    channel: str
    up: bool
    detail: str = ""


class ReportTrunkLoad(Command, frozen=True):
    """How many of a trunk's lines are in use."""

    trunk_id: str
    lines_in_use: int
    lines: int


class Advance(Command, frozen=True):
    """Time has passed: does whatever has fallen due."""


AnyCommand = (
    OpenContact
    | EndContact
    | PostMessage
    | ReadMessages
    | AcceptOffer
    | DeclineOffer
    | HoldContact
    | ResumeContact
    | TransferContact
    | BeginConsult
    | CancelConsult
    | BeginConference
    | TransferConsult
    | ReportConsult
    | TransferOutside
    | ParkContact
    | TakeParked
    | ListenIn
    | StopListening
    | CompleteWrapUp
    | RateContact
    | AnswerLookUp
    | AnswerClassification
    | RequestCallback
    | RescheduleCallback
    | RecordAttempt
    | SetPresence
    | CancelNextPresence
    | ConnectAgent
    | DisconnectAgent
    | ConnectCustomer
    | DisconnectCustomer
    | SaveSetting
    | RemoveSetting
    | AcknowledgeAlarm
    | ReportChannel
    | ReportTrunkLoad
    | Advance
)
