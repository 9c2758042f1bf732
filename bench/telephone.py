"""From a caller's arrival to an agent's ringing phone, beside Asterisk's own app_queue.

Two Asterisks run on this machine, one after the other, under the same load: sipp calls in, the same
phones answer by the same rule. One has app_queue hand calls to them (longest idle first, retry
after 1 s, no wrap-up); the other is told by the media port, with the simplest of desks before it.
What lies above that, the kernel and its journal, is measured in `routing` and `journal`. Moments
are those of packets: when sipp sends its INVITE, when a phone gets one, when a phone hangs up.

Three loads: calls that find agents idle; more calls than the agents can carry; and steps of a
rising rate, until a call is lost or rings nowhere for three seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from tools.asterisk import prepare

from bench.chat_latency import find_99th
from bench.harness import Figure, report
from frontdesk.channels.voice.asterisk.accounts import PHONE, PhoneAccount, Trunk
from frontdesk.channels.voice.asterisk.media import AsteriskMedia
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from tests.support.asterisk import PASSWORD, RunningAsterisk
from tests.support.serving_phone import ServingPhone
from tests.support.simplest_desk import SimplestDesk
from tests.support.sipp import call_many
from tests.support.telephone import until

AGENTS = 10
MANY_AGENTS = 40
CALLER_HOST, AGENT_HOST = "127.0.0.2", "127.0.0.3"
SECRET = "a-phone's-secret"
QUEUE_EXTENSION = "022555000"
RATES = (40, 80, 120, 140, 160, 180, 200, 220, 240, 260, 280)
STEP_S = 5
LOST_S = 3.0


@dataclass(frozen=True)
class Load:
    """So many calls, so many a second, each talking for so long."""

    calls: int
    a_second: int
    talk_s: float


LIGHT = Load(calls=120, a_second=4, talk_s=1.2)
HEAVY = Load(calls=150, a_second=10, talk_s=1.2)


# -- what happened


@dataclass
class Course:
    """What happened: who called when, who rang when for whom, who was free when."""

    entered: dict[str, float]
    agents: list[ServingPhone]

    @property
    def first_ring(self) -> dict[str, float]:
        rings = sorted(ring for agent in self.agents for ring in agent.rang)
        return {caller: at_s for at_s, caller in reversed(rings)}

    def busy_at(self, at_s: float) -> int:
        """How many agents ring or talk."""
        return sum(any(a <= at_s < b for a, b in self._spells(agent)) for agent in self.agents)

    def _spells(self, agent: ServingPhone) -> list[tuple[float, float]]:
        began = [at_s for at_s, _ in agent.rang]
        return list(zip(began, agent.freed, strict=False))

    def waiting_at(self, at_s: float) -> int:
        """How many callers have entered and nobody rings for them."""
        first = self.first_ring
        never = float("inf")
        return sum(e < at_s < first.get(caller, never) for caller, e in self.entered.items())

    def waits_with_idle(self) -> list[float]:
        """From entry to ringing, of those for whom an agent was idle when they came."""
        first = self.first_ring
        return [
            first[caller] - at_s
            for caller, at_s in self.entered.items()
            if self.busy_at(at_s) + self.waiting_at(at_s) < AGENTS and caller in first
        ]

    def gaps_with_waiting(self) -> list[float]:
        """From an agent's hanging up to the next ringing, while callers wait."""
        gaps: list[float] = []
        for agent in self.agents:
            for at_s in agent.freed:
                later = [ring - at_s for ring, _ in agent.rang if ring > at_s]
                if self.waiting_at(at_s) and later:
                    gaps.append(min(later))
        return gaps

    def idle_while_waiting_ratio(self) -> float:
        """The agents' time idle while somebody waited, of all their time while somebody did."""
        if not self.entered:
            return 0.0
        first, last = min(self.entered.values()), max(self.first_ring.values())
        moments = [first + step * 0.02 for step in range(int((last - first) / 0.02))]
        waited = [(self.busy_at(m), self.waiting_at(m)) for m in moments]
        idle = sum(min(AGENTS - busy, waiting) for busy, waiting in waited if waiting)
        return idle / (AGENTS * max(1, sum(waiting > 0 for _, waiting in waited)))


# -- the two systems

Served = tuple[RunningAsterisk, list[ServingPhone]]
System = Callable[[Path, int], AbstractAsyncContextManager[Served]]


@contextlib.asynccontextmanager
async def agents_of(running: RunningAsterisk, count: int) -> AsyncGenerator[list[ServingPhone]]:
    agents = [
        ServingPhone(AGENT_HOST, running.sip_port, f"{PHONE}{number}") for number in range(count)
    ]
    for agent in agents:
        await agent.open()
    tasks = [asyncio.create_task(agent.serve()) for agent in agents]
    try:
        yield agents
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for agent in agents:
            agent.close()


@contextlib.asynccontextmanager
async def frontdesk(root: Path, count: int) -> AsyncGenerator[Served]:
    running = RunningAsterisk(root)
    running.start()
    media = AsteriskMedia(AsteriskSettings(url=running.url, password=PASSWORD))
    try:
        async with agents_of(running, count) as agents:
            names = [agent.user.removeprefix(PHONE) for agent in agents]
            phones = [PhoneAccount(account_id=name, secret=SECRET) for name in names]
            trunk = Trunk(trunk_id="sipp", host=CALLER_HOST)
            await media.provide([trunk, *phones])
            desk = SimplestDesk(media, names)
            tasks = [asyncio.create_task(media.run()), asyncio.create_task(desk.run())]
            await until(lambda: f"{count + 1}" in _count_endpoints(running), "no accounts")
            for agent in agents:
                assert await agent.register(SECRET) == 200
            yield running, agents
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        running.close()


