"""Report what the classifier of customers' messages gets wrong.

`frontdesk understanding report` tries every example of the centre's intents on a model that was
shown neither it nor any like it, and lists confusions, misread and contradicting examples, and what
to add. May run beside a server at work.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import msgspec

from frontdesk.answers.understanding.intents import IntentFileError, read_intents
from frontdesk.cli import settings_sources
from frontdesk.cli.databases import open_database
from frontdesk.cli.errors import OperatorError
from frontdesk.cli.journal import reading
from frontdesk.cli.settings import Settings
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.loading import load_centre


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    report = actions.add_parser("report", help="what the examples get wrong, and what to add")
    settings_sources.add_options(report)
    report.add_argument(
        "--intents", type=Path, metavar="FILE", help=".toml or .json, instead of the centre's own"
    )
    report.add_argument(
        "--messages",
        type=Path,
        metavar="FILE",
        help="customers' messages, one a line; the unsure ones are listed to be added",
    )
    report.add_argument("--json", action="store_true", help="print the whole report as JSON")


def run(args: argparse.Namespace) -> int:
    intents = read_file(args.intents) if args.intents is not None else read_centre(args)
    if not any(intent.examples for intent in intents):
        raise OperatorError("there is no intent with an example")
    messages = read_messages(args.messages) if args.messages is not None else []
    # Only now: what it is computed with takes a while to load.
    from frontdesk.answers.understanding.report import report_of
    from frontdesk.cli.understanding_tables import show_report

    report = report_of(intents, messages)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    else:
        show_report(report)
    return 0


def read_file(path: Path) -> tuple[Intent, ...]:
    """The intents of a file."""
    try:
        return read_intents(path)
    except IntentFileError as error:
        raise OperatorError(str(error)) from error


def read_messages(path: Path) -> list[str]:
    """The lines of a file."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path}: can't be read: {error}") from error


def read_centre(args: argparse.Namespace) -> tuple[Intent, ...]:
    """The intents that are in force in the centre."""
    settings = settings_sources.load(args).settings
    with open_database(settings) as dsn:
        return asyncio.run(_read_journal(settings, dsn))


async def _read_journal(settings: Settings, dsn: str) -> tuple[Intent, ...]:
    async with reading(settings, dsn) as journal:
        loaded = await load_centre(journal)
    return tuple(loaded.centre.state.settings.intents.values())
