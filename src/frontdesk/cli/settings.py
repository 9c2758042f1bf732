"""The operator's settings: one frozen typed tree, its defaults, and where each value came from.

A value is taken from the command line, else from an environment variable, else from the settings
file, else it is the default written here. Business settings (queues, skills, hours…) are not
among these: they are commands in the journal.

The file is TOML: ``--settings``, else ``FRONTDESK_SETTINGS``, else ``frontdesk.toml`` in the
working folder when there is one. A variable is named after its key: ``database.url`` is
``FRONTDESK_DATABASE_URL``; the keys of ``server`` go without their section: ``FRONTDESK_PORT``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from frontdesk.answers.lookups.settings import LookUpSettings
from frontdesk.answers.understanding.settings import EndpointSettings
from frontdesk.api.settings import ApiSettings
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from frontdesk.channels.webchat.limits import WebchatLimits
from frontdesk.runtime.logs import LogFormat
from frontdesk.runtime.mail import MailSettings
from frontdesk.runtime.settings import RuntimeSettings

# A description completes the sentence "… must be", which a wrong value is answered with.
Port: TypeAlias = Annotated[
    int, Meta(ge=0, le=65535, description="a port number from 0 (any free one) to 65535")
]
Host: TypeAlias = Annotated[str, Meta(min_length=1, description="a host name or an address")]
PublicUrl: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^(https?://[^/\s]+)?$",
        description="empty or an address like https://desk.example.org",
    ),
]
CentreName: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="at most 40 lower-case letters, digits and hyphens",
    ),
]
Folder: TypeAlias = Annotated[str, Meta(min_length=1, description="the path of a folder")]
# One server or several with commas between them, as libpq has it; none: the options name a socket.
_SERVER = r"(\[[0-9A-Fa-f:.]+\]|[^\s:/?,\[\]]*)(:\d{1,5})?"
DatabaseUrl: TypeAlias = Annotated[
    str,
    Meta(
        pattern=rf"^postgres(ql)?://([^\s/?]*@)?{_SERVER}(,{_SERVER})*([/?]\S*)?$",
        description="an address like postgresql://user:password@host:5432/database",
    ),
]
LogLevel: TypeAlias = Annotated[
    Literal["debug", "info", "warning", "error"],
    Meta(description="one of debug, info, warning, error"),
]


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where people and programs reach Frontdesk.

    ``port`` 0 lets the operating system choose. ``public_url`` is what the world calls this
    server when a proxy stands before it; empty means the address it listens on.
    """

    host: Host = "127.0.0.1"
    port: Port = 8080
    public_url: PublicUrl = ""


class DatabaseSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The PostgreSQL to use; without ``url`` the embedded one runs in the data folder."""

    url: DatabaseUrl | None = None


class LogSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the server writes to standard error."""

    level: LogLevel = "warning"
    format: LogFormat = LogFormat.TEXT


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it; each part of the program is handed only its own branch.

    ``data`` is absolute once loaded: in a file it counts from the file's folder, elsewhere from
    the working folder.
    """

    centre: CentreName = "main"
    data: Folder = "data"
    server: ServerSettings = ServerSettings()
    api: ApiSettings = ApiSettings()
    webchat: WebchatLimits = WebchatLimits()
    telephone: AsteriskSettings = AsteriskSettings()
    look_ups: LookUpSettings = LookUpSettings()
    understanding: EndpointSettings = EndpointSettings()
    mail: MailSettings = MailSettings()
    database: DatabaseSettings = DatabaseSettings()
    runtime: RuntimeSettings = RuntimeSettings()
    log: LogSettings = LogSettings()

    @property
    def data_folder(self) -> Path:
        """Where the embedded database and the attachments are kept."""
        return Path(self.data)
