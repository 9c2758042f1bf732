"""Follows a centre's events from any point: from the journal first, then as they happen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection
from typing import Protocol

import msgspec

from frontdesk.journal.codec import get_tag
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.port import JournalReader
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.bus import Bus, CutOff
from frontdesk.runtime.clock import Clock, pause
from frontdesk.runtime.settings import RuntimeSettings

log = logging.getLogger(__name__)


class Stretch(msgspec.Struct, frozen=True):
    """The wanted events up to and including ``until_seq``: a follower that has them is that far."""

    until_seq: int
    envelopes: list[Envelope[AnyEvent]]


class Feed:
    """Where followers get a centre's durable events."""

    def __init__(
        self, journal: JournalReader[AnyEvent], bus: Bus, find_durable_seq: Callable[[], int]
    ) -> None:
        self._journal = journal
        self._bus = bus
        self._find_durable_seq = find_durable_seq

    @property
    def durable_seq(self) -> int:
        """The last event that is durable and was told."""
        return self._find_durable_seq()

    async def follow(
        self, after_seq: int, types: Collection[str] | None = None
    ) -> AsyncIterator[Stretch]:
        """Every event after ``after_seq``, in order, without end. Raises the journal's errors.

        A follower that lags too far for the bus goes on reading from the journal.
        """
        while True:
            with self._bus.subscribe() as subscription:
                durable_seq = self.durable_seq
                async for chunk in self._journal.read(after_seq, durable_seq, types):
                    after_seq = chunk[-1].seq
                    yield Stretch(after_seq, chunk)
                if after_seq < durable_seq:
                    after_seq = durable_seq
                    yield Stretch(after_seq, [])
                try:
                    while True:
                        batches = [await subscription.get(), *subscription.get_waiting()]
                        envelopes = [e for b in batches for e in b.envelopes if e.seq > after_seq]
                        after_seq = batches[-1].last_seq
                        yield Stretch(after_seq, _narrow(envelopes, types))
                except CutOff:
                    continue


def _narrow(
    envelopes: list[Envelope[AnyEvent]], types: Collection[str] | None
) -> list[Envelope[AnyEvent]]:
    if types is None:
        return envelopes
    return [envelope for envelope in envelopes if get_tag(type(envelope.event)) in types]


class Follower(Protocol):
    """Something that works through the events at its own pace and knows how far it is."""

    @property
    def name(self) -> str: ...

    @property
    def seq(self) -> int:
        """The last event it has dealt with."""
        ...

    async def run(self, feed: Feed) -> None:
        """Goes on from where it was, until cancelled. Whatever it raises, it is run again."""
        ...


async def supervise(
    follower: Follower, feed: Feed, clock: Clock, settings: RuntimeSettings
) -> None:
    """Runs a follower for ever, with growing pauses while it fails."""
    wait_ms = settings.retry_first_ms
    while True:
        seq = follower.seq
        try:
            await follower.run(feed)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.warning(
                "A follower failed and starts again",
                extra={"follower": follower.name, "seq": follower.seq, "error": str(error)},
                exc_info=True,
            )
        wait_ms = settings.retry_first_ms if follower.seq > seq else wait_ms * 2
        await pause(clock, min(wait_ms, settings.retry_last_ms))
