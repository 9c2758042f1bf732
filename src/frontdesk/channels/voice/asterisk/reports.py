"""Turns Asterisk's events into the port's reports."""

from __future__ import annotations

from typing import Final

from frontdesk.channels.voice.asterisk import ends
from frontdesk.channels.voice.asterisk.accounts import PHONE, Trunk
from frontdesk.channels.voice.asterisk.adopting import endpoint_of, trunk_of
from frontdesk.channels.voice.asterisk.ari_types import (
    AnyMessage,
    Channel,
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelStateChange,
    ChannelTransfer,
    Dial,
    PlaybackFinished,
    StasisEnd,
    StasisStart,
)
from frontdesk.channels.voice.asterisk.board import MINE, Board, Leg
from frontdesk.channels.voice.asterisk.ears import Ears
from frontdesk.channels.voice.asterisk.playing import Player
from frontdesk.channels.voice.asterisk.seats import Seats
from frontdesk.channels.voice.media import (
    KeyPressed,
    LegAnswered,
    LegArrived,
    LegDirection,
    LegEnd,
    LegEnded,
    LegRang,
    LegState,
    TransferAsked,
)
from frontdesk.runtime.phone_numbers import normalise

KEYS: Final = frozenset("0123456789*#")


class Reporter:
    """Keeps the board true to what happens, and tells of it."""

    def __init__(self, board: Board, player: Player, seats: Seats, ears: Ears) -> None:
        self._board = board
        self._player = player
        self._seats = seats
        self._ears = ears
        self.trunks: dict[str, Trunk] = {}
        self.region = ""

    def take(self, message: AnyMessage) -> None:
        """One event, in the order in which they came."""
        match message:
            case StasisStart(channel=channel):
                self._begin(channel)
            case StasisEnd(channel=channel):
                self._leave(channel)
            case ChannelStateChange(channel=channel):
                self._change(channel)
            case Dial(peer=channel, dialstatus="RINGING"):
                self._ring(channel, early_media=False)
            case Dial(peer=channel, dialstatus="PROGRESS"):
                self._ring(channel, early_media=True)
            case ChannelDtmfReceived(channel=channel, digit=key):
                self._press(channel, key)
            case PlaybackFinished(playback=playback):
                self._player.note_finished(playback)
            case ChannelTransfer():
                self._ask_transfer(message)
            case ChannelDestroyed():
                self._end(message)
            case _:
                pass

    # -- a leg's life

    def _begin(self, channel: Channel) -> None:
        if self._board.note_arrival(channel.id):
            return
        leg = self._board.legs.get(channel.id)
        if leg is None:
            self._arrive(channel)
        elif leg.direction is LegDirection.OUTBOUND:
            self._answer(leg)

    def _arrive(self, channel: Channel) -> None:
        trunk_id, endpoint = trunk_of(channel), endpoint_of(channel)
        trunk = self.trunks.get(trunk_id)
        region = (trunk.region if trunk is not None else "") or self.region
        leg = Leg(
            leg_id=channel.id,
            direction=LegDirection.INBOUND,
            state=LegState.UP if channel.state == "Up" else LegState.ARRIVED,
            number=normalise(channel.caller.number, region),
            called_number=normalise(channel.dialplan.exten, region),
            trunk_id=trunk_id,
        )
        self._board.legs[leg.leg_id] = leg
        self._board.work(self._board.watch(leg))
        account_id = endpoint.removeprefix(PHONE) if endpoint.startswith(PHONE) else ""
        self._board.report(
            LegArrived(
                leg_id=leg.leg_id,
                number=leg.number,
                name=channel.caller.name,
                called_number=leg.called_number,
                trunk_id=trunk_id,
                attributes={"account_id": account_id} if account_id else {},
            )
        )

    def _change(self, channel: Channel) -> None:
        leg = self._board.legs.get(channel.id)
        if leg is None:
            return
        if channel.state == "Ringing":
            self._ring(channel, early_media=False)
        elif channel.state == "Up" and leg.direction is LegDirection.INBOUND:
            self._answer(leg)

    def _ring(self, channel: Channel, *, early_media: bool) -> None:
        leg = self._board.legs.get(channel.id)
        if leg is not None and leg.state is LegState.CALLING:
            leg.state = LegState.RINGING
            self._board.report(LegRang(leg.leg_id, early_media))

    def _answer(self, leg: Leg) -> None:
        if leg.state is LegState.UP or leg.end is not None:
            return
        leg.state = LegState.UP
        if leg.timer is not None:
            leg.timer.cancel()
        self._board.report(LegAnswered(leg.leg_id))

    def _leave(self, channel: Channel) -> None:
        """Nobody sends a leg out of our application, so it ends; its cause is told if watched."""
        leg = self._board.legs.get(channel.id)
        if leg is not None and not leg.watched and leg.direction is LegDirection.INBOUND:
            early = leg.state is not LegState.UP
            self.bury(leg, leg.end or (LegEnd.CANCELLED if early else LegEnd.HUNG_UP), "")

    def _end(self, message: ChannelDestroyed) -> None:
        leg = self._board.legs.get(message.channel.id)
        if leg is not None:
            self.bury(leg, _why(leg, message), _detail(message))

    def bury(self, leg: Leg, end: LegEnd, detail: str) -> None:
        """The leg has ended."""
        if self._board.legs.get(leg.leg_id) is not leg:
            return
        self._player.forget(leg)
        self._board.forget(leg)
        self._seats.forget(leg)
        self._ears.forget(leg.leg_id)
        self._board.report(LegEnded(leg.leg_id, end, detail))

    # -- what a person does

    def _press(self, channel: Channel, key: str) -> None:
        leg = self._board.legs.get(channel.id)
        if leg is not None and key in KEYS:
            self._board.report(KeyPressed(leg.leg_id, key))
            self._player.note_key(leg)

    def _ask_transfer(self, message: ChannelTransfer) -> None:
        leg = self._board.legs.get(message.referred_by.source_channel.id)
        wanted = message.refer_to.requested_destination.destination
        if leg is not None and wanted and MINE not in wanted:
            self._board.report(TransferAsked(leg.leg_id, normalise(wanted, self.region)))


def _detail(message: ChannelDestroyed) -> str:
    if message.tech_cause:
        return f"SIP {message.tech_cause}"
    return message.cause_txt if message.cause else ""


def _why(leg: Leg, message: ChannelDestroyed) -> LegEnd:
    if leg.end is not None:
        return leg.end
    if leg.state is LegState.UP:
        return ends.end_after_answer(message.cause)
    if leg.direction is LegDirection.INBOUND:
        return LegEnd.CANCELLED
    return ends.end_before_answer(message.cause, message.tech_cause)
