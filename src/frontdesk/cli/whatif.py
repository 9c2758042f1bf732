"""Rebuild days of the centre's own journal, hold a simulation against them, and change something.

`frontdesk whatif --from 2026-11-16 --days 5` says whether the simulated past is like the real one;
`--agents +2@front`, `--volume 1.5`, `--containment bot=0.5` and so on, or `--changes FILE`, show
what would have been. `--after DATE` compares with the days after a change that was really made.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import time
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from frontdesk.cli import settings_sources
from frontdesk.cli.databases import build_journal, open_database
from frontdesk.cli.errors import DatabaseError, OperatorError
from frontdesk.cli.settings import Settings
from frontdesk.cli.whatif_tables import show_before_after, show_study
from frontdesk.journal.errors import JournalError
from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.scenario_file import ScenarioError, readable
from frontdesk.simulator.what_if.asking import (
    Step,
    WhatIfAnswer,
    WhatIfQuestion,
    answer,
    complaint,
    read_spans,
)
from frontdesk.simulator.what_if.before_after import Unlike
from frontdesk.simulator.what_if.changes import (
    CallbackChange,
    Change,
    ContainmentChange,
    HandleTimeChange,
    StaffChange,
    VolumeChange,
)
from frontdesk.simulator.what_if.rebuild import SPAN_DAYS_MAX, Rebuilt, TooLittle
from frontdesk.simulator.what_if.study import (
    REPLICATIONS,
    REPLICATIONS_MAX,
    Asked,
    Stopped,
)

DIFFERS = 1
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""


def configure(parser: argparse.ArgumentParser) -> None:
    settings_sources.add_options(parser)
    parser.add_argument("--from", dest="first", type=day, required=True, metavar="DATE")
    parser.add_argument("--days", type=count_of_days, default=1, help="default: 1")
    parser.add_argument("--after", type=day, metavar="DATE", help="first day after a real change")
    parser.add_argument("--agents", action="append", metavar="±N[@TEAM]", help="more or fewer")
    parser.add_argument("--volume", action="append", metavar="RATIO[@QUEUE]")
    parser.add_argument("--handle-time", action="append", metavar="RATIO[@QUEUE]")
    parser.add_argument("--containment", action="append", metavar="FLOW=SHARE")
    parser.add_argument("--callback", choices=("on", "off"), help="whether it is offered")
    parser.add_argument("--changes", type=Path, metavar="FILE", help="any changes, .toml or .json")
    parser.add_argument("--cost-per-hour", type=float, default=0.0, metavar="MONEY")
    parser.add_argument("--value-per-contact", type=float, default=0.0, metavar="MONEY")
    formulas = [formula.value for formula in ServiceLevelFormula]
    parser.add_argument("--formula", choices=formulas, default=Asked().formula.value)
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, help="default: one for each core")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    question = question_of(args)
    wrong = complaint(question)
    if wrong is not None:
        raise OperatorError(wrong)
    if args.processes is not None and args.processes < 1:
        raise OperatorError("--processes must be 1 or more")
    settings = settings_sources.load(args).settings
    with open_database(settings) as dsn:
        pasts = asyncio.run(read_pasts(settings, dsn, question))
    started = time.perf_counter()
    try:
        with progress_bar() as step:
            found = answer(question, pasts, step, args.processes)
    except (ScenarioError, Unlike, Stopped) as error:
        raise OperatorError(str(error)) from error
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        show(found, question, pasts[0], time.perf_counter() - started)
    return code_of(found)


def show(found: WhatIfAnswer, question: WhatIfQuestion, past: Rebuilt, seconds: float) -> None:
    if found.study is not None:
        show_study(found.study, past.scenario.name, seconds)
    if found.before_after is not None:
        days = f"{question.first_day} against {question.after_day}, {question.days} days each"
        show_before_after(found.before_after, days)


def code_of(found: WhatIfAnswer) -> int:
    """Whether it was stopped, and whether the simulated past is like the real one."""
    if found.study is None:
        return 0
    if found.study.stopped:
        return INTERRUPTED
    return 0 if found.study.validation.holds else DIFFERS


# -- the journal


async def read_pasts(settings: Settings, dsn: str, question: WhatIfQuestion) -> list[Rebuilt]:
    """Each span rebuilt. Raises OperatorError where there is too little in it."""
    journal = build_journal(dsn, settings.centre)
    try:
        with progress_bar() as step:
            return await read_spans(journal, question, step)
    except TooLittle as error:
        raise OperatorError(str(error)) from error
    except asyncpg.UndefinedTableError as error:
        raise DatabaseError("no server has prepared this database yet") from error
    except JournalError as error:
        raise OperatorError(str(error)[:1].lower() + str(error)[1:]) from error
    finally:
        await journal.close()


@contextmanager
def progress_bar() -> Generator[Step]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _stage, _done, _of: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, done, of: bar.update(
            task, description=stage.value, completed=done, total=of or None
        )


# -- what is asked


def question_of(args: argparse.Namespace) -> WhatIfQuestion:
    """Everything asked for, with the bounds that the library has for it."""
    if not 2 <= args.replications <= REPLICATIONS_MAX:
        raise OperatorError(f"--replications must lie from 2 to {REPLICATIONS_MAX}")
    whole = {
        "first_day": args.first,
        "days": args.days,
        "after_day": args.after,
        "changes": [msgspec.to_builtins(change) for change in changes_of(args)],
        "money": {
            "cost_per_hour": args.cost_per_hour,
            "value_per_contact": args.value_per_contact,
        },
        "formula": args.formula,
        "replications": args.replications,
        "seed": args.seed,
    }
    return convert(whole, WhatIfQuestion)


def changes_of(args: argparse.Namespace) -> list[Change]:
    """The file's changes, then those of the command line."""
    return [
        *([] if args.changes is None else read_changes(args.changes)),
        *(agents_of(text) for text in args.agents or ()),
        *(VolumeChange(ratio=n, queue_id=of) for n, of in map(ratio_of, args.volume or ())),
        *(
            HandleTimeChange(ratio=n, queue_id=of)
            for n, of in map(ratio_of, args.handle_time or ())
        ),
        *(containment_of(text) for text in args.containment or ()),
        *([] if args.callback is None else [CallbackChange(offered=args.callback == "on")]),
    ]


