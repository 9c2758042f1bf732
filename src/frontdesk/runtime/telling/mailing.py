"""Tells by mail."""

from __future__ import annotations

from frontdesk.kernel.alarms.rules import Telling
from frontdesk.runtime.mail import Mail, Mailer, MailError
from frontdesk.runtime.telling.ports import News, TellingFailed


class MailTeller:
    """A `Teller` over the operator's mail server."""

    def __init__(self, mailer: Mailer, domain: str) -> None:
        self._mailer = mailer
        self._domain = domain

    async def tell(self, telling: Telling, news: News) -> None:
        """See the port."""
        mail = Mail(
            message_id=f"{news.news_id}@{self._domain}",
            recipients=(telling.to,),
            subject=news.subject,
            text=news.text,
            at_ms=news.at_ms,
        )
        try:
            await self._mailer.send(mail)
        except MailError as error:
            raise TellingFailed(f"{telling.to}: {error}", retryable=error.retryable) from error
