"""Hours of calls leave nothing behind: no channel, no bridge, no task, no memory.

What a process holds is more than what it uses: freed pieces stay with `malloc`, in ever other
places, so that a busy Asterisk seems to grow for minutes. It is told to give them back before it is
looked at. And in the first third both processes fill tables of a fixed size (of legs that have
ended; SIP keeps a transaction for half a minute), so the last third is held against the middle one.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from frontdesk.channels.voice.asterisk.accounts import PHONE, PhoneAccount, Trunk
from frontdesk.channels.voice.asterisk.media import AsteriskMedia
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from tests.support.asterisk import PASSWORD, RunningAsterisk
from tests.support.serving_phone import ServingPhone
from tests.support.simplest_desk import SimplestDesk
from tests.support.sipp import call_many
from tests.support.telephone import until

PHONES = 30
ROUND_S = 10
CALLER_HOST, PHONE_HOST = "127.0.0.4", "127.0.0.5"
SECRET = "a-phone's-secret"
GROWTH_KB_MAX = 6_000
"""Of either process, from the middle third of the time to the last: in an hour 50 bytes a call."""


@dataclass(frozen=True)
class Burden:
    """What is there between two rounds."""

    channels: str
    bridges: int
    tasks: int
    asterisk_kb: int
    our_kb: int


@pytest.mark.soak
async def test_nothing_is_left_after_many_calls(
    asterisk: RunningAsterisk, soak_s: int, calls_a_second: int
) -> None:
    media = AsteriskMedia(AsteriskSettings(url=asterisk.url, password=PASSWORD))
    phones = [
        ServingPhone(PHONE_HOST, asterisk.sip_port, f"{PHONE}{number}") for number in range(PHONES)
    ]
    names = [phone.user.removeprefix(PHONE) for phone in phones]
    accounts = [PhoneAccount(account_id=name, secret=SECRET) for name in names]
    await media.provide([Trunk(trunk_id="sipp", host=CALLER_HOST), *accounts])
    tasks = [asyncio.create_task(media.run())]
    tasks.append(asyncio.create_task(SimplestDesk(media, names).run()))
    try:
        await until(
            lambda: "phone-29" in asterisk.instance.ask("pjsip show endpoints"), "no accounts"
        )
        for phone in phones:
            await phone.open()
            assert await phone.register(SECRET) == 200
            phone.answer_s = phone.talk_s = 0.1
            tasks.append(asyncio.create_task(phone.serve()))
        burdens = await endure(asterisk, phones, soak_s, calls_a_second)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for phone in phones:
            phone.close()

    print(*burdens, sep="\n")
    third = len(burdens) // 3
    early, late = burdens[third : 2 * third], burdens[2 * third :]
    assert len({(each.channels, each.bridges) for each in early + late}) == 1
    assert growth([b.tasks for b in early], [b.tasks for b in late]) <= 0
    assert growth([b.asterisk_kb for b in early], [b.asterisk_kb for b in late]) < GROWTH_KB_MAX
    assert growth([b.our_kb for b in early], [b.our_kb for b in late]) < GROWTH_KB_MAX


def growth(early: Sequence[int], late: Sequence[int]) -> float:
    """By medians: one look at a bad moment says nothing."""
    return statistics.median(late) - statistics.median(early)


async def endure(
    asterisk: RunningAsterisk, phones: list[ServingPhone], soak_s: int, calls_a_second: int
) -> list[Burden]:
    """Rounds of calls, with a look at what is there after each. Phones note no calls meanwhile."""
    burdens: list[Burden] = []
    ends_s = time.monotonic() + soak_s
    while time.monotonic() < ends_s:
        await call_many(
            asterisk.instance,
            asterisk.sip_port,
            "waits_and_talks",
            calls=calls_a_second * ROUND_S,
            a_second=calls_a_second,
            host=CALLER_HOST,
            log="log",
        )
        for phone in phones:
            phone.rang.clear()
            phone.freed.clear()
        burdens.append(await look(asterisk))
    return burdens


async def look(asterisk: RunningAsterisk) -> Burden:
    ask = asterisk.instance.ask
    await until(lambda: "0 active channels" in ask("core show channels"), "channels are left")
    await until(lambda: len(ask("bridge show all").splitlines()) == 1, "bridges are left")
    assert "memory" in ask("malloc trim")
    return Burden(
        channels=ask("core show channels count").splitlines()[0],
        bridges=len(ask("bridge show all").splitlines()) - 1,
        tasks=len(asyncio.all_tasks()),
        asterisk_kb=read_kb(asterisk.instance.pid),
        our_kb=read_kb("self"),
    )


def read_kb(process: int | str) -> int:
    """The memory that a process holds, in kilobytes."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
