"""How long a centre with a million events in its journal takes to start.

The journal is that of a chat centre at work: 200 agents in 20 queues; contacts are opened, offered,
accepted, talked through and wrapped up, a few thousand are open at the end. Measured is
`CentreRuntime.start`: claim, load, ready to decide. *With a snapshot*: the newest one lies as far
back as it ever does, so that the longest tail is replayed. *Without*: everything is replayed. The
anchor is fetching the same rows from the server and doing nothing with them.
"""

from __future__ import annotations

import time
from collections import deque

import asyncpg
import uvloop

from bench.harness import Figure, Timing, report
from bench.journal import empty_server
from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.refusals import Refusal
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.loading import Loaded
from frontdesk.runtime.settings import RuntimeSettings

EVENTS = 1_000_000
GROUP_EVENTS = 5_000
AGENTS, QUEUES = 200, 20
MESSAGES = 8
OPEN_MAX = 2_000
COMMAND_MS = 20
START_MS = 1_763_830_000_000
REPEATS = 3
AIM_S = 3.0


class Floor:
    """A chat centre at work, one command after another, in its own time."""

    def __init__(self, events_max: int) -> None:
        self.centre = Centre()
        self.written = 0
        self.now_ms = START_MS
        self.envelopes: list[Envelope[AnyEvent]] = []
        self.engaged: deque[tuple[int, str, int]] = deque()
        self.contacts = 0
        self.served = 0
        self._events_max = events_max
        self._arrange()

    def obey(self, command: cmd.AnyCommand) -> None:
        self.now_ms += COMMAND_MS
        events = self.centre.decide(command, self.now_ms)
        assert not isinstance(events, Refusal), (command, events)
        first_seq = self.written + len(self.envelopes) + 1
        self.envelopes += [
            Envelope(
                seq=seq,
                at_ms=self.now_ms,
                actor="system:bench",
                command_id=None,
                command_seq=first_seq,
                causation=None,
                correlation=first_seq,
                event=event,
            )
            for seq, event in enumerate(events, first_seq)
        ]
        for event in events:
            if isinstance(event, ev.ContactOffered):
                self.engaged.append((event.offer_id, event.agent_id, event.contact_id))

    def _arrange(self) -> None:
        queue_ids = tuple(f"queue-{n}" for n in range(QUEUES))
        for queue_id in queue_ids:
            queue = st.Queue(queue_id=queue_id, name=queue_id, wrap_up_time_ms=60_000)
            self.obey(cmd.SaveSetting(queue))
        for n in range(AGENTS):
            profile = st.AgentProfile(agent_id=f"agent-{n}", name=f"Agent {n}", queue_ids=queue_ids)
            self.obey(cmd.SaveSetting(profile))
            self.obey(cmd.ConnectAgent(f"agent-{n}"))
            self.obey(cmd.SetPresence(f"agent-{n}", cmd.Presence.AVAILABLE))

    def take_group(self) -> list[Envelope[AnyEvent]]:
        """The next events to be written."""
        wanted = min(GROUP_EVENTS, self._events_max - self.written)
        while len(self.envelopes) < wanted:
            self._work()
        group, self.envelopes = self.envelopes[:wanted], self.envelopes[wanted:]
        return group

    def _work(self) -> None:
        due_ms = self.centre.next_wakeup_ms()
        if due_ms is not None and due_ms <= self.now_ms:
            self.obey(cmd.Advance())
        if self.contacts - self.served < OPEN_MAX:
            self.contacts += 1
            ref, queue_id = f"ref-{self.contacts}", f"queue-{self.contacts % QUEUES}"
            customer = cmd.CustomerCard(f"c-{self.contacts}", "A customer", "198.51.100.7")
            self.obey(cmd.OpenContact("webchat", ref, queue_id, customer, "An order"))
        if self.engaged:
            self._serve(*self.engaged.popleft())

    def _serve(self, offer_id: int, agent_id: str, contact_id: int) -> None:
        self.served += 1
        self.obey(cmd.AcceptOffer(offer_id, agent_id))
        for n in range(MESSAGES):
            author, who = (cmd.Author.AGENT, agent_id) if n % 2 else (cmd.Author.CUSTOMER, None)
            text = "Thank you, I have found the order and will send the papers today."
            self.obey(cmd.PostMessage(contact_id, author, f"m-{contact_id}-{n}", text, who))
        self.obey(cmd.EndContact(contact_id, cmd.Author.AGENT, agent_id))
        self.obey(cmd.CompleteWrapUp(offer_id, agent_id))


