"""`frontdesk demo` makes a floor alive over the public API, and goes when its server goes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from frontdesk.cli.demonstration.api import ApiClient
from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from frontdesk.cli.demonstration.look_ups import LOOK_UPS
from tests.support.server import Server

PATIENCE_S = 120.0


def answered(floor: Desk) -> set[str]:
    """Queues in which somebody has been answered today."""
    queues = floor.documents("queues")
    return {queue["queue_id"] for queue in queues if queue["answered_today"] > 0}


async def test_customers_are_answered_in_every_language(
    make_server: Callable[..., Server],
) -> None:
    server = make_server("--demo", "--quiet")
    server.start()
    options = ("--url", server.url, "--pace", "100", "--customers", "12", "--agents", "10")
    command = (sys.executable, "-m", "frontdesk.cli.main", "demo", *options, "--until-orphaned")
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)
    floor = Desk(server.url, "supervisor", PASSWORD, "floor")
    await floor.sign_in()
    running = asyncio.create_task(floor.run())
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not {"orders", "russian", "romanian"} <= answered(floor):
                await floor.changed()
            while not any(agent["recent"] for agent in floor.documents("agents")):
                await floor.changed()
        assert process.returncode is None
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await floor.close()
        assert process.stdin is not None
        process.stdin.close()
        async with asyncio.timeout(PATIENCE_S):
            code = await process.wait()
    assert code == 0


async def test_the_shops_own_systems_answer_what_flows_ask(server: Server) -> None:
    await _ask_everything(server)
    server.stop()
    server.start()
    await _ask_everything(server)


async def _ask_everything(server: Server) -> None:
    admin = ApiClient(server.url)
    await admin.sign_in("admin", PASSWORD)
    for look_up in LOOK_UPS:
        path = f"/api/look-ups/{look_up.look_up_id}/try"
        tried = await admin.call("POST", path, {"parameters": look_up.example})
        assert tried["error"] is None
        assert tried["result"]["found"] is True
    await admin.close()


async def test_the_people_who_can_sign_in_are_told_and_can(server: Server) -> None:
    server.wait_for_log("The password of all of them")
    for login in ("you", "colleague", "supervisor", "admin"):
        assert login in server.last_log()
        desk = Desk(server.url, login, PASSWORD)
        await desk.sign_in()
        await desk.close()
