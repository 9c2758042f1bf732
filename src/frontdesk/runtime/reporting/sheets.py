"""A report as a table for people: what its files are written from."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from frontdesk.runtime.reporting.labels import Labels
from frontdesk.views.semantics.catalogue import METRICS
from frontdesk.views.semantics.model import ReportAnswer, ReportRequest, Unit
from frontdesk.views.semantics.words import Words


class Column(msgspec.Struct, frozen=True):
    """`unit` None: a name."""

    title: str
    unit: Unit | None = None


class Sheet(msgspec.Struct, frozen=True):
    title: str
    period: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    total: tuple[str | float | None, ...]
    note: str
    words: Words


def build_sheet(
    title: str,
    request: ReportRequest,
    answer: ReportAnswer,
    labels: Labels,
    words: Words,
    time_zone: str,
) -> Sheet:
    """The report's rows with names in place of ids, and its total."""
    names = [Column(words.dimensions[dimension][0]) for dimension in answer.columns]
    figures = [Column(words.metrics[id_][0], METRICS[id_].unit) for id_ in answer.metrics]
    share = words.texts["share"]
    shares = [Column(f"{words.metrics[id_][0]}, {share}", Unit.RATIO) for id_ in answer.shares]
    rows = tuple(
        (*(labels[d][k] for d, k in zip(answer.columns, row.keys, strict=True)), *row.values)
        for row in answer.rows
    )
    blanks = [words.texts["total"], *[""] * (len(names) - 1)] if names else []
    return Sheet(
        title=title,
        period=_write_period(request, time_zone),
        columns=(*names, *figures, *shares),
        rows=rows,
        total=(*blanks, *answer.total),
        note=words.texts["cut_short"] if answer.is_cut_short else "",
        words=words,
    )


def _write_period(request: ReportRequest, time_zone: str) -> str:
    zone = ZoneInfo(time_zone)
    first = datetime.fromtimestamp(request.from_ms / 1_000, zone).date()
    last = datetime.fromtimestamp(request.to_ms / 1_000, zone) - timedelta(milliseconds=1)
    days = f"{first}" if first == last.date() else f"{first} – {last.date()}"
    return f"{days} ({time_zone})"


def write_figure(value: str | float | None, unit: Unit | None) -> str:
    """The figure as people read it; no data is a dash."""
    if isinstance(value, str):
        return value
    if value is None:
        return "–"
    match unit:
        case Unit.DURATION:
            return _write_duration(round(value / 1_000))
        case Unit.RATIO:
            return f"{100 * value:.1f} %"
        case Unit.SCORE:
            return f"{value:.2f}"
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)


def _write_duration(seconds: int) -> str:
    hours, rest = divmod(seconds, 3_600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
