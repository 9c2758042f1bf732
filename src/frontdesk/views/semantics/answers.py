"""From the sums of every source to the figures of a report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from frontdesk.views.semantics.catalogue import METRICS
from frontdesk.views.semantics.model import (
    Additivity,
    Columns,
    Grain,
    Metric,
    ReportAnswer,
    ReportRefusal,
    ReportRequest,
    ReportRow,
)
from frontdesk.views.semantics.requests import plan_report
from frontdesk.views.semantics.sources import SOURCES
from frontdesk.views.semantics.statements import ROWS_MAX, build_report_statement

Fetch = Callable[..., Awaitable[list[asyncpg.Record]]]
Cells = dict[tuple[str, ...], dict[str, Any]]
"""By key the columns' sums; the total has the key of nothing but itself."""

_TOTAL = ("\0total",)


async def answer_report(
    fetch: Fetch, centre: str, time_zone: str, request: ReportRequest
) -> ReportAnswer | ReportRefusal:
    """The report's figures, or why it would mean nothing."""
    plan = plan_report(request)
    if isinstance(plan, ReportRefusal):
        return plan
    cells: Cells = {}
    is_cut_short = False
    for source_id, metrics in plan.items():
        columns = find_columns(metrics)
        statement, values = build_report_statement(
            SOURCES[source_id], request, columns, centre, time_zone
        )
        rows = await fetch(statement, *values)
        is_cut_short = is_cut_short or len(rows) > ROWS_MAX + 1
        _gather(cells, rows, columns)
    return _build_answer(request, time_zone, cells, is_cut_short)


def find_columns(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """The columns that the metrics are worked out from."""
    needed = [[*m.numerator, *(m.denominator or ())] for m in metrics]
    return tuple(dict.fromkeys(name for names in needed for name in names))


def _gather(cells: Cells, rows: Sequence[asyncpg.Record], columns: tuple[str, ...]) -> None:
    for row in rows:
        count = len(row) - len(columns) - 1
        key = _TOTAL if row["is_total"] else tuple(row[i] or "" for i in range(count))
        cells.setdefault(key, {}).update({name: row[name] for name in columns})


def _build_answer(
    request: ReportRequest, time_zone: str, cells: Cells, is_cut_short: bool
) -> ReportAnswer:
    metrics = [METRICS[metric_id] for metric_id in request.metrics]
    whole = cells.pop(_TOTAL, {})
    total = [work_out(metric, whole) for metric in metrics]
    wholes = {m.metric_id: value for m, value in zip(metrics, total, strict=True)}
    is_instant = request.grain in (Grain.INTERVAL, Grain.HOUR)
    zone = ZoneInfo(time_zone)
    rows: list[ReportRow] = []
    for key in sorted(cells)[:ROWS_MAX]:
        values = {m.metric_id: work_out(m, cells[key]) for m in metrics}
        shares = [_divide(values[name], wholes[name]) for name in request.shares]
        shown = (_show_instant(key[0], zone), *key[1:]) if is_instant else key
        rows.append(ReportRow(keys=shown, values=(*values.values(), *shares)))
    return ReportAnswer(
        columns=(*(("time",) if request.grain else ()), *request.dimensions),
        metrics=request.metrics,
        shares=request.shares,
        rows=tuple(rows),
        total=(*total, *(_divide(wholes[name], wholes[name]) for name in request.shares)),
        is_cut_short=is_cut_short or len(cells) > ROWS_MAX,
    )


def _show_instant(at_ms: str, zone: ZoneInfo) -> str:
    """With its offset, which tells the two hours apart that the clocks repeat."""
    return datetime.fromtimestamp(int(at_ms) / 1_000, zone).isoformat(timespec="minutes")


def work_out(metric: Metric, sums: Mapping[str, Any]) -> float | None:
    """The metric of sums of columns; None: no data. What counts and is absent is nought."""
    if metric.additivity is Additivity.MAXIMUM:
        (name,) = metric.numerator
        return sums.get(name)
    numerator = _add(metric.numerator, sums)
    if metric.denominator is None:
        return numerator
    return _divide(numerator, _add(metric.denominator, sums))


def _add(columns: Columns, sums: Mapping[str, Any]) -> float:
    return sum(int(sums.get(name) or 0) * factor for name, factor in columns.items())


def _divide(numerator: float | None, denominator: float | None) -> float | None:
    return numerator / denominator if numerator is not None and denominator else None
