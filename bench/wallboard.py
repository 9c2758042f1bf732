"""How old is what a thousand wallboards show, beside a bare broadcast to as many sockets.

The work: the real program (own process, embedded PostgreSQL with all its safety on), one board,
a thousand screens that follow it by its link. Contacts are opened one by one at moments of their
own; the age is from asking for a contact to its arrival in a screen's frame, screen by screen: the
command, its commit, the floor's gathering of a quarter of a second, and a thousand sends. The
anchor: a server of the same kind that does nothing but send a text as long as the board's, with
its time in it, to a thousand sockets once a second. Beside it: how long it takes to open a contact
with the screens and without, for they are not to slow the centre. All of it shares this machine.
"""

from __future__ import annotations

import asyncio
import random
import re
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import httpx
import uvloop
from websockets.asyncio.client import ClientConnection, connect

from bench.chat_latency import (
    Company,
    find_99th,
    find_free_port,
    running,
    wait_for_password,
    wait_for_port,
)
from bench.harness import Figure, report

SCREENS: Final = 1_000
CONTACTS: Final = 30
FRAME_CHARS: Final = 4_000
BROADCASTS: Final = 15
SETTLE_S: Final = 3.0
PATIENCE_S: Final = 30.0
AIM_MS: Final = 1_000.0
OFFERED: Final = re.compile(r'"offered_today":(\d+)')
TILES: Final = [
    {"kind": "figure", "metric": "waiting", "width": 2},
    {"kind": "figure", "metric": "service_level", "width": 2},
    {"kind": "queues", "width": 2},
    {"kind": "agents", "width": 2},
]


class Screens:
    """When each screen first showed so many contacts. Equal frames are read once for all."""

    def __init__(self) -> None:
        self.shown: list[list[tuple[int, float]]] = [[] for _ in range(SCREENS)]
        self.open = 0
        self._last = ("", 0)

    async def follow(self, url: str, number: int) -> None:
        async with connect(url, max_size=None, open_timeout=PATIENCE_S, compression=None) as screen:
            self.open += 1
            async for text in screen:
                self.shown[number].append((self._count(str(text)), time.perf_counter()))

    def _count(self, text: str) -> int:
        if text != self._last[0]:
            found = OFFERED.search(text)
            self._last = (text, int(found[1]) if found else 0)
        return self._last[1]

    def find_ages_ms(self, asked: list[float]) -> list[float]:
        """For each screen and contact; `asked`: when each was asked for."""
        ages: list[float] = []
        for frames in self.shown:
            for number, at in enumerate(asked, 1):
                arrived = next((t for count, t in frames if count >= number), None)
                assert arrived is not None, f"a screen never showed contact {number}"
                ages.append((arrived - at) * 1_000)
        return sorted(ages)


async def open_contacts(api: httpx.AsyncClient, first: int) -> tuple[list[float], list[float]]:
    """When each contact was asked for, and how long it took to be open, in ms."""
    asked: list[float] = []
    took_ms: list[float] = []
    for number in range(first, first + CONTACTS):
        started = time.perf_counter()
        body = {"channel": "webchat", "channel_ref": f"c-{number}", "queue_id": "chats"}
        answer = await api.post("/api/contacts", json=body)
        assert answer.is_success, answer.text
        asked.append(started)
        took_ms.append((time.perf_counter() - started) * 1_000)
        await asyncio.sleep(random.uniform(0.4, 0.8))
    return asked, sorted(took_ms)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - any condition at all
            await asyncio.sleep(0.05)


async def with_screens(url: str, follow: Callable[[str, int], Awaitable[None]]) -> Any:
    """A thousand of them, opened a few at a time."""
    jobs: list[asyncio.Task[None]] = []
    for number in range(SCREENS):
        jobs.append(asyncio.create_task(follow(url, number)))  # type: ignore[arg-type]
        await asyncio.sleep(0.003)
    return jobs


