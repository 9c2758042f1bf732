"""Run a scenario on the real kernel in virtual time, or check it against known results.

`frontdesk simulate FILE` simulates a scenario; `frontdesk simulate --check` holds the kernel
against exact and published results; `frontdesk simulate --check erlang-a CALLS_PER_HOUR AHT
PATIENCE AGENTS T` (times in seconds) does so for any numbers of M/M/n+M.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from frontdesk.cli.errors import OperatorError
from frontdesk.simulator.check.catalogue import MODELS, CheckError, all_cases, chosen_case
from frontdesk.simulator.check.comparison import ERRORS_MAX, Case, Verdict, judge
from frontdesk.simulator.estimate import Estimate
from frontdesk.simulator.experiment import Progress as Step
from frontdesk.simulator.experiment import Sample, run_scenarios
from frontdesk.simulator.picture import draw_picture
from frontdesk.simulator.report import QueueFigures, Report, report_of
from frontdesk.simulator.scenario import Scenario
from frontdesk.simulator.scenario_file import ScenarioError, read_scenario, require_sense
from frontdesk.simulator.tables import as_csv, as_json

DIFFERS = 1
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""

PLAIN_WIDTH = 118
"""Columns of the tables where the output is no terminal."""

PICTURES = ("png", "svg", "pdf")


def configure(parser: argparse.ArgumentParser) -> None:
    models = "; ".join(f"{name} {' '.join(numbers)}" for name, numbers in MODELS.items())
    parser.add_argument("file", nargs="?", type=Path, help="a scenario, .toml or .json")
    parser.add_argument(
        "--check",
        nargs="*",
        metavar="WORD",
        help=f"hold the kernel against known results; or one model for any numbers: {models}",
    )
    parser.add_argument("--quick", action="store_true", help="with --check: a short run")
    parser.add_argument("--out", type=Path, help="folder for the results (default: by the name)")
    parser.add_argument("--picture", choices=PICTURES, default="png", help="form of the picture")
    parser.add_argument("--replications", type=int, help="instead of the scenario's own number")
    parser.add_argument("--seed", type=int, help="instead of the scenario's own, or the check's 1")
    parser.add_argument("--processes", type=int, help="default: one for each core")


def run(args: argparse.Namespace) -> int:
    if args.processes is not None and args.processes < 1:
        raise OperatorError("--processes must be 1 or more")
    if args.check is not None:
        if args.file is not None:
            raise OperatorError("give either a scenario file or --check, not both")
        return check(args)
    if args.file is None:
        raise OperatorError("give a scenario file, or --check")
    return simulate(args)


# -- a scenario


def simulate(args: argparse.Namespace) -> int:
    scenario = load(args)
    folder: Path = args.out or Path(f"{args.file.stem}-simulated")
    started = time.perf_counter()
    with progress_over([scenario]) as step:
        sample = run_scenarios([scenario], args.processes, step)[0]
    seconds = time.perf_counter() - started
    if sample.replications == 0:
        print("frontdesk: stopped before the first replication was done", file=sys.stderr)
        return INTERRUPTED
    report = report_of(sample)
    show_report(report, seconds)
    save(report, folder, args.picture)
    if sample.stopped:
        done = f"{sample.replications} of {scenario.replications} replications"
        print(f"frontdesk: stopped early; the results are of {done}", file=sys.stderr)
        return INTERRUPTED
    return 0


def load(args: argparse.Namespace) -> Scenario:
    """The scenario with what the command line changes in it."""
    changes = {"replications": args.replications, "seed": args.seed}
    try:
        scenario = msgspec.structs.replace(
            read_scenario(args.file),
            **{name: value for name, value in changes.items() if value is not None},
        )
        require_sense(scenario)
    except ScenarioError as error:
        raise OperatorError(str(error)) from error
    return scenario


def save(report: Report, folder: Path, picture: str) -> None:
    """Write report.json, figures.csv and the picture."""
    paths = [folder / "report.json", folder / "figures.csv", folder / f"picture.{picture}"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths[0].write_bytes(as_json(report))
        paths[1].write_text(as_csv(report))
        draw_picture(report, paths[2])
    except OSError as error:
        raise OperatorError(f"can't write to {folder}: {error.strerror}") from error
    print("Saved " + ", ".join(str(path) for path in paths))


def show_report(report: Report, seconds: float) -> None:
    """Print the figures: the whole by queue and team, then each queue by interval."""
    console = console_for_tables()
    formula = report.service_level_formula.value
    console.print(f"\n[bold]{report.name}[/bold], {report.intervals[0]}-{report.intervals[-1]}")
    console.print(
        f"{report.replications} replications, {report.contacts:,} contacts in {seconds:.1f} s "
        f"({report.contacts / seconds:,.0f} a second); ± is half a 95 % confidence interval"
    )
    console.print(f"service level: {formula}; digest {report.digest[:16]}\n")
    whole = figures_table("Queue")
    for queue in report.queues:
        whole.add_row(f"{queue.name} ({queue.target_s:g} s)", *cells(queue.whole))
    if len(report.queues) > 1:
        whole.add_row("all", *cells(report.total))
    console.print(whole)
    teams = Table("Team", "agents", "occupancy", box=None, header_style="bold")
    for team in report.teams:
        teams.add_row(
            team.team_id, number(team.whole.agents, 1), percent(team.whole.occupancy_ratio)
        )
    console.print(teams)
    if report.flows:
        console.print(flows_table(report))
    for queue in report.queues:
        table = figures_table(f"{queue.name}, from")
        for start, figures in zip(report.intervals, queue.by_interval, strict=False):
            table.add_row(start, *cells(figures))
        console.print()
        console.print(table)
    console.print()


def flows_table(report: Report) -> Table:
    """Who met self-service, and what share of them no agent saw."""
    table = Table(
        "Flow", "met", "containment_ratio", "left_ratio", "time, s", box=None, header_style="bold"
    )
    for flow in report.flows:
        whole = flow.whole
        table.add_row(
            flow.flow_id,
            number(whole.met, 1),
            percent(whole.containment_ratio),
            percent(whole.left_ratio),
            number(whole.time_s, 0),
        )
    return table


def figures_table(first: str) -> Table:
    """A table with the columns of `cells`."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(first)
    for name in (
        "offered",
        "answered",
        "abandoned",
        "service level",
        "speed of answer, s",
        "mean wait, s",
        "handle time, s",
    ):
        table.add_column(name, justify="right")
    return table


