"""The media port by Asterisk: phones and the telephone network.

`run` keeps the line to Asterisk. When it is cut, people talk on; when it is back, whoever is still
there is found again. An Asterisk that answers no more is left alone and tried again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from typing import Final

import msgspec

from frontdesk.channels.voice.asterisk import ends
from frontdesk.channels.voice.asterisk.accounts import Account, Trunk, address_of
from frontdesk.channels.voice.asterisk.adopting import DATA_VARIABLE, Adopter, LegData
from frontdesk.channels.voice.asterisk.ari import MESSAGE_NAMES, Ari, AriGone, open_line
from frontdesk.channels.voice.asterisk.board import Board, Leg
from frontdesk.channels.voice.asterisk.clips import ClipShelf
from frontdesk.channels.voice.asterisk.ears import Ears
from frontdesk.channels.voice.asterisk.files import APP
from frontdesk.channels.voice.asterisk.playing import Player
from frontdesk.channels.voice.asterisk.provisioning import Provisioning
from frontdesk.channels.voice.asterisk.reports import KEYS, Reporter
from frontdesk.channels.voice.asterisk.seats import Seats
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from frontdesk.channels.voice.asterisk.tapes import Tapes
from frontdesk.channels.voice.media import (
    AnyMediaEvent,
    LegDirection,
    LegEnd,
    LegGone,
    LegPicture,
    LegState,
    MediaBack,
    MediaError,
    MediaLost,
    MediaUnavailable,
    OrderRefused,
    Playing,
    Recording,
    Ringing,
    Seat,
    TrunkLine,
)

RETRY_S: Final = 0.5
PULSE_S: Final = 5.0
EVENTS_MAX: Final = 50_000
KEYS_MAX: Final = 32
RING_S_SPARE: Final = 2
"""By so much Asterisk rings longer than we let it: it ends what we, killed meanwhile, don't."""

_log = logging.getLogger("frontdesk.voice")


