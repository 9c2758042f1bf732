"""Snapshot + updates = fresh snapshot, for every client, over any commands.

Clients read at their own pace, lose their connection and resume, and the centre is rebuilt under
them; whoever has read all there is sees exactly what a newcomer sees.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from frontdesk.api.stream.hub import Resume, StreamHub
from frontdesk.api.stream.subscriber import OUTBOX_FRAMES_MAX, Subscriber
from frontdesk.api.stream.topics import Topic
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel import commands as cmd
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.watching import Watches
from tests.kernel import moves, repertoire

ROUNDS = 60
COMMANDS_A_ROUND = 12

Frame = dict[str, Any]


class Client:
    """What a desk does with its frames."""

    def __init__(self, hub: StreamHub, topic: Topic, agent_id: str | None) -> None:
        self._hub = hub
        self.topic = topic
        self.agent_id = agent_id
        self.collections: dict[str, dict[str, Any]] = {}
        self.epoch = ""
        self.seq = -1
        self.snapshots = 0
        self.subscriber: Subscriber | None = hub.subscribe(topic, agent_id)

    def go_away(self) -> None:
        assert self.subscriber is not None
        self._hub.unsubscribe(self.subscriber)
        self.subscriber = None

    def come_back(self) -> None:
        resume = Resume(self.epoch, self.seq)
        self.subscriber = self._hub.subscribe(self.topic, self.agent_id, resume)

    async def read_all(self) -> None:
        """Reads what is there, as a socket does that is never full."""
        assert self.subscriber is not None
        while True:
            reading = asyncio.ensure_future(self.subscriber.get_frame())
            await asyncio.sleep(0)
            if not reading.done():
                reading.cancel()
                return
            self.take(msgspec.json.decode(reading.result()))

    def take(self, frame: Frame) -> None:
        if frame["op"] == "snapshot":
            self.collections, self.epoch = frame["collections"], frame["epoch"]
            self.snapshots += 1
        elif frame["op"] == "update":
            for collection, documents in frame["upserts"].items():
                self.collections[collection].update(documents)
            for collection, ids in frame["removals"].items():
                for id_ in ids:
                    self.remove(collection, id_)
        assert frame["seq"] >= self.seq or frame["op"] == "snapshot"
        self.seq = frame["seq"]

    def remove(self, collection: str, id_: str) -> None:
        self.collections[collection].pop(id_, None)
        if collection == "contacts" and "messages" in self.collections:
            messages = self.collections["messages"]
            for key in [k for k in messages if k.startswith(f"{id_}/")]:
                del messages[key]

    def check(self) -> None:
        fresh = msgspec.json.decode(self._hub.build_snapshot(self.topic, self.agent_id))
        assert self.collections == fresh["collections"], f"{self.topic} of {self.agent_id}"


class Floor:
    """A centre with a hub whose pumps turn only when they are told to."""

    def __init__(self, seed: int) -> None:
        self.chooser = moves.SeededChooser(seed)
        self.clock = ManualClock()
        self.runtime = CentreRuntime(MemoryJournal(MemoryStore[AnyEvent]()), clock=self.clock)
        self.watches = Watches(self.runtime)
        self.hub = StreamHub(self.runtime, self.watches)

    async def start(self) -> list[Client]:
        await self.runtime.start()
        for command in repertoire.first_settings():
            await self.runtime.submit(command, actor="test")
        self.hub.start_again()
        clients = [Client(self.hub, Topic.DESK, agent_id) for agent_id in moves.AGENTS]
        return [*clients, Client(self.hub, Topic.FLOOR, None), Client(self.hub, Topic.FLOOR, None)]

    async def obey_some(self) -> None:
        with self.runtime.subscribe() as subscription:
            for _ in range(COMMANDS_A_ROUND):
                move = moves.pick(self.chooser, repertoire.ALL_MOVES)
                command = move(self.runtime.centre.state, self.chooser)
                await self.runtime.submit(command, actor="test")
                if moves.chance(self.chooser, 3):
                    self.clock.advance(moves.pick(self.chooser, moves.WAIT_MS))
                    # The writer hears of the alarm before the next command is put in.
                    await self.runtime.submit(cmd.Advance(), actor="test")
            for batch in subscription.get_waiting():
                self.hub.publish(batch.changes)

    def flush(self) -> None:
        self.hub.refresh_outlooks(all_queues=moves.chance(self.chooser, 3))
        self.hub.flush_floor()
        self.hub.flush_lobby()


def is_due(floor: Floor, one_in: int) -> bool:
    return moves.chance(floor.chooser, one_in)


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_has_read_all_sees_what_a_newcomer_sees(seed: int) -> None:
    clients = await live_through(Floor(seed))
    assert all(client.snapshots < ROUNDS // 2 for client in clients), "most resumes were updates"


async def test_whoever_was_away_for_too_long_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.api.stream.hub.RING_KEYS_MAX", 25)
    clients = await live_through(Floor(9))
    assert any(client.snapshots > 1 for client in clients)


async def live_through(floor: Floor) -> list[Client]:
    """Lets clients and centre meet their fates, and holds the law whenever all is sent."""
    clients = await floor.start()
    for _ in range(ROUNDS):
        await floor.obey_some()
        for client in clients:
            await meet_fate(floor, client)
        if is_due(floor, 2):
            floor.flush()
            for client in clients:
                if client.subscriber is not None:
                    await client.read_all()
                    client.check()
    await floor.runtime.stop()
    return clients


async def meet_fate(floor: Floor, client: Client) -> None:
    """A client reads, goes away or comes back."""
    if client.subscriber is None:
        if is_due(floor, 2):
            client.come_back()
    elif is_due(floor, 3):
        await client.read_all()
    elif client.epoch and is_due(floor, 6):
        client.go_away()


async def test_a_slow_client_gets_a_snapshot_instead_of_a_backlog() -> None:
    floor = Floor(1)
    slow, *_ = await floor.start()
    assert slow.subscriber is not None
    await slow.read_all()
    for i in range(OUTBOX_FRAMES_MAX + 50):
        await change_presence(floor, i)
    assert slow.subscriber.resync_count == 2
    await slow.read_all()
    assert slow.snapshots == 2
    floor.flush()
    await slow.read_all()
    slow.check()
    await floor.runtime.stop()


async def change_presence(floor: Floor, turn: int) -> None:
    presence = Presence.AVAILABLE if turn % 2 else Presence.OFFLINE
    with floor.runtime.subscribe() as subscription:
        await floor.runtime.submit(cmd.SetPresence(moves.AGENTS[0], presence), actor="test")
        for batch in subscription.get_waiting():
            floor.hub.publish(batch.changes)


@pytest.mark.parametrize(
    "resume", [Resume("another server's", 3), Resume("", 10**9), Resume("", -5)]
)
async def test_who_cant_be_told_what_was_missed_gets_a_snapshot(resume: Resume) -> None:
    floor = Floor(2)
    await floor.start()
    resume = Resume(resume.epoch or floor.hub.epoch, resume.seq)
    for topic, agent_id in ((Topic.DESK, moves.AGENTS[0]), (Topic.FLOOR, None)):
        subscriber = floor.hub.subscribe(topic, agent_id, resume)
        frame = msgspec.json.decode(await subscriber.get_frame())
        assert frame["op"] == "snapshot"
    await floor.runtime.stop()


async def test_the_floor_never_sees_what_is_written() -> None:
    floor = Floor(3)
    *_, supervisor = await floor.start()
    channel = cmd.OpenContact("webchat", "x", "q1")
    await floor.runtime.submit(channel, actor="test")
    message = cmd.PostMessage(1, Author.CUSTOMER, "m", "my secret")
    with floor.runtime.subscribe() as subscription:
        await floor.runtime.submit(message, actor="test")
        for batch in subscription.get_waiting():
            floor.hub.publish(batch.changes)
    floor.flush()
    assert supervisor.subscriber is not None
    frames = [await supervisor.subscriber.get_frame()]
    assert b'"contacts":{"1"' in frames[0]
    assert b"my secret" not in frames[0]
    assert b"my secret" not in floor.hub.build_snapshot(Topic.FLOOR, None)
    await floor.runtime.stop()


async def test_typing_is_told_to_the_others_in_the_contact() -> None:
    floor = Floor(4)
    anna, boris, *_ = await floor.start()
    agent_id = moves.AGENTS[0]
    await floor.runtime.submit(cmd.SetPresence(agent_id, Presence.AVAILABLE), actor="test")
    await floor.runtime.submit(cmd.OpenContact("webchat", "x", "q1"), actor="test")
    await anna.read_all()
    await boris.read_all()
    assert anna.subscriber is not None
    assert boris.subscriber is not None
    floor.watches.say_typing(1, Author.CUSTOMER)
    frame = msgspec.json.decode(await anna.subscriber.get_frame())
    assert frame == {"op": "typing", "contact_id": 1, "author": "customer", "agent_id": None}
    floor.watches.say_typing(1, Author.AGENT, agent_id)
    floor.watches.say_typing(99, Author.CUSTOMER)
    boris.subscriber.offer(b"last")
    assert await boris.subscriber.get_frame() == b"last", "it is nobody else's affair"
    await floor.runtime.stop()
