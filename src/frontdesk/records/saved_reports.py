"""Reports that people saved, when they are to be mailed, and what came of every mailing.

A mailing is claimed before it is sent: `sending → sent`, `waiting` (to be tried again), `failed`
or `unsure`. What is found in `sending` after a crash may have been sent: it becomes `unsure`, is
shown, and never sent a second time.
"""

from __future__ import annotations

from enum import Enum
from secrets import token_hex
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import TooManyRecords
from frontdesk.records.tables import report_mailings, saved_reports

REPORTS_MAX: Final = 500
MAILINGS_SHOWN: Final = 50
RECIPIENTS_MAX: Final = 50


class Cadence(Enum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


Address = Annotated[str, Meta(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+$", max_length=254)]


class ReportSchedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a report is mailed, on the centre's clock, and to whom.

    `weekday`: 0 is Monday. `month_day`: of a shorter month the last.
    """

    cadence: Cadence
    recipients: Annotated[tuple[Address, ...], Meta(min_length=1, max_length=RECIPIENTS_MAX)]
    minute_of_day: Annotated[int, Meta(ge=0, le=1_439)] = 480
    weekday: Annotated[int, Meta(ge=0, le=6)] = 0
    month_day: Annotated[int, Meta(ge=1, le=31)] = 1
    file_format: Literal["csv", "xlsx", "pdf"] = "xlsx"
    locale: Literal["en", "ru", "ro"] = "en"


class SavedReport(msgspec.Struct, frozen=True):
    """`query` is what the report asks, as the API has it. `due_ms`: when it is mailed next."""

    report_id: str
    name: str
    query: dict[str, Any]
    schedule: ReportSchedule | None
    due_ms: int | None
    saved_ms: int
    saved_by: str


class MailingState(Enum):
    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    UNSURE = "unsure"


class Mailing(msgspec.Struct, frozen=True):
    """What came of a report's being due."""

    report_id: str
    due_ms: int
    state: MailingState
    retry_ms: int | None
    tries: int
    detail: str
    at_ms: int


class SavedReports:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock

    async def find_all(self) -> list[SavedReport]:
        """All of them, by name."""
        query = select(saved_reports).order_by(saved_reports.c.name, saved_reports.c.report_id)
        async with self._database.begin() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_build(row) for row in rows]

    async def find(self, report_id: str) -> SavedReport | None:
        """One of them."""
        query = select(saved_reports).where(saved_reports.c.report_id == report_id)
        async with self._database.begin() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return None if row is None else _build(row)

    async def save(
        self,
        report_id: str | None,
        name: str,
        query: dict[str, Any],
        schedule: ReportSchedule | None,
        due_ms: int | None,
        saved_by: str,
    ) -> SavedReport:
        """Keeps a report, a new one without an id. Raises TooManyRecords."""
        saved_ms = self._clock()
        values = {
            "name": name,
            "query": query,
            "schedule": msgspec.to_builtins(schedule),
            "due_ms": due_ms,
            "saved_ms": saved_ms,
            "saved_by": saved_by,
        }
        report_id = report_id or token_hex(8)
        statement = upsert(saved_reports).values(report_id=report_id, **values)
        async with self._database.begin() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["report_id"], set_=values)
            )
            count = await connection.execute(select(func.count()).select_from(saved_reports))
            if count.scalar_one() > REPORTS_MAX:
                raise TooManyRecords("saved reports", REPORTS_MAX)
        return SavedReport(report_id, name, query, schedule, due_ms, saved_ms, saved_by)

    async def remove(self, report_id: str) -> bool:
        """Forgets it, and what came of its mailings; False if there is none."""
        async with self._database.begin() as connection:
            await connection.execute(
                delete(report_mailings).where(report_mailings.c.report_id == report_id)
            )
            done = await connection.execute(
                delete(saved_reports).where(saved_reports.c.report_id == report_id)
            )
        return bool(done.rowcount)

    # -- mailings

    async def find_mailings(self, report_id: str) -> list[Mailing]:
        """What came of a report's mailings, the latest first."""
        query = (
            select(report_mailings)
            .where(report_mailings.c.report_id == report_id)
            .order_by(report_mailings.c.due_ms.desc())
            .limit(MAILINGS_SHOWN)
        )
        async with self._database.begin() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_build_mailing(row) for row in rows]

    async def find_next_due(self) -> int | None:
        """When something is to be sent or tried again next."""
        due = select(func.min(saved_reports.c.due_ms)).scalar_subquery()
        again = select(func.min(report_mailings.c.retry_ms)).scalar_subquery()
        async with self._database.begin() as connection:
            return (await connection.execute(select(func.least(due, again)))).scalar_one()

    async def find_due(self, at_ms: int) -> list[SavedReport]:
        """Reports that are due by then."""
        query = select(saved_reports).where(saved_reports.c.due_ms <= at_ms)
        async with self._database.begin() as connection:
            rows = (await connection.execute(query.order_by("due_ms"))).mappings().all()
        return [_build(row) for row in rows]

    async def claim(self, report: SavedReport, next_due_ms: int | None) -> bool:
        """Takes what is due in hand; False: another has, or it was changed meanwhile."""
        moved = (
            update(saved_reports)
            .where(
                saved_reports.c.report_id == report.report_id,
                saved_reports.c.due_ms == report.due_ms,
            )
            .values(due_ms=next_due_ms)
        )
        begun = insert(report_mailings).values(
            report_id=report.report_id,
            due_ms=report.due_ms,
            state=MailingState.SENDING.value,
            tries=1,
            detail="",
            at_ms=self._clock(),
        )
        async with self._database.begin() as connection:
            if not (await connection.execute(moved)).rowcount:
                return False
            await connection.execute(begun)
        return True

    async def claim_waiting(self, at_ms: int) -> Mailing | None:
        """Takes in hand what is to be tried again by then; None: nothing."""
        table = report_mailings
        first = (
            select(table.c.report_id, table.c.due_ms)
            .where(table.c.retry_ms <= at_ms)
            .order_by(table.c.retry_ms)
            .limit(1)
            .with_for_update(skip_locked=True)
            .subquery()
        )
        taken = (
            update(table)
            .where(table.c.report_id == first.c.report_id, table.c.due_ms == first.c.due_ms)
            .values(
                state=MailingState.SENDING.value,
                retry_ms=None,
                tries=table.c.tries + 1,
                at_ms=self._clock(),
            )
            .returning(table)
        )
        async with self._database.begin() as connection:
            row = (await connection.execute(taken)).mappings().one_or_none()
        return None if row is None else _build_mailing(row)

    async def settle(
        self,
        report_id: str,
        due_ms: int,
        state: MailingState,
        detail: str = "",
        retry_ms: int | None = None,
    ) -> None:
        """Notes what came of a mailing."""
        statement = (
            update(report_mailings)
            .where(report_mailings.c.report_id == report_id, report_mailings.c.due_ms == due_ms)
            .values(state=state.value, detail=detail, retry_ms=retry_ms, at_ms=self._clock())
        )
        async with self._database.begin() as connection:
            await connection.execute(statement)

    async def give_up_cut_off(self) -> int:
        """At a start: whatever a crash cut off may have been sent. Returns how many there are."""
        sending = report_mailings.c.state == MailingState.SENDING.value
        statement = (
            update(report_mailings)
            .where(sending)
            .values(state=MailingState.UNSURE.value, detail="The server was stopped meanwhile")
        )
        async with self._database.begin() as connection:
            return (await connection.execute(statement)).rowcount


def _build(row: RowMapping) -> SavedReport:
    values: dict[str, Any] = {**row}
    values["schedule"] = msgspec.convert(row["schedule"], ReportSchedule | None)
    return SavedReport(**values)


def _build_mailing(row: RowMapping) -> Mailing:
    values: dict[str, Any] = {**row}
    values["state"] = MailingState(row["state"])
    return Mailing(**values)
