"""The server is killed at random moments under traffic; afterwards the books must agree."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from random import Random
from typing import Any

import pytest

from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from tests.support.agents import until
from tests.support.crash_traffic import Books, Customer, agents_at_work
from tests.support.server import Server

CUSTOMERS = 6
AGENTS = ("you", "colleague", "marta")
DEEDS_BETWEEN_KILLS_MAX = 60
PATIENCE_PER_KILL_S = 120.0
KILLED_WHILE_STARTING_SHARE = 0.2


@pytest.mark.chaos
async def test_no_kill_loses_doubles_or_sticks(server: Server, kills: int, seed: int) -> None:
    random = Random(seed)
    books = Books()
    killing = True
    async with asyncio.timeout(PATIENCE_PER_KILL_S * (kills + 1)):
        async with agents_at_work(server.url, AGENTS, books), asyncio.TaskGroup() as group:
            for number in range(CUSTOMERS):
                customer = Customer(server.url, f"Customer {number}", books, Random(seed + number))
                group.create_task(customer.come_again(lambda: not killing))
            for _ in range(kills):
                await books.more(random.randint(1, DEEDS_BETWEEN_KILLS_MAX))
                await asyncio.to_thread(kill_and_start, server, random)
            await books.more(CUSTOMERS)
            killing = False
        await check_books(server, books)
    verify_journal(server)


def kill_and_start(server: Server, random: Random) -> None:
    """Kills the server, at times once more while it starts."""
    server.kill()
    while random.random() < KILLED_WHILE_STARTING_SHARE:
        server.launch()
        server.kill()
    server.start()


async def check_books(server: Server, books: Books) -> None:
    """What the server has is what customers and agents were told, no more and no less."""
    floor = Desk(server.url, "admin", PASSWORD, "floor")
    await floor.sign_in()
    running = asyncio.create_task(floor.run())
    try:
        await until(floor, lambda: bool(floor.collections))
        await until(floor, lambda: not stuck(floor))
        kept = {contact["contact_id"]: contact for contact in await all_pages(floor, "contacts")}
        assert kept.keys() == books.contacts.keys()
        assert {contact["state"] for contact in kept.values()} == {"closed"}
        for contact_id, talk in books.contacts.items():
            messages = await all_pages(floor, f"contacts/{contact_id}/messages")
            messages.sort(key=lambda message: message["number"])
            client_ids = [message["client_id"] for message in messages]
            assert [message["number"] for message in messages] == list(range(1, len(messages) + 1))
            assert len(set(client_ids)) == len(client_ids), f"contact {contact_id} has doubles"
            assert set(books.confirmed.get(contact_id, ())) <= set(client_ids)
            seen = [message["client_id"] for message in talk.messages]
            assert seen == client_ids[: len(seen)], f"contact {contact_id}: another order was seen"
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await floor.close()


def stuck(floor: Desk) -> list[str]:
    """Who is still at something although nobody waits for anything."""
    open_contacts = [
        f"contact {contact['contact_id']}"
        for contact in floor.documents("contacts")
        if contact["state"] != "closed"
    ]
    burdened = [
        f"agent {agent['agent_id']}"
        for agent in floor.documents("agents")
        if agent["load_units"] or agent["contact_ids"] or agent["state"] == "ringing"
    ]
    return open_contacts + burdened


async def all_pages(desk: Desk, path: str) -> list[Any]:
    """All items of a list."""
    items: list[Any] = []
    cursor = ""
    while True:
        page = await desk.client.call("GET", f"/api/{path}?limit=200{cursor}")
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        name = "before" if path.endswith("messages") else "cursor"
        cursor = f"&{name}={page['next_cursor']}"


def verify_journal(server: Server) -> None:
    """Replays the journal and compares; needs a stopped server."""
    server.stop()
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk.cli.main", "journal", "verify"],
        env=server.environment,
        cwd=server.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
