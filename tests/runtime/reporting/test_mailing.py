"""Reports by mail: when they are due, each due time once, over a real SMTP server and restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk.records.database import Database
from frontdesk.records.saved_reports import (
    Cadence,
    Mailing,
    MailingState,
    ReportSchedule,
    SavedReport,
    SavedReports,
)
from frontdesk.records.schema import migrate_async
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.mail import MailSettings, SmtpMailer
from frontdesk.runtime.reporting.files import FileFormat
from frontdesk.runtime.reporting.mailing import RETRY_MS, TRIES_MAX, ReportMailing
from frontdesk.runtime.reporting.schedules import find_next_due
from frontdesk.views.semantics.periods import ReportQuery
from tests.support.post_office import PostOffice, post_office

ZONE = "Europe/Chisinau"
DAY_MS = 24 * 3_600_000
DAILY = ReportSchedule(Cadence.DAILY, ("boss@example.org", "ana@example.org"), file_format="csv")
QUERY = {"metrics": ["offered"], "period": {"kind": "yesterday"}}


@pytest.fixture
async def post() -> AsyncIterator[tuple[PostOffice, MailSettings]]:
    async with post_office() as opened:
        yield opened


class Office:
    """Writes every report as its name, the time it is of, and what it asks."""

    time_zone = ZONE

    async def write(
        self, title: str, query: ReportQuery, kind: FileFormat, locale: str, at_ms: int
    ) -> bytes:
        return f"{title} {at_ms} {query.metrics[0]}".encode()


class Desk:
    """Saved reports and who mails them; `restart` is another process on the same records."""

    def __init__(self, database: Database, settings: MailSettings) -> None:
        self.clock = ManualClock(at("2026-11-24 20:00"))
        self.reports = SavedReports(database, self.clock.now_ms)
        self._settings = settings
        self.restart()

    def restart(self) -> None:
        mailer = SmtpMailer(self._settings, find_no_password)
        office: Any = Office()
        self.mailing = ReportMailing(self.reports, office, mailer, self.clock)

    async def save(self, schedule: ReportSchedule = DAILY) -> SavedReport:
        due_ms = self.mailing.find_due(schedule)
        return await self.reports.save(None, "Ziua / День", QUERY, schedule, due_ms, "sofia")

    async def outcomes(self, report: SavedReport) -> list[Mailing]:
        return await self.reports.find_mailings(report.report_id)


async def find_no_password() -> None:
    return None


def at(wall: str, zone: str = ZONE) -> int:
    local = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
    return int(local.timestamp() * 1_000)


@pytest.fixture
async def desk(database_dsn: str, post: tuple[PostOffice, MailSettings]) -> AsyncIterator[Desk]:
    await migrate_async(database_dsn)
    database = Database(database_dsn)
    yield Desk(database, post[1])
    await database.close()


async def test_a_report_is_mailed_once_each_time_it_is_due_whatever_restarts_lie_between(
    desk: Desk, post: tuple[PostOffice, MailSettings]
) -> None:
    report = await desk.save()
    await desk.mailing.send_due()
    assert post[0].mails == [], "it is due at eight tomorrow"
    for day in range(3):
        desk.clock.advance(DAY_MS)
        for _ in range(2):
            desk.restart()
            await desk.mailing.send_due()
        assert len(post[0].mails) == day + 1
    first, *_ = post[0].mails
    due_ms = at("2026-11-25 08:00")
    assert first["To"] == "boss@example.org, ana@example.org"
    assert first["Subject"] == "Ziua / День"
    assert first["Message-ID"] == f"<report-{report.report_id}-{due_ms}@frontdesk>"
    (part,) = first.iter_attachments()
    assert part.get_filename() == "Ziua - День.csv"
    assert part.get_content() == f"Ziua / День {due_ms} offered"
    assert [m.state for m in await desk.outcomes(report)] == [MailingState.SENT] * 3


async def test_what_a_crash_cut_off_is_not_sent_again_and_shown_as_unsure(
    desk: Desk, post: tuple[PostOffice, MailSettings]
) -> None:
    report = await desk.save()
    desk.clock.advance(DAY_MS)
    (due,) = await desk.reports.find_due(desk.clock.now_ms())
    assert await desk.reports.claim(due, None)
    assert not await desk.reports.claim(due, None), "nobody else can claim it"
    desk.restart()
    assert await desk.reports.give_up_cut_off() == 1
    await desk.mailing.send_due()
    assert post[0].mails == []
    assert [m.state for m in await desk.outcomes(report)] == [MailingState.UNSURE]


async def test_days_that_were_missed_are_not_made_up_for_one_by_one(
    desk: Desk, post: tuple[PostOffice, MailSettings]
) -> None:
    await desk.save()
    desk.clock.advance(5 * DAY_MS)
    await desk.mailing.send_due()
    await desk.mailing.send_due()
    assert len(post[0].mails) == 1


async def test_a_busy_server_is_tried_again_and_one_that_refuses_is_not(
    desk: Desk, post: tuple[PostOffice, MailSettings]
) -> None:
    report = await desk.save()
    post[0].answer = "451 Come back later"
    desk.clock.advance(DAY_MS)
    await desk.mailing.send_due()
    (outcome,) = await desk.outcomes(report)
    assert (outcome.state, outcome.tries) == (MailingState.WAITING, 1)
    assert outcome.retry_ms == desk.clock.now_ms() + RETRY_MS
    post[0].answer = "250 OK"
    desk.clock.advance(RETRY_MS)
    await desk.mailing.send_due()
    (outcome,) = await desk.outcomes(report)
    assert (outcome.state, outcome.tries) == (MailingState.SENT, 2)

    post[0].answer = "554 No thank you"
    desk.clock.advance(DAY_MS)
    await desk.mailing.send_due()
    outcome, _ = await desk.outcomes(report)
    assert (outcome.state, outcome.retry_ms) == (MailingState.FAILED, None)
    assert "No thank you" in outcome.detail


async def test_tries_come_to_an_end(desk: Desk, post: tuple[PostOffice, MailSettings]) -> None:
    report = await desk.save(ReportSchedule(Cadence.MONTHLY, ("boss@example.org",), month_day=25))
    post[0].answer = "451 Come back later"
    desk.clock.advance(DAY_MS)
    for _ in range(TRIES_MAX + 2):
        await desk.mailing.send_due()
        desk.clock.advance(RETRY_MS * TRIES_MAX)
    (outcome,) = await desk.outcomes(report)
    assert (outcome.state, outcome.tries) == (MailingState.FAILED, TRIES_MAX)


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (DAILY, "2026-11-24 07:59", "2026-11-24 08:00"),
        (DAILY, "2026-11-24 08:00", "2026-11-25 08:00"),
        (DAILY, "2026-10-24 08:00", "2026-10-25 08:00"),
        (
            ReportSchedule(Cadence.WEEKLY, DAILY.recipients, weekday=4, minute_of_day=0),
            "2026-11-24 12:00",
            "2026-11-27 00:00",
        ),
        (
            ReportSchedule(Cadence.MONTHLY, DAILY.recipients, month_day=31),
            "2026-02-01 12:00",
            "2026-02-28 08:00",
        ),
    ],
)
def test_due_times_are_the_wall_clocks(schedule: ReportSchedule, after: str, due: str) -> None:
    """Of 24 to 25 October 2026 the clocks go back: eight o'clock is 25 hours later."""
    assert find_next_due(schedule, ZONE, at(after)) == at(due)
