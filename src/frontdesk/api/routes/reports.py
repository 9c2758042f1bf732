"""Figures of past days."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation

from frontdesk.api.access import catch_up
from frontdesk.api.calls import ID_MAX, PAGE_DEFAULT, PageSize, Parts, TextQuery, TimeQuery
from frontdesk.api.identity import supervisors_only
from frontdesk.api.parts import ApiParts
from frontdesk.api.routes.contact_records import Cursor
from frontdesk.views.queries import Queries
from frontdesk.views.record_documents import AnnouncedWaitsReport
from frontdesk.views.report_documents import (
    CallbackReport,
    ContainmentReport,
    PresenceReport,
    VerdictReport,
    VerdictTextPage,
)
from frontdesk.views.report_queries import VerdictKey

REPEAT_DAYS = 7
RepeatDays = Annotated[
    int,
    QueryParameter(
        ge=1, le=90, description="Within how many days another contact counts as a repeat"
    ),
]
Span = NamedDependency[SkipValidation[tuple[int, int]]]
"""From when to when, the latter left out."""
Fresh = NamedDependency[SkipValidation[Queries]]
KeyQuery = Annotated[VerdictKey, QueryParameter(description="What tells verdicts apart")]


def provide_span(from_ms: TimeQuery = None, to_ms: TimeQuery = None) -> tuple[int, int]:
    """The time asked for; without bounds any."""
    return from_ms or 0, ID_MAX if to_ms is None else to_ms


async def provide_fresh(parts: Parts) -> Queries:
    """The records once they hold all that was durable at the call."""
    await catch_up(parts)
    return parts.queries


def _time_zone(parts: ApiParts) -> str:
    return parts.live.board.centre.time_zone


@get("/announced-waits", operation_id="reportAnnouncedWaits")
async def report_announced_waits(
    parts: Parts,
    queries: Fresh,
    span: Span,
    queue_id: TextQuery = None,
) -> AnnouncedWaitsReport:
    """What customers were told of their waits and what came, by queue and day.

    `from_ms` and `to_ms` are about when it was told.
    """
    return await queries.find_announced_waits(_time_zone(parts), *span, queue_id)


@get("/containment", operation_id="reportContainment")
async def report_containment(
    parts: Parts,
    queries: Fresh,
    span: Span,
    flow_id: TextQuery = None,
) -> ContainmentReport:
    """What became of contacts that met self-service: by flow and day, where they left, what for.

    `from_ms` and `to_ms` are about when they met it.
    """
    return await queries.reports.find_containment(_time_zone(parts), *span, flow_id)


@get("/verdicts", operation_id="reportVerdicts")
async def report_verdicts(
    parts: Parts,
    queries: Fresh,
    span: Span,
    by: KeyQuery = "queue",
    repeat_days: RepeatDays = REPEAT_DAYS,
) -> VerdictReport:
    """What customers said in surveys, and how many had to come back about the same matter.

    `from_ms` and `to_ms` are about when a survey was answered, and when a contact was closed.
    """
    return await queries.reports.find_verdicts(
        _time_zone(parts), *span, by, repeat_days, parts.runtime.clock.now_ms()
    )


@get("/verdict-texts", operation_id="listVerdictTexts")
async def list_verdict_texts(
    queries: Fresh,
    span: Span,
    cursor: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> VerdictTextPage:
    """What customers wrote in surveys in their own words, the latest first."""
    return await queries.reports.find_verdict_texts(
        *span, None if cursor is None else int(cursor), limit
    )


@get("/callbacks", operation_id="reportCallbacks")
async def report_callbacks(
    parts: Parts,
    queries: Fresh,
    span: Span,
    queue_id: TextQuery = None,
) -> CallbackReport:
    """What became of promised callbacks, by queue and day.

    `from_ms` and `to_ms` are about when they were promised.
    """
    return await queries.reports.find_callbacks(_time_zone(parts), *span, queue_id)


@get("/presences", operation_id="reportPresences")
async def report_presences(
    queries: Fresh,
    span: Span,
    agent_id: TextQuery = None,
) -> PresenceReport:
    """Agents' times available and on breaks, one by one, the latest first.

    `from_ms` and `to_ms` are about when they began; what still lasts is not among them.
    """
    return await queries.reports.find_presence_spans(*span, agent_id)


router = Router(
    "/reports",
    route_handlers=[
        report_announced_waits,
        report_containment,
        report_verdicts,
        list_verdict_texts,
        report_callbacks,
        report_presences,
    ],
    guards=[supervisors_only],
    dependencies={
        "span": Provide(provide_span, sync_to_thread=False),
        "queries": Provide(provide_fresh),
    },
    tags=["Reports"],
)
