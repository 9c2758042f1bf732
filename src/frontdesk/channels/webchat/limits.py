"""Every maximum of the web chat."""

from __future__ import annotations

import ipaddress
from typing import Final

import msgspec

from frontdesk.runtime.rate_limits import RateLimit, RateLimiter

FRAME_CHARS_MAX: Final = 64 * 1024
"""The largest frame that is read; a message of the greatest length is a sixth of it."""

HELLO_S_MAX: Final = 15.0
"""How long a socket may stay without saying whose it is."""

SOCKETS_PER_CONTACT_MAX: Final = 10
BAD_FRAMES_MAX: Final = 20
"""Frames in a row that make no sense, before the socket is closed."""

SEND_S_MAX: Final = 30.0
"""How long a customer's connection may take to accept a frame."""

NAME_CHARS_MAX: Final = 100
EMAIL_CHARS_MAX: Final = 200
URL_CHARS_MAX: Final = 500
LANGUAGE_CHARS_MAX: Final = 10
CLIENT_ID_CHARS_MIN: Final = 16
"""Whoever knows a contact's client id gets its token: it must be too long to be guessed."""
CLIENT_ID_CHARS_MAX: Final = 100
TOKEN_CHARS_MAX: Final = 200
HISTORY_CONTACTS_MAX: Final = 10
HISTORY_MESSAGES_MAX: Final = 100
PLACE_INTERVAL_S: Final = 2.0
"""Position and expected wait are told at most so often."""


class WebchatLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often the public may ask.

    Limits by address don't hold for this machine's own addresses: behind a proxy that doesn't
    forward the customer's address everybody has those.
    """

    openings_by_address: RateLimit = RateLimit(burst=10, per_minute=10)
    requests_by_address: RateLimit = RateLimit(burst=120, per_minute=240)
    uploads_by_address: RateLimit = RateLimit(burst=20, per_minute=20)
    frames_by_contact: RateLimit = RateLimit(burst=300, per_minute=600)
    messages_by_contact: RateLimit = RateLimit(burst=60, per_minute=120)
    uploads_by_contact: RateLimit = RateLimit(burst=10, per_minute=10)
    typing_by_contact: RateLimit = RateLimit(burst=10, per_minute=60)


class Limiters:
    """The buckets of every limit."""

    def __init__(self, limits: WebchatLimits) -> None:
        self.openings = AddressLimiter(limits.openings_by_address)
        self.requests = AddressLimiter(limits.requests_by_address)
        self.uploads = AddressLimiter(limits.uploads_by_address)
        self.frames = RateLimiter(limits.frames_by_contact)
        self.messages = RateLimiter(limits.messages_by_contact)
        self.contact_uploads = RateLimiter(limits.uploads_by_contact)
        self.typing = RateLimiter(limits.typing_by_contact)


class AddressLimiter:
    """A limit by address; an IPv6 customer has a whole /64."""

    def __init__(self, limit: RateLimit) -> None:
        self._limiter = RateLimiter(limit)

    def check(self, address: str) -> None:
        """Takes a token. Raises Refused with the time to wait when there is none."""
        asker = _find_asker(address)
        if asker is not None:
            self._limiter.check(asker)


def _find_asker(address: str) -> str | None:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.is_loopback:
        return None
    if ip.version == 6:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
