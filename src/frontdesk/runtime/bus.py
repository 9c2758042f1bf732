"""What has become durable, handed to whoever listens in this process.

Nobody can slow the writer: a subscriber that lags too far is cut off, and takes up from a snapshot
or from the journal instead.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent
from frontdesk.views.changes import Changes


class Batch(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Neighbouring events, durable since a moment, and what they changed in the live view."""

    envelopes: Sequence[Envelope[AnyEvent]]
    changes: Changes

    @property
    def first_seq(self) -> int:
        return self.envelopes[0].seq

    @property
    def last_seq(self) -> int:
        return self.envelopes[-1].seq


class CutOff(Exception):
    """The subscriber lagged too far, or the centre's views were rebuilt: resume by a snapshot."""


class Subscription:
    """One listener's queue of batches. Use as a context manager: leaving it unsubscribes."""

    def __init__(self, bus: Bus, batches_max: int) -> None:
        self._bus = bus
        self._batches: deque[Batch] = deque()
        self._batches_max = batches_max
        self._arrived = asyncio.Event()
        self._cut_off = False

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.unsubscribe(self)

    async def get(self) -> Batch:
        """The next batch. Raises CutOff when there will be none; what was queued is lost then."""
        while not self._cut_off and not self._batches:
            self._arrived.clear()
            await self._arrived.wait()
        if self._cut_off:
            raise CutOff
        return self._batches.popleft()

    def get_waiting(self) -> list[Batch]:
        """The batches that are there already, without waiting."""
        batches = list(self._batches)
        self._batches.clear()
        return batches

    def offer(self, batch: Batch) -> bool:
        """Queues a batch, or cuts the subscriber off and returns False."""
        if len(self._batches) >= self._batches_max:
            self.cut_off()
            return False
        self._batches.append(batch)
        self._arrived.set()
        return True

    def cut_off(self) -> None:
        """Ends the subscription from the bus's side."""
        self._cut_off = True
        self._batches.clear()
        self._arrived.set()


class Bus:
    """All subscriptions of a centre in this process."""

    def __init__(self, batches_max: int) -> None:
        self._batches_max = batches_max
        self._subscriptions: set[Subscription] = set()

    @property
    def subscriber_count(self) -> int:
        return len(self._subscriptions)

    def subscribe(self) -> Subscription:
        """Listens to what is published from now on."""
        subscription = Subscription(self, self._batches_max)
        self._subscriptions.add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)

    def publish(self, batch: Batch) -> None:
        cut = [s for s in self._subscriptions if not s.offer(batch)]
        self._subscriptions.difference_update(cut)

    def cut_all_off(self) -> None:
        """Tells every subscriber to start again from a snapshot."""
        for subscription in self._subscriptions:
            subscription.cut_off()
        self._subscriptions.clear()