def _count_endpoints(running: RunningAsterisk) -> str:
    return running.instance.ask("pjsip show endpoints").rpartition("Objects found:")[2]


QUEUE_FILES = {
    "queues.conf": (
        "[general]\nautofill=yes\nshared_lastcall=yes\n"
        "[sales]\nstrategy=leastrecent\ntimeout=20\nretry=1\nwrapuptime=0\nringinuse=no\n"
        "autofill=yes\nmusicclass=default\n"
    ),
    "sorcery.conf": "",
    "extensions.conf": (
        "[sales]\nexten => _X.,1,Answer()\n same => n,Queue(sales)\n same => n,Hangup()\n"
    ),
    "musiconhold.conf": "[default]\nmode=files\ndirectory=/usr/share/asterisk/moh\n",
}
QUEUE_MODULES = "app_queue app_dial res_musiconhold func_strings app_stack"


@contextlib.asynccontextmanager
async def app_queue(root: Path, count: int) -> AsyncGenerator[Served]:
    running = RunningAsterisk(root)
    async with agents_of(running, count) as agents:
        etc = running.folder / "etc"
        members = "".join(f"member => PJSIP/{agent.user}\n" for agent in agents)
        for name, text in QUEUE_FILES.items():
            (etc / name).write_text(text + (members if name == "queues.conf" else ""))
        with (etc / "modules.conf").open("a") as modules:
            modules.writelines(f"load = {name}.so\n" for name in QUEUE_MODULES.split())
        with (etc / "pjsip.conf").open("a") as pjsip:
            pjsip.write(_endpoint("sipp", "sales", f"sip:{CALLER_HOST}"))
            pjsip.write(f"[sipp-known]\ntype=identify\nendpoint=sipp\nmatch={CALLER_HOST}\n")
            for agent in agents:
                contact = f"sip:{agent.user}@{AGENT_HOST}:{agent.port}"
                pjsip.write(_endpoint(agent.user, "sales", contact))
        running.start()
        try:
            yield running, agents
        finally:
            running.close()


def _endpoint(name: str, context: str, contact: str) -> str:
    return (
        f"[{name}]\ntype=aor\ncontact={contact}\n"
        f"[{name}]\ntype=endpoint\ncontext={context}\naors={name}\ndisallow=all\nallow=ulaw\n"
        "direct_media=no\ntransport=udp\ndevice_state_busy_at=1\n"
    )


# -- the measurement


async def run_load(running: RunningAsterisk, agents: list[ServingPhone], load: Load) -> Course:
    for agent in agents:
        agent.rang.clear()
        agent.freed.clear()
        agent.talk_s = load.talk_s
    log = running.folder / "sipp" / "log"
    log.unlink(missing_ok=True)
    await call_many(
        running.instance,
        running.sip_port,
        "waits_and_talks",
        calls=load.calls,
        a_second=load.a_second,
        host=CALLER_HOST,
        log="log",
    )
    entered: dict[str, float] = {}
    for line in log.read_text().splitlines():
        number, *_, epoch = line.split()
        entered[f"caller{number}"] = float(epoch)
    return Course(entered, agents)


async def find_rate(running: RunningAsterisk, agents: list[ServingPhone]) -> int:
    """The highest rate at which no call was lost."""
    best = 0
    for agent in agents:
        agent.answer_s = 0.0
    for rate in RATES:
        try:
            course = await run_load(running, agents, Load(rate * STEP_S, rate, talk_s=0.05))
        except AssertionError:
            break
        first = course.first_ring
        waits = [first.get(caller, float("inf")) - at for caller, at in course.entered.items()]
        if max(waits) > LOST_S:
            break
        best = rate
    return best


@dataclass(frozen=True)
class Result:
    idle: list[float]
    freed: list[float]
    idle_ratio: float
    rate: int


async def measure(system: System, root: Path) -> Result:
    async with system(root, AGENTS) as (running, agents):
        light = (await run_load(running, agents, LIGHT)).waits_with_idle()
        heavy = await run_load(running, agents, HEAVY)
        gaps, idle = heavy.gaps_with_waiting(), heavy.idle_while_waiting_ratio()
    async with system(root, MANY_AGENTS) as (running, agents):
        rate = await find_rate(running, agents)
    return Result(sorted(light), sorted(gaps), idle, rate)


def main() -> bool:
    root = prepare()
    queue = asyncio.run(measure(app_queue, root))
    ours = asyncio.run(measure(frontdesk, root))
    return report("telephone", list(figures(ours, queue)))


def figures(ours: Result, queue: Result) -> Iterator[Figure]:
    median = statistics.median
    for name, of, bound_ms, field in (
        ("entry to ring, an agent idle: median", median, 50, "idle"),
        ("entry to ring, an agent idle: 99th", find_99th, 150, "idle"),
        ("agent free to ring, callers waiting: median", median, 20, "freed"),
        ("agent free to ring, callers waiting: 99th", find_99th, None, "freed"),
    ):
        value, anchor = (of(getattr(result, field)) * 1000 for result in (ours, queue))
        aim = f"under {bound_ms} ms" if bound_ms else ""
        met = value < bound_ms if bound_ms else None
        yield Figure(name, value, "ms", "app_queue", anchor, aim, met)
    idle = [100 * result.idle_ratio for result in (ours, queue)]
    yield Figure("agents idle while callers wait", idle[0], "%", "app_queue", idle[1])
    yield Figure("calls put through", ours.rate, "a second", "app_queue", queue.rate)
