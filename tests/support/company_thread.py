"""The company served by a thread of its own, for tests that aren't asynchronous."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from frontdesk.api.parts import ApiSettings
from frontdesk.channels.webchat.limits import WebchatLimits
from frontdesk.kernel.settings import Role
from frontdesk.runtime.rate_limits import RateLimit
from tests.support.company import open_company

START_S_MAX = 60.0
UNLIMITED = RateLimit(burst=10**9, per_minute=10**9)


@dataclass(frozen=True)
class Served:
    """Where it is served, and a key for each role."""

    url: str
    keys: dict[Role, str]


@contextmanager
def serve_company(dsn: str, folder: Path) -> Generator[Served]:
    """The company without limits by time, until the context ends."""
    ready: Future[Served] = Future()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, dsn, folder, ready, stop))
    thread.start()
    try:
        yield ready.result(START_S_MAX)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def _run(
    loop: asyncio.AbstractEventLoop,
    dsn: str,
    folder: Path,
    ready: Future[Served],
    stop: asyncio.Event,
) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        try:
            runner.run(_serve(dsn, folder, ready, stop))
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise


async def _serve(dsn: str, folder: Path, ready: Future[Served], stop: asyncio.Event) -> None:
    api = ApiSettings(
        requests=UNLIMITED,
        sign_ins_by_login=UNLIMITED,
        sign_ins_by_address=UNLIMITED,
        dry_runs=UNLIMITED,
        look_up_tries=UNLIMITED,
    )
    webchat = WebchatLimits(uploads_by_contact=UNLIMITED)
    async with open_company(dsn, folder, api=api, webchat=webchat) as company:
        people = {
            Role.AGENT: "anna",
            Role.SUPERVISOR: "sofia",
            Role.ADMINISTRATOR: "adam",
        }
        keys = {role: await company.create_key(role, who) for role, who in people.items()}
        ready.set_result(Served(f"http://{await company.serve()}", keys))
        await stop.wait()
