"""Customers and agents who go on whatever happens to the server, and keep their own books."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from frontdesk.cli.demonstration.api import ApiClient, Json
from frontdesk.cli.demonstration.company import PASSWORD, WIDGET_ID
from frontdesk.cli.demonstration.conversation import Conversation
from frontdesk.cli.demonstration.desk import Desk

FAREWELL = "That is all, goodbye."
PLEASE_TRANSFER = "It is about something else after all."
ANOTHER_QUEUE = {"orders": "returns", "returns": "orders"}


@dataclass
class Books:
    """What was confirmed to whom; the server is held to it afterwards."""

    contacts: dict[int, Conversation] = field(default_factory=dict[int, Conversation])
    confirmed: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    """Client ids of messages that were said to be durable, by contact."""
    deeds: int = 0
    """How much has been confirmed altogether."""
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, contact_id: int, client_id: str | None = None) -> None:
        """Something was confirmed."""
        self.deeds += 1
        if client_id is not None:
            self.confirmed.setdefault(contact_id, []).append(client_id)
        self._moved.set()
        self._moved = asyncio.Event()

    async def more(self, deeds: int) -> None:
        """Returns when so much more has been confirmed than now."""
        wanted = self.deeds + deeds
        while self.deeds < wanted:
            await self._moved.wait()


class Customer:
    """Asks, waits for the answer, goes. Then comes another, until it is enough."""

    def __init__(self, url: str, name: str, books: Books, random: Random) -> None:
        self._client = ApiClient(url)
        self._name = name
        self._books = books
        self._random = random

    async def come_again(self, enough: Callable[[], bool]) -> None:
        """One contact after the other; the last one is brought to its end."""
        number = 0
        while not enough():
            number += 1
            await self._visit(f"{self._name} {number}")
        await self._client.close()

    async def _visit(self, name: str) -> None:
        talk = Conversation(self._client, WIDGET_ID)
        await talk.open(name, self._random.choice(sorted(ANOTHER_QUEUE)))
        self._books.contacts[talk.contact_id] = talk
        self._books.note(talk.contact_id)
        running = asyncio.create_task(talk.run())
        try:
            await self._talk(talk)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _talk(self, talk: Conversation) -> None:
        for number in range(self._random.randint(1, 4)):
            moves_on = self._random.random() < 0.2
            await self._ask(talk, PLEASE_TRANSFER if moves_on else f"Question {number}")
        if self._random.random() < 0.5:
            await self._say(talk, FAREWELL)
        else:
            await talk.end()
        while not talk.ended:
            await talk.changed()

    async def _ask(self, talk: Conversation, text: str) -> None:
        answers = _count_answers(talk)
        await self._say(talk, text)
        while _count_answers(talk) == answers and not talk.ended:
            await talk.changed()

    async def _say(self, talk: Conversation, text: str) -> None:
        client_id = await talk.say(text)
        if client_id not in talk.refused:
            self._books.note(talk.contact_id, client_id)


def _count_answers(talk: Conversation) -> int:
    return sum(message["author"] == "agent" for message in talk.messages)


class Agent:
    """Accepts, answers, passes on, ends and wraps up; comes back from where it was taken off."""

    def __init__(self, desk: Desk, books: Books) -> None:
        self.desk = desk
        self._books = books

    async def work(self) -> None:
        """For ever."""
        while True:
            if not await self._do_something():
                await self.desk.changed()

    async def _do_something(self) -> bool:
        return await self._come_back() or await self._accept() or await self._serve()

    async def _come_back(self) -> bool:
        me = self.desk.find("agents", self.desk.agent_id)
        if me is None or me["presence"] == "available":
            return False
        await self.desk.set_presence("available")
        await self._until(lambda: self._presence() == "available")
        return True

    def _presence(self) -> str | None:
        me = self.desk.find("agents", self.desk.agent_id)
        return me["presence"] if me else None

    async def _accept(self) -> bool:
        offers = self.desk.documents("offers")
        if not offers:
            return False
        offer_id = offers[0]["offer_id"]
        await self.desk.accept(offer_id)
        self._books.note(offers[0]["contact_id"])
        await self._until(lambda: self.desk.find("offers", offer_id) is None)
        return True

    async def _serve(self) -> bool:
        for engagement in self.desk.documents("engagements"):
            if engagement["ended_ms"] is not None:
                await self._wrap_up(engagement)
                return True
            if await self._answer(engagement):
                return True
        return False

    async def _wrap_up(self, engagement: Json) -> None:
        engagement_id = engagement["engagement_id"]
        await self.desk.wrap_up(engagement_id, "answered")
        await self._until(lambda: self.desk.find("engagements", engagement_id) is None)

    async def _answer(self, engagement: Json) -> bool:
        contact_id, engagement_id = engagement["contact_id"], engagement["engagement_id"]
        messages = self.desk.messages(contact_id)
        if not messages or messages[-1]["author"] != "customer":
            return False
        text, number = messages[-1]["text"], messages[-1]["number"]
        if text == FAREWELL:
            await self.desk.end(contact_id)
        else:
            client_id = await self.desk.say(contact_id, f"Answer to number {number}")
            self._books.note(contact_id, client_id)
        if text == PLEASE_TRANSFER:
            contact = self.desk.find("contacts", contact_id)
            if contact is not None:
                await self.desk.transfer(contact_id, ANOTHER_QUEUE[contact["queue_id"]], text)
        await self._until(lambda: self._has_moved(engagement_id, contact_id, number))
        return True

    def _has_moved(self, engagement_id: int, contact_id: int, number: int) -> bool:
        engagement = self.desk.find("engagements", engagement_id)
        messages = self.desk.messages(contact_id)
        newer = bool(messages) and messages[-1]["number"] > number
        return engagement is None or engagement["ended_ms"] is not None or newer

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await self.desk.changed()


@asynccontextmanager
async def agents_at_work(url: str, logins: tuple[str, ...], books: Books) -> AsyncGenerator[None]:
    """So many agents, meanwhile; an error of one is an error of the test."""
    desks = [Desk(url, login, PASSWORD) for login in logins]
    for desk in desks:
        await desk.sign_in()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(desk.run()) for desk in desks]
        tasks += [group.create_task(Agent(desk, books).work()) for desk in desks]
        yield
        for task in tasks:
            task.cancel()
    for desk in desks:
        await desk.close()
