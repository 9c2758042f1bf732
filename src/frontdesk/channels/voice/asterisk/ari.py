"""Asterisk's ARI over one websocket: orders go out and events come in on the same line.

Asterisk answers the orders of one line one after the other, in the order in which they were given,
so an order may rely on the one before it without waiting for the answer. Only those answers that
say something are waited for.

    AriError
    ├── AriGone      the line is cut, or Asterisk answers no more
    └── AriRefused   Asterisk would not; `status` is HTTP's
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from frontdesk.channels.voice.asterisk.ari_types import AnyMessage, RESTResponse

ORDER_S_MAX: Final = 15.0
"""Asterisk answers in milliseconds, a busy one in a second; after so long it is locked up."""
OPEN_S_MAX: Final = 5.0
MESSAGES_MAX: Final = 100_000
"""Events that wait to be read; a busy centre makes some hundreds a second."""
MESSAGE_BYTES_MAX: Final = 16 * 1024 * 1024

_log = logging.getLogger("frontdesk.voice")


class AriError(Exception):
    """Base of what goes wrong with ARI."""


class AriGone(AriError):
    """The line to Asterisk is cut, or Asterisk answers no more."""


class AriRefused(AriError):
    """Asterisk would not do it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class _Kind(msgspec.Struct, frozen=True):
    type: str


MESSAGE_NAMES: Final = tuple(kind.__name__ for kind in AnyMessage.__args__)
_KNOWN: Final = frozenset(MESSAGE_NAMES)
_read_kind: Final = msgspec.json.Decoder(_Kind).decode
_read_message: Final = msgspec.json.Decoder(AnyMessage).decode


class Ari:
    """One line to Asterisk, from `open_line` until it is cut."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._asked: dict[str, asyncio.Future[RESTResponse]] = {}
        self._number = 0
        self._messages: asyncio.Queue[AnyMessage | None] = asyncio.Queue(MESSAGES_MAX)
        self._reading = asyncio.create_task(self._read())
        self.cut_by = ""
        """Why the line was cut, once it is."""

    async def _read(self) -> None:
        """Reads and queues, nothing else: Asterisk cuts off whoever doesn't read in time."""
        try:
            async for data in self._line:
                self._take_data(data)
            self._end("Asterisk has closed the line")
        except (WebSocketException, OSError) as error:
            self._end(str(error) or "the line was cut")

    def _take_data(self, data: str | bytes) -> None:
        try:
            if _read_kind(data).type in _KNOWN:
                self._take(_read_message(data))
        except msgspec.MsgspecError as error:
            _log.error("Asterisk said what nobody understands", extra={"reason": str(error)})

    def _take(self, message: AnyMessage) -> None:
        if isinstance(message, RESTResponse):
            future = self._asked.pop(message.request_id, None)
            if future is not None and not future.done():
                future.set_result(message)
        elif self._messages.full():
            self._end("events came faster than they could be read")
        else:
            self._messages.put_nowait(message)

    def _end(self, reason: str) -> None:
        self.cut_by = self.cut_by or reason
        for future in self._asked.values():
            if not future.done():
                future.set_exception(AriGone(reason))
        self._asked.clear()
        if self._messages.full():
            self._messages.get_nowait()
        self._messages.put_nowait(None)

    async def next_event(self) -> AnyMessage:
        """The next event. Raises AriGone when the line is cut."""
        message = await self._messages.get()
        if message is None:
            raise AriGone(self.cut_by)
        return message

    async def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        body: object = None,
    ) -> bytes:
        """Gives an order and returns Asterisk's answer. Raises AriGone, AriRefused."""
        if self.cut_by:
            raise AriGone(self.cut_by)
        self._number += 1
        request_id = str(self._number)
        future = self._asked[request_id] = asyncio.get_running_loop().create_future()
        await self._write(_write_order(request_id, method, path, query, body))
        try:
            async with asyncio.timeout(ORDER_S_MAX):
                answer = await future
        except TimeoutError as error:
            raise AriGone(f"Asterisk did not answer for {ORDER_S_MAX:.0f} s") from error
        finally:
            self._asked.pop(request_id, None)
        if answer.status_code >= 300:
            raise AriRefused(answer.status_code, _reason(answer))
        return (answer.message_body or "").encode()

    async def _write(self, text: str) -> None:
        try:
            await self._line.send(text)
        except (WebSocketException, OSError) as error:
            raise AriGone(self.cut_by or str(error)) from error

    async def close(self) -> None:
        """Cuts the line."""
        self._reading.cancel()
        await self._line.close()
        self._end("the line was closed")


def _write_order(
    request_id: str, method: str, path: str, query: Mapping[str, str] | None, body: object
) -> str:
    uri = f"{path}?{urlencode(query, quote_via=quote)}" if query else path
    order = {
        "type": "RESTRequest",
        "transaction_id": request_id,
        "request_id": request_id,
        "method": method,
        "uri": uri,
    }
    if body is not None:
        order |= {
            "content_type": "application/json",
            "message_body": msgspec.json.encode(body).decode(),
        }
    return msgspec.json.encode(order).decode()


class _Complaint(msgspec.Struct, frozen=True):
    message: str = ""
    error: str = ""


def _reason(answer: RESTResponse) -> str:
    """What Asterisk says of it: in the answer's body or else by the status."""
    try:
        said = msgspec.json.decode(answer.message_body or "{}", type=_Complaint)
    except msgspec.MsgspecError:
        said = _Complaint()
    return said.message or said.error or answer.reason_phrase


async def open_line(url: str, user: str, password: str, app: str) -> Ari:
    """Opens a line to the Asterisk at `url` (http or https). Raises AriGone."""
    address = url.replace("http", "ws", 1).rstrip("/") + f"/ari/events?app={quote(app)}"
    pass_by = base64.b64encode(f"{user}:{password}".encode()).decode()
    try:
        line = await connect(
            address,
            additional_headers={"Authorization": f"Basic {pass_by}"},
            open_timeout=OPEN_S_MAX,
            ping_interval=None,  # an answered order says more: see `ORDER_S_MAX`
            close_timeout=1.0,
            max_size=MESSAGE_BYTES_MAX,
            max_queue=None,
            compression=None,
            proxy=None,
        )
    except (OSError, InvalidHandshake, TimeoutError) as error:
        raise AriGone(f"Asterisk can't be reached: {error}") from error
    return Ari(line)
