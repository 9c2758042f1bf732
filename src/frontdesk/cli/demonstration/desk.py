"""An agent's side: signed in, the desk's live picture, and what an agent does."""

from __future__ import annotations

from typing import Any, Literal

from frontdesk.cli.demonstration.api import ApiClient, ApiRefused, Json, new_id
from frontdesk.cli.demonstration.lasting_socket import LastingSocket

DONE_ALREADY = frozenset({"already_done", "wrong_state", "not_found"})
"""What is answered to a deed that took place before its answer was lost, or is past."""

Topic = Literal["desk", "floor"]


class Desk(LastingSocket):
    """The desk of one agent, kept through restarts of the server by snapshot and resume."""

    def __init__(self, url: str, login: str, password: str, topic: Topic = "desk") -> None:
        super().__init__()
        self.client = ApiClient(url)
        self.agent_id = ""
        self._login = login
        self._password = password
        self._topic = topic
        self._epoch = ""
        self._seq = 0
        self.collections: dict[str, dict[str, Json]] = {}

    async def sign_in(self) -> None:
        """Opens the session. Raises ApiRefused."""
        session = await self.client.sign_in(self._login, self._password)
        self.agent_id = session["agent_id"]

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.close()

    # -- what is seen

    def documents(self, collection: str) -> list[Json]:
        """The documents of a collection."""
        return list(self.collections.get(collection, {}).values())

    def find(self, collection: str, document_id: int | str) -> Json | None:
        """A document, or None."""
        return self.collections.get(collection, {}).get(str(document_id))

    def messages(self, contact_id: int) -> list[Json]:
        """The messages of a contact, in their order."""
        found = [m for m in self.documents("messages") if m["contact_id"] == contact_id]
        return sorted(found, key=lambda message: message["number"])

    # -- what is done

    async def set_presence(
        self, presence: str, break_reason_id: str | None = None, *, when_free: bool = False
    ) -> None:
        """Sets the agent's presence, at once or after the work in hand."""
        body = {
            "presence": presence,
            "break_reason_id": break_reason_id,
            "when_free": when_free,
        }
        await self.client.call("PUT", f"/api/agents/{self.agent_id}/presence", body)

    async def accept(self, offer_id: int) -> None:
        """Accepts an offer, if it still stands."""
        await self._do(f"/api/offers/{offer_id}/accept")

    async def decline(self, offer_id: int, reason: str) -> None:
        """Declines an offer, if it still stands."""
        await self._do(f"/api/offers/{offer_id}/decline", {"reason": reason})

    async def say(self, contact_id: int, text: str, *, internal: bool = False) -> str | None:
        """Posts a message; its client id, None if the contact is no longer ours or open."""
        client_id = new_id()
        body = {"client_id": client_id, "text": text, "internal": internal}
        done = await self._do(f"/api/contacts/{contact_id}/messages", body)
        return client_id if done is not None else None

    async def type(self, contact_id: int) -> None:
        """Shows the customer that something is being written."""
        await self.send({"op": "typing", "contact_id": contact_id})

    async def read(self, contact_id: int, number: int) -> None:
        """Marks messages as seen."""
        await self._do(f"/api/contacts/{contact_id}/read", {"number": number}, method="PUT")

    async def end(self, contact_id: int) -> None:
        """Ends a contact."""
        await self._do(f"/api/contacts/{contact_id}/end")

    async def attempt(self, contact_id: int, result: str) -> None:
        """Says what came of calling the customer of a callback."""
        await self._do(f"/api/contacts/{contact_id}/attempt", {"result": result}, key=new_id())

    async def transfer(self, contact_id: int, to_queue_id: str, note: str) -> None:
        """Passes a contact on to a queue."""
        body = {"to_queue_id": to_queue_id, "note": note}
        await self._do(f"/api/contacts/{contact_id}/transfer", body, key=new_id())

    async def wrap_up(self, engagement_id: int, disposition_id: str | None, note: str = "") -> None:
        """Finishes the work after a contact."""
        body = {"disposition_id": disposition_id, "note": note}
        await self._do(f"/api/engagements/{engagement_id}/wrap-up", body)

    async def _do(
        self, path: str, body: object = None, *, method: str = "POST", key: str | None = None
    ) -> Any:
        """The answer (True when it is empty); None when the deed is done already or too late."""
        try:
            answer = await self.client.call(method, path, body, key=key)
        except ApiRefused as refused:
            if refused.code in DONE_ALREADY or refused.code == "not_yours":
                return None
            raise
        return True if answer is None else answer

    # -- the socket

    def address(self) -> str:
        return self.client.url.replace("http", "ws", 1) + "/api/stream"

    def headers(self) -> dict[str, str]:
        return self.client.headers

    async def not_admitted(self) -> None:
        await self.sign_in()

    async def broke(self) -> None:
        # What was seen stays on the screen until the stream goes on from there.
        return

    async def began(self) -> None:
        resume = {"epoch": self._epoch, "seq": self._seq} if self._epoch else None
        await self.send({"op": "subscribe", "resume": resume, "topics": [self._topic]})

    async def heard(self, frame: Json) -> None:
        match frame["op"]:
            case "snapshot":
                self._epoch, self._seq = frame["epoch"], frame["seq"]
                self.collections = frame["collections"]
            case "update":
                self._apply(frame)
            case _:
                pass

    def _apply(self, frame: Json) -> None:
        self._seq = frame["seq"]
        for collection, documents in frame["upserts"].items():
            self.collections.setdefault(collection, {}).update(documents)
        for collection, ids in frame["removals"].items():
            for document_id in ids:
                self.collections.get(collection, {}).pop(document_id, None)
