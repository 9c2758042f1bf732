"""Finds again, in a running Asterisk, what was ordered before the line to it was cut.

What Asterisk can't know of a leg stands in variables of its channel.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

import msgspec

from frontdesk.channels.voice.asterisk.accounts import TRUNK
from frontdesk.channels.voice.asterisk.ari_types import Bridge, Channel
from frontdesk.channels.voice.asterisk.board import MINE, Board, Leg
from frontdesk.channels.voice.asterisk.seats import ROLE_VARIABLE, Seats
from frontdesk.channels.voice.media import (
    LegDirection,
    LegEnd,
    LegGone,
    LegState,
    OrderRefused,
    Role,
)

DATA_VARIABLE: Final = "FRONTDESK"

_read_channels: Final = msgspec.json.Decoder(list[Channel]).decode
_read_bridges: Final = msgspec.json.Decoder(list[Bridge]).decode


class LegData(msgspec.Struct, frozen=True, kw_only=True):
    """What is written on a leg's channel."""

    direction: LegDirection
    number: str = ""
    called_number: str = ""
    trunk_id: str = ""
    tag: dict[str, str] = {}


class _Variable(msgspec.Struct, frozen=True):
    value: str


def endpoint_of(channel: Channel) -> str:
    """The account that a channel belongs to: `PJSIP/trunk-one-0000002a` is `trunk-one`'s."""
    return channel.name.partition("/")[2].rpartition("-")[0]


def trunk_of(channel: Channel) -> str:
    """The trunk by which a call came or went; empty: none."""
    endpoint = endpoint_of(channel)
    return endpoint.removeprefix(TRUNK) if endpoint.startswith(TRUNK) else ""


class Adopter:
    """Brings the board to what is true in Asterisk."""

    def __init__(
        self, board: Board, seats: Seats, bury: Callable[[Leg, LegEnd, str], None]
    ) -> None:
        self._board = board
        self._seats = seats
        self._bury = bury

    async def adopt(self, kept: Collection[str]) -> None:
        """Finds what lives and buries what doesn't; of what is ours alone, `kept` stays.

        Raises MediaUnavailable.
        """
        channels = _read_channels(await self._board.order("GET", "channels"))
        bridges = _read_bridges(await self._board.order("GET", "bridges"))
        self._bury_all_but({channel.id for channel in channels})
        for channel in channels:
            if MINE not in channel.id:
                await self._adopt_channel(channel)
        self._seats.bridges.clear()
        for bridge in bridges:
            self._adopt_bridge(bridge)
        await self._clear_away(channels, bridges, kept)

    def _bury_all_but(self, living: set[str]) -> None:
        for leg in list(self._board.legs.values()):
            if leg.leg_id not in living:
                why = "it ended while Asterisk could not be heard"
                self._bury(leg, leg.end or LegEnd.LOST, why)

    async def _adopt_channel(self, channel: Channel) -> None:
        leg = self._board.legs.get(channel.id) or await self._read_leg(channel)
        if leg is None:
            return
        self._board.legs[leg.leg_id] = leg
        up = channel.state == "Up"
        if up and (leg.direction is LegDirection.INBOUND or channel.dialplan.app_name == "Stasis"):
            leg.state = LegState.UP
        elif channel.state == "Ringing":
            leg.state = LegState.RINGING
        await self._board.watch(leg)

    async def _read_leg(self, channel: Channel) -> Leg | None:
        written = await self._read_variable(channel.id, DATA_VARIABLE)
        if written:
            data = msgspec.json.decode(written, type=LegData)
        elif channel.dialplan.app_name == "Stasis":
            data = LegData(
                direction=LegDirection.INBOUND,
                number=channel.caller.number,
                called_number=channel.dialplan.exten,
                trunk_id=trunk_of(channel),
            )
        else:
            return None
        inbound = data.direction is LegDirection.INBOUND
        leg = Leg(
            leg_id=channel.id,
            direction=data.direction,
            state=LegState.ARRIVED if inbound else LegState.CALLING,
            number=data.number,
            called_number=data.called_number,
            trunk_id=data.trunk_id,
            tag=data.tag,
        )
        role = await self._read_variable(channel.id, ROLE_VARIABLE)
        leg.role = Role(role) if role else Role.TALKS
        leg.written_role = leg.role.value
        leg.silenced = leg.role is Role.LISTENS
        return leg

    async def _read_variable(self, channel_id: str, name: str) -> str:
        try:
            answer = await self._board.order(
                "GET", f"channels/{channel_id}/variable", {"variable": name}
            )
        except (LegGone, OrderRefused):
            return ""
        return msgspec.json.decode(answer, type=_Variable).value

    def _adopt_bridge(self, bridge: Bridge) -> None:
        """A bridge of talkers, or one beside in which somebody whispers."""
        seated = [channel_id for channel_id in bridge.channels if MINE not in channel_id]
        _, _, beside_of = bridge.id.partition(MINE)
        for leg_id in seated:
            leg = self._board.legs.get(leg_id)
            if leg is not None:
                leg.bridge_id = beside_of or bridge.id
                self._seats.bridges.setdefault(leg.bridge_id, set()).add(leg_id)

    async def _clear_away(
        self, channels: list[Channel], bridges: list[Bridge], kept: Collection[str]
    ) -> None:
        """Ends what nobody uses any more: ears of a server that is no more, empty bridges."""
        for channel in channels:
            if _is_ear(channel.id) and not channel.id.startswith(tuple(kept)):
                await self._board.try_order("DELETE", f"channels/{channel.id}")
        for bridge in bridges:
            used = bridge.id in self._seats.bridges or bridge.id in kept
            if not used and (_is_ear(bridge.id) or not bridge.channels):
                await self._board.try_order("DELETE", f"bridges/{bridge.id}")


def _is_ear(name: str) -> bool:
    return f"{MINE}ear" in name
