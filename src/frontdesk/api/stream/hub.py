"""Spreads what changes in the live picture among all who look at it.

Three paces. What concerns one agent is sent as soon as its batch is durable. The
floor is gathered for `FLOOR_PAUSE_S` (an alarm sends it at once), the lobby for
`LOBBY_PAUSE_S`: documents that change many times in between are rendered and encoded
once. The outlook of queues (open, expected wait), which no event tells, is asked for
once per `LOBBY_PAUSE_S`, of those queues alone in which something happened, and of
all queues every minute.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable

import msgspec

from frontdesk.api.stream.frames import (
    Snapshot,
    Typing,
    Update,
    build_update,
    collect,
    encode,
    encode_document,
)
from frontdesk.api.stream.ring import Ring
from frontdesk.api.stream.subscriber import Subscriber
from frontdesk.api.stream.topics import (
    FLOOR_COLLECTIONS,
    LOBBY_COLLECTIONS,
    OWN_COLLECTIONS,
    Topic,
    find_lobby_key,
    list_floor_keys,
    list_lobby_keys,
    list_own_keys,
    render_floor,
    render_lobby,
    render_own,
)
from frontdesk.kernel.commands import Author
from frontdesk.runtime.bus import CutOff
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.watching import Watches
from frontdesk.views.changes import ALARMS, QUEUES, Changes, Key
from frontdesk.views.live import LiveView
from frontdesk.views.outlook import find_outlooks

FLOOR_PAUSE_S = 0.25
LOBBY_PAUSE_S = 1.0
OUTLOOK_ALL_PAUSES = 60
"""Every so many lobby pauses all queues are looked at: opening hours begin without an event."""

LOBBY_PAUSE_PER_DESK_S = 0.000_5
"""So much longer for each desk that is open: with thousands, sending to all is work."""

RING_KEYS_MAX = 50_000

Documents = list[tuple[Key, msgspec.Raw | None]]


class Resume(msgspec.Struct, frozen=True):
    """Where a client left off."""

    epoch: str
    seq: int


class StreamHub:
    """All subscribers of a centre in this process. `run` must be running for them to hear."""

    def __init__(self, runtime: CentreRuntime, watches: Watches) -> None:
        watches.on_typing(self.say_typing)
        self._runtime = runtime
        self._clock = runtime.clock
        self._desks: dict[str, set[Subscriber]] = {}
        self._floor: set[Subscriber] = set()
        self._floor_pending: dict[Key, None] = {}
        self._lobby_pending: dict[Key, None] = {}
        self._lobby_sent: dict[Key, msgspec.Raw] = {}
        self._lobby: dict[str, msgspec.Raw] | None = None
        self._stirred: set[str] = set()
        self._begin_epoch()

    def _begin_epoch(self) -> None:
        self.epoch = secrets.token_hex(8)
        self._own_ring = Ring(RING_KEYS_MAX)
        self._floor_ring = Ring(RING_KEYS_MAX)
        self._lobby_ring = Ring(RING_KEYS_MAX)
        self._lobby_sent = {}
        self._lobby = None
        self._floor_pending = {}
        self._lobby_pending = {}

    # -- subscribers

    def subscribe(
        self, topic: Topic, agent_id: str | None, resume: Resume | None = None
    ) -> Subscriber:
        """A new client; its first frame is what it missed, or a snapshot.

        `agent_id` is whose desk it is; None for the floor.
        """
        subscriber = Subscriber(topic, agent_id, lambda: self.build_snapshot(topic, agent_id))
        missed = None if resume is None else self._build_missed(topic, agent_id, resume)
        if missed is None:
            subscriber.start_again()
        else:
            subscriber.offer(missed)
        if agent_id is not None and topic is Topic.DESK:
            self._desks.setdefault(agent_id, set()).add(subscriber)
        else:
            self._floor.add(subscriber)
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        self._floor.discard(subscriber)
        desks = self._desks.get(subscriber.agent_id or "", set())
        desks.discard(subscriber)
        if not desks:
            self._desks.pop(subscriber.agent_id or "", None)

    def count_desks(self, agent_id: str) -> int:
        """How many desks of the agent are open."""
        return len(self._desks.get(agent_id, ()))

    def build_snapshot(self, topic: Topic, agent_id: str | None) -> bytes:
        """All there is to see, as a frame."""
        live = self._runtime.live
        if topic is Topic.FLOOR:
            shown = [(key, render_floor(live, key)) for key in list_floor_keys(live)]
            collections = collect(FLOOR_COLLECTIONS, shown)
        else:
            assert agent_id is not None, "a desk is somebody's"
            own = [(key, render_own(live, agent_id, key)) for key in list_own_keys(live, agent_id)]
            collections = {**self._get_lobby(live), **collect(OWN_COLLECTIONS, own)}
        return encode(Snapshot(self.epoch, live.seq, self._clock.now_ms(), collections))

    def _get_lobby(self, live: LiveView) -> dict[str, msgspec.Raw]:
        # What was sent last, even where it has changed since: the next flush says so to everybody,
        # and leaves out what looks the same. Kept until then as bytes, so that when all desks
        # return at once each costs its own part alone.
        if self._lobby is None:
            documents: Documents = []
            for key in list_lobby_keys(live):
                document = self._lobby_sent.get(key)
                if document is None:
                    document = render_lobby(live, key)
                    if document is not None and key not in self._lobby_pending:
                        self._lobby_sent[key] = document
                documents.append((key, document))
            whole = collect(LOBBY_COLLECTIONS, documents)
            self._lobby = {name: encode_document(found) for name, found in whole.items()}
        return self._lobby

    def _build_missed(self, topic: Topic, agent_id: str | None, resume: Resume) -> bytes | None:
        live = self._runtime.live
        if resume.epoch != self.epoch or resume.seq > live.seq:
            return None
        if topic is Topic.FLOOR:
            keys = self._floor_ring.find_since(resume.seq)
            documents = [(key, render_floor(live, key)) for key in keys or ()]
        else:
            assert agent_id is not None, "a desk is somebody's"
            keys = self._own_ring.find_since(resume.seq, agent_id)
            lobby = self._lobby_ring.find_since(resume.seq)
            if lobby is None:
                return None
            documents = [(key, render_own(live, agent_id, key)) for key in keys or ()]
            documents += [(key, self._lobby_sent.get(key)) for key in lobby]
        if keys is None:
            return None
        now_ms = self._clock.now_ms()
        update = build_update(live.seq, now_ms, documents)
        return encode(update or build_empty(live.seq, now_ms))

    # -- what changes

    def publish(self, changes: Changes) -> None:
        """Takes in changed documents: sends agents their own at once, keeps the rest for later."""
        live = self._runtime.live
        seq = live.seq
        own: dict[str, list[Key]] = {}
        for key, agent_ids in changes.items():
            for agent_id in agent_ids:
                self._own_ring.add(seq, key, agent_id)
                if agent_id in self._desks:
                    own.setdefault(agent_id, []).append(key)
            self._keep_for_later(key)
        for agent_id, keys in own.items():
            self._send_own(live, agent_id, keys)
        if any(key[0] == ALARMS for key in changes):
            self.flush_floor()

    def _keep_for_later(self, key: Key) -> None:
        collection = key[0]
        if collection == QUEUES:
            self._stirred.add(str(key[1]))
        if collection in FLOOR_COLLECTIONS:
            self._floor_pending[key] = None
        lobby_key = find_lobby_key(key)
        if lobby_key is not None:
            self._lobby_pending[lobby_key] = None

    def _send_own(self, live: LiveView, agent_id: str, keys: Iterable[Key]) -> None:
        documents = [(key, render_own(live, agent_id, key)) for key in keys]
        self._send(self._desks[agent_id], live.seq, documents)

    def flush_floor(self) -> None:
        """Sends the floor what has gathered for it."""
        live = self._runtime.live
        keys, self._floor_pending = self._floor_pending, {}
        for key in keys:
            self._floor_ring.add(live.seq, key)
        if self._floor:
            self._send(self._floor, live.seq, [(key, render_floor(live, key)) for key in keys])

    def flush_lobby(self) -> None:
        """Sends every desk what has gathered in the lobby and looks different from before."""
        live = self._runtime.live
        keys, self._lobby_pending = self._lobby_pending, {}
        self._lobby = None
        documents: Documents = []
        for key in keys:
            document = render_lobby(live, key)
            if document is None:
                self._lobby_sent.pop(key, None)
            elif self._lobby_sent.get(key) == document:
                continue
            else:
                self._lobby_sent[key] = document
            documents.append((key, document))
            self._lobby_ring.add(live.seq, key)
        desks = [subscriber for desks in self._desks.values() for subscriber in desks]
        if desks:
            self._send(desks, live.seq, documents)

    def _send(self, to: Iterable[Subscriber], seq: int, documents: Documents) -> None:
        update = build_update(seq, self._clock.now_ms(), documents)
        if update is not None:
            frame = encode(update)
            for subscriber in to:
                subscriber.offer(frame)

    def refresh_outlooks(self, *, all_queues: bool = False) -> None:
        """Asks anew what no event tells, of the queues in which something happened or of all."""
        try:
            live, state = self._runtime.live, self._runtime.centre.state
        except Unavailable:
            return
        queues = live.board.state.queues
        queue_ids = queues.keys() if all_queues else sorted(self._stirred & queues.keys())
        channels_of = {queue_id: queues[queue_id].channels for queue_id in queue_ids}
        now_ms = self._clock.now_ms()
        self.publish(live.refresh(now_ms, find_outlooks(state, channels_of, now_ms)))
        self._stirred.clear()

    def say_typing(self, contact_id: int, author: Author, agent_id: str | None) -> None:
        """Tells the desks of the contact's agents, but not the one who types."""
        contact = self._runtime.live.board.state.contacts.get(contact_id)
        if contact is None:
            return
        frame = encode(Typing(contact_id, author.value, agent_id))
        for other_id in contact.links:
            if other_id != agent_id:
                for subscriber in self._desks.get(other_id, ()):
                    subscriber.offer(frame)

    # -- supervision

    async def run(self) -> None:
        """Follows the centre until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_bus())
            tasks.create_task(self._flush_floor_steadily())
            tasks.create_task(self._flush_lobby_steadily())

    async def _follow_bus(self) -> None:
        while True:
            with self._runtime.subscribe() as subscription:
                try:
                    while True:
                        self.publish((await subscription.get()).changes)
                except CutOff:
                    self.start_again()

    def start_again(self) -> None:
        """The picture was built anew: everybody gets a snapshot, and nobody can resume."""
        self._begin_epoch()
        self.refresh_outlooks(all_queues=True)
        for subscriber in [*self._floor, *(s for desks in self._desks.values() for s in desks)]:
            subscriber.start_again()

    async def _flush_floor_steadily(self) -> None:
        while True:
            await asyncio.sleep(FLOOR_PAUSE_S)
            if self._floor_pending:
                self.flush_floor()

    async def _flush_lobby_steadily(self) -> None:
        pauses = 0
        while True:
            self.refresh_outlooks(all_queues=pauses % OUTLOOK_ALL_PAUSES == 0)
            if self._lobby_pending:
                self.flush_lobby()
            pauses += 1
            await asyncio.sleep(LOBBY_PAUSE_S + LOBBY_PAUSE_PER_DESK_S * len(self._desks))


def build_empty(seq: int, now_ms: int) -> Update:
    """An update that says only: nothing has changed."""
    return Update(seq, now_ms, {}, {})
