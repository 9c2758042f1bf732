"""Which contacts are behind a cell of a report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Text,
    and_,
    cast,
    column,
    func,
    select,
    table,
)

from frontdesk.views.days import find_offsets
from frontdesk.views.intervals import WAIT_BANDS_MS
from frontdesk.views.semantics.catalogue import METRICS
from frontdesk.views.semantics.model import (
    Drill,
    Grain,
    RefusedBecause,
    ReportRefusal,
    ReportRequest,
)
from frontdesk.views.semantics.requests import plan_report
from frontdesk.views.semantics.statements import Statement, build_bucket, compile_statement

_records = table(
    "contact_records",
    column("centre", Text),
    column("contact_id", BigInteger),
    column("channel", Text),
    column("queue_id", Text),
    column("topic", Text),
    column("outcome", Text),
    column("disposition_id", Text),
    column("is_callback", Boolean),
    column("opened_ms", BigInteger),
).alias("r")

_stints = table(
    "contact_stints",
    column("centre", Text),
    column("contact_id", BigInteger),
    column("kind", Text),
    column("queue_id", Text),
    column("agent_id", Text),
    column("result", Text),
    column("disposition_id", Text),
    column("started_ms", BigInteger),
    column("ended_ms", BigInteger),
    column("wrap_up_ended_ms", BigInteger),
).alias("s")

_OF_RECORDS: Final = {
    "channel": _records.c.channel,
    "queue": _records.c.queue_id,
    "topic": _records.c.topic,
    "outcome": _records.c.outcome,
    "disposition": func.coalesce(_records.c.disposition_id, ""),
    "callback": _records.c.is_callback,
}
_OF_STINTS: Final = {
    "channel": _records.c.channel,
    "queue": _stints.c.queue_id,
    "agent": _stints.c.agent_id,
    "wait_result": _stints.c.result,
    "disposition": _stints.c.disposition_id,
    "wait_band": None,
}

IDS_MAX: Final = 50


def build_drill(
    request: ReportRequest,
    metric_id: str,
    keys: tuple[str, ...],
    before_id: int | None,
    centre: str,
    time_zone: str,
) -> Statement | ReportRefusal:
    """Gives ids of contacts, the latest first. `keys` is the row's; none: all of the report."""
    plan = plan_report(request)
    if isinstance(plan, ReportRefusal):
        return plan
    metric = METRICS.get(metric_id)
    if metric is None or metric.drill is None:
        return ReportRefusal(
            RefusedBecause.NOT_CUT_BY, f"{metric_id} is not of single contacts.", metric_id
        )
    grain = request.grain if keys else None
    dimensions = keys[grain is not None :]
    cuts = dict(request.filters) | {
        dimension: (value,)
        for dimension, value in zip(request.dimensions, dimensions, strict=False)
    }
    known = _OF_RECORDS if metric.drill.kind is None else _OF_STINTS
    missing = next((dimension for dimension in cuts if dimension not in known), None)
    if missing is not None:
        return ReportRefusal(
            RefusedBecause.NOT_CUT_BY,
            f"Single contacts are kept without {missing}.",
            metric_id,
            missing,
        )
    wanted = _find_conditions(metric.drill, request, cuts, centre)
    if grain is not None:
        at = _find_instant(metric.drill)
        offsets = find_offsets(time_zone, request.from_ms, request.to_ms)
        wanted.append(build_bucket(at, grain, offsets) == _read_time(keys[0], grain))
    if before_id is not None:
        wanted.append(_records.c.contact_id < before_id)
    return compile_statement(
        _select(metric.drill)
        .where(and_(*wanted))
        .order_by(_records.c.contact_id.desc())
        .limit(IDS_MAX + 1)
    )


def _select(drill: Drill) -> Any:
    ids = select(_records.c.contact_id).distinct()
    if drill.kind is None:
        return ids.select_from(_records)
    same = and_(
        _stints.c.centre == _records.c.centre, _stints.c.contact_id == _records.c.contact_id
    )
    return ids.select_from(_stints.join(_records, same))


def _find_instant(drill: Drill) -> ColumnElement[int]:
    return (_records if drill.kind is None else _stints).c[drill.at]


def _find_conditions(
    drill: Drill, request: ReportRequest, cuts: dict[str, tuple[str, ...]], centre: str
) -> list[ColumnElement[bool]]:
    at = _find_instant(drill)
    found: list[ColumnElement[bool]] = [
        _records.c.centre == centre,
        at >= request.from_ms,
        at < request.to_ms,
    ]
    if drill.kind is not None:
        found += [_stints.c.centre == centre, _stints.c.kind == drill.kind]
    if drill.results is not None:
        found.append(_stints.c.result.in_(drill.results))
    if drill.not_results:
        found.append(_stints.c.result.is_distinct_from(drill.not_results[0]))
    if not drill.with_callbacks:
        found.append(_records.c.is_callback.is_(False))
    known: dict[str, Any] = dict(_OF_RECORDS if drill.kind is None else _OF_STINTS)
    for dimension, values in sorted(cuts.items()):
        if dimension == "wait_band":
            found.append(_is_in_band(values))
        else:
            found.append(cast(known[dimension], Text).in_(values))
    return found


def _is_in_band(values: tuple[str, ...]) -> ColumnElement[bool]:
    """How long a wait was, against the bounds of the bands asked for."""
    wait = _stints.c.ended_ms - _stints.c.started_ms
    within: list[ColumnElement[bool]] = []
    for value in values:
        band = int(value) if value.isascii() and value.isdigit() else len(WAIT_BANDS_MS) + 1
        above = WAIT_BANDS_MS[band - 1] if 0 < band <= len(WAIT_BANDS_MS) else -1
        upper = WAIT_BANDS_MS[band] if band < len(WAIT_BANDS_MS) else 2**53
        within.append(and_(wait > above, wait <= upper))
    return within[0] if len(within) == 1 else within[0] | _is_in_band(values[1:])


def _read_time(key: str, grain: Grain) -> str:
    """The key as the statement has it."""
    if grain not in (Grain.INTERVAL, Grain.HOUR):
        return key
    try:
        return str(int(datetime.fromisoformat(key).timestamp() * 1_000))
    except (ValueError, OverflowError):
        return key
