"""Reports of one's own making: what there is to ask, the answers, as files, and what is behind."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import Response, Router, get, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta

from frontdesk.api.calls import Caller, Parts
from frontdesk.api.identity import supervisors_only
from frontdesk.api.routes.contact_records import Cursor
from frontdesk.runtime.reporting.files import MEDIA_TYPES, FileFormat
from frontdesk.runtime.reporting.labels import Labels, find_names
from frontdesk.runtime.reporting.office import ReportResult
from frontdesk.views.record_documents import ContactRecordPage
from frontdesk.views.semantics.catalogue import METRICS
from frontdesk.views.semantics.model import Additivity, Columns, Grain, Metric, Unit
from frontdesk.views.semantics.periods import ReportQuery
from frontdesk.views.semantics.ready import READY
from frontdesk.views.semantics.sources import SOURCES
from frontdesk.views.semantics.words import Words

FormatQuery = Annotated[Literal["csv", "xlsx", "pdf"], QueryParameter(name="format")]


class MetricEntry(msgspec.Struct, frozen=True):
    """`cuts`: for each source, the dimensions that may cut it, all at once.

    `formula` reads out what is divided by what.
    """

    metric_id: str
    name: str
    definition: str
    formula: str
    unit: Unit
    additivity: Additivity
    cuts: list[list[str]]
    has_contacts: bool
    is_better_high: bool | None


class DimensionEntry(msgspec.Struct, frozen=True):
    """`values`: what is known of its values; there may be others."""

    dimension_id: str
    name: str
    definition: str
    values: dict[str, str]


class GrainEntry(msgspec.Struct, frozen=True):
    grain: Grain
    name: str


class ReadyEntry(msgspec.Struct, frozen=True):
    """A report that every centre has."""

    report_id: str
    name: str
    description: str
    metrics: tuple[str, ...]
    dimensions: tuple[str, ...]
    grain: Grain | None
    shares: tuple[str, ...]


class Catalogue(msgspec.Struct, frozen=True):
    """All that reports can be made of, in the language of whoever asks."""

    metrics: list[MetricEntry]
    dimensions: list[DimensionEntry]
    grains: list[GrainEntry]
    ready: list[ReadyEntry]
    can_mail: bool


class ReportFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to write into a file."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    query: ReportQuery


class CellQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of a report: a metric in the row of such keys; no keys: in all of it."""

    query: ReportQuery
    metric_id: str
    keys: tuple[str, ...] = ()


@get("/catalogue", operation_id="getReportCatalogue")
async def get_catalogue(caller: Caller, parts: Parts) -> Catalogue:
    """What reports can be made of: metrics with their definitions, dimensions, ready reports."""
    words = Words(caller.locale)
    return Catalogue(
        metrics=[_build_metric(metric, words) for metric in METRICS.values()],
        dimensions=_build_dimensions(words, find_names(parts.live)),
        grains=[GrainEntry(grain, words.grains[grain.value]) for grain in Grain],
        ready=[
            ReadyEntry(
                r.report_id, *words.reports[r.report_id], r.metrics, r.dimensions, r.grain, r.shares
            )
            for r in READY
        ],
        can_mail=parts.report_mailing.can_send,
    )


def _build_metric(metric: Metric, words: Words) -> MetricEntry:
    return MetricEntry(
        metric.metric_id,
        *words.metrics[metric.metric_id],
        _read_out(metric, words),
        metric.unit,
        metric.additivity,
        [list(SOURCES[source].dimensions) for source in metric.sources],
        metric.drill is not None,
        metric.is_better_high,
    )


def _read_out(metric: Metric, words: Words) -> str:
    if metric.denominator is None:
        return ""
    return f"{_read_sum(metric.numerator, words)} ÷ {_read_sum(metric.denominator, words)}"


def _read_sum(columns: Columns, words: Words) -> str:
    parts: list[str] = []
    for name, factor in columns.items():
        sign = "−" if factor < 0 else "+" if parts else ""
        times = f"{abs(factor)} × " if abs(factor) != 1 else ""
        parts.append(f"{sign} {times}{words.metrics[name][0]}".strip())
    text = " ".join(parts)
    return f"({text})" if len(parts) > 1 else text


def _build_dimensions(words: Words, names: Labels) -> list[DimensionEntry]:
    return [
        DimensionEntry(id_, *word, words.values.get(id_) or names.get(id_) or {})
        for id_, word in words.dimensions.items()
        if id_ != "time"
    ]


@post("/run", status_code=200, operation_id="runReport")
async def run_report(data: JSONBody[ReportQuery], caller: Caller, parts: Parts) -> ReportResult:
    """A report. What would mean nothing is refused, with the reason."""
    return await parts.report_office.run(data, caller.locale)


@post(
    "/export", status_code=200, media_type="application/octet-stream", operation_id="exportReport"
)
async def export_report(
    data: JSONBody[ReportFile], caller: Caller, parts: Parts, file_format: FormatQuery
) -> Response[bytes]:
    """A report as a file."""
    kind = FileFormat(file_format)
    content = await parts.report_office.write(data.name, data.query, kind, caller.locale)
    return Response(
        content,
        media_type=MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="report.{file_format}"'},
    )


@post("/contacts", status_code=200, operation_id="listReportContacts")
async def list_contacts_behind(
    data: JSONBody[CellQuery], parts: Parts, cursor: Cursor = None
) -> ContactRecordPage:
    """The contacts behind a cell of a report, the latest opened first."""
    before_id = None if cursor is None else int(cursor)
    return await parts.report_office.find_contacts(data.query, data.metric_id, data.keys, before_id)


router = Router(
    "/reports",
    route_handlers=[get_catalogue, run_report, export_report, list_contacts_behind],
    guards=[supervisors_only],
    tags=["Reports"],
)
