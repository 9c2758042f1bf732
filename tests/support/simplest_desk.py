"""The simplest of desks before the media port: callers wait in line, phones take turns.

It is what is left of a contact centre without a kernel, to measure and to strain what lies beneath.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Coroutine
from itertools import count
from typing import Any

from frontdesk.channels.voice.media import (
    AnyMediaEvent,
    LegAnswered,
    LegArrived,
    LegEnded,
    LegGone,
    Media,
    MediaError,
    PhoneLine,
    Ringing,
    Seat,
)


class SimplestDesk:
    """Answers callers and puts them through to phones, longest idle first.

    Whoever hangs up ends the call.
    """

    def __init__(self, media: Media, phones: list[str], ring_time_ms: int = 20_000) -> None:
        self._media = media
        self._ring_time_ms = ring_time_ms
        self._idle = deque(phones)
        self._waiting: deque[LegArrived] = deque()
        self._numbers = count(1)
        self._caller_of: dict[str, LegArrived] = {}
        self._leg_of: dict[str, str] = {}
        self._works: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve endlessly."""
        async for event in self._media.events():
            self.take(event)

    def take(self, event: AnyMediaEvent) -> None:
        """One report."""
        match event:
            case LegArrived():
                self._do(self._media.answer(event.leg_id, {}))
                self._waiting.append(event)
                self._put_through()
            case LegAnswered(leg_id=leg_id) if leg_id in self._caller_of:
                self._do(self._connect(leg_id))
            case LegEnded(leg_id=leg_id):
                self._end(leg_id)
            case _:
                pass

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Beside the reports; a leg or an Asterisk that is gone meanwhile is no trouble of ours."""

        async def do() -> None:
            with contextlib.suppress(MediaError):
                await work

        task = asyncio.create_task(do())
        self._works.add(task)
        task.add_done_callback(self._works.discard)

    def _put_through(self) -> None:
        while self._waiting and self._idle:
            caller, phone = self._waiting.popleft(), self._idle.popleft()
            leg_id = f"{phone}.{next(self._numbers)}"
            self._caller_of[leg_id], self._leg_of[caller.leg_id] = caller, leg_id
            ringing = Ringing(
                leg_id=leg_id,
                line=PhoneLine(phone),
                caller_number=caller.number,
                ring_time_ms=self._ring_time_ms,
            )
            self._do(self._media.ring(ringing))

    async def _connect(self, leg_id: str) -> None:
        caller = self._caller_of.get(leg_id)
        if caller is None:
            return
        try:
            for seated in (caller.leg_id, leg_id):
                await self._media.join(caller.leg_id, Seat(leg_id=seated))
        except LegGone:
            await self._media.hang_up(leg_id)

    def _end(self, leg_id: str) -> None:
        """An agent's leg frees the phone, a caller's ends the agent's; an unanswered waits on."""
        caller = self._caller_of.pop(leg_id, None)
        if caller is not None:
            self._idle.append(leg_id.partition(".")[0])
            if self._leg_of.pop(caller.leg_id, None) is not None:
                self._do(self._media.hang_up(caller.leg_id))
            self._put_through()
        elif leg_id in self._leg_of:
            self._do(self._media.hang_up(self._leg_of.pop(leg_id)))
        else:
            self._waiting = deque(c for c in self._waiting if c.leg_id != leg_id)
