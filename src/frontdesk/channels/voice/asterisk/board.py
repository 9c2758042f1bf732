"""Who is on the line: the legs as far as we know them, and the way to give orders about them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from frontdesk.channels.voice.asterisk.ari import Ari, AriGone, AriRefused
from frontdesk.channels.voice.asterisk.files import APP
from frontdesk.channels.voice.media import (
    AnyMediaEvent,
    LegDirection,
    LegEnd,
    LegGone,
    LegPicture,
    LegState,
    MediaUnavailable,
    OrderRefused,
    Playing,
    Role,
)

ENDED_MAX: Final = 20_000
"""So many legs that have ended are remembered, so that an old order is not taken for a new one."""
_STATUSES_OF_AN_END: Final = frozenset({409, 412, 422, 500})
"""Not in our application, in no state for it, "failed to answer": Asterisk's words for hung up."""
ARRIVAL_S_MAX: Final = 5.0
MINE: Final = "~"
"""In the ids of channels and bridges that are ours alone; whoever orders never sees them."""


@dataclass
class Played:
    """What a leg hears now."""

    playing: Playing
    media: str
    above: str | None
    """The channel by which it is played above a bridge; None: on the leg's own."""
    round: int = 0

    @property
    def playback_id(self) -> str:
        """Asterisk's id of the present round."""
        return f"{self.playing.play_id}{MINE}{self.round}"


@dataclass
class Leg:
    """A person's connection: a channel of Asterisk, with what it can't tell us itself."""

    leg_id: str
    direction: LegDirection
    state: LegState
    number: str = ""
    called_number: str = ""
    trunk_id: str = ""
    tag: dict[str, str] = field(default_factory=dict[str, str])
    bridge_id: str | None = None
    role: Role = Role.TALKS
    heard_by: tuple[str, ...] = ()
    written_role: str = Role.TALKS.value
    """What stands on the channel, for whoever is started anew."""
    muted: bool = False
    silenced: bool = False
    recording_id: str | None = None
    played: Played | None = None
    play_ids: set[str] = field(default_factory=set[str])
    watched: bool = False
    """Whether Asterisk has promised to tell of its end."""
    end: LegEnd | None = None
    """Why it ends, if that was our doing."""
    timer: asyncio.TimerHandle | None = None
    seat: asyncio.Lock = field(default_factory=asyncio.Lock)

    def show(self) -> LegPicture:
        """As the port tells of it."""
        return LegPicture(
            leg_id=self.leg_id,
            direction=self.direction,
            state=self.state,
            number=self.number,
            called_number=self.called_number,
            bridge_id=self.bridge_id,
            recording_id=self.recording_id,
            tag=self.tag,
        )


class Board:
    """The legs, and the line to Asterisk while there is one."""

    def __init__(self, report: Callable[[AnyMediaEvent], None]) -> None:
        self.report = report
        self.ari: Ari | None = None
        self.legs: dict[str, Leg] = {}
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._awaited: dict[str, asyncio.Future[None]] = {}
        self._works: set[asyncio.Task[None]] = set()

    # -- legs

    def get_leg(self, leg_id: str) -> Leg:
        """Raises LegGone."""
        leg = self.legs.get(leg_id)
        if leg is None:
            raise LegGone(f"{leg_id} has ended, or never was")
        return leg

    def has_ended(self, leg_id: str) -> bool:
        """Whether there was such a leg lately."""
        return leg_id in self._ended

    def forget(self, leg: Leg) -> None:
        """The leg has ended."""
        self.legs.pop(leg.leg_id, None)
        if leg.timer is not None:
            leg.timer.cancel()
        self._ended[leg.leg_id] = None
        if len(self._ended) > ENDED_MAX:
            self._ended.popitem(last=False)

    # -- orders

    async def order(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        body: object = None,
    ) -> bytes:
        """Raises MediaUnavailable, LegGone, OrderRefused."""
        if self.ari is None:
            raise MediaUnavailable("Asterisk can't be reached")
        try:
            return await self.ari.ask(method, path, query, body)
        except AriGone as error:
            raise MediaUnavailable(str(error)) from error
        except AriRefused as error:
            kind = LegGone if self._tells_of_an_end(error, path, query or {}) else OrderRefused
            raise kind(str(error)) from error

    def _tells_of_an_end(self, error: AriRefused, path: str, query: Mapping[str, str]) -> bool:
        """Whether a leg is what was refused: gone, or on its way out.

        Before that a leg that doesn't ring any more is always ready for orders.
        """
        if error.status == 404 or str(error) == "Channel not found":
            return True
        leg_id = query.get("channel", "") or path.removeprefix("channels/").partition("/")[0]
        if error.status not in _STATUSES_OF_AN_END:
            return False
        leg = self.legs.get(leg_id)
        if leg is None:
            return self.has_ended(leg_id)
        return leg.state in (LegState.ARRIVED, LegState.UP)

    async def try_order(
        self, method: str, path: str, query: Mapping[str, str] | None = None
    ) -> None:
        """An order that is as good as done where there is nothing left to do it to."""
        try:
            await self.order(method, path, query)
        except (LegGone, OrderRefused, MediaUnavailable):
            pass

    async def watch(self, leg: Leg) -> None:
        """Sees that we are told of a leg's end, also when it has left our application."""
        query = {"eventSource": f"channel:{leg.leg_id}"}
        try:
            await self.order("POST", f"applications/{APP}/subscription", query)
            leg.watched = True
        except (LegGone, OrderRefused, MediaUnavailable):
            pass

    def work(self, work: Coroutine[Any, Any, None]) -> None:
        """Does something beside, that nobody waits for."""
        task = asyncio.create_task(work)
        self._works.add(task)
        task.add_done_callback(self._works.discard)

    async def rest(self) -> None:
        """Ends what is done beside."""
        for task in self._works:
            task.cancel()
        await asyncio.gather(*self._works, return_exceptions=True)

    # -- channels of our own

    async def snoop(self, leg_id: str, snoop_id: str, spy: str, whisper: str) -> None:
        """A channel that hears a leg or is heard by it, ready for orders."""
        query = {"app": APP, "spy": spy, "whisper": whisper}
        async with self.arrival_of(snoop_id):
            await self.order("POST", f"channels/{leg_id}/snoop/{snoop_id}", query)

    @asynccontextmanager
    async def arrival_of(self, channel_id: str) -> AsyncGenerator[None]:
        """Waits on leaving until the channel has come, which is made meanwhile.

        Before it has, Asterisk refuses orders about it. Raises OrderRefused.
        """
        arrived = self._awaited[channel_id] = asyncio.get_running_loop().create_future()
        try:
            yield
            await asyncio.wait([arrived], timeout=ARRIVAL_S_MAX)
            if not arrived.done():
                raise OrderRefused(f"Asterisk made no channel {channel_id}")
        finally:
            self._awaited.pop(channel_id, None)

    def note_arrival(self, channel_id: str) -> bool:
        """Whether it is a channel of our own."""
        arrived = self._awaited.get(channel_id)
        if arrived is not None and not arrived.done():
            arrived.set_result(None)
        return MINE in channel_id
