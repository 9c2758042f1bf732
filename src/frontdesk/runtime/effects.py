"""What is done in the world because of an event, after the event is durable.

A handler gets each event of its types at least once: again after a crash, when how far it had come
wasn't noted yet. So it must be idempotent by the event's seq. Effects of one lane (say, a contact)
happen in order; lanes don't wait for each other.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Hashable
from typing import Protocol

import msgspec

from frontdesk.journal.codec import get_tag
from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.clock import Clock, pause
from frontdesk.runtime.following import Feed
from frontdesk.runtime.settings import RuntimeSettings

log = logging.getLogger(__name__)


class EffectFailed(Exception):
    """The effect didn't happen. ``retryable`` says whether trying again may help."""

    def __init__(self, reason: str, *, retryable: bool = True) -> None:
        super().__init__(reason)
        self.retryable = retryable


class EffectHandler(Protocol):
    """Does one kind of thing in the world."""

    @property
    def name(self) -> str: ...

    @property
    def types(self) -> frozenset[str]:
        """Names of the event types it acts on."""
        ...

    def find_lane(self, envelope: Envelope[AnyEvent]) -> Hashable:
        """What the effect must keep its order with."""
        ...

    async def handle(self, envelope: Envelope[AnyEvent]) -> None:
        """Does it; twice for the same seq is the same as once. Raises EffectFailed."""
        ...


class EffectFailure(msgspec.Struct, frozen=True, kw_only=True):
    """An effect that was given up; `seq` and `type` are those of the event it should follow."""

    handler: str
    seq: int
    type: str
    contact_id: int | None
    attempts: int
    error: str
    failed_at_ms: int


class EffectStore(Protocol):
    """Where handlers' progress and failures are kept. Calls raise JournalUnavailable."""

    async def find_cursor(self, handler: str) -> int | None:
        """The last event dealt with; None of a handler never heard of."""
        ...

    async def save_cursor(self, handler: str, seq: int) -> None: ...

    async def record_failure(self, failure: EffectFailure) -> None:
        """Keeps the failure; one for the same handler and event is replaced."""
        ...

    async def list_failures(self, failures_max: int) -> list[EffectFailure]:
        """The latest failures, newest first."""
        ...


class EffectRunner:
    """A `Follower` that runs one handler.

    A handler that is new begins at the first event when ``from_start``, else at the event that is
    the latest when it first runs.
    """

    def __init__(
        self,
        handler: EffectHandler,
        store: EffectStore,
        clock: Clock,
        settings: RuntimeSettings,
        *,
        from_start: bool = True,
    ) -> None:
        self._handler = handler
        self._store = store
        self._clock = clock
        self._settings = settings
        self._from_start = from_start
        self._seq = 0
        self._saved_seq = 0
        self._reached_seq = 0
        self._under_way: dict[int, None] = {}
        self._lanes: dict[Hashable, deque[Envelope[AnyEvent]]] = {}
        self._room = asyncio.Event()

    @property
    def name(self) -> str:
        return self._handler.name

    @property
    def seq(self) -> int:
        return self._seq

    async def run(self, feed: Feed) -> None:
        """Goes on from the cursor until cancelled. Raises the store's and the journal's errors."""
        self._under_way.clear()
        self._lanes.clear()
        await self._find_start(feed)
        async with asyncio.TaskGroup() as lanes:
            async for stretch in feed.follow(self._seq, self._handler.types):
                for envelope in stretch.envelopes:
                    await self._wait_for_room()
                    self._reached_seq = envelope.seq
                    self._begin(envelope, lanes)
                self._reached_seq = stretch.until_seq
                await self._note_progress()

    async def _find_start(self, feed: Feed) -> None:
        cursor = await self._store.find_cursor(self.name)
        if cursor is None:
            cursor = 0 if self._from_start else feed.durable_seq
            await self._store.save_cursor(self.name, cursor)
        self._seq = self._saved_seq = self._reached_seq = cursor

    async def _wait_for_room(self) -> None:
        while len(self._under_way) >= self._settings.effect_lanes_max:
            self._room.clear()
            await self._room.wait()

    def _begin(self, envelope: Envelope[AnyEvent], lanes: asyncio.TaskGroup) -> None:
        self._under_way[envelope.seq] = None
        lane = self._handler.find_lane(envelope)
        if (waiting := self._lanes.get(lane)) is not None:
            waiting.append(envelope)
            return
        self._lanes[lane] = deque([envelope])
        lanes.create_task(self._work_off(lane))

    async def _work_off(self, lane: Hashable) -> None:
        waiting = self._lanes[lane]
        while waiting:
            envelope = waiting.popleft()
            await self._perform(envelope)
            del self._under_way[envelope.seq]
            self._room.set()
            await self._note_progress()
        del self._lanes[lane]

    async def _note_progress(self) -> None:
        # What is under way is in order of seq: the first of it holds the cursor back.
        first = next(iter(self._under_way), None)
        self._seq = self._reached_seq if first is None else first - 1
        behind = self._seq - self._saved_seq
        if (first is None and behind > 0) or behind >= self._settings.effect_lanes_max:
            self._saved_seq = self._seq
            await self._store.save_cursor(self.name, self._saved_seq)

    async def _perform(self, envelope: Envelope[AnyEvent]) -> None:
        wait_ms = self._settings.effect_retry_first_ms
        for attempt in range(1, self._settings.effect_attempts_max + 1):
            try:
                await self._handler.handle(envelope)
            except Exception as error:  # noqa: BLE001 - supervision: a handler's bug is its failure
                retryable = error.retryable if isinstance(error, EffectFailed) else True
                if not retryable or attempt == self._settings.effect_attempts_max:
                    await self._give_up(envelope, attempt, error)
                    return
            else:
                return
            await pause(self._clock, wait_ms)
            wait_ms = min(wait_ms * 2, self._settings.effect_retry_last_ms)

    async def _give_up(self, envelope: Envelope[AnyEvent], attempts: int, error: Exception) -> None:
        failure = EffectFailure(
            handler=self.name,
            seq=envelope.seq,
            type=get_tag(type(envelope.event)),
            contact_id=getattr(envelope.event, "contact_id", None),
            attempts=attempts,
            error=str(error) or type(error).__name__,
            failed_at_ms=self._clock.now_ms(),
        )
        await self._store.record_failure(failure)
        log.error("An effect was given up", extra=msgspec.structs.asdict(failure))