def build_journal(dsn: str) -> PostgresJournal[AnyEvent]:
    return PostgresJournal(dsn, "main", Codec[AnyEvent](AnyEvent, UPCASTERS))


async def fill(dsn: str, events: int, tail: int) -> tuple[int, float]:
    """Writes the journal, with one snapshot ``tail`` events before its end.

    Returns the snapshot's bytes, and the seconds for which taking it stops the writer.
    """
    journal, floor = build_journal(dsn), Floor(events)
    await journal.claim()
    while floor.written < events:
        group = floor.take_group()
        await journal.append(group)
        floor.written = group[-1].seq
    loaded = await replay_until(journal, events - tail)
    started = time.perf_counter()
    snapshot = loaded.dump()
    stall_s = time.perf_counter() - started
    await journal.save_snapshot(snapshot)
    await journal.close()
    return sum(len(part.state) for part in snapshot.parts.values()), stall_s


async def replay_until(journal: PostgresJournal[AnyEvent], seq: int) -> Loaded:
    loaded = Loaded()
    async for chunk in journal.read(0, seq):
        loaded.replay(chunk)
    return loaded


async def measure_start(dsn: str, repeats: int, after_seq: int) -> tuple[Timing, Timing]:
    """Starts again and again; the snapshot that each stop keeps is dropped.

    By the clock, and what of it this process computed: the rest was waiting for the server or, on
    a busy machine, for a core.
    """
    seconds: list[float] = []
    computed: list[float] = []
    for _ in range(repeats):
        runtime = CentreRuntime(build_journal(dsn), clock=ManualClock(START_MS))
        started, computed_before = time.perf_counter(), time.thread_time()
        await runtime.start()
        seconds.append(time.perf_counter() - started)
        computed.append(time.thread_time() - computed_before)
        await runtime.stop()
        await drop_snapshots(dsn, after_seq)
    return Timing("start", tuple(seconds)), Timing("computed", tuple(computed))


async def measure_fetch(dsn: str) -> Timing:
    connection = await asyncpg.connect(dsn)
    started, seq = time.perf_counter(), 0
    query = "SELECT * FROM journal WHERE centre = 'main' AND seq > $1 ORDER BY seq LIMIT 5000"
    while rows := await connection.fetch(query, seq):
        seq = rows[-1]["seq"]
    await connection.close()
    return Timing("fetch", (time.perf_counter() - started,))


async def drop_snapshots(dsn: str, after_seq: int) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("DELETE FROM journal_snapshot WHERE seq > $1", after_seq)
    await connection.close()


async def measure_all(events: int = EVENTS) -> list[Figure]:
    tail = RuntimeSettings().snapshot_every_events
    async with empty_server() as dsn:
        snapshot_bytes, stall_s = await fill(dsn, events, tail)
        fetch = await measure_fetch(dsn)
        with_snapshot, computed = await measure_start(dsn, REPEATS, events - tail)
        await drop_snapshots(dsn, 0)
        without, _ = await measure_start(dsn, 1, 0)
    return [
        Figure(
            name=f"start, {events:,} events, snapshot {tail:,} back",
            value=with_snapshot.median_s,
            unit="s",
            aim=f"under {AIM_S} s",
            met=with_snapshot.median_s < AIM_S,
        ),
        Figure("of which this process computed", computed.median_s, "s"),
        Figure(
            name=f"start, {events:,} events, no snapshot",
            value=without.median_s,
            unit="s",
            anchor="fetching the rows alone",
            anchor_value=fetch.median_s,
        ),
        Figure("events replayed a second", without.rate(events), "events/s"),
        Figure("a snapshot", snapshot_bytes / 2**20, "MiB"),
        Figure("the writer's pause for a snapshot", stall_s * 1_000, "ms"),
    ]


def main() -> bool:
    return report("start", uvloop.run(measure_all()))
