"""A real Asterisk, our backend before it, and telephones around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from frontdesk.channels.voice.asterisk.accounts import PHONE, PhoneAccount, Trunk
from frontdesk.channels.voice.asterisk.media import AsteriskMedia
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from frontdesk.channels.voice.media import (
    AnyMediaEvent,
    LegAnswered,
    LegArrived,
    MediaBack,
    PhoneLine,
    Ringing,
    TrunkLine,
)
from tests.support.asterisk import PASSWORD, RunningAsterisk
from tests.support.telephone import Telephone
from tests.support.wire import Wire

SECRET = "a-phone's-secret"
CARRIER = "127.0.0.2"
PATIENCE_S = 40.0
Event = TypeVar("Event", bound=AnyMediaEvent)


@pytest.fixture
def asterisk(asterisk_root: Path) -> Iterator[RunningAsterisk]:
    """An Asterisk of this test's own that runs and knows nobody yet."""
    running = RunningAsterisk(asterisk_root)
    running.start()
    yield running
    running.close()


class House:
    """Our backend with everything that it has reported."""

    def __init__(self, asterisk: RunningAsterisk) -> None:
        self.asterisk = asterisk
        self.reports: list[AnyMediaEvent] = []
        self.telephones: list[Telephone] = []
        self._phones: list[str] = []
        self._numbers = count(3)
        self._news = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    def _make(self) -> AsteriskMedia:
        settings = AsteriskSettings(url=self.wire.url, password=PASSWORD, region="MD")
        return AsteriskMedia(settings)

    async def open(self) -> None:
        """Come to life, with a trunk whose carrier is a telephone at 127.0.0.2."""
        self.wire = Wire(self.asterisk.http_port)
        await self.wire.open()
        self.media = self._make()
        self.carrier = await self.telephone(CARRIER, 700, "carrier")
        await self.provide()
        self._run()
        await self.told_of(MediaBack)

    async def provide(self, **changes: int) -> None:
        """Tell of the trunk, with changes, and of every desk phone."""
        trunk = Trunk(trunk_id="one", host=CARRIER, port=self.carrier.port, region="MD")
        phones = [PhoneAccount(account_id=name, secret=SECRET) for name in self._phones]
        await self.media.provide([msgspec.structs.replace(trunk, **changes), *phones])

    async def provide_phone(self, account_id: str) -> None:
        """One desk phone more may sign in."""
        self._phones.append(account_id)
        await self.provide()

    def _run(self) -> None:
        self._tasks = [asyncio.create_task(self.media.run()), asyncio.create_task(self._read())]

    async def _read(self) -> None:
        async for event in self.media.events():
            async with self._news:
                self.reports.append(event)
                self._news.notify_all()

    def cut(self) -> None:
        """Nothing passes between our backend and Asterisk any more."""
        self.wire.cut()

    def mend(self) -> None:
        self.wire.mend()

    async def begin_anew(self) -> None:
        """Another server takes the place of one that was killed."""
        await self._stop()
        self.reports.clear()
        self.media = self._make()
        await self.provide()
        self._run()
        await self.told_of(MediaBack)

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        await self._stop()
        await self.wire.close()
        for telephone in self.telephones:
            telephone.close()

    async def told(self, event: AnyMediaEvent) -> None:
        """Wait until exactly this was reported."""
        await self._until(lambda: event in self.reports, f"{event} was not told of")

    async def told_of(self, kind: type[Event], times: int = 1) -> Event:
        """Wait until such a thing was reported so often; the last of them."""

        def those() -> list[Event]:
            return [event for event in self.reports if isinstance(event, kind)]

        await self._until(lambda: len(those()) >= times, f"{kind.__name__} was not told of")
        return those()[times - 1]

    async def _until(self, condition: Callable[[], bool], complaint: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S), self._news:
                await self._news.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"{complaint}: {self.reports}\n{self.asterisk.log()}") from None

    # -- people

    async def telephone(self, host: str, hz: float, user: str = "phone") -> Telephone:
        """A telephone that is there."""
        telephone = Telephone(host, self.asterisk.sip_port, hz, user)
        await telephone.open()
        self.telephones.append(telephone)
        return telephone

    async def arrive(self, hz: float = 700) -> tuple[Telephone, str]:
        """Somebody calls in by the trunk."""
        caller = await self.telephone(CARRIER, hz, "022123456")
        before = sum(isinstance(event, LegArrived) for event in self.reports)
        caller.call("022555000")
        return caller, (await self.told_of(LegArrived, before + 1)).leg_id

    async def customer(self, hz: float = 700) -> tuple[Telephone, str]:
        """Somebody has called in and was answered."""
        caller, leg_id = await self.arrive(hz)
        await self.media.answer(leg_id, {"contact_id": "1"})
        await self.told(LegAnswered(leg_id))
        await caller.is_up()
        return caller, leg_id

    async def agent(self, leg_id: str, hz: float) -> Telephone:
        """Somebody with a desk phone, called and talking."""
        phone = await self.desk_phone(leg_id, hz)
        await self.media.ring(ring(leg_id, PhoneLine(leg_id)))
        await self.told(LegAnswered(leg_id))
        return phone

    async def desk_phone(self, account_id: str, hz: float = 1_100) -> Telephone:
        """A desk phone that is registered."""
        phone = await self.telephone(f"127.0.0.{next(self._numbers)}", hz, PHONE + account_id)
        await self.provide_phone(account_id)
        assert await phone.register(SECRET) == 200
        return phone


def ring(leg_id: str, line: PhoneLine | TrunkLine, ring_time_ms: int = 20_000) -> Ringing:
    return Ringing(
        leg_id=leg_id,
        line=line,
        caller_number="+37322123456",
        caller_name="Ana",
        ring_time_ms=ring_time_ms,
        tag={"offer_id": "7"},
    )


@pytest.fixture
async def house(asterisk: RunningAsterisk) -> AsyncIterator[House]:
    """Our backend, connected."""
    opened = House(asterisk)
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()
