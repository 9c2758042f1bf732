# pyright: reportUnknownMemberType=false
# matplotlib types its keyword arguments only in part.
"""A report as one picture: demand, service level, waits, and how busy people were, by interval."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from frontdesk.simulator.estimate import Estimate
from frontdesk.simulator.report import QueueFigures, QueueReport, Report, TeamReport
from frontdesk.simulator.scenario import clock_min

COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#4D4D4D")
"""Okabe and Ito's palette, told apart by colour-blind readers too."""

INK: Final = "#22303C"
FAINT: Final = "#D9DFE5"
SERIES_MAX: Final = 7
"""More queues or teams than this in one panel can't be told apart; the largest are shown."""

STYLE: Final[dict[Any, Any]] = {
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.titlepad": 33,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "frontdesk",
}


def draw_picture(report: Report, path: Path) -> None:
    """Write the picture; the suffix (.png, .svg, .pdf) chooses the form."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(11, 8), dpi=130, layout="constrained")
        panels = figure.subplots(2, 2, sharex=True)
        hours = np.array([clock_min(text) / 60 for text in report.intervals])
        draw_demand(panels[0, 0], report, hours)
        draw_service_level(panels[0, 1], report, hours)
        draw_waits(panels[1, 0], report, hours)
        draw_occupancy(panels[1, 1], report, hours)
        label_hours(panels[1], hours)
        figure.suptitle(title_of(report), x=0.01, ha="left", fontsize=13, fontweight="bold")
        figure.text(0.995, 0.99, caption_of(report), ha="right", va="top", fontsize=8)
        metadata = {"Date": None} if path.suffix == ".svg" else None
        figure.savefig(path, metadata=metadata)


def title_of(report: Report) -> str:
    return report.name + (" (stopped early)" if report.stopped_early else "")


def caption_of(report: Report) -> str:
    return f"{report.replications} replications, bands: 95 % confidence of the mean"


def draw_demand(axes: Axes, report: Report, hours: np.ndarray) -> None:
    """Offered contacts an hour, stacked by queue, and what was lost of them."""
    axes.set_title("Contacts offered, per hour")
    lengths = np.diff(hours)
    base = np.zeros(len(lengths))
    for queue, colour in zip(largest(report.queues), COLOURS, strict=False):
        heights = values([figures.offered for figures in queue.by_interval]) / lengths
        axes.bar(
            hours[:-1], heights, lengths, base, align="edge", color=colour, alpha=0.55,
            edgecolor="white", linewidth=0.6, label=queue.name,
        )  # fmt: skip
        base = base + heights
    lost = [lost_in(report, at) / length for at, length in enumerate(lengths)]
    axes.step(hours, [*lost, lost[-1]], where="post", color=INK, linewidth=1.4, label="lost, all")
    axes.set_ylim(bottom=0)
    put_legend(axes)


def lost_in(report: Report, interval: int) -> float:
    """Contacts abandoned or turned away, over all queues."""
    rows = [queue.by_interval[interval] for queue in report.queues]
    return sum((row.abandoned.value or 0) + (row.turned_away.value or 0) for row in rows)


def draw_service_level(axes: Axes, report: Report, hours: np.ndarray) -> None:
    """By queue, against each queue's own target."""
    formula = report.service_level_formula.replace("_", " ")
    axes.set_title(f"Service level ({formula})")
    queues = largest(report.queues)
    ratios = {q.queue_id: q.target.ratio for q in report.scenario.queues}
    for queue, colour in zip(queues, COLOURS, strict=False):
        label = f"{queue.name}, within {queue.target_s:g} s"
        estimates = [figures.service_level for figures in queue.by_interval]
        draw_band(axes, hours, estimates, colour, label)
    for ratio in sorted({ratios[queue.queue_id] for queue in queues}):
        axes.axhline(ratio, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    put_legend(axes)


def draw_waits(axes: Axes, report: Report, hours: np.ndarray) -> None:
    """Speed of answer by queue."""
    axes.set_title("Speed of answer, seconds")
    for queue, colour in zip(largest(report.queues), COLOURS, strict=False):
        estimates = [figures.speed_of_answer_s for figures in queue.by_interval]
        draw_band(axes, hours, estimates, colour, queue.name)
    axes.set_ylim(bottom=0)
    put_legend(axes)


def draw_occupancy(axes: Axes, report: Report, hours: np.ndarray) -> None:
    """Occupancy by team, and the share of customers who gave up."""
    axes.set_title("Occupancy by team (agents on duty), and abandonment")
    for team, colour in zip(busiest(report.teams), COLOURS, strict=False):
        estimates = [figures.occupancy_ratio for figures in team.by_interval]
        agents = team.whole.agents.value or 0
        draw_band(axes, hours, estimates, colour, f"{team.team_id} ({agents:.2g})")
    abandoned = [abandoned_in(report, at) for at in range(len(hours) - 1)]
    axes.step(
        hours, [*abandoned, abandoned[-1]], where="post", color=INK, linewidth=1.3,
        linestyle=(0, (4, 3)), label="abandoned, all",
    )  # fmt: skip
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    put_legend(axes)


def abandoned_in(report: Report, interval: int) -> float:
    """Share of all offered contacts that gave up; nothing to show where none was offered."""
    rows: list[QueueFigures] = [queue.by_interval[interval] for queue in report.queues]
    offered = sum(row.offered.value or 0 for row in rows)
    lost = sum(row.abandoned.value or 0 for row in rows)
    return lost / offered if offered else np.nan


def draw_band(
    axes: Axes, hours: np.ndarray, estimates: Sequence[Estimate], colour: str, label: str
) -> None:
    """A stepped line with its confidence band; gaps where there is no data."""
    middle = values(estimates)
    low = np.array([np.nan if one.low is None else one.low for one in estimates])
    high = np.array([np.nan if one.high is None else one.high for one in estimates])
    axes.stairs(middle, hours, baseline=None, color=colour, linewidth=1.8, label=label)
    axes.fill_between(
        np.repeat(hours, 2)[1:-1], np.repeat(low, 2), np.repeat(high, 2),
        color=colour, alpha=0.18, linewidth=0,
    )  # fmt: skip


def values(estimates: Sequence[Estimate]) -> np.ndarray:
    """Values, NaN where there is no data."""
    return np.array([np.nan if one.value is None else one.value for one in estimates])


def largest(queues: tuple[QueueReport, ...]) -> list[QueueReport]:
    """The queues with most contacts, in the scenario's order."""
    by_size = sorted(queues, key=lambda queue: -(queue.whole.offered.value or 0))[:SERIES_MAX]
    return [queue for queue in queues if queue in by_size]


def busiest(teams: tuple[TeamReport, ...]) -> list[TeamReport]:
    """The teams with most people, in the scenario's order."""
    by_size = sorted(teams, key=lambda team: -(team.whole.agents.value or 0))[:SERIES_MAX]
    return [team for team in teams if team in by_size]


def put_legend(axes: Axes) -> None:
    """Above the panel, where it hides nothing; it may not squeeze the panels either."""
    legend = axes.legend(
        frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=4,
        borderaxespad=0.1, handlelength=1.3, columnspacing=1.1, labelspacing=0.25,
    )  # fmt: skip
    legend.set_in_layout(False)


def label_hours(bottom: Sequence[Axes], hours: np.ndarray) -> None:
    """Clock times along the bottom, at most about eight of them."""
    span = hours[-1] - hours[0]
    step = next((one for one in (0.25, 0.5, 1, 2, 3, 4, 6, 12, 24) if span / one <= 9), span / 8)
    ticks = np.arange(np.ceil(hours[0] / step) * step, hours[-1] + 1e-9, step)
    for axes in bottom:
        axes.set_xlim(hours[0], hours[-1])
        axes.set_xticks(ticks, [f"{int(hour):02d}:{round(hour % 1 * 60):02d}" for hour in ticks])
