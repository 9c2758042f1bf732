"""PostgreSQL goes away for a while: what needs it is refused for now, the rest goes on."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.cli.postgres import EmbeddedPostgres
from frontdesk.records.schema import migrate_async
from frontdesk.runtime.writer import Mode
from tests.support.company import PASSWORD, open_company

OPENING = {"client_id": "a client id of a widget", "topic_id": "sales"}


@pytest.fixture
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL that no other test uses."""
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-test-"))
    server = EmbeddedPostgres(folder / "postgres", {"fsync": "off", "shared_buffers": "16MB"})
    yield server
    server.stop()
    shutil.rmtree(folder)


async def test_without_the_database_requests_are_refused_for_now(
    own_postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    dsn = await asyncio.to_thread(own_postgres.start)
    await migrate_async(dsn)
    async with open_company(dsn, tmp_path) as company:
        anna, nobody = await company.sign_in("anna"), company.connect()
        presence = "/api/agents/anna/presence"
        await asyncio.to_thread(own_postgres.stop)
        refused = [
            await anna.put(presence, json={"presence": "available"}),
            await anna.get("/api/contacts"),
            await nobody.post("/api/session", json={"login": "boris", "password": PASSWORD}),
            await nobody.post("/api/webchat/demo/contacts", json=OPENING),
        ]
        for answer in refused:
            assert answer.status_code == 503, answer.text
            assert answer.json()["error"]["retryable"] is True
            assert answer.headers["retry-after"] == "1"
        for url in ("/api/session", "/api/live"):
            assert (await anna.get(url)).status_code == 200, url
        assert (await nobody.get("/healthz")).status_code == 503

        await asyncio.to_thread(own_postgres.start)
        await company.until(lambda: company.runtime.status().mode is Mode.SERVING)
        assert (await nobody.get("/healthz")).status_code == 200
        assert company.runtime.live.board.state.contacts == {}
        again = await anna.put(presence, json={"presence": "available"})
        assert again.status_code == 204
        assert (await nobody.post("/api/webchat/demo/contacts", json=OPENING)).status_code == 201
        await company.sign_in("boris")
