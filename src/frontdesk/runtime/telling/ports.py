"""By what people are told outside the desk: one way a port.

::

    TellingFailed    retryable says whether the same may be told later
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from frontdesk.kernel.alarms.rules import Telling


class TellingFailed(Exception):
    """Nobody was told. ``retryable`` says whether trying again may help."""

    def __init__(self, reason: str, *, retryable: bool) -> None:
        super().__init__(reason)
        self.retryable = retryable


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be told.

    `news_id` is the same however often it is told: by it whoever is told twice knows it. `kind` and
    `payload` are for programs, `subject` and `text` for people.
    """

    news_id: str
    kind: str
    at_ms: int
    subject: str
    text: str
    payload: bytes


class Teller(Protocol):
    """Tells by one way."""

    async def tell(self, telling: Telling, news: News) -> None:
        """Returns when it was taken. Raises TellingFailed."""
        ...
