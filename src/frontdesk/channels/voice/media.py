"""The media port: what is asked of whoever holds the sound of calls, and what it reports.

A *leg* is one person's connection: a caller's, an agent's, an outside expert's. A *bridge* is where
legs hear each other. The server of media decides nothing: who talks to whom is the kernel's, and
`calls` puts it into the words of this port.

Every order may be given twice: ids are the orderer's, and an order that is already carried out is
carried out. Orders return when they are accepted; what comes of them are events. An order for a leg
that has ended raises `LegGone`, which whoever hangs up takes for success.

    MediaError
    ├── MediaUnavailable   retryable: the server of media can't be reached, or is stopping
    ├── LegGone            the leg has ended, or never was
    └── OrderRefused       the server of media can't do this, and says why

Sound is 16-bit PCM, mono, 16,000 samples a second, little-endian, wherever it passes the port;
a backend turns it into what its legs speak.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from enum import Enum
from pathlib import Path
from typing import Protocol

import msgspec

SAMPLES_PER_SECOND = 16_000
FRAME_MS = 20


class MediaError(Exception):
    """Base of what goes wrong with media."""

    retryable = False


class MediaUnavailable(MediaError):
    """The server of media can't be reached, or is stopping."""

    retryable = True


class LegGone(MediaError):
    """The leg has ended, or never was."""


class OrderRefused(MediaError):
    """The server of media can't do what was asked."""


# -- what is said about legs


