"""PostgreSQL goes away for ten seconds while customers and agents talk."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from frontdesk.cli.demonstration.api import ApiClient
from frontdesk.cli.demonstration.company import WIDGET_ID
from frontdesk.cli.demonstration.conversation import Conversation
from frontdesk.cli.postgres import EmbeddedPostgres
from tests.conftest import FAST_SERVER_OPTIONS
from tests.support.agents import agent_at_work, hear, take_contact, texts
from tests.support.server import Server

OUTAGE_S = 10.0
PATIENCE_S = 120.0


@pytest.fixture
def own_postgres(postgres_folder: Path) -> EmbeddedPostgres:
    """A PostgreSQL of this test's own, which it may stop."""
    postgres = EmbeddedPostgres(postgres_folder / "postgres", FAST_SERVER_OPTIONS)
    postgres.start()
    return postgres


async def test_an_outage_refuses_loses_nothing_and_ends_by_itself(
    own_postgres: EmbeddedPostgres, tmp_path: Path, free_port: int
) -> None:
    server = Server(tmp_path, free_port, own_postgres.dsn(), "--demo", "--quiet")
    server.start()
    try:
        async with asyncio.timeout(PATIENCE_S), agent_at_work(server.url, "you") as desk:
            client = ApiClient(server.url)
            talk = Conversation(client, WIDGET_ID)
            await talk.open("Ann", "orders")
            running = asyncio.create_task(talk.run())
            contact_id = await take_contact(desk)
            await talk.say("Before")
            await hear(desk, contact_id, "Before")

            own_postgres.stop()
            during = asyncio.create_task(talk.say("During"))
            answered = asyncio.create_task(desk.say(contact_id, "Answered during"))
            refusals = await ask_for(OUTAGE_S, server.url, desk.client.headers)
            assert not during.done()
            assert not answered.done()
            await asyncio.to_thread(own_postgres.start)

            # Nobody does anything: what was refused arrives by itself, once.
            assert await during not in talk.refused
            assert await answered is not None
            await talk.say("After")
            await hear(desk, contact_id, "After")
            while len(talk.messages) < len(texts(desk, contact_id)):
                await talk.changed()
            said = texts(desk, contact_id)
            assert sorted(said) == ["After", "Answered during", "Before", "During"]
            assert [message["text"] for message in talk.messages] == said
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await client.close()
        assert refusals
        assert {status for status, _ in refusals} == {503}
        assert all(retryable for _, retryable in refusals)
    finally:
        server.close()


async def ask_for(seconds: float, url: str, headers: dict[str, str]) -> list[tuple[int, bool]]:
    """Asks for a change again and again for so long; status and retryable of each answer."""
    answers: list[tuple[int, bool]] = []
    async with httpx.AsyncClient(base_url=url, timeout=30.0) as http:
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            path = f"/api/webchat/{WIDGET_ID}/contacts"
            body = {"client_id": "0123456789abcdef", "name": "Ben", "topic_id": "orders"}
            answer = await http.post(path, json=body, headers=headers)
            answers.append((answer.status_code, answer.json()["error"]["retryable"]))
    return answers