def read_changes(path: Path) -> list[Change]:
    """`[[changes]]` of a TOML file, or `{"changes": […]}` of a JSON one."""
    try:
        data = path.read_bytes()
        whole = (
            msgspec.json.decode(data, type=dict[str, Any])
            if path.suffix == ".json"
            else tomllib.loads(data.decode())
        )
    except OSError as error:
        raise OperatorError(f"{path}: can't be read: {error.strerror}") from error
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path}: is not well-formed: {error}") from error
    if not whole.get("changes"):
        raise OperatorError(f"{path}: has no changes")
    try:
        return convert(whole["changes"], list[Change])
    except OperatorError as error:
        raise OperatorError(f"{path}: {error}") from error


def convert(data: Any, to: Any) -> Any:
    """Checked by the library's own types; what is wrong is named by its place."""
    try:
        return msgspec.convert(data, to)
    except msgspec.ValidationError as error:
        raise OperatorError(readable(str(error))) from error


def agents_of(text: str) -> StaffChange:
    """`+2`, `-1@front`."""
    number, of = split(text)
    return StaffChange(count=int(number_of(number, text)), team_id=of)


def ratio_of(text: str) -> tuple[float, str | None]:
    """`1.5`, `1.5@calls`."""
    number, of = split(text)
    return number_of(number, text), of


def containment_of(text: str) -> ContainmentChange:
    """`bot=0.5`."""
    flow_id, _, share = text.rpartition("=")
    return ContainmentChange(flow_id=flow_id, contained_ratio=number_of(share, text))


def split(text: str) -> tuple[str, str | None]:
    number, _, of = text.partition("@")
    return number, of or None


def number_of(text: str, whole: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise OperatorError(f"{whole!r} has no number where there must be one") from error


def day(text: str) -> dt.date:
    """A date as 2026-11-16."""
    return dt.date.fromisoformat(text)


def count_of_days(text: str) -> int:
    number = int(text)
    if not 1 <= number <= SPAN_DAYS_MAX:
        raise argparse.ArgumentTypeError(f"{text} must lie from 1 to {SPAN_DAYS_MAX}")
    return number
