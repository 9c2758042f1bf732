"""The port by which flows understand texts. Its law is ``tests/conformance/understanding``.

::

    UnderstandingError
    ├── NotTrained     retryable      there is no model yet
    ├── Unreachable    retryable      the endpoint can't be reached, is overloaded or took too long
    ├── Rejected       not retryable  the endpoint doesn't accept the request: key, model, address
    └── Unintelligible not retryable  the endpoint's answer isn't what was asked for
"""

from __future__ import annotations

from typing import Protocol

import msgspec

TEXT_CHARS_MAX = 2_000
"""What is longer is read up to here."""

INTENTS_MAX = 5
"""As many of the likeliest intents are given."""


class UnderstandingError(Exception):
    """Root of the tree; ``retryable`` says whether the same call may succeed later."""

    retryable = False


class NotTrained(UnderstandingError):
    """There is no model yet."""

    retryable = True


class Unreachable(UnderstandingError):
    """The endpoint can't be reached, is overloaded or took too long."""

    retryable = True


class Rejected(UnderstandingError):
    """The endpoint doesn't accept the request."""


class Unintelligible(UnderstandingError):
    """The endpoint's answer isn't what was asked for."""


class Understood(msgspec.Struct, frozen=True):
    """What a text is about.

    `intents` come likeliest first, each with its confidence: the probability, from 0 to 1, that
    it is what the customer wants. Together they are at most 1; what is missing is the
    probability that it is none of them.
    `entities`: what the text names, by kind (see `entities.py`).
    `language`: the code of the language that it is written in.
    """

    intents: tuple[tuple[str, float], ...]
    entities: dict[str, str]
    language: str


class Understanding(Protocol):
    """Understands texts."""

    async def understand(self, text: str, language: str) -> Understood:
        """What the text is about.

        `language` is what the customer was spoken to in; it is taken where the text itself
        doesn't tell. Raises UnderstandingError.
        """
        ...
