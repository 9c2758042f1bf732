"""Figures of past days."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from frontdesk.api.access import catch_up
from frontdesk.api.calls import ID_MAX, PAGE_DEFAULT, PageSize, Parts, TextQuery, TimeQuery
from frontdesk.api.identity import supervisors_only
from frontdesk.api.parts import ApiParts
from frontdesk.api.routes.contact_records import Cursor
from frontdesk.views.documents import AnnouncedWaitsReport
from frontdesk.views.report_documents import (
    CallbackReport,
    ContainmentReport,
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
KeyQuery = Annotated[VerdictKey, QueryParameter(description="What tells verdicts apart")]


@get(
    "/reports/announced-waits",
    guards=[supervisors_only],
    operation_id="reportAnnouncedWaits",
    tags=["Reports"],
)
async def report_announced_waits(
    parts: Parts,
    queue_id: TextQuery = None,
    from_ms: TimeQuery = None,
    to_ms: TimeQuery = None,
) -> AnnouncedWaitsReport:
    """What customers were told of their waits and what came, by queue and day.

    `from_ms` and `to_ms` are about when it was told.
    """
    await catch_up(parts)
    return await parts.queries.find_announced_waits(
        _time_zone(parts), *_span(from_ms, to_ms), queue_id
    )


def _time_zone(parts: ApiParts) -> str:
    return parts.live.board.centre.time_zone


def _span(from_ms: int | None, to_ms: int | None) -> tuple[int, int]:
    return from_ms or 0, ID_MAX if to_ms is None else to_ms


@get(
    "/reports/containment",
    guards=[supervisors_only],
    operation_id="reportContainment",
    tags=["Reports"],
)
async def report_containment(
    parts: Parts,
    flow_id: TextQuery = None,
    from_ms: TimeQuery = None,
    to_ms: TimeQuery = None,
) -> ContainmentReport:
    """What became of contacts that met self-service: by flow and day, where they left, what for.

    `from_ms` and `to_ms` are about when they met it.
    """
    await catch_up(parts)
    return await parts.queries.reports.find_containment(
        _time_zone(parts), *_span(from_ms, to_ms), flow_id
    )


@get(
    "/reports/verdicts",
    guards=[supervisors_only],
    operation_id="reportVerdicts",
    tags=["Reports"],
)
async def report_verdicts(
    parts: Parts,
    by: KeyQuery = "queue",
    repeat_days: RepeatDays = REPEAT_DAYS,
    from_ms: TimeQuery = None,
    to_ms: TimeQuery = None,
) -> VerdictReport:
    """What customers said in surveys, and how many had to come back about the same matter.

    `from_ms` and `to_ms` are about when a survey was answered, and when a contact was closed.
    """
    await catch_up(parts)
    return await parts.queries.reports.find_verdicts(
        _time_zone(parts), *_span(from_ms, to_ms), by, repeat_days, parts.runtime.clock.now_ms()
    )


@get(
    "/reports/verdict-texts",
    guards=[supervisors_only],
    operation_id="listVerdictTexts",
    tags=["Reports"],
)
async def list_verdict_texts(
    parts: Parts,
    from_ms: TimeQuery = None,
    to_ms: TimeQuery = None,
    cursor: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> VerdictTextPage:
    """What customers wrote in surveys in their own words, the latest first."""
    await catch_up(parts)
    return await parts.queries.reports.find_verdict_texts(
        *_span(from_ms, to_ms), None if cursor is None else int(cursor), limit
    )


@get(
    "/reports/callbacks",
    guards=[supervisors_only],
    operation_id="reportCallbacks",
    tags=["Reports"],
)
async def report_callbacks(
    parts: Parts,
    queue_id: TextQuery = None,
    from_ms: TimeQuery = None,
    to_ms: TimeQuery = None,
) -> CallbackReport:
    """What became of promised callbacks, by queue and day.

    `from_ms` and `to_ms` are about when they were promised.
    """
    await catch_up(parts)
    return await parts.queries.reports.find_callbacks(
        _time_zone(parts), *_span(from_ms, to_ms), queue_id
    )
