"""The real application over a real centre in this process, with a small company in it."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import httpx
from argon2 import PasswordHasher
from litestar import Litestar

from frontdesk.answers.lookups.addresses import parse_networks
from frontdesk.answers.lookups.look_ups import build_look_ups
from frontdesk.answers.understanding.lessons import Lessons
from frontdesk.answers.understanding.local import LocalUnderstanding
from frontdesk.answers.understanding.oversight import ModelOversight
from frontdesk.api.access import catch_up
from frontdesk.api.app import create_app
from frontdesk.api.desks import Desks
from frontdesk.api.parts import STATIC_FOLDER, ApiParts, ApiSettings
from frontdesk.api.server import serve
from frontdesk.api.stream.hub import StreamHub
from frontdesk.api.stream.walls import Walls
from frontdesk.channels.webchat.channel import SECRET_NAME, Webchat
from frontdesk.channels.webchat.limits import WebchatLimits
from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import Upcasters
from frontdesk.kernel.commands import (
    AcceptOffer,
    AnyCommand,
    OpenContact,
    Presence,
    SaveSetting,
    SetPresence,
)
from frontdesk.kernel.events import AnyEvent, ContactOpened
from frontdesk.kernel.flows.resources import Intent
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
from frontdesk.records.articles import Articles
from frontdesk.records.blobs.folder import FolderBlobStore
from frontdesk.records.blobs.library import FileLibrary
from frontdesk.records.changes import RecordChanges
from frontdesk.records.database import Database
from frontdesk.records.flow_drafts import FlowDrafts
from frontdesk.records.idempotency import IdempotencyKeys
from frontdesk.records.kept_secrets import KeptSecrets
from frontdesk.records.passwords import Passwords
from frontdesk.records.saved_reports import SavedReports
from frontdesk.records.secrets import get_secret
from frontdesk.records.sessions import Sessions
from frontdesk.records.sign_ons import SignOns
from frontdesk.records.wallboards import Wallboards
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import SystemClock
from frontdesk.runtime.effect_store import PostgresEffectStore
from frontdesk.runtime.mail import MailSettings, SmtpMailer
from frontdesk.runtime.projector import Projector
from frontdesk.runtime.reporting.mailing import ReportMailing
from frontdesk.runtime.reporting.office import ReportOffice
from frontdesk.runtime.watching import Watches
from frontdesk.simulator.what_if.runs import WhatIfRuns
from frontdesk.views.queries import Queries
from frontdesk.views.records import RecordsProjection

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CENTRE = "test"
PATIENCE_S = 20.0
TODAY = date(2026, 11, 25)
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

    async def furnish(self) -> None:
        """Saves the company's settings and gives everybody the same password."""
        for entity in COMPANY:
            await self.obey(SaveSetting(entity))
        for agent_id in ("anna", "boris", "sofia", "adam"):
            await self.parts.sign_ons.save(agent_id, agent_id, PASSWORD)

    def connect(self, address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
        """A client who is nobody yet."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 1))
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

    async def engage(self, agent_id: str, queue_id: str = "sales") -> int:
        """A contact of a new customer's that the agent has accepted."""
        opened = await self.obey(OpenContact("webchat", secrets.token_hex(8), queue_id))
        contact_id = next(e.contact_id for e in opened if isinstance(e, ContactOpened))
        await self.obey(SetPresence(agent_id, Presence.AVAILABLE))
        offers = self.runtime.live.board.state.offers.values()
        offer = next(o for o in offers if (o.contact_id, o.agent_id) == (contact_id, agent_id))
        await self.obey(AcceptOffer(offer.offer_id, agent_id))
        return contact_id

    async def until(self, condition: Callable[[], bool]) -> None:
        """Lets everything go on until the condition holds."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - any condition at all
                await asyncio.sleep(0.01)

    async def settle_records(self) -> None:
        """Until the records hold all that has happened."""
        await catch_up(self.parts)

    async def serve(self) -> str:
        """Serves on a port of the system's choice; returns `host:port`."""
        listener = socket.create_server(("127.0.0.1", 0))
        await self.stack.enter_async_context(serve(self.app, [listener]))
        return f"127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def open_company(
    dsn: str,
    folder: Path,
    *,
    api: ApiSettings | None = None,
    webchat: WebchatLimits | None = None,
    static_folder: Path = STATIC_FOLDER,
    mail: MailSettings | None = None,
) -> AsyncGenerator[Company]:
    """The company at work on a migrated database, until the context ends."""
    database, queries = Database(dsn), Queries(dsn, CENTRE)
    files = FileLibrary(database, FolderBlobStore(folder / "blobs"))
    effects = PostgresEffectStore(dsn, CENTRE)
    look_ups = build_look_ups(database, SystemClock(), parse_networks(["127.0.0.0/8"]))
    runtime = _build_runtime(dsn)
    understanding = LocalUnderstanding(lambda: TODAY)
    runtime.add_follower(Lessons(understanding, lambda: _find_intents(runtime)))
    watches = Watches(runtime)
    hub = StreamHub(runtime, watches)
    saved_reports, office = SavedReports(database), ReportOffice(runtime, queries)
    mailer = SmtpMailer(mail or MailSettings(), _find_no_password)
    parts = ApiParts(
        runtime=runtime,
        hub=hub,
        watches=watches,
        desks=Desks(runtime),
        queries=queries,
        sign_ons=SignOns(database, Passwords(CHEAP)),
        sessions=Sessions(database),
        api_keys=ApiKeys(database),
        idempotency=IdempotencyKeys(database),
        flow_drafts=FlowDrafts(database),
        files=files,
        effects=effects,
        look_ups=look_ups,
        kept_secrets=KeptSecrets(database),
        articles=Articles(database),
        record_changes=RecordChanges(database),
        saved_reports=saved_reports,
        report_office=office,
        report_mailing=ReportMailing(saved_reports, office, mailer, runtime.clock),
        wallboards=Wallboards(database),
        walls=Walls(hub, runtime, office),
        what_ifs=WhatIfRuns(partial(build_journal, dsn), processes=1),
        understanding=understanding,
        oversight=ModelOversight(understanding, lambda: _find_intents(runtime)),
        settings=api or ApiSettings(),
        static_folder=static_folder,
    )
    secret = await get_secret(database, SECRET_NAME)
    channel = Webchat(runtime, watches, queries, files, secret, webchat)
    runtime.add_reconciler(parts.desks)
    runtime.add_reconciler(channel.reconciler)
    await runtime.start()
    running = (
        parts.hub.run(),
        watches.run(),
        understanding.run(),
        parts.report_mailing.run(),
        parts.walls.run(),
    )
    following = [asyncio.create_task(job) for job in running]
    try:
        async with AsyncExitStack() as stack:
            company = Company(create_app(parts, [channel]), parts, runtime, database, stack)
            await company.furnish()
            yield company
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        await parts.what_ifs.close()
        await runtime.stop()
        await queries.close()
        await effects.close()
        await look_ups.close()
        await database.close()


async def _find_no_password() -> None:
    return None


def _find_intents(runtime: CentreRuntime) -> list[Intent]:
    return [*runtime.centre.state.settings.intents.values()]


def build_journal(dsn: str) -> PostgresJournal[AnyEvent]:
    """The company's journal, beside its writer's own."""
    return PostgresJournal(dsn, CENTRE, Codec[AnyEvent](AnyEvent, Upcasters()))


def _build_runtime(dsn: str) -> CentreRuntime:
    journal = build_journal(dsn)
    return CentreRuntime(journal, followers=[Projector(dsn, CENTRE, RecordsProjection(), 1_000)])
