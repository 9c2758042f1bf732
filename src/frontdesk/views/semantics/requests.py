"""Is a report meaningful, and which source gives each of its metrics?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from frontdesk.views.semantics.catalogue import DIMENSIONS, METRICS
from frontdesk.views.semantics.model import (
    Additivity,
    Grain,
    Metric,
    RefusedBecause,
    ReportRefusal,
    ReportRequest,
    Source,
)
from frontdesk.views.semantics.sources import SOURCES

METRICS_MAX: Final = 40
DIMENSIONS_MAX: Final = 4
FILTER_VALUES_MAX: Final = 500
INTERVALS_SPAN_MS_MAX: Final = 93 * 24 * 3_600_000
"""How much time a report by intervals or hours may span."""

Plan = dict[str, tuple[Metric, ...]]
"""By source, the metrics it gives."""

_WHY_NOT_ADDED: Final = {
    Additivity.RATIO: "it is a quotient: shares and sums of averages and ratios mean nothing",
    Additivity.MAXIMUM: "it is the greatest of several figures, which are not parts of a whole",
    Additivity.DISTINCT: "who counts in two cells is one, so that the cells don't add up",
}


def plan_report(request: ReportRequest) -> Plan | ReportRefusal:
    """Which source gives which metric; or why the report would mean nothing."""
    refusal = next(_find_faults(request), None)
    if refusal is not None:
        return refusal
    cuts = [*request.dimensions, *request.filters]
    plan: dict[str, list[Metric]] = {}
    for metric_id in request.metrics:
        metric = METRICS[metric_id]
        source = find_source(metric, cuts)
        if source is None:
            return _refuse_cut(metric, cuts)
        plan.setdefault(source.source_id, []).append(metric)
    return {source_id: tuple(metrics) for source_id, metrics in plan.items()}


def find_source(metric: Metric, cuts: list[str]) -> Source | None:
    """The first source of the metric that has all the dimensions."""
    sources = (SOURCES[source_id] for source_id in metric.sources)
    return next((s for s in sources if all(cut in s.dimensions for cut in cuts)), None)


def _refuse_cut(metric: Metric, cuts: list[str]) -> ReportRefusal:
    """Says of the source that has most of them why it hasn't all."""
    sources = [SOURCES[source_id] for source_id in metric.sources]
    best = max(sources, key=lambda source: sum(cut in source.dimensions for cut in cuts))
    missing = next(cut for cut in cuts if cut not in best.dimensions)
    why = best.why_not.get(missing, "The figure is kept without it")
    return ReportRefusal(
        RefusedBecause.NOT_CUT_BY,
        f"{metric.metric_id} can't be cut by {missing}. {why}.",
        metric.metric_id,
        missing,
    )


def _find_faults(request: ReportRequest) -> Iterator[ReportRefusal]:
    because = RefusedBecause
    if not request.metrics:
        yield ReportRefusal(because.NOTHING_ASKED, "A report needs at least one metric.")
    for metric_id in (*request.metrics, *request.shares):
        if metric_id not in METRICS:
            yield ReportRefusal(
                because.UNKNOWN, f"There is no metric {metric_id}.", metric_id=metric_id
            )
    for dimension in (*request.dimensions, *request.filters):
        if dimension not in DIMENSIONS:
            yield ReportRefusal(
                because.UNKNOWN, f"There is no dimension {dimension}.", dimension_id=dimension
            )
    for names in (request.metrics, request.dimensions, request.shares):
        if len(set(names)) < len(names):
            yield ReportRefusal(because.TWICE, "Something is asked for twice.")
    yield from _find_excess(request)
    yield from _find_bad_shares(request)


def _find_excess(request: ReportRequest) -> Iterator[ReportRefusal]:
    because = RefusedBecause
    if request.to_ms <= request.from_ms:
        yield ReportRefusal(because.NO_TIME, "A report's time must end after it begins.")
    is_fine = request.grain in (Grain.INTERVAL, Grain.HOUR)
    if is_fine and request.to_ms - request.from_ms > INTERVALS_SPAN_MS_MAX:
        yield ReportRefusal(
            because.TOO_MUCH, "By intervals or hours a report may span 93 days; by days, any time."
        )
    if len(request.metrics) > METRICS_MAX or len(request.dimensions) > DIMENSIONS_MAX:
        yield ReportRefusal(
            because.TOO_MUCH,
            f"A report has up to {METRICS_MAX} metrics and {DIMENSIONS_MAX} dimensions.",
        )
    if any(len(values) > FILTER_VALUES_MAX for values in request.filters.values()):
        yield ReportRefusal(
            because.TOO_MUCH, f"A filter may name up to {FILTER_VALUES_MAX} values."
        )


def _find_bad_shares(request: ReportRequest) -> Iterator[ReportRefusal]:
    for metric_id in request.shares:
        metric = METRICS[metric_id]
        if metric_id not in request.metrics:
            yield ReportRefusal(
                RefusedBecause.NOTHING_ASKED,
                f"A share of {metric_id} needs the metric itself in the report.",
                metric_id,
            )
        why = _WHY_NOT_ADDED.get(metric.additivity)
        if why is not None:
            yield ReportRefusal(
                RefusedBecause.NOT_ADDITIVE, f"{metric_id} has no shares: {why}.", metric_id
            )
