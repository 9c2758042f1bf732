"""What `frontdesk whatif` prints."""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.table import Table

from frontdesk.simulator.estimate import Estimate
from frontdesk.simulator.what_if.before_after import BeforeAfter, Cause
from frontdesk.simulator.what_if.judging import Compared, Difference, Likeness
from frontdesk.simulator.what_if.measures import Measure
from frontdesk.simulator.what_if.study import Effect, Study, Validation

PLAIN_WIDTH = 118
"""Columns of the tables where the output is no terminal."""

NO_DATA = "–"


def console_for_tables() -> Console:
    """Standard output, wide enough for the tables where it is a file or a pipe."""
    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
    return Console(width=wide, highlight=False)


def show_study(study: Study, name: str, seconds: float) -> None:
    """The validation, a verdict in a sentence, and the effect of the changes."""
    console = console_for_tables()
    console.print(
        f"\n[bold]{name}[/bold]; {study.replications} replications, {study.contacts:,} contacts "
        f"in {seconds:.1f} s\nservice level: {study.formula.value}\n"
    )
    show_validation(console, study.validation)
    if study.left_out:
        console.print(f"{study.left_out} contacts of queues that are gone are left out.")
    if study.effect is not None:
        show_effect(console, study.effect)


def show_validation(console: Console, validation: Validation) -> None:
    table = new_table("All queues", "real", "simulated", "95 % of days from", "to", "")
    for one in validation.figures:
        table.add_row(*compared_cells(one))
    console.print(table)
    for queue in validation.queues:
        table = new_table(queue.name, "real", "simulated", "95 % of days from", "to", "")
        for one in queue.figures:
            table.add_row(*compared_cells(one))
        console.print(table)
    differing = [one.measure.value for one in validation.figures if is_unlike(one)]
    console.print(
        "The simulated past is like the real one; changes can be tried on it.\n"
        if validation.holds
        else f"The simulated past differs from the real one in {', '.join(differing)}: "
        "what is said of changes may be wrong by as much.\n"
    )


def is_unlike(one: Compared) -> bool:
    return one.likeness is Likeness.DIFFERS


def compared_cells(one: Compared) -> list[str]:
    numbers = (one.real, one.simulated, one.low, one.high)
    likeness = one.likeness.value.replace("_", " ")
    return [one.measure.value, *(text_of(one.measure, number) for number in numbers), likeness]


def show_effect(console: Console, effect: Effect) -> None:
    for name, figures in [
        ("All queues", effect.figures),
        *((queue.name, queue.figures) for queue in effect.queues),
    ]:
        table = new_table(name, "as it was", "with the changes", "difference", "from", "to")
        for one in figures:
            table.add_row(*difference_cells(one))
        console.print(table)
    console.print("From and to: where the difference lies with 95 % confidence.\n")


def difference_cells(one: Difference) -> list[str]:
    change: Estimate = one.difference
    return [
        one.measure.value,
        text_of(one.measure, one.before.value),
        text_of(one.measure, one.after.value),
        *(text_of(one.measure, value, signed=True) for value in (change.value, change.low)),
        text_of(one.measure, change.high, signed=True),
    ]


def show_before_after(found: BeforeAfter, name: str) -> None:
    console = console_for_tables()
    console.print(f"\n[bold]{name}[/bold]; {found.replications} replications\n")
    table = new_table("All queues", "before", "after", "expected", "from", "to", "by the change")
    for one in found.figures:
        by_change = text_of(one.measure, one.by_change, signed=True)
        table.add_row(
            one.measure.value,
            *(
                text_of(one.measure, value)
                for value in (one.before, one.after, one.expected, one.low, one.high)
            ),
            by_change if one.cause is Cause.CHANGE else "not told from chance",
        )
    console.print(table)
    console.print("Expected: the centre as before, with the contacts that came after.\n")


def new_table(first: str, *others: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(first, min_width=20)
    for name in others:
        table.add_column(name, justify="right")
    return table


def text_of(measure: Measure, value: float | None, *, signed: bool = False) -> str:
    """Shares in per cent (their differences in points), times in seconds."""
    if value is None:
        return NO_DATA
    sign = "+" if signed else ""
    if measure.value.endswith("_ratio") or measure is Measure.SERVICE_LEVEL:
        return f"{100 * value:{sign}.1f}" + (" points" if signed else " %")
    if measure.value.endswith("_s"):
        return f"{value:{sign}.1f} s"
    return f"{value:{sign},.1f}"