def cells(figures: QueueFigures) -> list[str]:
    """A row of figures with their confidence."""
    return [
        number(figures.offered, 1),
        number(figures.answered, 1),
        percent(figures.abandoned_ratio),
        percent(figures.service_level),
        number(figures.speed_of_answer_s, 1),
        number(figures.mean_wait_s, 1),
        number(figures.handle_time_s, 0),
    ]


def number(estimate: Estimate, digits: int) -> str:
    """`12.3 ±0.4`; a dash for no data, which is not zero."""
    if estimate.value is None:
        return "–"
    if estimate.high is None:
        return f"{estimate.value:.{digits}f}"
    return f"{estimate.value:.{digits}f} ±{estimate.high - estimate.value:.{max(digits, 1)}f}"


def percent(estimate: Estimate) -> str:
    """`12.3 % ±0.4`; a dash for no data, which is not zero."""
    if estimate.value is None:
        return "–"
    reach = "" if estimate.high is None else f" ±{100 * (estimate.high - estimate.value):.1f}"
    return f"{100 * estimate.value:.1f} %{reach}"


# -- the check


def check(args: argparse.Namespace) -> int:
    seed = 1 if args.seed is None else args.seed
    if seed < 0:
        raise OperatorError("--seed must be zero or more")
    try:
        cases = (
            [chosen_case(args.check, seed)]
            if args.check
            else all_cases(quick=args.quick, seed=seed)
        )
    except CheckError as error:
        raise OperatorError(str(error)) from error
    started = time.perf_counter()
    with progress_over([case.scenario for case in cases]) as step:
        samples = run_scenarios([case.scenario for case in cases], args.processes, step)
    seconds = time.perf_counter() - started
    verdicts = [
        judge(case, sample)
        for case, sample in zip(cases, samples, strict=True)
        if not sample.stopped or sample.replications == case.scenario.replications
    ]
    show_verdicts(verdicts, sum(sample.contacts for sample in samples), seconds)
    return conclude(cases, samples, verdicts)


def show_verdicts(verdicts: list[Verdict], contacts: int, seconds: float) -> None:
    """Both sides of every figure."""
    console = console_for_tables()
    for verdict in verdicts:
        console.print(
            f"\n[bold]{verdict.case.name}[/bold]\n{verdict.case.source}; "
            f"{verdict.replications} replications, {verdict.contacts:,} contacts"
        )
        table = Table(box=None, header_style="bold", pad_edge=False)
        table.add_column("figure", min_width=34)
        for name in ("known", "its error", "simulated", "its error", "difference"):
            table.add_column(name, justify="right", min_width=12)
        for one in verdict.comparisons:
            exact = "exact" if one.expected_error == 0 else f"{one.expected_error:.2g}"
            table.add_row(
                one.label,
                f"{one.expected:.6g}",
                exact,
                f"{one.found:.6g}",
                f"{one.found_error:.2g}",
                f"{one.distance:+.2f} s.e." + ("" if one.agrees else "  DIFFERS"),
            )
        console.print(table)
    console.print(
        f"\n{contacts:,} contacts in {seconds:.1f} s ({contacts / seconds:,.0f} a second)"
    )


def conclude(cases: list[Case], samples: list[Sample], verdicts: list[Verdict]) -> int:
    """One sentence and the exit code."""
    if len(verdicts) < len(cases):
        done = sum(sample.replications for sample in samples)
        asked = sum(case.scenario.replications for case in cases)
        print(
            f"frontdesk: stopped after {done} of {asked} replications; {len(verdicts)} of "
            f"{len(cases)} cases are complete",
            file=sys.stderr,
        )
        return INTERRUPTED
    compared = [one for verdict in verdicts for one in verdict.comparisons]
    wrong = [one for one in compared if not one.agrees]
    worst = max((abs(one.distance) for one in compared), default=0.0)
    if wrong:
        print(f"{len(wrong)} of {len(compared)} figures differ by more than {ERRORS_MAX:g} s.e.")
        return DIFFERS
    print(
        f"All {len(compared)} figures of {len(verdicts)} cases agree within {ERRORS_MAX:g} "
        f"standard errors; the largest difference is {worst:.2f}."
    )
    return 0


# -- the terminal


@contextmanager
def progress_over(scenarios: list[Scenario]) -> Generator[Step | None]:
    """A bar over all replications on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("replications"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        total = sum(scenario.replications for scenario in scenarios)
        task = bar.add_task("Simulating", total=total)
        yield lambda _at, _contacts: bar.advance(task)


def console_for_tables() -> Console:
    """Standard output, wide enough for the tables where it is a file or a pipe."""
    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
    return Console(width=wide, highlight=False)
