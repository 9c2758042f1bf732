"""Hears what a leg says: a channel of Asterisk spies on it and sends its sound over a websocket.

One ear a leg serves all who listen to it, and is closed when the last has gone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from itertools import count
from typing import Final

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from frontdesk.channels.voice.asterisk.ari import OPEN_S_MAX
from frontdesk.channels.voice.asterisk.board import MINE, Board
from frontdesk.channels.voice.asterisk.files import APP
from frontdesk.channels.voice.media import (
    FRAME_MS,
    SAMPLES_PER_SECOND,
    MediaError,
    OrderRefused,
)

FRAME_BYTES: Final = SAMPLES_PER_SECOND * FRAME_MS // 1000 * 2
HEARD_FRAMES_MAX: Final = 500
"""Ten seconds of what somebody says, for a listener who is slow; what is older is dropped."""

_log = logging.getLogger("frontdesk.voice")

Listener = Callable[[bytes | None], None]
"""Takes frames of sound, and None when there will be no more."""


class _Media(msgspec.Struct, frozen=True):
    """What Asterisk answers about a channel to a websocket."""

    id: str
    channelvars: dict[str, str]

    @property
    def path(self) -> str:
        return f"/media/{self.channelvars['MEDIA_WEBSOCKET_CONNECTION_ID']}"


class _Ear:
    """The sound of one leg, for whoever listens."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.listeners: list[Listener] = []
        self.task: asyncio.Task[None] | None = None

    def pass_on(self, frame: bytes | None) -> None:
        for listener in tuple(self.listeners):
            listener(frame)


class Ears:
    """Who of the legs is listened to by us."""

    def __init__(self, board: Board, url: str) -> None:
        self._board = board
        self._url = url.replace("http", "ws", 1).rstrip("/")
        self._ears: dict[str, _Ear] = {}
        self._numbers = count(1)

    @property
    def names(self) -> set[str]:
        """The names of those that are open; the ids of their channels and bridges begin so."""
        return {ear.name for ear in self._ears.values()}

    def listen(self, leg_id: str, listener: Listener) -> None:
        """Begins to pass on what a leg says."""
        ear = self._ears.get(leg_id)
        if ear is None:
            ear = self._ears[leg_id] = _Ear(f"{leg_id}{MINE}ear{next(self._numbers)}")
            ear.task = asyncio.create_task(self._hear(leg_id, ear))
        ear.listeners.append(listener)

    def stop(self, leg_id: str, listener: Listener) -> None:
        """Passes on no more to this one."""
        ear = self._ears.get(leg_id)
        if ear is None or listener not in ear.listeners:
            return
        ear.listeners.remove(listener)
        if not ear.listeners and ear.task is not None:
            del self._ears[leg_id]
            ear.task.cancel()

    async def _hear(self, leg_id: str, ear: _Ear) -> None:
        try:
            async with AsyncExitStack() as stack:
                line = await self._open(ear.name, stack)
                await self._place(leg_id, ear.name)
                await _read(line, ear)
        except OrderRefused as refused:
            _log.error("A leg can't be heard", extra={"leg_id": leg_id, "reason": str(refused)})
        except (MediaError, WebSocketException, InvalidHandshake, OSError):
            pass  # the leg has gone, or Asterisk has, which is told elsewhere
        finally:
            if self._ears.get(leg_id) is ear:
                del self._ears[leg_id]
            ear.pass_on(None)
            self._board.work(self._close(ear.name))

    async def _open(self, name: str, stack: AsyncExitStack) -> ClientConnection:
        """The channel comes to us once its websocket is open."""
        async with self._board.arrival_of(name):
            answer = await self._board.order(
                "POST",
                "channels/externalMedia",
                {
                    "channelId": name,
                    "app": APP,
                    "external_host": "INCOMING",
                    "encapsulation": "none",
                    "transport": "websocket",
                    "connection_type": "server",
                    "format": "slin16",
                },
            )
            url = self._url + msgspec.json.decode(answer, type=_Media).path
            line = connect(url, open_timeout=OPEN_S_MAX, compression=None, proxy=None)
            return await stack.enter_async_context(line)

    async def _place(self, leg_id: str, name: str) -> None:
        await self._board.snoop(leg_id, f"{name}{MINE}spy", "in", "none")
        await self._board.order("POST", f"bridges/{name}", {"type": "mixing"})
        channels = f"{name},{name}{MINE}spy"
        await self._board.order("POST", f"bridges/{name}/addChannel", {"channel": channels})

    async def _close(self, name: str) -> None:
        for channel in (name, f"{name}{MINE}spy"):
            await self._board.try_order("DELETE", f"channels/{channel}")
        await self._board.try_order("DELETE", f"bridges/{name}")

    async def frames(self, leg_id: str) -> AsyncGenerator[bytes, None]:
        """What a leg says, until it ends."""
        heard: asyncio.Queue[bytes | None] = asyncio.Queue(HEARD_FRAMES_MAX)

        def keep(frame: bytes | None) -> None:
            if heard.full():
                heard.get_nowait()
            heard.put_nowait(frame)

        self.listen(leg_id, keep)
        try:
            while (frame := await heard.get()) is not None:
                yield frame
        finally:
            self.stop(leg_id, keep)

    def forget(self, leg_id: str) -> None:
        """The leg has ended."""
        ear = self._ears.pop(leg_id, None)
        if ear is not None and ear.task is not None:
            ear.task.cancel()


async def _read(line: ClientConnection, ear: _Ear) -> None:
    """Frames as the port has them, of whatever pieces come."""
    rest = b""
    async for message in line:
        if isinstance(message, bytes):
            rest += message
            while len(rest) >= FRAME_BYTES:
                ear.pass_on(rest[:FRAME_BYTES])
                rest = rest[FRAME_BYTES:]
