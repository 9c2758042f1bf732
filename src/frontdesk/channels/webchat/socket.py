"""One customer's socket: news of the contact out, what the customer does in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import msgspec
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from frontdesk.channels.webchat.conversations import (
    Conversations,
    CustomerMessage,
    show_message,
)
from frontdesk.channels.webchat.frames import (
    AnyOp,
    End,
    Ended,
    Error,
    Frame,
    Hello,
    Message,
    MessageFrame,
    Ok,
    Ping,
    Pong,
    Rate,
    Read,
    ReadFrame,
    State,
    Typing,
    TypingFrame,
    read_op,
    write_frame,
)
from frontdesk.channels.webchat.limits import (
    BAD_FRAMES_MAX,
    FRAME_CHARS_MAX,
    HELLO_S_MAX,
    PLACE_INTERVAL_S,
    SEND_S_MAX,
    SOCKETS_PER_CONTACT_MAX,
    Limiters,
)
from frontdesk.channels.webchat.tokens import Tokens
from frontdesk.channels.webchat.visits import Visits
from frontdesk.kernel.commands import Author
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.runtime.errors import CentreError
from frontdesk.runtime.refused import Refused
from frontdesk.runtime.watching import ContactNews, Watches
from frontdesk.views.documents import ContactState
from frontdesk.views.errors import ViewsUnavailable

CLOSE_TOO_LARGE: Final = 1009
CLOSE_TRY_AGAIN: Final = 1013
CLOSE_BAD_FRAMES: Final = 4400
CLOSE_UNAUTHORISED: Final = 4401
CLOSE_NO_HELLO: Final = 4408
CLOSE_TOO_MANY: Final = 4429

_log = logging.getLogger("frontdesk.webchat")

AnySocket = WebSocket[Any, Any, Any]


class Leave(Exception):
    """Closes the socket with a code (RFC 6455 §7.4) and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class CustomerSocket:
    """Serves one socket from hello to the end."""

    def __init__(
        self,
        socket: AnySocket,
        widget_id: str,
        conversations: Conversations,
        watches: Watches,
        visits: Visits,
        tokens: Tokens,
        limiters: Limiters,
    ) -> None:
        self._socket = socket
        self._widget_id = widget_id
        self._conversations = conversations
        self._watches = watches
        self._visits = visits
        self._tokens = tokens
        self._limiters = limiters
        self._bad_frames = 0
        self._contact_id = 0

    async def serve(self) -> None:
        """Until the customer goes, or the contact is past its end."""
        await self._socket.accept()
        try:
            hello = await self._read_hello()
            await self._converse(hello.after)
        except WebSocketDisconnect:
            pass
        except Leave as leave:
            await self._close(leave.code, leave.reason)

    async def _close(self, code: int, reason: str) -> None:
        try:
            await self._socket.close(code, reason)
        except (WebSocketDisconnect, RuntimeError):
            # The customer was quicker.
            pass

    # -- in

    async def _read_hello(self) -> Hello:
        try:
            async with asyncio.timeout(HELLO_S_MAX):
                op = await self._read_op()
        except TimeoutError as error:
            raise Leave(CLOSE_NO_HELLO, "No hello came") from error
        contact_id = None
        if isinstance(op, Hello):
            contact_id = self._tokens.read_contact(self._widget_id, op.token)
        if contact_id is None or not isinstance(op, Hello):
            raise Leave(CLOSE_UNAUTHORISED, "The token is unknown")
        if self._visits.count(contact_id) >= SOCKETS_PER_CONTACT_MAX:
            raise Leave(CLOSE_TOO_MANY, "The contact has too many connections")
        self._contact_id = contact_id
        return op

    async def _read_op(self) -> AnyOp:
        while True:
            text = await self._socket.receive_text()
            if len(text) > FRAME_CHARS_MAX:
                raise Leave(CLOSE_TOO_LARGE, "A frame is too large")
            try:
                op = read_op(text)
            except (msgspec.DecodeError, RecursionError) as error:
                await self._complain(str(error))
                continue
            self._bad_frames = 0
            return op

    async def _complain(self, reason: str) -> None:
        self._bad_frames += 1
        if self._bad_frames >= BAD_FRAMES_MAX:
            raise Leave(CLOSE_BAD_FRAMES, "Too many frames make no sense")
        detail = f"The frame isn't what it should be: {reason}"
        await self._send(Error(code="bad_request", detail=detail))

    # -- both ways

    async def _converse(self, after: int) -> None:
        await self._visits.began(self._contact_id)
        telling = asyncio.create_task(self._tell(after))
        hearing = asyncio.create_task(self._hear())
        try:
            done, _ = await asyncio.wait((telling, hearing), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (telling, hearing):
                task.cancel()
            await asyncio.gather(telling, hearing, return_exceptions=True)
            await self._visits.ended(self._contact_id)

    async def _hear(self) -> None:
        while True:
            op = await self._read_op()
            if self._limiters.frames.take(str(self._contact_id)) > 0:
                raise Leave(CLOSE_TOO_MANY, "Too many frames")
            await self._answer(op)

    async def _answer(self, op: AnyOp) -> None:
        client_id = getattr(op, "client_id", None)
        try:
            await self._do(op)
        except Refused as refused:
            refusal = refused.refusal
            await self._send(
                Error(
                    code=refusal.reason.value,
                    detail=refusal.detail,
                    retryable=refusal.reason is RefusalReason.LIMIT_REACHED,
                    client_id=client_id,
                )
            )
        except (CentreError, RecordsUnavailable) as failure:
            _log.info("A customer has to try again", extra={"reason": str(failure)})
            await self._send(
                Error(
                    code="unavailable",
                    detail="That did not work just now",
                    retryable=failure.retryable,
                    client_id=client_id,
                )
            )

    async def _do(self, op: AnyOp) -> None:
        contact_id = self._contact_id
        match op:
            case Message():
                self._limiters.messages.check(str(contact_id))
                await self._conversations.post(contact_id, op)
                await self._send(Ok(client_id=op.client_id))
            case Typing():
                if self._limiters.typing.take(str(contact_id)) == 0:
                    self._watches.say_typing(contact_id, Author.CUSTOMER)
            case Read():
                await self._conversations.read(contact_id, op.number)
                await self._send(Ok())
            case End():
                await self._conversations.end(contact_id)
                await self._send(Ok(client_id=op.client_id))
            case Rate():
                await self._conversations.rate(contact_id, op.score, op.comment)
                await self._send(Ok(client_id=op.client_id))
            case Ping():
                await self._send(Pong(now_ms=self._now_ms()))
            case Hello():
                await self._send(Error(code="wrong_state", detail="Hello was said already"))

    # -- out

    async def _tell(self, after: int) -> None:
        with self._watches.watch(self._contact_id, after) as watch:
            teller = Teller(self, after, watch.wake)
            async for news in watch:
                await teller.tell(news)
        await teller.tell_over()
        # The widget keeps what was said on the screen: nothing more comes until it leaves.
        await asyncio.Event().wait()

    async def build_last_state(self) -> State:
        """How a contact ended that has left the live picture, perhaps only just."""
        try:
            await self._conversations.catch_up()
        except CentreError as error:
            raise Leave(CLOSE_TRY_AGAIN, "Try again") from error
        record = await self._conversations.find_record(self._contact_id)
        if record is None:
            raise Leave(CLOSE_UNAUTHORISED, "There is no such contact")
        return State(
            now_ms=self._now_ms(),
            contact_id=self._contact_id,
            state=ContactState.CLOSED,
            topic=record.topic,
            agent_name=None,
            held=False,
            position=None,
            expected_wait=None,
            rating_open=False,
            rating=record.rating,
        )

    async def find_missed(self, after: int) -> list[CustomerMessage]:
        """What the live picture no longer holds."""
        try:
            return await self._conversations.find_missed(self._contact_id, after)
        except ViewsUnavailable as error:
            raise Leave(CLOSE_TRY_AGAIN, "Try again") from error

    async def send(self, *frames: Frame) -> None:
        """Sends frames in their order."""
        for frame in frames:
            await self._send(frame)

    def build_state(self, news: ContactNews, *, with_place: bool) -> State | None:
        """The contact as its customer may know it; None: it is over."""
        contact = news.contact
        if contact is None:
            return None
        place = news.place if with_place else None
        row = self._watches.runtime.live.board.state.contacts.get(contact.contact_id)
        rating_until_ms = row.rating_until_ms if row is not None else None
        rateable = rating_until_ms is not None and rating_until_ms > self._now_ms()
        return State(
            now_ms=self._now_ms(),
            contact_id=contact.contact_id,
            state=contact.state,
            topic=contact.topic,
            agent_name=news.agent_name,
            held=contact.held_since_ms is not None,
            position=place.position if place else None,
            expected_wait=place.expected_wait if place else None,
            rating_open=rateable and contact.rating is None,
            rating=contact.rating,
        )

    def _now_ms(self) -> int:
        return self._watches.runtime.clock.now_ms()

    async def _send(self, frame: Frame) -> None:
        try:
            async with asyncio.timeout(SEND_S_MAX):
                await self._socket.send_text(write_frame(frame).decode())
        except TimeoutError as error:
            raise Leave(CLOSE_TRY_AGAIN, "The connection is too slow") from error
        except OSError as error:
            raise WebSocketDisconnect(detail="the customer has gone") from error


class Teller:
    """Turns news into frames: each message once, each change of the contact once."""

    def __init__(self, socket: CustomerSocket, after: int, wake: Callable[[], None]) -> None:
        self._socket = socket
        self._after = after
        self._wake = wake
        self._shown: State | None = None
        self._read_by_agent = 0
        self._place_due_s = 0.0
        self._waking: asyncio.TimerHandle | None = None

    async def tell_over(self) -> None:
        """Sends how it ended, and what the customer may have missed before."""
        last = await self._socket.build_last_state()
        shown = self._shown
        if shown is None:
            await self._socket.send(last)
        for message in await self._socket.find_missed(self._after):
            await self._socket.send(_frame(message))
        # A contact that nobody answered leaves the live picture with its end.
        if shown is not None and (shown.rating_open or not _has_ended(shown)):
            await self._socket.send(last)

    async def tell(self, news: ContactNews) -> None:
        """Sends what is new; nothing of a contact that is over."""
        if news.contact is None:
            return
        state = self._find_state(news)
        if state is not None and self._shown is None:
            await self._socket.send(state)
        await self._tell_messages(news)
        frames: list[Frame] = []
        if news.typing:
            frames.append(TypingFrame())
        if news.contact.read_by_agent > self._read_by_agent:
            self._read_by_agent = news.contact.read_by_agent
            frames.append(ReadFrame(number=self._read_by_agent))
        if state is not None:
            if self._shown is not None:
                frames.append(state)
            if _has_ended(state) and not (self._shown and _has_ended(self._shown)):
                assert news.contact.closed_by is not None, "who closed it is known"
                frames.append(Ended(by=news.contact.closed_by))
            self._shown = state
        await self._socket.send(*frames)

    async def _tell_messages(self, news: ContactNews) -> None:
        messages = [show_message(message) for message in news.messages]
        if news.missed:
            messages = await self._socket.find_missed(self._after)
        for message in messages:
            if message.number > self._after:
                await self._socket.send(_frame(message))
                self._after = message.number

    def _find_state(self, news: ContactNews) -> State | None:
        """The state if it differs from the one shown; a mere change of place waits its turn."""
        state = self._socket.build_state(news, with_place=True)
        if state is None or self._shown is None:
            return state
        if _is_same(state, self._shown, ("now_ms",)):
            return None
        if _is_same(state, self._shown, ("now_ms", "position", "expected_wait")):
            return state if self._may_tell_place() else None
        return state

    def _may_tell_place(self) -> bool:
        """Whether a change of place may be told now; if not, we are woken when it may."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._place_due_s:
            self._place_due_s = loop.time() + PLACE_INTERVAL_S
            return True
        if self._waking is None or self._waking.when() <= loop.time():
            self._waking = loop.call_at(self._place_due_s, self._wake)
        return False


def _is_same(one: State, other: State, but: tuple[str, ...]) -> bool:
    names = (name for name in State.__struct_fields__ if name not in but)
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _has_ended(state: State) -> bool:
    return state.state is ContactState.CLOSED


def _frame(message: CustomerMessage) -> MessageFrame:
    return MessageFrame(**msgspec.structs.asdict(message))
