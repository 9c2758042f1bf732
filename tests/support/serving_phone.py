"""A phone that serves: it answers after a moment, hangs up after a while, and notes when."""

from __future__ import annotations

import asyncio
import time

from tests.support.sip import Message
from tests.support.telephone import Manner, Telephone, until


class ServingPhone(Telephone):
    """An agent's phone, without sound. Moments are those of packets, as the clock on the wall."""

    def __init__(self, host: str, sip_port: int, name: str) -> None:
        super().__init__(host, sip_port, user=name)
        self.manner = Manner.RINGS
        self.sound.speaks = False
        self.rang: list[tuple[float, str]] = []
        """When it was called, and by whom."""
        self.freed: list[float] = []
        self.answer_s, self.talk_s = 0.2, 0.0
        self._rung = asyncio.Event()

    def _be_called(self, request: Message, addr: tuple[str, int]) -> None:
        at_s, before = time.time(), self._invite
        super()._be_called(request, addr)
        if self._invite is not before:
            self.rang.append((at_s, request.get("From").partition("sip:")[2].partition("@")[0]))
            self._rung.set()

    async def serve(self) -> None:
        """Endlessly."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            self.received.clear()
            await asyncio.sleep(self.answer_s)
            if self.ended:
                continue
            self.pick_up()
            await until(lambda: self.up or self.ended, "nobody acknowledges")
            await asyncio.sleep(self.talk_s)
            if not self.ended:
                self.freed.append(time.time())
                await self.hang_up()
