"""One contact as its customer sees it, followed by whoever serves that customer.

::

    with watches.watch(contact_id, after=last_number_seen) as watch:
        async for news in watch:
            ...  # news.contact, news.messages, news.place, news.typing

A watch keeps no queue: it wakes its follower and tells what is true by then. So
a slow follower skips what has passed, never a message, and costs no memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import islice

import msgspec

from frontdesk.kernel.commands import Author
from frontdesk.runtime.bus import CutOff
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import Unavailable
from frontdesk.views.changes import CONTACTS, QUEUES, Changes
from frontdesk.views.documents import ContactDocument, ContactState, MessageDocument, PlaceDocument
from frontdesk.views.live import LiveView
from frontdesk.views.outlook import find_place

PLACE_REFRESH_S = 1.0
PLACES_A_REFRESH_MAX = 500
"""Places worked out at a time; when more people wait, each is told less often."""

TypingListener = Callable[[int, Author, str | None], None]
"""Hears (contact_id, author, agent_id) of somebody who is typing."""


class ContactNews(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer may know of the contact now, and the messages since the last news."""

    contact: ContactDocument | None
    """None: it is closed, past rating, and out of the live picture."""
    agent_name: str | None
    """Of the agent who is engaged; None: nobody is."""
    place: PlaceDocument | None
    """None: it doesn't wait, or is on offer to an agent just now."""
    messages: tuple[MessageDocument, ...]
    """Oldest first, internal notes left out."""
    missed: bool
    """Messages before these are no longer in the live picture: read them from the records."""
    typing: bool
    """An agent typed since the last news."""


class ContactWatch:
    """One follower of one contact. Made by `Watches.watch`; leaving it as a context ends it."""

    def __init__(self, watches: Watches, contact_id: int, after: int) -> None:
        self._watches = watches
        self._seen = after
        self._woken = asyncio.Event()
        self._woken.set()
        self._typing = False
        self._over = False
        self._place: PlaceDocument | None = None
        self.contact_id = contact_id

    def __enter__(self) -> ContactWatch:
        return self

    def __exit__(self, *_: object) -> None:
        self._watches.forget(self)

    def __aiter__(self) -> ContactWatch:
        return self

    async def __anext__(self) -> ContactNews:
        """At first at once, then whenever something has changed; ends after `contact` None.

        Raises Unavailable before the centre was loaded for the first time.
        """
        if self._over:
            raise StopAsyncIteration
        await self._woken.wait()
        self._woken.clear()
        return self._build_news(self._watches.runtime.live)

    def _build_news(self, live: LiveView) -> ContactNews:
        contact = live.find_contact(self.contact_id)
        self._over = contact is None
        kept = live.find_messages(self.contact_id, self._seen)
        missed = bool(kept) and kept[0].number > self._seen + 1
        self._seen = kept[-1].number if kept else self._seen
        self._place = self._watches.find_place(self.contact_id)
        typing, self._typing = self._typing, False
        return ContactNews(
            contact=contact,
            agent_name=_find_agent_name(live, contact),
            place=self._place,
            messages=tuple(m for m in kept if not m.internal),
            missed=missed,
            typing=typing,
        )

    def wake(self, *, typing: bool = False) -> None:
        self._typing = self._typing or typing
        self._woken.set()

    def wake_if_moved(self) -> None:
        if self._watches.find_place(self.contact_id) != self._place:
            self._woken.set()


def _find_agent_name(live: LiveView, contact: ContactDocument | None) -> str | None:
    if contact is None or contact.state is not ContactState.ENGAGED:
        return None
    agent = live.board.state.agents.get(contact.agent_id or "")
    return agent.profile.name if agent is not None else None


class Watches:
    """All watches of a centre in this process. `run` must be running for them to hear anything."""

    def __init__(self, runtime: CentreRuntime) -> None:
        self.runtime = runtime
        self._by_contact: dict[int, set[ContactWatch]] = {}
        self._typing_listeners: list[TypingListener] = []
        self._stirred: set[str] = set()
        self._unsure: dict[int, None] = {}
        """Contacts whose place may have changed, in the order of their turn."""

    def watch(self, contact_id: int, after: int = 0) -> ContactWatch:
        """Follows a contact, its messages from the one after number `after`."""
        watch = ContactWatch(self, contact_id, after)
        self._by_contact.setdefault(contact_id, set()).add(watch)
        return watch

    def forget(self, watch: ContactWatch) -> None:
        watches = self._by_contact.get(watch.contact_id, set())
        watches.discard(watch)
        if not watches:
            self._by_contact.pop(watch.contact_id, None)

    def count(self, contact_id: int) -> int:
        """How many follow the contact now."""
        return len(self._by_contact.get(contact_id, ()))

    def on_typing(self, listener: TypingListener) -> None:
        """Adds one who hears of all typing, for the desks."""
        self._typing_listeners.append(listener)

    def say_typing(self, contact_id: int, author: Author, agent_id: str | None = None) -> None:
        """Somebody is typing: told to the others in the contact, and kept nowhere."""
        if author is Author.AGENT:
            for watch in self._by_contact.get(contact_id, ()):
                watch.wake(typing=True)
        for listener in self._typing_listeners:
            listener(contact_id, author, agent_id)

    async def run(self) -> None:
        """Wakes watches as events become durable and as waiting contacts move up."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_bus())
            tasks.create_task(self._follow_places())

    async def _follow_bus(self) -> None:
        while True:
            with self.runtime.subscribe() as subscription:
                try:
                    while True:
                        self._hear((await subscription.get()).changes)
                except CutOff:
                    for contact_id in list(self._by_contact):
                        self._wake(contact_id)

    def _hear(self, changes: Changes) -> None:
        for collection, id_ in changes:
            if collection == CONTACTS:
                self._wake(int(id_))
            elif collection == QUEUES:
                self._stirred.add(str(id_))

    def _wake(self, contact_id: int) -> None:
        for watch in self._by_contact.get(contact_id, ()):
            watch.wake()

    async def _follow_places(self) -> None:
        while True:
            await asyncio.sleep(PLACE_REFRESH_S)
            self.refresh_places()

    def refresh_places(self) -> None:
        """Wakes the watches of contacts whose place has changed, in queues that have changed."""
        stirred, self._stirred = self._stirred, set()
        contacts = self.runtime.live.board.state.contacts
        for contact_id in self._by_contact:
            contact = contacts.get(contact_id)
            if contact is not None and contact.in_queue and contact.queue_id in stirred:
                self._unsure.setdefault(contact_id)
        for contact_id in list(islice(self._unsure, PLACES_A_REFRESH_MAX)):
            del self._unsure[contact_id]
            for watch in self._by_contact.get(contact_id, ()):
                watch.wake_if_moved()

    def find_place(self, contact_id: int) -> PlaceDocument | None:
        """Where the contact stands; None: it doesn't wait, or nothing can be said just now."""
        try:
            return find_place(self.runtime.centre.state, contact_id)
        except Unavailable:
            return None
