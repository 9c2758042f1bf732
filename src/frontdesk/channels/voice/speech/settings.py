"""The operator's settings of speech."""

from __future__ import annotations

from enum import Enum
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


class Hearing(Enum):
    """Who hears spoken answers."""

    INSIDE = "inside"
    """PocketSphinx: the words of a menu, in English."""
    TRANSCRIPTIONS = "transcriptions"
    """An OpenAI-compatible service: `/audio/transcriptions`."""
    VOSK = "vosk"
    """A Vosk server, by its websocket."""
    SHERPA = "sherpa"
    """A sherpa-onnx server that isn't streaming, by its websocket; Whisper models too."""


Share = Annotated[float, Meta(ge=0, le=1, description="a share from 0 to 1")]


class HearingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who hears spoken answers. Whatever isn't heard for sure is asked for by key."""

    by: Hearing = Hearing.INSIDE
    urls: dict[str, str] = {}
    """The service's address by language; `""` for all others."""
    model: str = ""
    secret: str = ""
    """The kept secret that is sent as the key; none: no key is sent."""
    confidence_min: Share = 0.7
    """What is less sure is not heard; a service that doesn't say how sure it is, is believed."""
    time_ms_max: int = 10_000


def find_url(settings: HearingSettings, language: str) -> str:
    """Where the language is heard; empty: nowhere."""
    return settings.urls.get(language) or settings.urls.get("") or ""
