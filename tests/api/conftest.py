"""The real application over a real centre, with a small company in it."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar

from frontdesk.api.app import create_app
from frontdesk.api.desks import Desks
from frontdesk.api.parts import ApiParts, ApiSettings
from frontdesk.api.server import serve
from frontdesk.api.stream.hub import StreamHub
from frontdesk.channels.webchat.channel import SECRET_NAME, Webchat
from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import Upcasters
from frontdesk.kernel.commands import AnyCommand, SaveSetting
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import (
    AgentProfile,
    BreakReason,
    Disposition,
    Queue,
    Role,
    SettingsEntity,
    Skill,
    Widget,
    WidgetTopic,
)
from frontdesk.records.api_keys import ApiKeys
from frontdesk.records.blobs.folder import FolderBlobStore
from frontdesk.records.blobs.library import FileLibrary
from frontdesk.records.database import Database
from frontdesk.records.idempotency import IdempotencyKeys
from frontdesk.records.passwords import Passwords
from frontdesk.records.schema import migrate_async
from frontdesk.records.secrets import get_secret
from frontdesk.records.sessions import Sessions
from frontdesk.records.sign_ons import SignOns
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.projector import Projector
from frontdesk.runtime.watching import Watches
from frontdesk.views.queries import Queries
from frontdesk.views.records import RecordsProjection

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NUMBERS = itertools.count(1)
PASSWORD = "correct horse battery staple"

COMPANY: tuple[SettingsEntity, ...] = (
    Skill(skill_id="romanian", name="Romanian"),
    Disposition(disposition_id="solved", name="Solved"),
    BreakReason(break_reason_id="lunch", name="Lunch"),
    Queue(queue_id="sales", name="Sales"),
    Queue(queue_id="support", name="Support", wrap_up_time_ms=60_000),
    AgentProfile(agent_id="anna", name="Anna", queue_ids=("sales",)),
    AgentProfile(agent_id="boris", name="Boris", queue_ids=("sales", "support")),
    AgentProfile(agent_id="sofia", name="Sofia", role=Role.SUPERVISOR),
    AgentProfile(agent_id="adam", name="Adam", role=Role.ADMINISTRATOR),
    Widget(
        widget_id="demo",
        name="Demo",
        topics=(WidgetTopic(topic_id="sales", name="Sales", queue_id="sales"),),
    ),
)


@dataclass
class Company:
    """A running centre with its application, and ways to be somebody in it."""

    app: Litestar
    parts: ApiParts
    runtime: CentreRuntime
    database: Database
    stack: AsyncExitStack

    def connect(self, **headers: str) -> httpx.AsyncClient:
        """A client who is nobody yet."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://desk.test", headers=headers)

    async def sign_in(self, agent_id: str) -> httpx.AsyncClient:
        """A client with the agent's session and its CSRF token."""
        client = self.connect()
        answer = await client.post("/api/session", json={"login": agent_id, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client

    async def create_key(self, role: Role, agent_id: str | None = None) -> str:
        _, text = await self.parts.api_keys.create(role.value, role, "test", agent_id)
        return text

    async def obey(self, command: AnyCommand) -> list[AnyEvent]:
        """Has the centre decide a command that it mustn't refuse."""
        answer = await self.runtime.submit(command, actor="test")
        assert not isinstance(answer, Refusal), answer
        return answer.events

    async def serve(self) -> str:
        """Serves on a port of the system's choice; returns `host:port`."""
        listener = socket.create_server(("127.0.0.1", 0))
        await self.stack.enter_async_context(serve(self.app, [listener]))
        return f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def api_settings() -> ApiSettings:
    return ApiSettings()


@pytest.fixture
async def company(
    module_database_dsn: str, tmp_path: Path, api_settings: ApiSettings
) -> AsyncIterator[Company]:
    await migrate_async(module_database_dsn)
    database = Database(module_database_dsn)
    centre = f"test-{next(NUMBERS)}"
    journal = PostgresJournal(module_database_dsn, centre, Codec[AnyEvent](AnyEvent, Upcasters()))
    projector = Projector(module_database_dsn, centre, RecordsProjection(), 1_000)
    runtime = CentreRuntime(journal, followers=[projector])
    queries = Queries(module_database_dsn, centre)
    watches = Watches(runtime)
    hub = StreamHub(runtime, watches)
    desks = Desks(runtime)
    runtime.add_reconciler(desks)
    parts = ApiParts(
        runtime=runtime,
        hub=hub,
        watches=watches,
        desks=desks,
        queries=queries,
        sign_ons=SignOns(database, Passwords(CHEAP)),
        sessions=Sessions(database),
        api_keys=ApiKeys(database),
        idempotency=IdempotencyKeys(database),
        files=FileLibrary(database, FolderBlobStore(tmp_path / "blobs")),
        settings=api_settings,
    )
    secret = await get_secret(database, SECRET_NAME)
    webchat = Webchat(runtime, watches, queries, parts.files, secret)
    runtime.add_reconciler(webchat.reconciler)
    app = create_app(parts, [webchat])
    await runtime.start()
    following = [asyncio.create_task(hub.run()), asyncio.create_task(watches.run())]
    async with AsyncExitStack() as stack:
        company = Company(app, parts, runtime, database, stack)
        for entity in COMPANY:
            await company.obey(SaveSetting(entity))
        for agent_id in ("anna", "boris", "sofia", "adam"):
            await parts.sign_ons.save(agent_id, agent_id, PASSWORD)
        yield company
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    await runtime.stop()
    await queries.close()
    await database.close()
