"""A real mail server on a port of this machine, and what it was given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from frontdesk.runtime.mail import MailSettings, Security


class PostOffice:
    """What a mail server was given; it answers as it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer


@asynccontextmanager
async def post_office() -> AsyncGenerator[tuple[PostOffice, MailSettings]]:
    """The server, and the settings by which it is reached, until the context ends."""
    office = PostOffice()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(office, loop=loop), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield office, MailSettings(host="127.0.0.1", port=port, security=Security.NONE)
    server.close()
    await server.wait_closed()
