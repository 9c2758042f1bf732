"""The event stream's socket: frames in, frames out; what is in them is the hub's affair."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Response, Router, WebSocket, get, websocket
from litestar.exceptions import (
    NotAuthorizedException,
    PermissionDeniedException,
    WebSocketDisconnect,
)
from litestar.params import FromQuery

from frontdesk.api.calls import Caller, Parts
from frontdesk.api.errors import Error, ErrorCode, build_error
from frontdesk.api.gate import identify
from frontdesk.api.identity import Identity, agents_only
from frontdesk.api.parts import ApiParts
from frontdesk.api.stream.hub import Resume
from frontdesk.api.stream.subscriber import Subscriber
from frontdesk.api.stream.topics import Topic
from frontdesk.kernel.commands import Author
from frontdesk.kernel.settings import Role, SettingsEntity
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.runtime.errors import Unavailable
from frontdesk.views.documents import (
    AgentDocument,
    AlarmDocument,
    ColleagueDocument,
    ContactDocument,
    EngagementDocument,
    FlowDocument,
    MessageDocument,
    OfferDocument,
    QueueDocument,
)

FRAME_CHARS_MAX: Final = 16 * 1024
CLOSE_TOO_LARGE: Final = 1009
CLOSE_TRY_AGAIN: Final = 1013
CLOSE_SIGNED_OUT: Final = 4401

SESSION_CHECK_S: Final = 15.0
"""How soon a socket notices that its session has ended or its role has changed."""

AnySocket = WebSocket[Any, Any, Any]


class Op(msgspec.Struct, frozen=True, tag_field="op", tag=str.lower, forbid_unknown_fields=True):
    """A frame from the client."""


class Subscribe(Op, frozen=True):
    """Begin: `desk` is the caller's own, `floor` a supervisor's. The first frame comes at once."""

    topics: Annotated[
        tuple[Literal["desk", "floor"], ...], msgspec.Meta(min_length=1, max_length=1)
    ]
    resume: Resume | None = None


class Ack(Op, frozen=True):
    """The client has everything up to `seq`; it may resume from there."""

    seq: int


class Typing(Op, frozen=True):
    """The agent is typing in a contact."""

    contact_id: int


class Ping(Op, frozen=True):
    """Asks for a `pong`."""


class Pong(msgspec.Struct, frozen=True, tag_field="op", tag="pong"):
    """The answer to a ping."""

    now_ms: int


class ErrorFrame(msgspec.Struct, frozen=True, tag_field="op", tag="error"):
    """What was wrong with a frame; the socket lives."""

    error: Error


AnyOp = Subscribe | Ack | Typing | Ping

_decoder: Final[msgspec.json.Decoder[AnyOp]] = msgspec.json.Decoder(AnyOp)
_encode: Final = msgspec.json.Encoder().encode


class StreamSocket:
    """One client's socket: reads its frames, sends what its subscription brings."""

    def __init__(self, socket: AnySocket, parts: ApiParts, caller: Identity) -> None:
        self._socket = socket
        self._parts = parts
        self._caller = caller
        self._subscriber: Subscriber | None = None
        self._pump: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Until the client goes."""
        await self._socket.accept()
        checking = asyncio.create_task(self._check_session())
        try:
            while True:
                await self._read(await self._socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            checking.cancel()
            await self._unsubscribe()

    async def _check_session(self) -> None:
        while True:
            await asyncio.sleep(SESSION_CHECK_S)
            try:
                caller = await identify(self._parts, self._socket)
            except RecordsUnavailable:
                # Nobody is signed out because the database is away for a moment.
                continue
            except NotAuthorizedException:
                caller = None
            if caller is None:
                await self._socket.close(CLOSE_SIGNED_OUT, "The session has ended")
                return
            if caller.role is not self._caller.role:
                await self._socket.close(CLOSE_TRY_AGAIN, "The role has changed")
                return

    async def _read(self, text: str) -> None:
        if len(text) > FRAME_CHARS_MAX:
            await self._socket.close(CLOSE_TOO_LARGE, "A frame is too large")
            raise WebSocketDisconnect(detail="a frame is too large")
        if self._parts.limiters.requests.take(self._caller.actor) > 0:
            detail = "Too many frames and requests: wait a moment"
            await self._refuse(ErrorCode.TOO_MANY_REQUESTS, detail, retryable=True)
            return
        try:
            op = _decoder.decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            await self._refuse(ErrorCode.BAD_REQUEST, f"The frame isn't what it should be: {error}")
            return
        match op:
            case Subscribe():
                await self._subscribe(op)
            case Typing():
                self._say_typing(op.contact_id)
            case Ping():
                await self._send(Pong(self._parts.runtime.clock.now_ms()))
            case Ack():
                pass

    async def _subscribe(self, op: Subscribe) -> None:
        topic = Topic(op.topics[0])
        if topic is Topic.FLOOR and not self._caller.may(Role.SUPERVISOR):
            await self._refuse(ErrorCode.FORBIDDEN, "Only a supervisor sees the floor")
            return
        if topic is Topic.DESK and self._caller.agent_id is None:
            await self._refuse(ErrorCode.NOT_YOURS, "This key is no agent's: it has no desk")
            return
        await self._unsubscribe()
        agent_id = self._caller.agent_id if topic is Topic.DESK else None
        try:
            subscriber = self._parts.hub.subscribe(topic, agent_id, op.resume)
        except Unavailable as error:
            await self._refuse(ErrorCode.UNAVAILABLE, str(error), retryable=True)
            return
        self._subscriber = subscriber
        self._pump = asyncio.create_task(self._send_frames(subscriber))
        if agent_id is not None:
            await self._parts.desks.opened(agent_id)

    async def _unsubscribe(self) -> None:
        subscriber, pump = self._subscriber, self._pump
        self._subscriber = self._pump = None
        if subscriber is None or pump is None:
            return
        pump.cancel()
        self._parts.hub.unsubscribe(subscriber)
        if subscriber.agent_id is not None:
            await self._parts.desks.closed(subscriber.agent_id)

    async def _send_frames(self, subscriber: Subscriber) -> None:
        try:
            while True:
                await self._socket.send_text((await subscriber.get_frame()).decode())
        except WebSocketDisconnect:
            pass
        except Unavailable:
            await self._socket.close(CLOSE_TRY_AGAIN, "Try again")

    def _say_typing(self, contact_id: int) -> None:
        agent_id = self._caller.agent_id
        if agent_id is not None and self._parts.live.has_part(agent_id, contact_id):
            self._parts.watches.say_typing(contact_id, Author.AGENT, agent_id)

    async def _refuse(self, code: ErrorCode, detail: str, *, retryable: bool = False) -> None:
        await self._send(ErrorFrame(build_error(code, detail, retryable=retryable).error))

    async def _send(self, frame: msgspec.Struct) -> None:
        await self._socket.send_text(_encode(frame).decode())


@websocket("/stream", guards=[agents_only])
async def open_stream(socket: AnySocket, caller: Caller, parts: Parts) -> None:
    """The event stream."""
    await StreamSocket(socket, parts, caller).serve()


class LiveCollections(msgspec.Struct, frozen=True, omit_defaults=True):
    """Documents by collection and id. A desk has its own; `colleagues` are what it sees of others.

    The floor has all agents, queues, open contacts and alarms, without messages, and the flows
    that contacts have met today.
    """

    agents: dict[str, AgentDocument] = {}
    colleagues: dict[str, ColleagueDocument] = {}
    queues: dict[str, QueueDocument] = {}
    contacts: dict[str, ContactDocument] = {}
    offers: dict[str, OfferDocument] = {}
    engagements: dict[str, EngagementDocument] = {}
    messages: dict[str, MessageDocument] = {}
    settings: dict[str, SettingsEntity] = {}
    flows: dict[str, FlowDocument] = {}
    alarms: dict[str, AlarmDocument] = {}


class LiveSnapshot(msgspec.Struct, frozen=True, tag_field="op", tag="snapshot"):
    """The live picture at `seq` of the journal. `epoch` and `seq` are for resuming the stream."""

    epoch: str
    seq: int
    now_ms: int
    collections: LiveCollections


@get("/live", guards=[agents_only], operation_id="getLive", media_type="application/json")
async def get_live(
    caller: Caller, parts: Parts, topic: FromQuery[Literal["desk", "floor"]] = "desk"
) -> Response[LiveSnapshot]:
    """The live picture now: what the stream's first frame holds."""
    if topic == "floor" and not caller.may(Role.SUPERVISOR):
        raise PermissionDeniedException("Only a supervisor sees the floor")
    agent_id = caller.get_agent_id() if topic == "desk" else None
    frame: Any = parts.hub.build_snapshot(Topic(topic), agent_id)
    return Response(frame, media_type="application/json")


router = Router("/", route_handlers=[open_stream, get_live], tags=["Live"])
