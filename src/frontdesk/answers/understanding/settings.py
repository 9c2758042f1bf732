"""The operator's settings of understanding, apart from what needs them."""

from __future__ import annotations

import msgspec


class EndpointSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An OpenAI-compatible endpoint that understands texts instead of the local classifier."""

    base_url: str = ""
    """Up to and without `/chat/completions`, as in `https://api.example.com/v1`.

    Empty: there is none, and the local classifier understands.
    """
    model: str = ""
    secret: str = ""
    """The kept secret that is sent as the key; none: no key is sent."""
    time_ms_max: int = 10_000
    """Both attempts together."""
    temperature: float | None = 0.0
    """None: it isn't sent, for models that take no other than their own."""
    examples_max: int = 12
    """Of each intent, as many are shown to the model."""
