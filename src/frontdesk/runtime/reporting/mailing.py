"""Mails reports when they are due: each due time once, whatever restarts lie between.

The report is of the time at which it was due. Of several due times that passed while the server
was down, one is made up for, the first: nobody wants a pile of mails on Thursday.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import msgspec

from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.saved_reports import (
    MailingState,
    ReportSchedule,
    SavedReport,
    SavedReports,
)
from frontdesk.runtime.clock import Clock
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.mail import Attached, Mail, Mailer, MailError, MailUnavailable, MailUnsure
from frontdesk.runtime.refused import Refused
from frontdesk.runtime.reporting.files import MEDIA_TYPES, FileFormat
from frontdesk.runtime.reporting.office import ReportOffice
from frontdesk.runtime.reporting.schedules import find_next_due
from frontdesk.views.errors import ViewsUnavailable
from frontdesk.views.semantics.periods import ReportQuery
from frontdesk.views.semantics.words import Words

TRIES_MAX: Final = 6
RETRY_MS: Final = 5 * 60_000
LOOK_AGAIN_MS: Final = 15 * 60_000
"""The longest that nothing is looked for: clocks are set, databases come back."""

_log = logging.getLogger("frontdesk.runtime.mail")


class ReportMailing:
    def __init__(
        self, reports: SavedReports, office: ReportOffice, mailer: Mailer, clock: Clock
    ) -> None:
        self._reports = reports
        self._office = office
        self._mailer = mailer
        self._clock = clock
        self._changed = asyncio.Event()

    @property
    def can_send(self) -> bool:
        """Whether there is a mail server."""
        return self._mailer.is_set_up

    def find_due(self, schedule: ReportSchedule | None) -> int | None:
        """When a report of that schedule is due next."""
        if schedule is None:
            return None
        return find_next_due(schedule, self._office.time_zone, self._clock.now_ms())

    def wake(self) -> None:
        """A schedule has changed."""
        self._changed.set()

    async def run(self) -> None:
        """Sends what is due, until cancelled; what fails for want of a database is done later."""
        is_fresh = True
        while True:
            wait_ms = LOOK_AGAIN_MS
            self._changed.clear()
            try:
                if is_fresh:
                    await self._reports.give_up_cut_off()
                    is_fresh = False
                await self.send_due()
                due_ms = await self._reports.find_next_due()
                if due_ms is not None:
                    wait_ms = min(wait_ms, max(0, due_ms - self._clock.now_ms()))
            except RecordsUnavailable as error:
                _log.info("Reports are mailed later", extra={"reason": str(error)})
            await self._wait(wait_ms)

    async def _wait(self, wait_ms: int) -> None:
        alarm = self._clock.call_at(self._clock.now_ms() + wait_ms, self._changed.set)
        try:
            await self._changed.wait()
        finally:
            alarm.cancel()

    async def send_due(self) -> None:
        """Sends what is due by now."""
        now_ms = self._clock.now_ms()
        for report in await self._reports.find_due(now_ms):
            due_ms = report.due_ms
            if due_ms is not None and await self._reports.claim(
                report, self.find_due(report.schedule)
            ):
                await self._send(report, due_ms, tries=1)
        while mailing := await self._reports.claim_waiting(now_ms):
            report = await self._reports.find(mailing.report_id)
            if report is None or report.schedule is None:
                detail = "It is not scheduled any more"
                await self._reports.settle(
                    mailing.report_id, mailing.due_ms, MailingState.FAILED, detail
                )
            else:
                await self._send(report, mailing.due_ms, mailing.tries)

    async def _send(self, report: SavedReport, due_ms: int, tries: int) -> None:
        settle = self._reports.settle
        try:
            await self._mailer.send(await self._write(report, due_ms))
        except (MailUnavailable, ViewsUnavailable, Unavailable) as error:
            is_over = tries >= TRIES_MAX
            state = MailingState.FAILED if is_over else MailingState.WAITING
            again_ms = None if is_over else self._clock.now_ms() + RETRY_MS * tries
            await settle(report.report_id, due_ms, state, str(error), again_ms)
        except MailUnsure as error:
            await settle(report.report_id, due_ms, MailingState.UNSURE, str(error))
        except (MailError, Refused, msgspec.ValidationError) as error:
            await settle(report.report_id, due_ms, MailingState.FAILED, str(error))
        else:
            await settle(report.report_id, due_ms, MailingState.SENT)

    async def _write(self, report: SavedReport, due_ms: int) -> Mail:
        schedule = report.schedule
        assert schedule is not None, "only a scheduled report is due"
        query = msgspec.convert(report.query, ReportQuery)
        file_format = FileFormat(schedule.file_format)
        content = await self._office.write(report.name, query, file_format, schedule.locale, due_ms)
        name = f"{report.name}.{file_format.value}".replace("/", "-")
        return Mail(
            message_id=f"report-{report.report_id}-{due_ms}@frontdesk",
            recipients=schedule.recipients,
            subject=report.name,
            text=Words(schedule.locale).texts["mail_body"],
            at_ms=due_ms,
            attached=(Attached(name, MEDIA_TYPES[file_format], content),),
        )
