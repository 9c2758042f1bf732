"""Reckon waits, losses and agents needed by Erlang's and Palm's formulas.

`frontdesk erlang a CALLS_PER_HOUR AHT PATIENCE AGENTS T` (times in seconds): customers who give up;
`c`: customers who never do; `b`: who finds no free line is turned away; `staff`: agents needed.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from typing import Any, cast

import msgspec
from rich.console import Console
from rich.table import Table

from frontdesk.science.erlang import (
    HOUR_S,
    DelayFigures,
    erlang_b,
    solve_erlang_a,
    solve_erlang_c,
    wait_law_a,
    wait_law_c,
)
from frontdesk.science.limits import square_root_agents
from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.science.staffing import AGENTS_MAX, Demand, Goal, agents_needed, require_reachable
from frontdesk.science.waits import WaitLaw

LOAD_MAX = 100_000.0
"""Erlangs. More is a slip of the pen, and would reckon for minutes."""

QUANTILES = (0.5, 0.8, 0.9, 0.95)


def configure(parser: argparse.ArgumentParser) -> None:
    models = parser.add_subparsers(dest="model", required=True, metavar="MODEL")
    palm = add_model(models, "a", "customers give up after a while (Erlang A, Palm)", reckon_a)
    add_numbers(palm, "patience", "agents", "target")
    patient = add_model(models, "c", "customers wait as long as it takes (Erlang C)", reckon_c)
    add_numbers(patient, "agents", "target")
    lines = add_model(models, "b", "no free line: turned away (Erlang B)", reckon_b)
    add_numbers(lines, "lines")
    staff = add_model(models, "staff", "the least agents that reach a goal", reckon_staff)
    staff.add_argument("target_s", metavar="T", type=time_s, help="seconds to answer within")
    staff.add_argument(
        "service_level", metavar="SERVICE_LEVEL", type=share, help="between 0 and 1, as 0.8"
    )
    formulas = [formula.value for formula in ServiceLevelFormula]
    staff.add_argument("--formula", choices=formulas, default=formulas[0])
    staff.add_argument("--patience", type=positive, metavar="S", help="mean; default: endless")
    staff.add_argument("--abandoned-max", type=share, metavar="RATIO")
    staff.add_argument("--speed-of-answer-max", type=positive, metavar="S")
    staff.add_argument("--occupancy-max", type=share, metavar="RATIO")


def add_model(
    models: Any,
    name: str,
    summary: str,
    reckon: Callable[[argparse.Namespace], dict[str, object]],
) -> argparse.ArgumentParser:
    """A model with the numbers that all have. `models` is of a class that argparse doesn't name."""
    parser: argparse.ArgumentParser = models.add_parser(name, help=summary, description=summary)
    parser.add_argument("calls_per_hour", metavar="CALLS_PER_HOUR", type=positive)
    parser.add_argument("handle_time_s", metavar="AHT", type=positive, help="seconds")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(reckon=reckon, parser=parser)
    return parser


def add_numbers(parser: argparse.ArgumentParser, *names: str) -> None:
    """What this model wants besides."""
    numbers: dict[str, tuple[str, str, Callable[[str], float], str]] = {
        "patience": ("patience_s", "PATIENCE", positive, "mean, seconds"),
        "agents": ("agents", "AGENTS", count, "whole number"),
        "lines": ("lines", "LINES", count, "whole number"),
        "target": ("target_s", "T", time_s, "seconds to answer within"),
    }
    for name in names:
        dest, metavar, kind, meaning = numbers[name]
        parser.add_argument(dest, metavar=metavar, type=kind, help=meaning)


def run(args: argparse.Namespace) -> int:
    parser: argparse.ArgumentParser = args.parser
    load = args.calls_per_hour * args.handle_time_s / HOUR_S
    if load > LOAD_MAX:
        parser.error(f"CALLS_PER_HOUR times AHT is {load:,.0f} erlangs; at most {LOAD_MAX:,.0f}")
    try:
        figures: dict[str, object] = args.reckon(args)
    except ValueError as error:
        parser.error(str(error))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(figures), indent=2).decode())
    else:
        show(figures)
    return 0


