"""Who hears whom.

Who talks or listens sits in Asterisk's bridge; a listener's own sound is kept from it. Who whispers
sits in a bridge beside, with a channel that hears all that the first of those who are whispered to
says and hears, and is heard by that one alone; further ones get a channel each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Final

from frontdesk.channels.voice.asterisk.board import MINE, Board, Leg
from frontdesk.channels.voice.asterisk.playing import Player
from frontdesk.channels.voice.media import MediaError, OrderRefused, Role, Seat

ROLE_VARIABLE: Final = "FRONTDESK_ROLE"
# Keys are heard and sound is ours to record only if it passes through Asterisk.
BRIDGE_TYPE: Final = "mixing,dtmf_events,proxy_media"


class Seats:
    """Bridges and who sits in them."""

    def __init__(
        self, board: Board, player: Player, note_seats: Callable[[str, set[str]], None]
    ) -> None:
        self._board = board
        self._player = player
        self._note_seats = note_seats
        self._numbers = count(1)
        self._making = asyncio.Lock()
        self.bridges: dict[str, set[str]] = {}

    async def join(self, bridge_id: str, leg: Leg, seat: Seat) -> None:
        """Seats a leg; in the seat that it has already, nothing is done."""
        async with leg.seat:
            if (leg.bridge_id, leg.role, leg.heard_by) == (bridge_id, seat.role, seat.heard_by):
                return
            if seat.role is Role.WHISPERS and not set(seat.heard_by) <= self._board.legs.keys():
                raise OrderRefused("Who is whispered to is not there")
            played = await self._player.move(leg)
            if leg.bridge_id != bridge_id or Role.WHISPERS in (leg.role, seat.role):
                await self._stand_up(leg)
            await self._sit_down(bridge_id, leg, seat)
            await self._player.resume(leg, played)

    async def leave(self, leg: Leg) -> None:
        """Takes a leg out of its bridge."""
        async with leg.seat:
            if leg.bridge_id is None:
                return
            played = await self._player.move(leg)
            await self._stand_up(leg)
            leg.role, leg.heard_by = Role.TALKS, ()
            await self.silence(leg)
            await self._player.resume(leg, played)

    async def _sit_down(self, bridge_id: str, leg: Leg, seat: Seat) -> None:
        await self._create(bridge_id)
        self.bridges[bridge_id].add(leg.leg_id)
        sits_already = leg.bridge_id == bridge_id
        leg.bridge_id, leg.role, leg.heard_by = bridge_id, seat.role, seat.heard_by
        try:
            self._board.get_leg(leg.leg_id)
            await self._remember_role(leg)
            await self.silence(leg)
            if seat.role is Role.WHISPERS:
                await self._whisper(leg)
            elif not sits_already:
                await self._add(bridge_id, leg.leg_id)
        except MediaError:
            self._strike_off(leg)
            raise
        self._note_seats(bridge_id, self.bridges.get(bridge_id, set()))

    async def _create(self, bridge_id: str) -> None:
        async with self._making:
            if bridge_id in self.bridges:
                return
            try:
                await self._board.order("POST", f"bridges/{bridge_id}", {"type": BRIDGE_TYPE})
            except OrderRefused as refused:
                if "already exists" not in str(refused):  # its last has left a moment ago
                    raise
            self.bridges[bridge_id] = set()

    async def _delete(self, bridge_id: str) -> None:
        async with self._making:
            if bridge_id not in self.bridges:
                await self._board.try_order("DELETE", f"bridges/{bridge_id}")

    async def _add(self, bridge_id: str, channel_id: str) -> None:
        await self._board.order("POST", f"bridges/{bridge_id}/addChannel", {"channel": channel_id})

    async def _remember_role(self, leg: Leg) -> None:
        """So that whoever is started anew knows it; who was never anything else talks."""
        if leg.role.value == leg.written_role:
            return
        leg.written_role = leg.role.value
        query = {"variable": ROLE_VARIABLE, "value": leg.role.value}
        await self._board.order("POST", f"channels/{leg.leg_id}/variable", query)

    async def _whisper(self, leg: Leg) -> None:
        beside = _beside(leg)
        await self._board.order("POST", f"bridges/{beside}", {"type": BRIDGE_TYPE})
        for place, target in enumerate(leg.heard_by):
            snoop_id = f"{leg.leg_id}{MINE}whisper{next(self._numbers)}"
            await self._board.snoop(target, snoop_id, "none" if place else "both", "out")
            await self._add(beside, snoop_id)
        await self._add(beside, leg.leg_id)

    async def _stand_up(self, leg: Leg) -> None:
        """Out of the bridge that it really sits in."""
        if leg.bridge_id is None:
            return
        if leg.role is Role.WHISPERS:
            await self._board.try_order("DELETE", f"bridges/{_beside(leg)}")
        else:
            query = {"channel": leg.leg_id}
            path = f"bridges/{leg.bridge_id}/removeChannel"
            await self._board.try_order("POST", path, query)
        self._strike_off(leg)

    def _strike_off(self, leg: Leg) -> None:
        """Off the list of its bridge, which ends with its last."""
        bridge_id, leg.bridge_id = leg.bridge_id, None
        seated = self.bridges.get(bridge_id or "")
        if bridge_id is None or seated is None:
            return
        seated.discard(leg.leg_id)
        self._note_seats(bridge_id, seated)
        if not seated:
            del self.bridges[bridge_id]
            self._board.work(self._delete(bridge_id))

    async def silence(self, leg: Leg) -> None:
        """Keeps a leg's sound from everybody if it is muted or only listens."""
        silenced = leg.muted or leg.role is Role.LISTENS
        if silenced != leg.silenced:
            method = "POST" if silenced else "DELETE"
            await self._board.order(method, f"channels/{leg.leg_id}/mute", {"direction": "in"})
            leg.silenced = silenced

    def forget(self, leg: Leg) -> None:
        """The leg has ended."""
        if leg.role is Role.WHISPERS:
            self._board.work(self._board.try_order("DELETE", f"bridges/{_beside(leg)}"))
        self._strike_off(leg)


def _beside(leg: Leg) -> str:
    """The bridge in which a leg whispers."""
    return f"{leg.leg_id}{MINE}{leg.bridge_id}"
