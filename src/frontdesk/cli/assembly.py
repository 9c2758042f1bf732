"""The composition root: makes every part of a serving centre and knows who needs whom."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import msgspec
from litestar import Litestar

from frontdesk.answers.flow_questions import AnswerClassifications, AnswerLookUps
from frontdesk.answers.lookups.addresses import Network, parse_networks
from frontdesk.answers.lookups.http_source import HttpAsker
from frontdesk.answers.lookups.look_ups import OutsideLookUps, build_look_ups
from frontdesk.answers.lookups.network import Gate
from frontdesk.answers.lookups.webhooks import WebhookTeller
from frontdesk.answers.understanding.endpoint import EndpointUnderstanding
from frontdesk.answers.understanding.lessons import Lessons
from frontdesk.answers.understanding.local import LocalUnderstanding
from frontdesk.answers.understanding.oversight import ModelOversight
from frontdesk.answers.understanding.settings import EndpointSettings
from frontdesk.api.app import create_app
from frontdesk.api.desks import Desks
from frontdesk.api.parts import ApiParts
from frontdesk.api.stream.hub import StreamHub
from frontdesk.api.stream.walls import Walls
from frontdesk.channels.voice.asterisk.media import AsteriskMedia
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from frontdesk.channels.voice.asterisk.telephone import AsteriskTelephone
from frontdesk.channels.webchat.channel import SECRET_NAME as WEBCHAT_SECRET
from frontdesk.channels.webchat.channel import Webchat
from frontdesk.cli.databases import build_journal
from frontdesk.cli.errors import DatabaseError, SettingsError
from frontdesk.cli.settings import Settings
from frontdesk.journal.errors import CentreHeld, JournalError
from frontdesk.kernel.alarms.rules import TellingWay
from frontdesk.kernel.flows.resources import Intent
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
from frontdesk.records.schema import SchemaTooNew, migrate_async
from frontdesk.records.secrets import get_secret
from frontdesk.records.sessions import Sessions
from frontdesk.records.sign_ons import SignOns
from frontdesk.records.wallboards import Wallboards
from frontdesk.runtime.attachments import KeepAttachments
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import SystemClock
from frontdesk.runtime.effect_store import PostgresEffectStore
from frontdesk.runtime.effects import EffectRunner
from frontdesk.runtime.housekeeping import keep_house
from frontdesk.runtime.look_ups import LookUps
from frontdesk.runtime.mail import MailSettings, SmtpMailer
from frontdesk.runtime.projector import Projector
from frontdesk.runtime.reporting.mailing import ReportMailing
from frontdesk.runtime.reporting.office import ReportOffice
from frontdesk.runtime.telling.alarms import TellAlarms
from frontdesk.runtime.telling.mailing import MailTeller
from frontdesk.runtime.watching import Watches
from frontdesk.simulator.what_if.runs import WhatIfRuns
from frontdesk.views.days import find_date
from frontdesk.views.queries import Queries
from frontdesk.views.records import RecordsProjection

BLOBS_FOLDER = "blobs"

AnyUnderstanding = LocalUnderstanding | EndpointUnderstanding


async def prepare_database(dsn: str) -> None:
    """Bring the tables up to date. Raises DatabaseError when the database can't be used."""
    try:
        await migrate_async(dsn)
    except SchemaTooNew as error:
        raise DatabaseError(f"the database is of a newer Frontdesk: {error}") from error
    except (OSError, OverflowError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        reason = str(error) or type(error).__name__
        raise DatabaseError(f"the database can't be reached: {reason}") from error


@asynccontextmanager
async def running_centre(settings: Settings, dsn: str) -> AsyncGenerator[tuple[Litestar, ApiParts]]:
    """The application and its parts, with the centre at work; all is ended on leaving.

    Raises DatabaseError when another server holds the centre or its journal can't be read,
    SettingsError for what only shows when it is used.
    """
    async with AsyncExitStack() as stack:
        database = Database(dsn)
        stack.push_async_callback(database.close)
        effects = PostgresEffectStore(dsn, settings.centre)
        stack.push_async_callback(effects.close)
        secret = await get_secret(database, WEBCHAT_SECRET)
        networks = _parse_networks(settings)
        look_ups = build_look_ups(database, SystemClock(), networks)
        stack.push_async_callback(look_ups.close)
        webhooks = WebhookTeller(
            HttpAsker(Gate(networks), SystemClock()), KeptSecrets(database), SystemClock()
        )
        stack.push_async_callback(webhooks.close)
        app, parts, understanding, media = build_application(
            settings, dsn, database, effects, look_ups, secret
        )
        _tell_alarms(settings, database, effects, parts.runtime, webhooks)
        stack.push_async_callback(parts.queries.close)
        stack.push_async_callback(parts.what_ifs.close)
        await _start(parts.runtime)
        stack.push_async_callback(parts.runtime.stop)
        housekeeping = keep_house(parts.files, parts.idempotency, parts.runtime.clock)
        await stack.enter_async_context(
            _background(
                parts.hub.run(),
                parts.watches.run(),
                understanding.run(),
                parts.report_mailing.run(),
                parts.walls.run(),
                housekeeping,
                *([] if media is None else [media.run()]),
            )
        )
        yield app, parts


def _parse_networks(settings: Settings) -> tuple[Network, ...]:
    try:
        return parse_networks(settings.look_ups.private_networks)
    except ValueError as error:
        raise SettingsError(
            f"look_ups.private_networks must be networks like 10.1.0.0/16: {error}"
        ) from error


def build_application(
    settings: Settings,
    dsn: str,
    database: Database,
    effects: PostgresEffectStore,
    look_ups: OutsideLookUps,
    webchat_secret: bytes,
) -> tuple[Litestar, ApiParts, AnyUnderstanding, AsteriskMedia | None]:
    """Makes everything; nothing is connected yet."""
    files = FileLibrary(database, FolderBlobStore(settings.data_folder / BLOBS_FOLDER))
    runtime = _build_runtime(settings, dsn, files, effects)
    understanding = _build_understanding(settings.understanding, database, runtime)
    _answer_flows(runtime, effects, look_ups, understanding)
    queries = Queries(dsn, settings.centre)
    parts = _build_parts(
        settings, dsn, runtime, database, queries, files, effects, look_ups, understanding
    )
    media = AsteriskMedia(settings.telephone) if settings.telephone.url else None
    if media is not None:
        parts = _add_telephone(media, settings.telephone, parts, database)
    webchat = Webchat(
        runtime, parts.watches, parts.queries, files, webchat_secret, settings.webchat
    )
    runtime.add_reconciler(webchat.reconciler)
    return create_app(parts, [webchat]), parts, understanding, media


def _build_runtime(
    settings: Settings, dsn: str, files: FileLibrary, effects: PostgresEffectStore
) -> CentreRuntime:
    limits = settings.runtime
    batch_events_max = limits.projection_batch_events_max
    records = Projector(dsn, settings.centre, RecordsProjection(), batch_events_max)
    journal = build_journal(dsn, settings.centre)
    attachments = EffectRunner(KeepAttachments(files), effects, SystemClock(), limits)
    return CentreRuntime(journal, settings=limits, followers=[records, attachments])


def _build_understanding(
    settings: EndpointSettings, database: Database, runtime: CentreRuntime
) -> AnyUnderstanding:
    """By the endpoint if the operator names one, else on this machine."""
    secrets = KeptSecrets(database)

    async def find_key() -> str | None:
        return await secrets.find(settings.secret) if settings.secret else None

    def today() -> date:
        return find_date(runtime.live.board.centre.time_zone, runtime.clock.now_ms())

    if settings.base_url:
        return EndpointUnderstanding(settings, find_key, today)
    return LocalUnderstanding(today)


def _answer_flows(
    runtime: CentreRuntime,
    effects: PostgresEffectStore,
    look_ups: LookUps,
    understanding: AnyUnderstanding,
) -> None:
    limits = runtime.settings
    many = msgspec.structs.replace(limits, effect_lanes_max=limits.questions_max)
    for handler in (
        AnswerLookUps(runtime, look_ups),
        AnswerClassifications(runtime, understanding),
    ):
        # What was asked before there was anybody to answer has run out.
        runner = EffectRunner(handler, effects, runtime.clock, many, from_start=False)
        runtime.add_follower(runner)
    runtime.add_follower(Lessons(understanding, lambda: _find_intents(runtime)))


def _tell_alarms(
    settings: Settings,
    database: Database,
    effects: PostgresEffectStore,
    runtime: CentreRuntime,
    webhooks: WebhookTeller,
) -> None:
    mailer = _build_mailer(settings.mail, KeptSecrets(database))
    domain = settings.mail.sender.rpartition("@")[2]
    tellers = {TellingWay.MAIL: MailTeller(mailer, domain), TellingWay.WEBHOOK: webhooks}
    handler = TellAlarms(runtime, tellers)
    # Alarms of before there was anybody to tell of them are old news.
    runner = EffectRunner(handler, effects, runtime.clock, runtime.settings, from_start=False)
    runtime.add_follower(runner)


def _find_intents(runtime: CentreRuntime) -> list[Intent]:
    settings = runtime.live.board.state.settings.values()
    return [entity for entity in settings if isinstance(entity, Intent)]


def _build_parts(
    settings: Settings,
    dsn: str,
    runtime: CentreRuntime,
    database: Database,
    queries: Queries,
    files: FileLibrary,
    effects: PostgresEffectStore,
    look_ups: OutsideLookUps,
    understanding: AnyUnderstanding,
) -> ApiParts:
    watches = Watches(runtime)
    desks = Desks(runtime)
    runtime.add_reconciler(desks)
    hub = StreamHub(runtime, watches)
    saved_reports, office = SavedReports(database), ReportOffice(runtime, queries)
    mailer = _build_mailer(settings.mail, KeptSecrets(database))
    behind_tls = settings.server.public_url.startswith("https://")
    return ApiParts(
        runtime=runtime,
        hub=hub,
        watches=watches,
        desks=desks,
        queries=queries,
        sign_ons=SignOns(database, Passwords()),
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
        what_ifs=WhatIfRuns(partial(build_journal, dsn, settings.centre)),
        understanding=understanding,
        oversight=ModelOversight(understanding, lambda: _find_intents(runtime)),
        settings=msgspec.structs.replace(
            settings.api, secure_cookies=settings.api.secure_cookies or behind_tls
        ),
    )


def _add_telephone(
    media: AsteriskMedia, settings: AsteriskSettings, parts: ApiParts, database: Database
) -> ApiParts:
    runtime = parts.runtime
    telephone = AsteriskTelephone(
        media,
        lambda: runtime.live.board.state.settings.values(),
        KeptSecrets(database).find,
        settings.phones_host or urlsplit(settings.url).hostname or "",
    )
    runtime.add_follower(telephone)
    return replace(parts, telephone=telephone)


def _build_mailer(settings: MailSettings, secrets: KeptSecrets) -> SmtpMailer:
    async def find_password() -> str | None:
        return await secrets.find(settings.secret) if settings.secret else None

    return SmtpMailer(settings, find_password)


async def _start(runtime: CentreRuntime) -> None:
    try:
        await runtime.start()
    except CentreHeld as error:
        raise DatabaseError(f"this database is in use: {_lower_first(str(error))}") from error
    except JournalError as error:
        raise DatabaseError(_lower_first(str(error))) from error
    # What was loaded stays: the collector needn't look through it again and again.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _background(*jobs: Any) -> AsyncGenerator[None]:
    """Runs endless jobs meanwhile; one that ends in an error ends everything."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job) for job in jobs]
        yield
        for task in tasks:
            task.cancel()


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
