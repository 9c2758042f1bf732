"""A recogniser by any OpenAI-compatible service: Whisper servers, or a cloud."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import httpx
import msgspec

from frontdesk.channels.voice.speech.endpoint import FindKey
from frontdesk.channels.voice.speech.errors import (
    LanguageMissing,
    SoundUnreadable,
    SpeechRejected,
    VoiceSilent,
)
from frontdesk.channels.voice.speech.expecting import choose
from frontdesk.channels.voice.speech.hearing import Expected, Heard
from frontdesk.channels.voice.speech.settings import HearingSettings, find_url
from frontdesk.channels.voice.speech.sound import write_wav

CONNECTIONS_MAX: Final = 4
ANSWER_BYTES_MAX: Final = 256 * 1024
_OVERLOADED: Final = frozenset({408, 409, 425, 429})


class _Answer(msgspec.Struct, frozen=True):
    text: str


_read_answer: Final = msgspec.json.Decoder(_Answer).decode


class TranscriptionRecogniser:
    """Sends each answer as a WAV file; the expected words are told as a hint."""

    hears_free_words = True

    def __init__(self, settings: HearingSettings, find_key: FindKey) -> None:
        self._settings = settings
        self._find_key = find_key
        self._client = httpx.AsyncClient(
            timeout=settings.time_ms_max / 1_000,
            limits=httpx.Limits(max_connections=CONNECTIONS_MAX),
            trust_env=False,
        )

    def knows(self, language: str) -> bool:
        """Whatever has an address."""
        return bool(find_url(self._settings, language))

    async def hear(
        self, frames: AsyncIterator[bytes], expected: tuple[Expected, ...], language: str
    ) -> Heard | None:
        """What is said; the service doesn't say how sure it is. Raises SpeechError."""
        url = find_url(self._settings, language)
        if not url:
            raise LanguageMissing(f"No service is set for {language!r}")
        sound = write_wav(b"".join([frame async for frame in frames]))
        text = await self._ask(url.rstrip("/") + "/audio/transcriptions", sound, expected, language)
        return choose(text, None, expected)

    async def _ask(
        self, url: str, sound: bytes, expected: tuple[Expected, ...], language: str
    ) -> str:
        hint = ", ".join(words for answer in expected for words in answer.words)
        form = {"model": self._settings.model, "language": language, "response_format": "json"}
        key = await self._find_key()
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        try:
            answer = await self._client.post(
                url,
                data=form | ({"prompt": hint} if hint else {}),
                files={"file": ("answer.wav", sound, "audio/wav")},
                headers=headers,
            )
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise VoiceSilent(f"The service can't be reached: {type(error).__name__}") from error
        except (httpx.InvalidURL, ValueError) as error:
            raise SpeechRejected("The service's address or key can't be sent") from error
        return _read(answer)

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()


def _read(answer: httpx.Response) -> str:
    status = answer.status_code
    if status in _OVERLOADED or status >= 500:
        raise VoiceSilent(f"The service is busy or out of order: {status}")
    if status != 200:
        raise SpeechRejected(f"The service doesn't accept the request: {status}")
    try:
        return _read_answer(answer.content[:ANSWER_BYTES_MAX]).text
    except msgspec.DecodeError as error:
        raise SoundUnreadable("The answer is no transcription") from error
