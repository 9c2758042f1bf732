"""A voice by any OpenAI-compatible speech service: Piper and Kokoro servers, or a cloud."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import httpx

from frontdesk.channels.voice.speech.errors import (
    LanguageMissing,
    SoundUnreadable,
    SpeechRejected,
    VoiceSilent,
)
from frontdesk.channels.voice.speech.settings import VoiceSettings
from frontdesk.channels.voice.speech.sound import SOUND_BYTES_MAX, read_wav
from frontdesk.channels.voice.speech.voice import TEXT_CHARS_MAX

CONNECTIONS_MAX: Final = 4
_OVERLOADED: Final = frozenset({408, 409, 425, 429})

FindKey = Callable[[], Awaitable[str | None]]
"""The service's key, asked for anew each time; None: no key is sent."""


class EndpointVoice:
    """Asks the service for WAV, a text at a time."""

    def __init__(self, settings: VoiceSettings, find_key: FindKey) -> None:
        self._settings = settings
        self._find_key = find_key
        self._url = settings.base_url.rstrip("/") + "/audio/speech"
        self._client = httpx.AsyncClient(
            timeout=settings.time_ms_max / 1_000,
            limits=httpx.Limits(max_connections=CONNECTIONS_MAX),
            trust_env=False,
        )

    @property
    def name(self) -> str:
        """Address, model and voices."""
        settings = self._settings
        voices = " ".join(f"{code}={voice}" for code, voice in sorted(settings.voices.items()))
        return f"{self._url} {settings.model} {voices}"

    async def speak(self, text: str, language: str) -> bytes:
        """The text's sound. Raises SpeechError."""
        voices = self._settings.voices
        voice = voices.get(language) or voices.get("")
        if not voice:
            raise LanguageMissing(f"No voice is set for {language!r}")
        request = {
            "model": self._settings.model,
            "input": text[:TEXT_CHARS_MAX],
            "voice": voice,
            "response_format": "wav",
        }
        key = await self._find_key()
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        try:
            async with self._client.stream(
                "POST", self._url, json=request, headers=headers
            ) as answer:
                _check(answer.status_code)
                return read_wav(await _read(answer))
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise VoiceSilent(f"The service can't be reached: {type(error).__name__}") from error
        except (httpx.InvalidURL, ValueError) as error:
            raise SpeechRejected("The service's address or key can't be sent") from error

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()


def _check(status: int) -> None:
    if status in _OVERLOADED or status >= 500:
        raise VoiceSilent(f"The service is busy or out of order: {status}")
    if status != 200:
        raise SpeechRejected(f"The service doesn't accept the request: {status}")


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > SOUND_BYTES_MAX:
            raise SoundUnreadable(f"The answer is longer than {SOUND_BYTES_MAX} bytes")
    return bytes(body)
