"""Understands by any OpenAI-compatible endpoint, local or far away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Final

import httpx

from frontdesk.answers.understanding.completions import Found, build_request, read_answer
from frontdesk.answers.understanding.entities import find_entities
from frontdesk.answers.understanding.languages import tell_language
from frontdesk.answers.understanding.settings import EndpointSettings
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding import (
    TEXT_CHARS_MAX,
    Rejected,
    Understood,
    Unintelligible,
    Unreachable,
)
from frontdesk.runtime.understanding_report import ModelReadiness, ModelState

ATTEMPTS_MAX: Final = 2
BODY_BYTES_MAX: Final = 256 * 1024
CONNECTIONS_MAX: Final = 16

_OVERLOADED: Final = frozenset({408, 409, 425, 429})

FindKey = Callable[[], Awaitable[str | None]]
"""The endpoint's key, asked for anew each time; None: no key is sent."""


class EndpointUnderstanding:
    """Asks the endpoint for intents and language; entities are found here, by patterns.

    An answer that makes no sense is asked for once more, as is one that didn't come. `today` tells
    the day in the centre's time zone.
    """

    def __init__(
        self, settings: EndpointSettings, find_key: FindKey, today: Callable[[], date]
    ) -> None:
        self._settings = settings
        self._find_key = find_key
        self._today = today
        self._intents: tuple[Intent, ...] = ()
        self._url = settings.base_url.rstrip("/") + "/chat/completions"
        self._client = httpx.AsyncClient(
            timeout=settings.time_ms_max / 1_000,
            limits=httpx.Limits(max_connections=CONNECTIONS_MAX),
            trust_env=False,
        )

    def learn(self, intents: Sequence[Intent]) -> None:
        """Asks for these intents and no others from now on."""
        self._intents = tuple(intents)

    def state(self) -> ModelState:
        """The endpoint's model; whether it answers only shows when it is asked."""
        return ModelState(
            model=self._settings.model,
            readiness=ModelReadiness.READY if self._intents else ModelReadiness.UNTRAINED,
            intents=len(self._intents),
            examples=sum(len(intent.examples) for intent in self._intents),
        )

    async def run(self) -> None:
        """Holds its connections until it is cancelled."""
        try:
            await asyncio.Event().wait()
        finally:
            await self.close()

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()

    async def understand(self, text: str, language: str) -> Understood:
        """What the text is about. Raises UnderstandingError."""
        text, intents = text[:TEXT_CHARS_MAX], self._intents
        ranked: tuple[tuple[str, float], ...] = ()
        told = ""
        if text.strip() and intents:
            ranked, told = await self._ask_in_time(intents, text)
        return Understood(
            intents=ranked,
            entities=find_entities(text, self._today()),
            language=told or tell_language(text, fallback=language),
        )

    async def _ask_in_time(self, intents: tuple[Intent, ...], text: str) -> Found:
        limit_ms = self._settings.time_ms_max
        request = build_request(self._settings, intents, text)
        known = {intent.intent_id for intent in intents}
        try:
            async with asyncio.timeout(limit_ms / 1_000):
                return await self._ask_again(request, known)
        except TimeoutError as error:
            raise Unreachable(f"No answer within {limit_ms} ms") from error

    async def _ask_again(self, request: bytes, known: set[str]) -> Found:
        for _ in range(ATTEMPTS_MAX - 1):
            try:
                return read_answer(await self._ask(request), known)
            except (Unreachable, Unintelligible):
                pass
        return read_answer(await self._ask(request), known)

    async def _ask(self, request: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        key = await self._find_key()
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        try:
            async with self._client.stream(
                "POST", self._url, content=request, headers=headers
            ) as answer:
                _check(answer.status_code)
                return await _read(answer)
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise Unreachable(f"The endpoint can't be reached: {type(error).__name__}") from error
        except (httpx.InvalidURL, ValueError) as error:
            raise Rejected("The endpoint's address or key can't be sent") from error


def _check(status: int) -> None:
    if status in _OVERLOADED or status >= 500:
        raise Unreachable(f"The endpoint is busy or out of order: {status}")
    if status != 200:
        raise Rejected(f"The endpoint doesn't accept the request: {status}")


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise Unintelligible(f"The answer is longer than {BODY_BYTES_MAX} bytes")
    return bytes(body)