async def measure_walls(folder: Path) -> tuple[list[float], list[float], list[float]]:
    port = find_free_port()
    log = folder / "frontdesk.log"
    variables = {"FRONTDESK_PORT": str(port), "FRONTDESK_DATA": str(folder / "data")}
    with running([sys.executable, "-m", "frontdesk.cli.main", "run"], log, **variables):
        address = f"http://127.0.0.1:{port}"
        password = await asyncio.to_thread(wait_for_password, log)
        company = await asyncio.to_thread(Company, address, password)
        await asyncio.to_thread(company.open)
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE_S) as api:
            login = {"login": "administrator", "password": password}
            answer = await api.post("/api/session", json=login)
            api.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
            board = (await api.post("/api/wallboards", json={"name": "B", "tiles": TILES})).json()
            shared = (await api.post(f"/api/wallboards/{board['board_id']}/share")).json()
            token = shared["path"].rpartition("/")[2]
            screens = Screens()
            url = f"ws://127.0.0.1:{port}/api/walls/{token}/stream"
            jobs = await with_screens(url, screens.follow)
            await until(lambda: screens.open == SCREENS)
            await asyncio.sleep(SETTLE_S)
            asked, took_ms = await open_contacts(api, 1)
            await asyncio.sleep(SETTLE_S)
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            _, alone_ms = await open_contacts(api, 1_000)
            return screens.find_ages_ms(asked), took_ms, alone_ms


# -- the anchor

_sockets: set[Any] = set()


async def broadcast_app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """An ASGI application that keeps sockets open for whoever sends to all of them."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    _sockets.add(send)
    while (await receive())["type"] == "websocket.receive":
        pass
    _sockets.discard(send)


async def serve_broadcast(port: int) -> None:
    """Sends the time to all, once a second, until the process ends."""
    from frontdesk.api.server import serve

    async with serve(broadcast_app, [socket.create_server(("127.0.0.1", port), backlog=2048)]):
        while True:
            await asyncio.sleep(1.0)
            text = f"{time.perf_counter():.6f} ".ljust(FRAME_CHARS, "x")
            frame = {"type": "websocket.send", "text": text}
            await asyncio.gather(*(send(frame) for send in [*_sockets]), return_exceptions=True)


async def measure_broadcast(folder: Path) -> list[float]:
    port = find_free_port()
    command = [sys.executable, "-m", "bench.wallboard", str(port)]
    ages_ms: list[float] = []
    opened: list[ClientConnection] = []

    async def follow(url: str, _: int) -> None:
        async with connect(url, max_size=None, open_timeout=PATIENCE_S, compression=None) as screen:
            opened.append(screen)
            async for text in screen:
                if len(opened) == SCREENS:
                    sent = float(str(text).partition(" ")[0])
                    ages_ms.append((time.perf_counter() - sent) * 1_000)

    with running(command, folder / "broadcast.log"):
        await wait_for_port(port)
        jobs = await with_screens(f"ws://127.0.0.1:{port}/", follow)
        await until(lambda: len(opened) == SCREENS)
        await asyncio.sleep(BROADCASTS)
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
    return sorted(ages_ms)


async def measure_all() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as name:
        ages_ms, took_ms, alone_ms = await measure_walls(Path(name))
        bare_ms = await measure_broadcast(Path(name))
    oldest_ms = find_99th(ages_ms)
    anchor = "bare broadcast"
    return [
        Figure(
            f"age of what {SCREENS:,} screens show, 99th percentile",
            oldest_ms,
            "ms",
            anchor,
            find_99th(bare_ms),
            f"under {AIM_MS:,.0f} ms",
            oldest_ms < AIM_MS,
        ),
        Figure(
            "the same, median",
            statistics.median(ages_ms),
            "ms",
            anchor,
            statistics.median(bare_ms),
        ),
        Figure(
            "a contact opened meanwhile, median",
            statistics.median(took_ms),
            "ms",
            "without screens",
            statistics.median(alone_ms),
        ),
    ]


def main() -> bool:
    return report("wallboard", uvloop.run(measure_all()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        uvloop.run(serve_broadcast(int(sys.argv[1])))
    else:
        main()
