"""A customer's side of a contact, as the widget does it: nothing lost, nothing sent twice."""

from __future__ import annotations

import asyncio
from typing import Any

from frontdesk.cli.demonstration.api import ApiClient, Json, new_id
from frontdesk.cli.demonstration.lasting_socket import LastingSocket


class Conversation(LastingSocket):
    """One contact of one customer. Deeds are sent one at a time, again until they are durable."""

    def __init__(self, client: ApiClient, widget_id: str) -> None:
        super().__init__()
        self._client = client
        self._base = f"/api/webchat/{widget_id}"
        self._pending: dict[str, Json] = {}
        self._in_flight: str | None = None
        self.contact_id = 0
        self.token = ""
        self.state: Json = {}
        self.messages: list[Json] = []
        self.refused: dict[str, str] = {}
        """Codes of refusals by the deed's client id."""
        self.agent_typing = asyncio.Event()

    async def open(self, name: str, topic_id: str) -> None:
        """Asks for a contact until there is one. Raises ApiRefused."""
        body = {"client_id": new_id(), "name": name, "topic_id": topic_id}
        opened: Json = await self._client.call("POST", f"{self._base}/contacts", body)
        self.contact_id, self.token = opened["contact_id"], opened["token"]

    @property
    def ended(self) -> bool:
        """Whether the contact is over."""
        return self.state.get("state") == "closed"

    async def say(self, text: str, attachments: list[Json] | None = None) -> str:
        """Posts a message; its client id, once it is durable or refused."""
        return await self._do({"op": "message", "text": text, "attachments": attachments or []})

    async def choose(self, choice: Json) -> str:
        """Clicks one of the answers that a flow offers."""
        return await self._do({"op": "message", "text": choice["label"], "choice": choice["value"]})

    @property
    def question(self) -> Json | None:
        """What a flow asks for and has no answer to yet; None: nothing."""
        last = self.messages[-1] if self.messages else None
        return last["prompt"] if last is not None else None

    async def end(self) -> None:
        """Ends the contact."""
        await self._do({"op": "end"})

    async def rate(self, score: int, comment: str = "") -> None:
        """Gives the verdict, 1 to 5."""
        await self._do({"op": "rate", "score": score, "comment": comment})

    async def type(self) -> None:
        """Shows the agent that something is being written."""
        await self.send({"op": "typing"})

    async def read(self) -> None:
        """Says that all messages have been seen."""
        if self.messages:
            await self.send({"op": "read", "number": self.messages[-1]["number"]})

    async def upload(self, name: str, data: bytes, media_type: str) -> Json:
        """Uploads a file, to be sent with a message. Raises ApiRefused."""
        path = f"{self._base}/attachments?token={self.token}"
        attachment: Json = await self._client.call("POST", path, file=(name, data, media_type))
        return attachment

    async def _do(self, deed: Json) -> str:
        client_id = new_id()
        self._pending[client_id] = {**deed, "client_id": client_id}
        await self._flush()
        while client_id in self._pending:
            await self.changed()
        return client_id

    async def _flush(self) -> None:
        if self._in_flight is None and self.state and self._pending:
            self._in_flight = next(iter(self._pending))
            await self.send(self._pending[self._in_flight])

    # -- the socket

    def address(self) -> str:
        return self._client.url.replace("http", "ws", 1) + f"{self._base}/stream"

    async def began(self) -> None:
        after = self.messages[-1]["number"] if self.messages else 0
        await self.send({"op": "hello", "token": self.token, "after": after})

    async def broke(self) -> None:
        self._in_flight = None

    async def not_admitted(self) -> None:
        assert self.token, "the contact has been opened"

    async def heard(self, frame: Json) -> None:
        match frame["op"]:
            case "state":
                self.state = frame
                await self._flush()
            case "message":
                self.messages.append(frame)
            case "typing":
                self.agent_typing.set()
            case "ok":
                await self._settle(frame["client_id"])
            case "error":
                await self._fail(frame)
            case _:
                pass

    async def _settle(self, client_id: str | None) -> None:
        if client_id is not None and self._pending.pop(client_id, None) is not None:
            self._in_flight = None
            await self._flush()

    async def _fail(self, frame: Json) -> None:
        client_id: Any = frame["client_id"]
        if client_id not in self._pending:
            return
        if frame["retryable"]:
            self._in_flight = None
            asyncio.get_running_loop().call_later(0.5, self._flush_soon)
            return
        self.refused[client_id] = frame["code"]
        await self._settle(client_id)

    def _flush_soon(self) -> None:
        self._again = asyncio.create_task(self._flush())
