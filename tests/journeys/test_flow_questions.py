"""The whole program answers what its flows ask, and nobody is stuck when it is killed meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from frontdesk.cli.demonstration.api import ApiClient
from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from tests.support.agents import PATIENCE_S, until
from tests.support.intents import SMALL
from tests.support.outside_server import Reply, outside_server
from tests.support.server import Server

LOOK_UP_TIME_MS = 4_000

FLOW: dict[str, Any] = {
    "kind": "flow",
    "flow_id": "slow_balance",
    "name": "Balance",
    "start": "ask",
    "fallback_queue_id": "orders",
    "nodes": [
        {
            "kind": "look_up",
            "node_id": "ask",
            "look_up_id": "slow",
            "save_as": "account",
            "next": "tell",
            "failed": "queue",
        },
        {"kind": "say", "node_id": "tell", "text": "You have {account.balance}.", "next": "queue"},
        {"kind": "queue", "node_id": "queue", "queue_id": "orders"},
    ],
}


async def furnish(admin: ApiClient, port: int) -> None:
    look_up = {
        "kind": "look_up",
        "look_up_id": "slow",
        "name": "Slow",
        "source": {
            "kind": "http",
            "url": f"http://127.0.0.1:{port}/balance",
            "result": {"balance": "$.balance"},
            "retries": 0,
        },
        "time_ms_max": LOOK_UP_TIME_MS,
        "private_addresses": True,
    }
    await admin.call("PUT", "/api/settings/look_up/slow", look_up)
    await admin.call("PUT", "/api/settings/flow/slow_balance", FLOW)


async def arrive(admin: ApiClient, ref: str) -> int:
    body = {"channel": "webchat", "channel_ref": ref, "flow_id": "slow_balance"}
    contact_id: int = (await admin.call("POST", "/api/contacts", body))["contact_id"]
    return contact_id


async def test_a_kill_in_the_middle_of_a_look_up_leaves_nobody_stuck(
    server: Server,
) -> None:
    floor = Desk(server.url, "admin", PASSWORD, "floor")
    await floor.sign_in()
    running = asyncio.create_task(floor.run())
    try:
        async with outside_server() as outside:
            outside.replies = [Reply(body=b'{"balance": 5}'), Reply(hang=True)]
            await furnish(floor.client, outside.port)
            answered = await arrive(floor.client, "answered")
            await until(floor, lambda: waits(floor, answered, messages=1))
            stuck = await arrive(floor.client, "stuck")
            await asyncio.wait_for(outside.hung.wait(), PATIENCE_S)
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            await until(floor, lambda: waits(floor, stuck, messages=0))
            assert len(outside.got) in {2, 3}, "asked again at most once, by the restarted server"
        failures = await floor.client.call("GET", "/api/effect-failures")
        assert failures["items"] == []
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await floor.close()


TOPICS: dict[str, Any] = {
    "kind": "flow",
    "flow_id": "topics",
    "name": "Topics",
    "start": "ask",
    "fallback_queue_id": "orders",
    "nodes": [
        {
            "kind": "ask",
            "node_id": "ask",
            "text": "What is it about?",
            "answer": {"kind": "text"},
            "next": "listen",
            "no_answer": "queue",
            "no_match": "queue",
        },
        {
            "kind": "classify",
            "node_id": "listen",
            "routes": [{"intent_id": SMALL[0].intent_id, "next": "known"}],
            "unsure": "queue",
        },
        {"kind": "end", "node_id": "known"},
        {"kind": "queue", "node_id": "queue", "queue_id": "orders"},
    ],
}


async def test_intents_that_are_saved_are_soon_understood(server: Server) -> None:
    admin = ApiClient(server.url)
    await admin.sign_in("admin", PASSWORD)
    for intent in SMALL:
        path = f"/api/settings/intent/{intent.intent_id}"
        await admin.call("PUT", path, msgspec.to_builtins(intent))
    inputs = [{"text": SMALL[0].examples[0]}]
    question = {"flow": TOPICS, "channel": "webchat", "language": "en", "inputs": inputs}
    exits: set[str] = set()
    async with asyncio.timeout(PATIENCE_S):
        while f"intent:{SMALL[0].intent_id}" not in exits:
            tried = await admin.call("POST", "/api/flows/try", question)
            exits = {exit_ for _, exit_, _ in tried["passed"]}
    await admin.close()


def waits(floor: Desk, contact_id: int, messages: int) -> bool:
    """Whether the contact has come through the flow to the queue, and was told so much."""
    contact = floor.find("contacts", contact_id)
    if contact is None or contact["queue_id"] != "orders":
        return False
    assert contact["message_count"] == messages
    return True
