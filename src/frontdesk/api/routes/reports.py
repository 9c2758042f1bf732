"""Figures of past days."""

from __future__ import annotations

from litestar import get

from frontdesk.api.access import catch_up
from frontdesk.api.calls import ID_MAX, Parts, TextQuery, TimeQuery
from frontdesk.api.identity import supervisors_only
from frontdesk.views.documents import AnnouncedWaitsReport


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
    time_zone = parts.live.board.centre.time_zone
    return await parts.queries.find_announced_waits(
        time_zone, from_ms or 0, ID_MAX if to_ms is None else to_ms, queue_id
    )
