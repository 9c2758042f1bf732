"""Token buckets in memory: so many at once, so many a minute, by whoever asks."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import msgspec

from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.runtime.refused import Refused

BUCKETS_MAX = 100_000
"""Askers remembered per limit; beyond it the full buckets are dropped, then all of them."""


class RateLimit(msgspec.Struct, frozen=True):
    """`burst` at once, refilled at `per_minute`."""

    burst: int
    per_minute: float


class RateLimiter:
    """One limit, a bucket for everyone it is asked about. `monotonic_s` gives seconds."""

    def __init__(self, limit: RateLimit, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._monotonic_s = monotonic_s
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, asker: str, count: int = 1) -> float:
        """Takes `count` tokens and returns 0, or takes none and returns the seconds to wait."""
        now_s = self._monotonic_s()
        tokens = self._find_tokens(asker, now_s)
        if tokens < count:
            return (count - tokens) * 60 / self._limit.per_minute
        if asker not in self._buckets and len(self._buckets) >= BUCKETS_MAX:
            self._make_room(now_s)
        self._buckets[asker] = (tokens - count, now_s)
        return 0

    def check(self, asker: str) -> None:
        """Takes a token. Raises Refused with the time to wait when there is none."""
        wait_s = self.take(asker)
        if wait_s > 0:
            refusal = Refusal(RefusalReason.LIMIT_REACHED, "Too many requests: wait a moment")
            raise Refused(refusal, retry_after_s=math.ceil(wait_s))

    def give_back(self, asker: str) -> None:
        """Forgets what the asker has taken."""
        self._buckets.pop(asker, None)

    def _find_tokens(self, asker: str, now_s: float) -> float:
        tokens, at_s = self._buckets.get(asker, (float(self._limit.burst), now_s))
        refilled = tokens + (now_s - at_s) * self._limit.per_minute / 60
        return min(float(self._limit.burst), refilled)

    def _make_room(self, now_s: float) -> None:
        full = [a for a in self._buckets if self._find_tokens(a, now_s) >= self._limit.burst]
        for asker in full:
            del self._buckets[asker]
        if len(self._buckets) >= BUCKETS_MAX:
            self._buckets.clear()
