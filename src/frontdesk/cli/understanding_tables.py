"""The report on the classifier of customers' messages, as tables for a person."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from frontdesk.runtime.understanding_report import Report

LINES_MAX = 20
"""Of each list; `--json` has them all."""

PLAIN_WIDTH = 120
"""Columns where the output is no terminal."""

Rows = Iterable[tuple[str, ...]]


def show_report(report: Report) -> None:
    """Print the report."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    console.print(
        f"{report.examples} examples, {report.tried} of them tried on a model that was shown "
        f"neither them nor any like them.\nRead right: {_percent(report.accuracy_ratio)}; "
        f"calibration error: {_percent(report.calibration_error)}\n"
    )
    console.print(_intents(report))
    for title, columns, rows, count in _lists(report):
        if count:
            more = f", the first {LINES_MAX}" if count > LINES_MAX else ""
            console.print(f"\n[bold]{title}[/bold] ({count}{more})")
            console.print(_table(columns, rows))


def _intents(report: Report) -> Table:
    ordered = sorted(report.intents, key=lambda one: (one.recall_ratio or 0.0, one.intent_id))
    rows = (
        (
            one.intent_id,
            one.name,
            str(one.examples),
            _percent(one.recall_ratio),
            _percent(one.precision_ratio),
        )
        for one in ordered
    )
    columns = ("Intent", "name", ">examples", ">read right", ">right of those taken for it")
    return _table(columns, rows)


def _lists(report: Report) -> Iterable[tuple[str, tuple[str, ...], Rows, int]]:
    yield (
        "Confusions",
        ("Intent", "taken for", ">times"),
        ((c.intent_id, c.taken_for, str(c.count)) for c in report.confusions[:LINES_MAX]),
        len(report.confusions),
    )
    yield (
        "Misread examples, the surest first",
        ("Example", "intent", "taken for", ">confidence"),
        (
            (m.text, m.intent_id, m.taken_for, _percent(m.confidence))
            for m in report.misread[:LINES_MAX]
        ),
        len(report.misread),
    )
    yield (
        "Examples of different intents that say the same",
        ("Example", "intent", "other example", "its intent"),
        (
            (c.text, c.intent_id, c.other_text, c.other_intent_id)
            for c in report.clashes[:LINES_MAX]
        ),
        len(report.clashes),
    )
    yield (
        "Examples that stand twice in their intent",
        ("Example", "intent"),
        ((r.text, r.intent_id) for r in report.repeated[:LINES_MAX]),
        len(report.repeated),
    )
    yield (
        "Too few examples",
        ("Intent", "language", ">examples"),
        ((s.intent_id, s.language, str(s.examples)) for s in report.shortages[:LINES_MAX]),
        len(report.shortages),
    )
    yield (
        "Messages to add, if they belong to an intent",
        ("Message", ">times", "likeliest", ">confidence"),
        (
            (c.text, str(c.times), c.intent_id, _percent(c.confidence))
            for c in report.candidates[:LINES_MAX]
        ),
        len(report.candidates),
    )


def _table(columns: Iterable[str], rows: Rows) -> Table:
    """A table; a column whose name begins with `>` is right-justified."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.lstrip(">"), justify="right" if column.startswith(">") else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _percent(ratio: float | None) -> str:
    return "–" if ratio is None else f"{100 * ratio:.0f} %"
