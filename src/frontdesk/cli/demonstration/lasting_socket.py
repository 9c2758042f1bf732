"""A websocket that comes back by itself."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Final

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from frontdesk.cli.demonstration.api import Json, pauses

OPEN_S_MAX: Final = 10.0
FRAME_BYTES_MAX: Final = 64 * 1024 * 1024

_read: Final = msgspec.json.Decoder(Json).decode
_write: Final = msgspec.json.Encoder().encode


class LastingSocket(ABC):
    """Connects, says what is to be said first, hears until it breaks, and connects again."""

    def __init__(self) -> None:
        self._connection: ClientConnection | None = None
        self._changed = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether frames can be sent just now."""
        return self._connection is not None

    async def run(self) -> None:
        """For ever; cancelled to end."""
        waiting = pauses()
        while True:
            try:
                async with connect(
                    self.address(),
                    additional_headers=self.headers(),
                    max_size=FRAME_BYTES_MAX,
                    open_timeout=OPEN_S_MAX,
                ) as connection:
                    waiting.reset()
                    await self._converse(connection)
            except InvalidStatus as refusal:
                if refusal.response.status_code in (401, 403):
                    await self.not_admitted()
            except (OSError, TimeoutError, WebSocketException):
                pass
            await waiting.wait()

    async def send(self, frame: Json) -> bool:
        """False when there is no connection."""
        if self._connection is None:
            return False
        try:
            await self._connection.send(_write(frame).decode())
        except WebSocketException:
            return False
        return True

    async def changed(self) -> None:
        """Until something has been heard or lost since what the caller has just looked at."""
        await self._changed.wait()

    def notify(self) -> None:
        """Wakes whoever waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def _converse(self, connection: ClientConnection) -> None:
        self._connection = connection
        try:
            await self.began()
            async for text in connection:
                await self.heard(_read(text))
                self.notify()
        finally:
            self._connection = None
            await self.broke()
            self.notify()

    @abstractmethod
    def address(self) -> str:
        """Where to connect to."""

    def headers(self) -> dict[str, str]:
        """What to send along."""
        return {}

    @abstractmethod
    async def not_admitted(self) -> None:
        """The server wants to know again who we are."""

    @abstractmethod
    async def began(self) -> None:
        """The connection is open: what is to be said first?"""

    @abstractmethod
    async def heard(self, frame: Json) -> None:
        """A frame has come."""

    @abstractmethod
    async def broke(self) -> None:
        """The connection is gone."""
