"""Plays clips to one leg: on its own channel, or above the bridge that it is in.

Asterisk does one thing after the other with a channel, and playing is one of them: whatever else is
asked of the channel has to wait. So what is played on a channel is stopped before anything else. In
a bridge it is played by a channel of our own that whispers into the leg's ear, and nobody waits.
"""

from __future__ import annotations

from itertools import count

from frontdesk.channels.voice.asterisk.ari_types import Playback
from frontdesk.channels.voice.asterisk.board import MINE, Board, Leg, Played
from frontdesk.channels.voice.asterisk.clips import ClipShelf
from frontdesk.channels.voice.media import (
    LegGone,
    MediaUnavailable,
    OrderRefused,
    PlayEnded,
    Playing,
)


class Player:
    """What legs hear."""

    def __init__(self, board: Board, shelf: ClipShelf) -> None:
        self._board = board
        self._shelf = shelf
        self._numbers = count(1)

    async def play(self, leg: Leg, playing: Playing) -> None:
        """Plays instead of what is played; a play that was ordered before is not begun again."""
        if playing.play_id in leg.play_ids:
            return
        leg.play_ids.add(playing.play_id)
        await self.stop(leg)
        try:
            media = ",".join(f"sound:{self._shelf.offer(clip)}" for clip in playing.clips)
        except OSError as error:
            self._board.report(PlayEnded(leg.leg_id, playing.play_id, False, str(error)))
            return
        async with leg.seat:
            await self._begin(leg, Played(playing, media, None))

    async def _begin(self, leg: Leg, played: Played) -> None:
        if leg.bridge_id is not None:
            played.above = f"{leg.leg_id}{MINE}say{next(self._numbers)}"
            await self._board.snoop(leg.leg_id, played.above, "none", "out")
        leg.played = played
        await self._play_round(leg, played)

    async def _play_round(self, leg: Leg, played: Played) -> None:
        channel = played.above or leg.leg_id
        path = f"channels/{channel}/play/{played.playback_id}"
        await self._board.order("POST", path, {"media": played.media})

    async def stop(self, leg: Leg, play_id: str | None = None) -> None:
        """Stops what is played, if it is still this."""
        played = leg.played
        if played is None or play_id not in (None, played.playing.play_id):
            return
        self._end(leg, played, heard_all=False)
        await self._silence(played)

    async def _silence(self, played: Played) -> None:
        if played.above is None:
            await self._board.try_order("DELETE", f"playbacks/{played.playback_id}")
        else:
            await self._board.try_order("DELETE", f"channels/{played.above}")

    async def move(self, leg: Leg) -> Played | None:
        """Stops what is played because the leg changes its place; `resume` goes on with it."""
        played, leg.played = leg.played, None
        if played is not None:
            await self._silence(played)
        return played

    async def resume(self, leg: Leg, played: Played | None) -> None:
        """Plays from the beginning again what was played before the leg changed its place."""
        if played is None:
            return
        try:
            await self._begin(leg, Played(played.playing, played.media, None, played.round + 1))
        except (LegGone, OrderRefused, MediaUnavailable) as error:
            self._board.report(PlayEnded(leg.leg_id, played.playing.play_id, False, str(error)))

    # -- what Asterisk reports

    def note_key(self, leg: Leg) -> None:
        """A key was pressed, which stops what it may stop."""
        played = leg.played
        if played is not None and played.playing.until_key:
            self._end(leg, played, heard_all=False)
            self._board.work(self._silence(played))

    def note_finished(self, playback: Playback) -> None:
        """A round of something is over."""
        leg_id = playback.target_uri.removeprefix("channel:").partition(MINE)[0]
        leg = self._board.legs.get(leg_id)
        played = leg.played if leg is not None else None
        if leg is not None and played is not None and played.playback_id == playback.id:
            self._note_round(leg, played, failed=playback.state == "failed")

    def _note_round(self, leg: Leg, played: Played, *, failed: bool) -> None:
        if played.playing.endless and not failed:
            played.round += 1
            self._board.work(self._go_on(leg, played))
            return
        error = "Asterisk could not play it" if failed else ""
        self._end(leg, played, heard_all=not failed, error=error)
        if played.above is not None:
            self._board.work(self._silence(played))

    async def _go_on(self, leg: Leg, played: Played) -> None:
        try:
            await self._play_round(leg, played)
        except (LegGone, OrderRefused, MediaUnavailable) as error:
            if leg.played is played:
                self._end(leg, played, heard_all=False, error=str(error))

    def _end(self, leg: Leg, played: Played, *, heard_all: bool, error: str = "") -> None:
        leg.played = None
        self._board.report(PlayEnded(leg.leg_id, played.playing.play_id, heard_all, error))

    def forget(self, leg: Leg) -> None:
        """The leg has ended, and with it what was played."""
        if leg.played is not None:
            self._end(leg, leg.played, heard_all=False)
