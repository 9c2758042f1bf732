"""Limits by address: a household counts as one, the machine itself isn't limited."""

from __future__ import annotations

import pytest

from frontdesk.channels.webchat.limits import AddressLimiter
from frontdesk.runtime.rate_limits import RateLimit
from frontdesk.runtime.refused import Refused

ONE = RateLimit(burst=1, per_minute=1)


def test_an_address_has_its_own_bucket() -> None:
    limiter = AddressLimiter(ONE)
    limiter.check("203.0.113.1")
    limiter.check("203.0.113.2")
    with pytest.raises(Refused):
        limiter.check("203.0.113.1")


def test_a_whole_ipv6_network_has_one_bucket() -> None:
    limiter = AddressLimiter(ONE)
    limiter.check("2001:db8::1")
    with pytest.raises(Refused):
        limiter.check("2001:db8::ffff")
    limiter.check("2001:db8:0:1::1")


def test_the_machine_itself_is_not_limited_and_the_unknown_share_a_bucket() -> None:
    limiter = AddressLimiter(ONE)
    for _ in range(5):
        limiter.check("127.0.0.1")
        limiter.check("::1")
    limiter.check("unknown")
    with pytest.raises(Refused):
        limiter.check("unknown")
