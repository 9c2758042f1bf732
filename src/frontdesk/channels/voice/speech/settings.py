"""The operator's settings of speech."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Speed = Annotated[int, Meta(ge=80, le=350, description="80 to 350 words a minute")]
Pitch = Annotated[int, Meta(ge=0, le=99, description="0 (low) to 99 (high)")]


class VoiceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The voice of flows on the telephone: the one inside, or a service with better ones."""

    words_a_minute: Speed = 150
    pitch: Pitch = 45
    base_url: str = ""
    """Of an OpenAI-compatible speech service, up to and without `/audio/speech`; empty: inside."""
    model: str = ""
    secret: str = ""
    """The kept secret that is sent as the key; none: no key is sent."""
    voices: dict[str, str] = {}
    """The service's voice by language; `""` for all others."""
    time_ms_max: int = 10_000
    clips_bytes_max: int = 512 * 1024 * 1024
    """Of what has been spoken, so much is kept; what was not used for longest goes first."""
