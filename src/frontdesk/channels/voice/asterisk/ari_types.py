"""What Asterisk says over ARI.

Written by `tools/ari_types.py` from Asterisk 22.10.1's own description (`rest-api/*.json`).

Fields that are not here are passed over, so a newer Asterisk may say more.
"""

from __future__ import annotations

import msgspec


class CallerID(msgspec.Struct, frozen=True, kw_only=True):
    """Caller identification."""

    name: str
    number: str


class DialplanCEP(msgspec.Struct, frozen=True, kw_only=True):
    """Dialplan location (context/extension/priority)."""

    exten: str
    app_name: str
    app_data: str


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """A specific communication connection between Asterisk and an Endpoint."""

    id: str
    name: str
    state: str
    caller: CallerID
    dialplan: DialplanCEP


class Bridge(msgspec.Struct, frozen=True, kw_only=True):
    """The merging of media from one or more channels."""

    id: str
    name: str
    channels: list[str]


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """An external device that may offer/accept calls to/from Asterisk."""

    resource: str
    state: str | None = None


class SystemInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Info about Asterisk."""

    version: str


class StatusInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Info about Asterisk status."""

    startup_time: str


class AsteriskInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Asterisk system information."""

    system: SystemInfo | None = None
    status: StatusInfo | None = None


class StasisStart(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Notification that a channel has entered a Stasis application."""

    args: list[str]
    channel: Channel


class StasisEnd(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Notification that a channel has left a Stasis application."""

    channel: Channel


class ChannelStateChange(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Notification of a channel's state change."""

    channel: Channel


class ChannelDestroyed(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Notification that a channel has been destroyed."""

    cause: int
    cause_txt: str
    channel: Channel
    tech_cause: int | None = None


class ChannelDtmfReceived(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """DTMF received on a channel."""

    digit: str
    channel: Channel


class RequiredDestination(msgspec.Struct, frozen=True, kw_only=True):
    """Information about the requested destination."""

    destination: str | None = None


class ReferTo(msgspec.Struct, frozen=True, kw_only=True):
    """transfer destination requested by transferee."""

    requested_destination: RequiredDestination


class ReferredBy(msgspec.Struct, frozen=True, kw_only=True):
    """transfer destination requested by transferee."""

    source_channel: Channel


class ChannelTransfer(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """transfer on a channel."""

    refer_to: ReferTo
    referred_by: ReferredBy
    state: str | None = None


class Dial(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Dialing state has changed."""

    peer: Channel
    dialstatus: str
    caller: Channel | None = None


class Playback(msgspec.Struct, frozen=True, kw_only=True):
    """Object representing the playback of media to a channel."""

    id: str
    target_uri: str
    state: str


class PlaybackFinished(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Event showing the completion of a media playback operation."""

    playback: Playback


class ApplicationReplaced(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Notification that another WebSocket has taken over for an application."""


class RESTResponse(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """REST over Websocket Response."""

    request_id: str
    status_code: int
    reason_phrase: str
    message_body: str | None = None


AnyMessage = (
    StasisStart
    | StasisEnd
    | ChannelStateChange
    | ChannelDestroyed
    | ChannelDtmfReceived
    | ChannelTransfer
    | Dial
    | PlaybackFinished
    | ApplicationReplaced
    | RESTResponse
)
