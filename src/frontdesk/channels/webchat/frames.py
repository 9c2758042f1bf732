"""What a customer's widget and we say to each other over the socket."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from frontdesk.channels.webchat.limits import TOKEN_CHARS_MAX
from frontdesk.kernel.commands import Attachment, Author
from frontdesk.kernel.decide_messages import (
    ATTACHMENTS_MAX,
    CHOICE_CHARS_MAX,
    CLIENT_ID_CHARS_MAX,
    COMMENT_CHARS_MAX,
    TEXT_CHARS_MAX,
)
from frontdesk.kernel.events import ClosedBy
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.views.documents import ContactState, WaitRange

NUMBER_MAX: Final = 2**53 - 1

ClientId = Annotated[str, msgspec.Meta(min_length=1, max_length=CLIENT_ID_CHARS_MAX)]
Number = Annotated[int, msgspec.Meta(ge=0, le=NUMBER_MAX)]
Score = Annotated[int, msgspec.Meta(ge=1, le=5)]
Comment = Annotated[str, msgspec.Meta(max_length=COMMENT_CHARS_MAX)]


class Op(msgspec.Struct, frozen=True, tag_field="op", tag=str.lower, forbid_unknown_fields=True):
    """A frame from the widget. What changes something is answered by `Ok` once it is durable."""


class Hello(Op, frozen=True):
    """The first frame: whose contact, and after which message to go on."""

    token: Annotated[str, msgspec.Meta(max_length=TOKEN_CHARS_MAX)]
    after: Number = 0


class Message(Op, frozen=True):
    """A message from the customer; sent again under its `client_id` it is the same message."""

    client_id: ClientId
    text: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)] = ""
    choice: Annotated[str, msgspec.Meta(max_length=CHOICE_CHARS_MAX)] | None = None
    """The value of the answer that was clicked; `text` is its label."""
    attachments: Annotated[tuple[Attachment, ...], msgspec.Meta(max_length=ATTACHMENTS_MAX)] = ()


class Typing(Op, frozen=True):
    """The customer is typing."""


class Read(Op, frozen=True):
    """The customer has seen messages up to `number`."""

    number: Number


class End(Op, frozen=True):
    """The customer ends the contact."""

    client_id: ClientId | None = None


class Rate(Op, frozen=True):
    """The customer's verdict, 1 (bad) to 5 (good)."""

    score: Score
    comment: Comment = ""
    client_id: ClientId | None = None


class Ping(Op, frozen=True):
    """Asks for a `Pong`."""


AnyOp = Hello | Message | Typing | Read | End | Rate | Ping


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag_field="op", tag=str.lower):
    """A frame to the widget."""


class State(Frame, frozen=True):
    """The contact as its customer may know it. `position` 1 is next; null: it doesn't wait."""

    now_ms: int
    contact_id: int
    state: ContactState
    topic: str
    agent_name: str | None
    held: bool
    position: int | None
    expected_wait: WaitRange | None
    rating_open: bool
    rating: int | None


class MessageFrame(Frame, frozen=True, tag="message"):
    """A message of the contact. Numbers have gaps where colleagues wrote among themselves."""

    number: int
    at_ms: int
    author: Author
    author_name: str
    client_id: str
    text: str
    attachments: tuple[Attachment, ...]
    prompt: Prompt | None
    """What a flow asks for with it: choices become buttons."""


class TypingFrame(Frame, frozen=True, tag="typing"):
    """The agent is typing."""


class ReadFrame(Frame, frozen=True, tag="read"):
    """The agent has seen messages up to `number`."""

    number: int


class Ended(Frame, frozen=True):
    """The contact has ended."""

    by: ClosedBy


class Ok(Frame, frozen=True):
    """What was asked under `client_id` (or the last of its kind) is durable."""

    client_id: str | None = None


class Error(Frame, frozen=True):
    """What was asked is not done; `retryable`: the same may be sent again."""

    code: str
    detail: str
    retryable: bool = False
    client_id: str | None = None


class Pong(Frame, frozen=True):
    """The answer to a ping."""

    now_ms: int


_decoder: Final[msgspec.json.Decoder[AnyOp]] = msgspec.json.Decoder(AnyOp)

read_op: Final = _decoder.decode
write_frame: Final = msgspec.json.Encoder().encode
