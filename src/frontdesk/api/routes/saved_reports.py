"""Reports that people saved, and when they are mailed to whom."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, delete, get, post, put
from litestar.params import JSONBody, PathParameter
from msgspec import Meta

from frontdesk.api.calls import Caller, Parts
from frontdesk.api.identity import supervisors_only
from frontdesk.api.parts import ApiParts
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.saved_reports import Mailing, ReportSchedule, SavedReport
from frontdesk.runtime.refused import Refused, refuse
from frontdesk.runtime.reporting.office import refuse_report
from frontdesk.views.semantics.model import ReportRefusal
from frontdesk.views.semantics.periods import ReportQuery, place_query
from frontdesk.views.semantics.requests import plan_report

ReportId = Annotated[str, PathParameter(max_length=64, pattern="^[A-Za-z0-9_-]+$")]


class ReportToSave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`schedule` null: it is mailed to nobody."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    query: ReportQuery
    schedule: ReportSchedule | None = None


class SavedReportList(msgspec.Struct, frozen=True):
    """By name."""

    items: list[SavedReport]


class MailingList(msgspec.Struct, frozen=True):
    """The latest first."""

    items: list[Mailing]


@get("/", operation_id="listSavedReports")
async def list_saved_reports(parts: Parts) -> SavedReportList:
    """All saved reports; they are the centre's, not anybody's own."""
    return SavedReportList(await parts.saved_reports.find_all())


@post("/", operation_id="saveNewReport")
async def save_new_report(
    data: JSONBody[ReportToSave], caller: Caller, parts: Parts
) -> SavedReport:
    """Save a report."""
    return await _save(parts, None, data, caller.actor)


@put("/{report_id:str}", operation_id="saveReport")
async def save_report(
    report_id: ReportId, data: JSONBody[ReportToSave], caller: Caller, parts: Parts
) -> SavedReport:
    """Replace a saved report as a whole."""
    if await parts.saved_reports.find(report_id) is None:
        raise _not_found(report_id)
    return await _save(parts, report_id, data, caller.actor)


async def _save(
    parts: ApiParts, report_id: str | None, data: ReportToSave, actor: str
) -> SavedReport:
    """Keeps what means something; the schedule counts from now."""
    now_ms = parts.runtime.clock.now_ms()
    request = place_query(data.query, parts.report_office.time_zone, now_ms)
    plan = request if isinstance(request, ReportRefusal) else plan_report(request)
    if isinstance(plan, ReportRefusal):
        raise refuse_report(plan)
    due_ms = parts.report_mailing.find_due(data.schedule)
    query = msgspec.to_builtins(data.query)
    saved = await parts.saved_reports.save(
        report_id, data.name, query, data.schedule, due_ms, actor
    )
    parts.report_mailing.wake()
    return saved


@delete("/{report_id:str}", status_code=204, operation_id="removeReport")
async def remove_report(report_id: ReportId, parts: Parts) -> None:
    """Forget a saved report; it is mailed no more."""
    if not await parts.saved_reports.remove(report_id):
        raise _not_found(report_id)


@get("/{report_id:str}/mailings", operation_id="listReportMailings")
async def list_mailings(report_id: ReportId, parts: Parts) -> MailingList:
    """What came of mailing it."""
    return MailingList(await parts.saved_reports.find_mailings(report_id))


def _not_found(report_id: str) -> Refused:
    detail = f"There is no saved report {report_id}"
    return refuse(RefusalReason.NOT_FOUND, detail, f"report {report_id}")


router = Router(
    "/saved-reports",
    route_handlers=[
        list_saved_reports,
        save_new_report,
        save_report,
        remove_report,
        list_mailings,
    ],
    guards=[supervisors_only],
    tags=["Reports"],
)
