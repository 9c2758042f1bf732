"""Token buckets: so many at once, so many a minute."""

from __future__ import annotations

import pytest

from frontdesk.kernel.refusals import RefusalReason
from frontdesk.runtime import rate_limits
from frontdesk.runtime.rate_limits import RateLimit, RateLimiter
from frontdesk.runtime.refused import Refused


class Seconds:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_burst_is_allowed_then_the_rate_holds() -> None:
    seconds = Seconds()
    limiter = RateLimiter(RateLimit(burst=3, per_minute=60), seconds)
    assert [limiter.take("ion") for _ in range(3)] == [0, 0, 0]
    assert limiter.take("ion") == 1.0
    assert limiter.take("vera") == 0
    seconds.now_s = 1.0
    assert limiter.take("ion") == 0
    assert limiter.take("ion") == 1.0
    seconds.now_s = 1_000.0
    assert [limiter.take("ion") for _ in range(3)] == [0, 0, 0]
    assert limiter.take("ion") > 0


def test_a_refusal_says_how_long_to_wait() -> None:
    limiter = RateLimiter(RateLimit(burst=1, per_minute=4), Seconds())
    limiter.check("ion")
    with pytest.raises(Refused) as refused:
        limiter.check("ion")
    assert refused.value.refusal.reason is RefusalReason.LIMIT_REACHED
    assert refused.value.retry_after_s == 15


def test_what_is_given_back_can_be_taken_again() -> None:
    limiter = RateLimiter(RateLimit(burst=1, per_minute=1), Seconds())
    limiter.check("ion")
    limiter.give_back("ion")
    limiter.check("ion")


def test_it_remembers_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "BUCKETS_MAX", 10)
    seconds = Seconds()
    limiter = RateLimiter(RateLimit(burst=1, per_minute=60), seconds)
    for number in range(10):
        limiter.take(f"early-{number}")
    seconds.now_s = 60.0
    limiter.take("busy")
    assert limiter.take("busy") > 0
    for number in range(9):
        limiter.take(f"late-{number}")
    assert len(limiter._buckets) <= 10
