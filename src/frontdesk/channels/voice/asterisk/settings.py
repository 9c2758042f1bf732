"""The operator's settings of the telephone."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from frontdesk.channels.voice.asterisk.files import APP

Url = Annotated[
    str,
    Meta(pattern=r"^(https?://[^/\s]+)?$", description="empty or an address like http://host:8088"),
]
Region = Annotated[
    str, Meta(pattern=r"^([A-Z]{2})?$", description="empty or two capital letters like MD")
]


class AsteriskSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The Asterisk that holds the telephone's lines; without `url` there is no telephone."""

    url: Url = ""
    user: str = APP
    password: str = ""
    region: Region = ""
    """The country whose numbers are dialled without a country code; a trunk may name another."""
    phones_host: str = ""
    """What desk phones call Asterisk, with a port if it isn't 5060; empty: the host of `url`."""
    clips_host: str = "127.0.0.1"
    """Where Asterisk fetches what is played. Another address than this one if it runs elsewhere."""
    clips_port: int = 0
    """0: any free one, for an Asterisk on this machine."""
    clips_url: Url = ""
    """What Asterisk calls that place; empty: by the address and port above."""
