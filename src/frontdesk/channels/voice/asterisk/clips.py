"""Gives Asterisk the clips that it is told to play, over HTTP.

Asterisk fetches a clip once and keeps it; as clips are named by what is in them, it never need ask
again. So it may run on another machine, and no folder has to be shared with it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from frontdesk.channels.voice.media import Clip

CLIPS_MAX: Final = 10_000
"""How many are offered; those that were ordered last stay."""
REQUEST_BYTES_MAX: Final = 16 * 1024
REQUEST_S_MAX: Final = 10.0
_SUFFIX: Final = ".wav16"
"""By this ending Asterisk knows a WAV file of 16,000 samples a second. A content type would
overrule it, and there is none that says the rate."""

_log = logging.getLogger("frontdesk.voice")


class ClipShelf:
    """A small server of files; only what was offered can be had."""

    def __init__(self, host: str, port: int, url: str) -> None:
        self._host = host
        self._port = port
        self._url = url
        self._paths: OrderedDict[str, Path] = OrderedDict()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begins to listen. Raises OSError."""
        if self._server is None:
            self._server = await asyncio.start_server(
                self._serve, self._host, self._port, limit=REQUEST_BYTES_MAX
            )
            port = self._server.sockets[0].getsockname()[1]
            self._url = self._url or f"http://{self._host}:{port}"

    async def close(self) -> None:
        """Listens no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def offer(self, clip: Clip) -> str:
        """The address of a clip. Raises OSError when there is no such file."""
        clip.path.stat()
        self._paths[clip.clip_id] = clip.path
        self._paths.move_to_end(clip.clip_id)
        while len(self._paths) > CLIPS_MAX:
            self._paths.popitem(last=False)
        return f"{self._url}/clips/{quote(clip.clip_id, safe='')}{_SUFFIX}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_S_MAX):
                request = await reader.readuntil(b"\r\n\r\n")
            method, target, _ = request.decode("latin-1").split(" ", 2)
            await self._answer(writer, method, target)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        except (OSError, TimeoutError) as error:
            _log.warning("A clip could not be given", extra={"reason": str(error)})
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, method: str, target: str) -> None:
        path = self._find(target)
        if path is None or method not in {"GET", "HEAD"}:
            writer.write(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        else:
            data = await asyncio.to_thread(path.read_bytes)
            head = (
                "HTTP/1.1 200 OK\r\n"
                f"Content-Length: {len(data)}\r\nConnection: close\r\n"
                "Cache-Control: max-age=31536000, immutable\r\n\r\n"
            )
            writer.write(head.encode() + (data if method == "GET" else b""))
        await writer.drain()

    def _find(self, target: str) -> Path | None:
        name = target.removeprefix("/clips/")
        return self._paths.get(unquote(name.removesuffix(_SUFFIX)))