class LegDirection(Enum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class LegState(Enum):
    """`arrived` (inbound) or `calling → ringing` (outbound), then `up`; what ended is forgotten."""

    ARRIVED = "arrived"
    CALLING = "calling"
    RINGING = "ringing"
    UP = "up"


class LegEnd(Enum):
    """Why a leg has ended. Those after `released` happen only before an answer, but for `lost`."""

    HUNG_UP = "hung_up"
    """The person hung up."""
    RELEASED = "released"
    """We hung up."""
    CANCELLED = "cancelled"
    """The caller gave up before we answered."""
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    """Nobody is behind the address: not registered, no such number."""
    NO_LINE = "no_line"
    """The trunk has no channel free."""
    FAILED = "failed"
    LOST = "lost"
    """No sound or no sign of life came any more."""


class BrowserLine(msgspec.Struct, frozen=True, tag="browser"):
    """An agent's browser, wherever the agent is signed in."""

    agent_id: str


class PhoneLine(msgspec.Struct, frozen=True, tag="phone"):
    """A telephone that is registered as this account."""

    account_id: str


class TrunkLine(msgspec.Struct, frozen=True, tag="trunk"):
    """A number out in the world (E.164), over a trunk."""

    trunk_id: str
    number: str


Line = BrowserLine | PhoneLine | TrunkLine


class Ringing(msgspec.Struct, frozen=True, kw_only=True):
    """A call to be made. `tag` comes back in events and in `list_legs`, also after a restart."""

    leg_id: str
    line: Line
    caller_number: str = ""
    caller_name: str = ""
    ring_time_ms: int
    tag: dict[str, str] = {}


class Clip(msgspec.Struct, frozen=True):
    """A piece of sound: a WAV file as the port has it, named by the hash of what is in it."""

    clip_id: str
    path: Path


class Playing(msgspec.Struct, frozen=True, kw_only=True):
    """Clips one after the other. `until_key`: the first key pressed stops it (barge-in)."""

    play_id: str
    clips: tuple[Clip, ...]
    endless: bool = False
    until_key: bool = False


class Role(Enum):
    """What a leg does in a bridge."""

    TALKS = "talks"
    LISTENS = "listens"
    """It hears all and is heard by nobody."""
    WHISPERS = "whispers"
    """It hears all and is heard by `heard_by` alone."""


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    leg_id: str
    role: Role = Role.TALKS
    heard_by: tuple[str, ...] = ()


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """Records a bridge in stereo to `path` (WAV): legs of `left` on the left, all others right."""

    recording_id: str
    bridge_id: str
    left: tuple[str, ...]
    path: Path


class LegPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A leg that is alive."""

    leg_id: str
    direction: LegDirection
    state: LegState
    number: str
    """The person's own: the caller's of an inbound leg, the called one's of an outbound leg."""
    called_number: str = ""
    bridge_id: str | None = None
    recording_id: str | None = None
    tag: dict[str, str] = {}


# -- what is reported


class MediaEvent(msgspec.Struct, frozen=True, tag=True):
    """Base of all reports. They come in the order in which they happened, per leg."""


class LegArrived(MediaEvent, frozen=True, kw_only=True):
    """Somebody calls and isn't answered yet."""

    leg_id: str
    number: str
    name: str = ""
    called_number: str = ""
    trunk_id: str = ""
    language: str = ""
    attributes: dict[str, str] = {}


class LegRang(MediaEvent, frozen=True):
    """It rings at the called person's; `early_media`: with sound of the network's own."""

    leg_id: str
    early_media: bool = False


class LegAnswered(MediaEvent, frozen=True):
    """Sound passes both ways."""

    leg_id: str


class LegEnded(MediaEvent, frozen=True):
    """`detail` is what the network said of it: a SIP status, a cause."""

    leg_id: str
    end: LegEnd
    detail: str = ""


class KeyPressed(MediaEvent, frozen=True):
    """One of 0–9, *, #."""

    leg_id: str
    key: str


class PlayEnded(MediaEvent, frozen=True):
    """`heard_all` False: it was stopped. `error`: it could not be played (further)."""

    leg_id: str
    play_id: str
    heard_all: bool
    error: str = ""


class RecordingEnded(MediaEvent, frozen=True):
    """`error`: what is in the file ends before it should."""

    recording_id: str
    duration_ms: int
    error: str = ""


class TransferAsked(MediaEvent, frozen=True):
    """The person behind the leg asks by telephone to pass the other side on."""

    leg_id: str
    to: str


class MediaLost(MediaEvent, frozen=True):
    """The server of media is gone; what it held is unknown until `MediaBack`."""

    reason: str


class MediaBack(MediaEvent, frozen=True):
    """It can be asked again. Whoever ordered compares `list_legs` with what should be."""


AnyMediaEvent = (
    LegArrived
    | LegRang
    | LegAnswered
    | LegEnded
    | KeyPressed
    | PlayEnded
    | RecordingEnded
    | TransferAsked
    | MediaLost
    | MediaBack
)


class Media(Protocol):
    """A server of media."""

    def events(self) -> AsyncIterator[AnyMediaEvent]:
        """Reports, endless; one reader at a time. Begins with `MediaBack` once it can be asked."""
        ...

    async def list_legs(self) -> list[LegPicture]:
        """Every leg that is alive, whoever ordered it."""
        ...

    async def answer(self, leg_id: str, tag: dict[str, str]) -> None:
        """Takes an arrived call; `LegAnswered` follows."""
        ...

    async def ring(self, ringing: Ringing) -> None:
        """Calls somebody; `LegRang`, `LegAnswered` or `LegEnded` follow."""
        ...

    async def play(self, leg_id: str, playing: Playing) -> None:
        """Plays to one leg, instead of what is played to it; `PlayEnded` follows.

        A leg in a bridge hears it above the others.
        """
        ...

    async def stop_playing(self, leg_id: str, play_id: str) -> None:
        """Stops it if it is still that which is played."""
        ...

    def hear(self, leg_id: str) -> AsyncIterator[bytes]:
        """What the person says, in frames of `FRAME_MS`, until the leg ends or it is closed."""
        ...

    async def join(self, bridge_id: str, seat: Seat) -> None:
        """Seats a leg in a bridge, which begins with its first; from another it is taken out."""
        ...

    async def leave(self, leg_id: str) -> None:
        """Takes a leg out of its bridge, which ends with its last."""
        ...

    async def mute(self, leg_id: str, muted: bool) -> None:
        """Whether what the person says is kept from everybody."""
        ...

    async def press(self, leg_id: str, keys: str) -> None:
        """Presses keys towards the person's side (RFC 4733)."""
        ...

    async def record(self, recording: Recording) -> None:
        """Begins to record; `RecordingEnded` follows when it is stopped or the bridge ends."""
        ...

    async def pause_recording(self, recording_id: str, paused: bool) -> None:
        """What is said meanwhile isn't recorded; the file has silence of the same length."""
        ...

    async def stop_recording(self, recording_id: str) -> None: ...

    async def transfer(self, leg_id: str, line: TrunkLine) -> None:
        """Passes the person on to a number and is rid of the leg, which ends `released`.

        Raises OrderRefused where only a call of our own could do it.
        """
        ...

    async def hang_up(self, leg_id: str, end: LegEnd = LegEnd.RELEASED) -> None:
        """Ends a leg. `busy`, `refused`, `no_answer` say so to a caller not yet answered."""
        ...
