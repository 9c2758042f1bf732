"""A customer of the web chat as a widget would be one: over HTTP and a websocket."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE_S = 20.0
"""How long a test waits for a frame before it gives up."""


class Chat:
    """One socket of a customer's, from hello on."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []

    async def send(self, **frame: Any) -> None:
        await self.socket.send(msgspec.json.encode(frame).decode())

    async def send_raw(self, text: str | bytes) -> None:
        await self.socket.send(text)

    async def wait_for(self, op: str, **wanted: Any) -> dict[str, Any]:
        """The next frame with that `op` and those values, among those seen or to come."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for index, frame in enumerate(self.frames):
                    values = {name: frame.get(name) for name in wanted}
                    if frame["op"] == op and values == wanted:
                        del self.frames[index]
                        return frame
                self.frames.append(msgspec.json.decode(await self.socket.recv()))

    async def wait_for_close(self) -> int:
        """The code with which the server closes."""
        async with asyncio.timeout(PATIENCE_S):
            try:
                while True:
                    await self.socket.recv()
            except ConnectionClosed:
                pass
        assert self.socket.close_code is not None
        return self.socket.close_code


class Customer:
    """A browser on a page of the company's."""

    def __init__(self, host: str, widget_id: str = "demo") -> None:
        self.widget_id = widget_id
        self.base = ""
        self.move_to(host)
        self.client_id = secrets.token_hex(12)
        self.contact_id = 0
        self.token = ""
        self.visitor_token: str | None = None
        self.http = httpx.AsyncClient()

    def move_to(self, host: str) -> None:
        """The server is to be found at another `host:port` now."""
        self.base = f"http://{host}/api/webchat/{self.widget_id}"

    async def open(self, topic_id: str = "sales", name: str = "Ion") -> int:
        """Opens a contact, or finds the one opened before."""
        body = {"client_id": self.client_id, "name": name, "topic_id": topic_id}
        if self.visitor_token is not None:
            body["visitor_token"] = self.visitor_token
        answer = await self.http.post(f"{self.base}/contacts", json=body)
        assert answer.status_code == 201, answer.text
        opened = answer.json()
        self.contact_id, self.token = opened["contact_id"], opened["token"]
        self.visitor_token = opened["visitor_token"]
        return self.contact_id

    @asynccontextmanager
    async def chat(self, after: int = 0) -> AsyncGenerator[Chat]:
        """A socket that has said hello."""
        async with connect(f"{self.base.replace('http', 'ws', 1)}/stream") as socket:
            chat = Chat(socket)
            await chat.send(op="hello", token=self.token, after=after)
            yield chat

    async def close(self) -> None:
        await self.http.aclose()
