"""Tells by webhook: a POST signed after the Standard Webhooks (standardwebhooks.com).

It goes to checked addresses only, as look-ups do, and follows no redirect. A private address may be
called if the operator's `look_ups.private_networks` has its network.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Final, Protocol

from standardwebhooks import Webhook

from frontdesk.answers.lookups.http_source import HttpAsker
from frontdesk.kernel.alarms.rules import Telling
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.runtime.clock import Clock
from frontdesk.runtime.look_ups import LookUpError
from frontdesk.runtime.telling.ports import News, TellingFailed

TIMEOUT_S: Final = 10.0

PREFIX: Final = "whsec_"
"""What a secret of the standard begins with, before base64; another is taken as it stands."""


class Secrets(Protocol):
    async def find(self, name: str) -> str | None: ...


class WebhookTeller:
    """A `Teller`."""

    def __init__(self, http: HttpAsker, secrets: Secrets, clock: Clock) -> None:
        self._http = http
        self._secrets = secrets
        self._clock = clock

    async def tell(self, telling: Telling, news: News) -> None:
        """See the port."""
        headers = {"Content-Type": "application/json", "webhook-id": news.news_id}
        headers |= await self._sign(telling, news)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                await self._http.post(telling.to, headers, news.payload, private=True)
        except LookUpError as error:
            raise TellingFailed(str(error), retryable=error.retryable) from error
        except TimeoutError as error:
            raise TellingFailed(f"no answer within {TIMEOUT_S:g} s", retryable=True) from error

    async def close(self) -> None:
        """Ends the connections."""
        await self._http.close()

    async def _sign(self, telling: Telling, news: News) -> dict[str, str]:
        """The time of sending, and with a secret the signature over id, time and body."""
        now = datetime.fromtimestamp(self._clock.now_ms() // 1_000, UTC)
        headers = {"webhook-timestamp": str(int(now.timestamp()))}
        if not telling.secret:
            return headers
        try:
            secret = await self._secrets.find(telling.secret)
        except RecordsUnavailable as error:
            raise TellingFailed(str(error), retryable=True) from error
        if secret is None:
            raise TellingFailed(f"there is no secret {telling.secret}", retryable=False)
        webhook = Webhook(secret if secret.startswith(PREFIX) else secret.encode())
        headers["webhook-signature"] = webhook.sign(news.news_id, now, news.payload.decode())
        return headers
