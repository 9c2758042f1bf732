"""A report as files: JSON with everything, CSV with a row per figure."""

import csv
import io
from collections.abc import Iterator

import msgspec

from frontdesk.simulator.estimate import Estimate
from frontdesk.simulator.report import FlowFigures, QueueFigures, Report, TeamFigures

COLUMNS = (
    "scope",
    "id",
    "from",
    "until",
    "figure",
    "value",
    "standard_error",
    "low_95",
    "high_95",
)
Row = tuple[str, str, str, str, str, Estimate]


def as_json(report: Report) -> bytes:
    """The whole report, indented, the scenario it came from included."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def as_csv(report: Report) -> str:
    """One row a figure; empty cells where there is no data."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for scope, one, start, until, figure, estimate in rows_of(report):
        cells = (estimate.value, estimate.standard_error, estimate.low, estimate.high)
        texts = ["" if cell is None else f"{cell:.10g}" for cell in cells]
        writer.writerow([scope, one, start, until, figure, *texts])
    return out.getvalue()


def rows_of(report: Report) -> Iterator[Row]:
    """Every figure: the whole first, then by queue and team, each by interval, and by flow."""
    first, last = report.intervals[0], report.intervals[-1]
    yield from rows_of_figures("all", "", first, last, report.total)
    for queue in report.queues:
        yield from rows_of_figures("queue", queue.queue_id, first, last, queue.whole)
        for at, figures in enumerate(queue.by_interval):
            start, until = report.intervals[at : at + 2]
            yield from rows_of_figures("queue", queue.queue_id, start, until, figures)
    for team in report.teams:
        yield from rows_of_figures("team", team.team_id, first, last, team.whole)
        for at, figures in enumerate(team.by_interval):
            start, until = report.intervals[at : at + 2]
            yield from rows_of_figures("team", team.team_id, start, until, figures)
    for flow in report.flows:
        yield from rows_of_figures("flow", flow.flow_id, first, last, flow.whole)


def rows_of_figures(
    scope: str, one: str, start: str, until: str, figures: QueueFigures | TeamFigures | FlowFigures
) -> Iterator[Row]:
    """A row for each field."""
    for field in msgspec.structs.fields(type(figures)):
        yield scope, one, start, until, field.name, getattr(figures, field.name)
