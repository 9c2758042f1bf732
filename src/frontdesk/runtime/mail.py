"""Sending mail to the centre's own people: reports, alarms.

Errors
    MailError
    ├── MailUnavailable   the server can't be reached or asks to wait      retryable
    ├── MailRefused       it will not take this mail, now or later         not retryable
    └── MailUnsure        the line was cut before it said whether it did   not retryable
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

import msgspec

if TYPE_CHECKING:
    import aiosmtplib

SEND_TIMEOUT_S: Final = 30.0
RECIPIENTS_MAX: Final = 50


class Security(Enum):
    """How the line to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class MailSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The operator's SMTP server; without a host no mail is sent.

    `secret` names the kept secret that is the password.
    """

    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    secret: str = ""
    sender: str = "frontdesk@localhost"


class Attached(msgspec.Struct, frozen=True):
    name: str
    media_type: str
    content: bytes


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """`message_id` is the sender's own: by it a mail that came twice is known."""

    message_id: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    at_ms: int
    attached: tuple[Attached, ...] = ()


class MailError(Exception):
    retryable: ClassVar[bool] = False


class MailUnavailable(MailError):
    retryable = True


class MailRefused(MailError):
    pass


class MailUnsure(MailError):
    pass


class Mailer(Protocol):
    """Hands mails to a server."""

    @property
    def is_set_up(self) -> bool:
        """Whether there is a server to hand them to."""
        ...

    async def send(self, mail: Mail) -> None:
        """Returns when the server has taken it for all recipients. Raises MailError."""
        ...


class SmtpMailer:
    """Over SMTP (RFC 5321), a connection a mail."""

    def __init__(
        self, settings: MailSettings, find_password: Callable[[], Awaitable[str | None]]
    ) -> None:
        self._settings = settings
        self._find_password = find_password

    @property
    def is_set_up(self) -> bool:
        return bool(self._settings.host)

    async def send(self, mail: Mail) -> None:
        # Imported here: most servers never send a mail.
        import aiosmtplib

        settings = self._settings
        if not self.is_set_up:
            raise MailRefused("No mail server is set up (mail.host)")
        smtp = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            timeout=SEND_TIMEOUT_S,
            use_tls=settings.security is Security.TLS,
            start_tls=settings.security is Security.STARTTLS,
        )
        try:
            await self._connect(smtp)
            await smtp.send_message(build_message(mail, settings.sender))
        except aiosmtplib.SMTPServerDisconnected as error:
            raise MailUnsure(str(error)) from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise MailRefused(f"Recipients were refused: {error}") from error
        except aiosmtplib.SMTPResponseException as error:
            kind = MailUnavailable if 400 <= error.code < 500 else MailRefused
            raise kind(f"{error.code} {error.message}") from error
        except aiosmtplib.SMTPTimeoutError as error:
            raise MailUnsure(str(error)) from error
        except aiosmtplib.SMTPException as error:
            raise MailUnavailable(str(error)) from error
        finally:
            smtp.close()

    async def _connect(self, smtp: aiosmtplib.SMTP) -> None:
        """Raises MailUnavailable: nothing has been sent yet, whatever went wrong."""
        import aiosmtplib

        try:
            await smtp.connect()
            if self._settings.user:
                await smtp.login(self._settings.user, await self._find_password() or "")
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailUnavailable(str(error)) from error


def build_message(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels (RFC 5322)."""
    message = EmailMessage()
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Date"] = format_datetime(datetime.fromtimestamp(mail.at_ms / 1_000, UTC))
    message["From"] = formataddr(("Frontdesk", sender))
    message["To"] = ", ".join(mail.recipients)
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    for part in mail.attached:
        kind, _, subtype = part.media_type.partition(";")[0].partition("/")
        charset = {"charset": "utf-8"} if kind == "text" else None
        message.add_attachment(
            part.content, maintype=kind, subtype=subtype, filename=part.name, params=charset
        )
    return message