# -- the models


def reckon_a(args: argparse.Namespace) -> dict[str, object]:
    numbers = (args.calls_per_hour, args.handle_time_s, args.patience_s, args.agents)
    return delay_rows(args, solve_erlang_a(*numbers, args.target_s), wait_law_a(*numbers))


def reckon_c(args: argparse.Namespace) -> dict[str, object]:
    numbers = (args.calls_per_hour, args.handle_time_s, args.agents)
    return delay_rows(args, solve_erlang_c(*numbers, args.target_s), wait_law_c(*numbers))


def reckon_b(args: argparse.Namespace) -> dict[str, object]:
    load = args.calls_per_hour * args.handle_time_s / HOUR_S
    blocking = erlang_b(args.lines, load)
    return {
        "load_erlangs": load,
        "turned_away_ratio": blocking,
        "carried_erlangs": load * (1 - blocking),
        "occupancy_ratio": load * (1 - blocking) / args.lines,
    }


def reckon_staff(args: argparse.Namespace) -> dict[str, object]:
    demand = Demand(args.calls_per_hour, args.handle_time_s, args.patience)
    goal = Goal(
        target_s=args.target_s,
        service_level=args.service_level,
        formula=ServiceLevelFormula(args.formula),
        abandoned_ratio_max=args.abandoned_max,
        speed_of_answer_s_max=args.speed_of_answer_max,
        occupancy_ratio_max=args.occupancy_max,
    )
    require_reachable(goal)
    agents = agents_needed(demand, goal)
    args.agents, args.patience_s = agents, args.patience
    found = reckon_c(args) if args.patience is None else reckon_a(args)
    return {"agents": agents, "square_root_agents": square_root_agents(demand.load, 1.0)} | found


def delay_rows(args: argparse.Namespace, figures: DelayFigures, law: WaitLaw) -> dict[str, object]:
    """Everything that is known of a pool in which people wait; None where it is without bound."""
    return {
        "load_erlangs": args.calls_per_hour * args.handle_time_s / HOUR_S,
        "occupancy_ratio": figures.occupancy_ratio,
        "wait_ratio": figures.wait_ratio,
        "abandoned_ratio": figures.abandoned_ratio,
        "mean_wait_s": finite(figures.mean_wait_s),
        "speed_of_answer_s": finite(figures.speed_of_answer_s),
        "service_level": {
            formula.value: figures.service_levels.by(formula) for formula in ServiceLevelFormula
        },
        "longer_than_target_ratio": law.longer(args.target_s),
        "wait_quantiles_s": {
            f"p{share * 100:g}": finite(law.quantile_s(share)) for share in QUANTILES
        },
    }


def finite(value: float) -> float | None:
    """JSON has no infinity, and nobody waits so long."""
    return value if math.isfinite(value) else None


def show(figures: dict[str, object]) -> None:
    """A row a figure."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in figures.items():
        if isinstance(value, dict):
            for part, one in cast(dict[str, float | None], value).items():
                table.add_row(f"{name} {part}", text_of(name, one))
        else:
            table.add_row(name, text_of(name, value))
    Console(highlight=False).print(table)


def text_of(name: str, value: object) -> str:
    """Shares in per cent, times in seconds."""
    match value:
        case None:
            return "without bound"
        case int():
            return f"{value:,}"
        case float() if name.endswith("_ratio") or name == "service_level":
            return f"{100 * value:.2f} %"
        case float() if name.endswith("_s"):
            return f"{value:,.1f} s"
        case _:
            return f"{value:,.2f}"


# -- numbers on the command line


def positive(text: str) -> float:
    value = number(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} must be greater than zero")
    return value


def time_s(text: str) -> float:
    value = number(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} must not be negative")
    return value


def share(text: str) -> float:
    value = number(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} must lie between 0 and 1, as 0.8 does")
    return value


def count(text: str) -> int:
    value = number(text)
    if value != int(value) or not 1 <= value <= AGENTS_MAX:
        raise argparse.ArgumentTypeError(f"{text} must be a whole number from 1 to {AGENTS_MAX:,}")
    return int(value)


def number(text: str) -> float:
    """A finite number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return value
