"""The live picture: every agent, queue and open contact now, and the day so far.

A pure fold of the journal. It keeps no reference to the kernel's state, for two
reasons: the kernel runs ahead of the journal while an append is under way, and
nobody may see what isn't durable; and `state_since_ms` needs every event of a
batch, of which the kernel's state shows the outcome only. So a rebuild from the
journal gives the same picture as following it, whatever the batches were.

What changes without an event (a queue opens, an expected wait moves, midnight)
comes in by `refresh`. It is remembered beside the fold, so that every reader of
the picture sees the same, but it is no part of what `dump` writes.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.settings import SettingsEntity
from frontdesk.views.agent_folds import AGENT_FOLDS
from frontdesk.views.alarm_folds import ALARM_FOLDS
from frontdesk.views.board import Board, Outlook
from frontdesk.views.changes import AGENTS, FLOWS, Changes, Key
from frontdesk.views.consult_folds import CONSULT_FOLDS
from frontdesk.views.contact_folds import CONTACT_FOLDS
from frontdesk.views.days import find_day
from frontdesk.views.documents import ContactDocument, Document, MessageDocument
from frontdesk.views.flow_folds import FLOW_FOLDS
from frontdesk.views.rendering import find_contact, find_document, list_keys
from frontdesk.views.rows import FlowRow, LiveState, QueueRow

_FOLDS = AGENT_FOLDS | CONTACT_FOLDS | FLOW_FOLDS | CONSULT_FOLDS | ALARM_FOLDS
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(LiveState)


class LiveView:
    """Follow it with `fold`, event by event and in order; read it with `find` and `list_keys`."""

    def __init__(self, state: LiveState | None = None) -> None:
        self.board = Board(state if state is not None else LiveState())

    @property
    def seq(self) -> int:
        """The last event in the picture."""
        return self.board.state.seq

    def fold(self, envelope: Envelope[AnyEvent]) -> Changes:
        """Folds one event; returns which documents changed and whose desks that concerns."""
        board = self.board
        changes = board.changes = {}
        board.state.seq = envelope.seq
        if envelope.at_ms >= board.state.day_end_ms:
            self._begin_day(envelope.at_ms)
        fold = _FOLDS.get(type(envelope.event))
        if fold is not None:
            fold(board, envelope.event, envelope.at_ms)
        return changes

    def refresh(self, now_ms: int, outlooks: Mapping[str, Outlook]) -> Changes:
        """Takes in what changes without an event: midnight, and the outlook of the queues named."""
        board = self.board
        changes = board.changes = {}
        if now_ms >= board.state.day_end_ms and not board.day_is_over:
            board.day_is_over = True
            self._touch_counters()
        for queue_id, outlook in outlooks.items():
            if board.outlooks.get(queue_id) != outlook:
                board.outlooks[queue_id] = outlook
                board.touch_queue(queue_id)
        return changes

    def find(self, key: Key) -> Document | SettingsEntity | None:
        """The document at an address; None: there is no such thing (any more)."""
        return find_document(self.board, key)

    def list_keys(self) -> list[Key]:
        """The addresses of all documents."""
        return list_keys(self.board)

    def find_contact(self, contact_id: int) -> ContactDocument | None:
        return find_contact(self.board, contact_id)

    def find_messages(self, contact_id: int, after: int = 0) -> list[MessageDocument]:
        """The messages kept of a contact with greater numbers than `after`, oldest first."""
        messages = self.board.state.messages.get(contact_id)
        return messages[max(0, after + 1 - messages[0].number) :] if messages else []

    def has_part(self, agent_id: str, contact_id: int) -> bool:
        """Whether the agent has an offer or an engagement (wrap-up included) of the contact."""
        contact = self.board.state.contacts.get(contact_id)
        return contact is not None and agent_id in contact.links

    def _begin_day(self, at_ms: int) -> None:
        board, state = self.board, self.board.state
        self._touch_counters()
        board.day_is_over = False
        state.day_start_ms, state.day_end_ms = find_day(board.centre.time_zone, at_ms)
        state.queues = {
            queue_id: QueueRow(channels=row.channels) for queue_id, row in state.queues.items()
        }
        state.flows = {flow_id: FlowRow() for flow_id in state.flows}
        for agent in state.agents.values():
            agent.answered_today = agent.missed_today = 0

    def _touch_counters(self) -> None:
        board = self.board
        for queue_id in board.state.queues:
            board.touch_queue(queue_id)
        for flow_id in board.state.flows:
            board.touch((FLOWS, flow_id))
        for agent_id, agent in board.state.agents.items():
            if agent.answered_today or agent.missed_today:
                board.touch((AGENTS, agent_id), agent_id)


def _fingerprint(layout: type) -> str:
    """A short name for the layout of a type: it changes when a field does."""
    schema = msgspec.json.encode(msgspec.json.schema(layout), order="deterministic")
    return hashlib.sha256(schema).hexdigest()[:16]


class LivePart:
    """The live view among what a snapshot keeps. The number is raised when a fold changes."""

    name = "live"
    version = f"1-{_fingerprint(LiveState)}"

    def build(self) -> LiveView:
        return LiveView()

    def load(self, data: bytes) -> LiveView:
        """The view that `dump` wrote. Raises msgspec.ValidationError for another layout."""
        return LiveView(_decoder.decode(data))

    def dump(self, value: LiveView) -> bytes:
        """The view as bytes; views of the same events give equal bytes."""
        return _encoder.encode(value.board.state)