class AsteriskMedia:
    """A server of media for telephones."""

    def __init__(self, settings: AsteriskSettings) -> None:
        self._settings = settings
        self._events: asyncio.Queue[AnyMediaEvent] = asyncio.Queue(EVENTS_MAX)
        self._board = Board(self._publish)
        self._shelf = ClipShelf(settings.clips_host, settings.clips_port, settings.clips_url)
        self._player = Player(self._board, self._shelf)
        self._ears = Ears(self._board, settings.url)
        self._tapes = Tapes(self._board, self._ears)
        self._seats = Seats(self._board, self._player, self._tapes.note_seats)
        self._reporter = Reporter(self._board, self._player, self._seats, self._ears)
        self._reporter.region = settings.region
        self._adopter = Adopter(self._board, self._seats, self._reporter.bury)
        self._provisioning = Provisioning(self._board)
        self._accounts: tuple[Account, ...] = ()

    def _publish(self, event: AnyMediaEvent) -> None:
        if self._events.full():
            _log.error("Reports of media are not read: the oldest is lost")
            self._events.get_nowait()
        self._events.put_nowait(event)

    # -- the line

    async def run(self) -> None:
        """Keeps the line to Asterisk, endlessly. Raises OSError if clips can't be offered."""
        await self._shelf.open()
        try:
            while True:
                try:
                    await self._serve(await self._open())
                except AriGone as error:
                    _log.warning("Asterisk can't be reached", extra={"reason": str(error)})
                await asyncio.sleep(RETRY_S)
        finally:
            await self._tapes.rest()
            await self._board.rest()
            await self._shelf.close()

    async def _open(self) -> Ari:
        settings = self._settings
        return await open_line(settings.url, settings.user, settings.password, APP)

    async def _serve(self, ari: Ari) -> None:
        self._board.ari = ari
        back = False
        try:
            await self._come_back()
            back = True
            self._publish(MediaBack())
            async with asyncio.TaskGroup() as group:
                group.create_task(self._feel_pulse(ari))
                group.create_task(self._read(ari))
        except* (AriGone, MediaError) as group_error:
            reason = str(group_error.exceptions[0])
            _log.warning("The line to Asterisk is cut", extra={"reason": reason})
            if back:
                self._publish(MediaLost(reason))
        finally:
            self._board.ari = None
            await ari.close()

    async def _come_back(self) -> None:
        """Asterisk may be another than it was, or may have gone on without us."""
        allowed = [{"type": name} for name in MESSAGE_NAMES]
        await self._board.order("PUT", f"applications/{APP}/eventFilter", body={"allowed": allowed})
        await self._provisioning.tell(self._accounts)
        await self._adopter.adopt(self._ears.names)

    async def _feel_pulse(self, ari: Ari) -> None:
        """Asterisk may be locked up and its line still open: only an answer tells."""
        while True:
            await asyncio.sleep(PULSE_S)
            await ari.ask("GET", "asterisk/ping")

    async def _read(self, ari: Ari) -> None:
        while True:
            self._reporter.take(await ari.next_event())

    async def provide(self, accounts: Iterable[Account]) -> None:
        """These and no others may call; told to Asterisk at once, or as soon as it is there."""
        self._accounts = tuple(accounts)
        self._reporter.trunks = {
            account.trunk_id: account for account in self._accounts if isinstance(account, Trunk)
        }
        if self._board.ari is not None:
            await self._provisioning.tell(self._accounts)

    @property
    def refused(self) -> dict[str, str]:
        """Why Asterisk won't have an account, by its name there."""
        return self._provisioning.refused

    async def list_reached(self) -> dict[str, str]:
        """Asterisk's word for whether an account is reached, by its name there.

        Raises MediaUnavailable.
        """
        return await self._provisioning.list_states()

    def count_lines(self) -> Counter[str]:
        """How many lines of each trunk are taken."""
        return Counter(leg.trunk_id for leg in self._board.legs.values() if leg.trunk_id)

    # -- the port

    async def events(self) -> AsyncIterator[AnyMediaEvent]:
        """See `Media.events`."""
        while True:
            yield await self._events.get()

    async def list_legs(self) -> list[LegPicture]:
        """See `Media.list_legs`."""
        await self._board.order("GET", "asterisk/ping")
        return [leg.show() for leg in self._board.legs.values()]

    async def answer(self, leg_id: str, tag: dict[str, str]) -> None:
        """See `Media.answer`."""
        leg = self._board.get_leg(leg_id)
        if leg.state is LegState.UP:
            return
        leg.tag = tag
        await self._player.stop(leg)
        # Asterisk obeys in this order; neither need be waited for before the other is given.
        answer = self._board.order("POST", f"channels/{leg_id}/answer")
        await asyncio.gather(self._write_data(leg), answer)

    async def _write_data(self, leg: Leg) -> None:
        query = {"variable": DATA_VARIABLE, "value": _data_of(leg)}
        await self._board.order("POST", f"channels/{leg.leg_id}/variable", query)

    async def ring(self, ringing: Ringing) -> None:
        """See `Media.ring`."""
        leg_id = ringing.leg_id
        if leg_id in self._board.legs or self._board.has_ended(leg_id):
            return
        leg = self._board.legs[leg_id] = _leg_of(ringing)
        if isinstance(ringing.line, TrunkLine) and not self._may_call(ringing.line):
            self._reporter.bury(leg, LegEnd.UNREACHABLE, "the trunk may not call such numbers")
            return
        if self._lines_are_taken(leg):
            self._reporter.bury(leg, LegEnd.NO_LINE, "all lines of the trunk are taken")
            return
        ring_s = ringing.ring_time_ms / 1000
        loop = asyncio.get_running_loop()
        leg.timer = loop.call_later(ring_s, self._give_up, leg)
        query = {
            "endpoint": address_of(ringing.line, self._reporter.trunks),
            "app": APP,
            "timeout": str(int(ring_s) + RING_S_SPARE),
            "callerId": _caller_id(ringing),
        }
        body = {"variables": {DATA_VARIABLE: _data_of(leg)}}
        try:
            await self._board.order("POST", f"channels/{leg_id}", query, body)
        except OrderRefused as refused:
            self._reporter.bury(leg, LegEnd.UNREACHABLE, str(refused))
        except MediaError:
            self._board.legs.pop(leg_id, None)
            raise

    def _may_call(self, line: TrunkLine) -> bool:
        trunk = self._reporter.trunks.get(line.trunk_id)
        return trunk is None or line.number.startswith(trunk.allowed_prefixes)

    def _lines_are_taken(self, leg: Leg) -> bool:
        trunk = self._reporter.trunks.get(leg.trunk_id)
        if trunk is None or trunk.lines_max is None:
            return False
        return self.count_lines()[leg.trunk_id] > trunk.lines_max

    def _give_up(self, leg: Leg) -> None:
        if leg.state is not LegState.UP and leg.end is None:
            self._board.work(self._release_quietly(leg))

    async def _release_quietly(self, leg: Leg) -> None:
        try:
            await self._release(leg, LegEnd.NO_ANSWER)
        except MediaError:
            _log.warning("A call rings longer than it should: Asterisk can't be reached")

    async def play(self, leg_id: str, playing: Playing) -> None:
        """See `Media.play`."""
        await self._player.play(self._board.get_leg(leg_id), playing)

    async def stop_playing(self, leg_id: str, play_id: str) -> None:
        """See `Media.stop_playing`."""
        await self._player.stop(self._board.get_leg(leg_id), play_id)

    async def hear(self, leg_id: str) -> AsyncIterator[bytes]:
        """See `Media.hear`."""
        self._board.get_leg(leg_id)
        async with aclosing(self._ears.frames(leg_id)) as frames:
            async for frame in frames:
                yield frame

    async def join(self, bridge_id: str, seat: Seat) -> None:
        """See `Media.join`."""
        await self._seats.join(bridge_id, self._board.get_leg(seat.leg_id), seat)

    async def leave(self, leg_id: str) -> None:
        """See `Media.leave`."""
        await self._seats.leave(self._board.get_leg(leg_id))

    async def mute(self, leg_id: str, muted: bool) -> None:
        """See `Media.mute`."""
        leg = self._board.get_leg(leg_id)
        leg.muted = muted
        await self._seats.silence(leg)

    async def press(self, leg_id: str, keys: str) -> None:
        """See `Media.press`."""
        self._board.get_leg(leg_id)
        if not keys or not set(keys) <= KEYS or len(keys) > KEYS_MAX:
            raise OrderRefused(f"These are no keys of a telephone: {keys}")
        await self._board.order("POST", f"channels/{leg_id}/dtmf", {"dtmf": keys})

    async def record(self, recording: Recording) -> None:
        """See `Media.record`."""
        seated = self._seats.bridges.get(recording.bridge_id)
        if seated is None:
            raise OrderRefused(f"There is no bridge {recording.bridge_id}")
        await self._tapes.begin(recording, seated)

    async def pause_recording(self, recording_id: str, paused: bool) -> None:
        """See `Media.pause_recording`."""
        self._tapes.pause(recording_id, paused=paused)

    async def stop_recording(self, recording_id: str) -> None:
        """See `Media.stop_recording`."""
        self._tapes.stop(recording_id)

    async def transfer(self, leg_id: str, line: TrunkLine) -> None:
        """See `Media.transfer`. Only a carrier can pass on a call that came by it."""
        leg = self._board.get_leg(leg_id)
        trunk = self._reporter.trunks.get(line.trunk_id)
        if trunk is None or leg.trunk_id != line.trunk_id:
            raise OrderRefused("The call didn't come by that trunk: call the number and join both")
        if not self._may_call(line):
            raise OrderRefused("The trunk may not call such numbers")
        await self._player.stop(leg)
        leg.end = LegEnd.RELEASED
        target = f"PJSIP/sip:{line.number}@{trunk.host}:{trunk.port}"
        try:
            await self._board.order("POST", f"channels/{leg_id}/redirect", {"endpoint": target})
        except MediaError:
            leg.end = None
            raise

    async def hang_up(self, leg_id: str, end: LegEnd = LegEnd.RELEASED) -> None:
        """See `Media.hang_up`."""
        leg = self._board.get_leg(leg_id)
        await self._release(leg, end)

    async def _release(self, leg: Leg, end: LegEnd) -> None:
        before, leg.end = leg.end, leg.end or end
        rings = leg.direction is LegDirection.OUTBOUND and leg.state is not LegState.UP
        cause = ends.ANSWERED_ELSEWHERE if rings else ends.cause_of(end)
        try:
            query = {"reason_code": str(cause)}
            await self._board.order("DELETE", f"channels/{leg.leg_id}", query)
        except LegGone:
            self._reporter.bury(leg, leg.end, "it was gone already")
        except MediaUnavailable:
            leg.end = before
            raise


def _leg_of(ringing: Ringing) -> Leg:
    line = ringing.line
    outside = isinstance(line, TrunkLine)
    return Leg(
        leg_id=ringing.leg_id,
        direction=LegDirection.OUTBOUND,
        state=LegState.CALLING,
        number=line.number if outside else "",
        called_number=line.number if outside else "",
        trunk_id=line.trunk_id if outside else "",
        tag=ringing.tag,
    )


def _data_of(leg: Leg) -> str:
    data = LegData(
        direction=leg.direction,
        number=leg.number,
        called_number=leg.called_number,
        trunk_id=leg.trunk_id,
        tag=leg.tag,
    )
    return msgspec.json.encode(data).decode()


def _caller_id(ringing: Ringing) -> str:
    """As Asterisk reads it: a name in quotes, a number in angle brackets."""
    shown = (char for char in ringing.caller_name if char.isprintable() and char not in '"\\<>')
    return f'"{"".join(shown)}" <{ringing.caller_number}>'
