"""An outside system on a port of this machine: answers as it is told, notes what it gets."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HEAD_BYTES_MAX = 64 * 1024


@dataclass
class Got:
    """A request as it came over the wire."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]


@dataclass
class Reply:
    """What goes back; `hang`: nothing does, `drop`: the connection ends without a word."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    hang: bool = False
    drop: bool = False
    endless: bool = False


@dataclass
class OutsideServer:
    """`replies` are given in turn, the last of them for ever."""

    port: int = 0
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    got: list[Got] = field(default_factory=list[Got])
    connections: int = 0
    hung: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Callable[[Got], Reply] | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the other side ends it."""
        self.connections += 1
        self._open.add(writer)
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    def hang_up(self) -> None:
        """Ends every connection."""
        for writer in self._open:
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        got = await _read(reader)
        self.got.append(got)
        reply = self._choose(got)
        if reply.hang:
            self.hung.set()
            await reader.read()
            return False
        if reply.drop:
            return False
        length = {} if reply.endless else {"Content-Length": str(len(reply.body))}
        headers = {"Content-Type": "application/json", **length, **reply.headers}
        head = [f"HTTP/1.1 {reply.status} X", *(f"{n}: {v}" for n, v in headers.items())]
        writer.write("\r\n".join([*head, "", ""]).encode() + reply.body)
        await writer.drain()
        while reply.endless:
            writer.write(b"x" * 10_000)
            await writer.drain()
        return True

    def _choose(self, got: Got) -> Reply:
        if self.answer is not None:
            return self.answer(got)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


async def _read(reader: asyncio.StreamReader) -> Got:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = head.rstrip().split("\r\n")
    headers = {n.lower(): v.strip() for n, _, v in (text.partition(":") for text in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Got(line, headers, body)


@asynccontextmanager
async def outside_server(context: ssl.SSLContext | None = None) -> AsyncGenerator[OutsideServer]:
    """The system, until the context ends."""
    system = OutsideServer()
    server = await asyncio.start_server(system.serve, "127.0.0.1", 0, ssl=context)
    system.port = server.sockets[0].getsockname()[1]
    try:
        yield system
    finally:
        server.close()
        system.hang_up()
