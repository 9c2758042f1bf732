"""Look at the journal: verify what is kept against it, or show its events.

`frontdesk journal verify` replays everything from the first event and compares it with the
snapshots and with the views' tables; exit code 1 names the first difference. `frontdesk journal
show` prints events, the last ones unless told; what customers wrote and are called is left out
unless `--personal`. Both may run beside a server at work.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from frontdesk.cli import settings_sources
from frontdesk.cli.databases import build_journal, open_database
from frontdesk.cli.errors import DatabaseError, OperatorError
from frontdesk.cli.settings import Settings
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.errors import JournalCorrupt, JournalError
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.verification import Finding, verify_projection, verify_snapshots
from frontdesk.views.records import RecordsProjection

DIFFERS = 1
SHOWN_EVENTS = 50

PERSONAL_FIELDS = frozenset({"attachments", "attributes", "comment", "customer", "note", "text"})
"""Fields of events in which people's words, names and addresses may stand."""


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="compare what is kept with a replay from the start")
    settings_sources.add_options(verify)
    show = actions.add_parser("show", help="print events, one a line")
    settings_sources.add_options(show)
    show.add_argument("--from", dest="from_seq", type=int, metavar="SEQ", help="first event")
    show.add_argument("--to", dest="to_seq", type=int, metavar="SEQ", help="last event")
    show.add_argument("--contact", type=int, metavar="ID", help="only this contact's events")
    show.add_argument("--type", action="append", help="only events of this type (repeatable)")
    show.add_argument("--personal", action="store_true", help="show what people wrote, too")


def run(args: argparse.Namespace) -> int:
    settings = settings_sources.load(args).settings
    with open_database(settings) as dsn:
        if args.action == "verify":
            return asyncio.run(_verify(settings, dsn))
        return asyncio.run(_show(settings, dsn, args))


@asynccontextmanager
async def reading(settings: Settings, dsn: str) -> AsyncGenerator[PostgresJournal[AnyEvent]]:
    """The centre's journal, for reading. Its errors, and the database's, become sentences."""
    journal = build_journal(dsn, settings.centre)
    try:
        yield journal
    except asyncpg.UndefinedTableError as error:
        raise DatabaseError("no server has prepared this database yet") from error
    except JournalError as error:
        raise OperatorError(str(error)[:1].lower() + str(error)[1:]) from error
    finally:
        await journal.close()


# -- verify


async def _verify(settings: Settings, dsn: str) -> int:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    async with reading(settings, dsn) as journal:
        try:
            findings = await _with_progress(
                "replaying", lambda step: verify_snapshots(journal, step)
            )
            findings += await _with_progress(
                "rebuilding", lambda s: verify_projection(dsn, journal, RecordsProjection(), s)
            )
        except JournalCorrupt as error:
            findings = [Finding("journal", str(error))]
    for finding in findings:
        mark = "[green]same[/]" if finding.is_sound else "[red]DIFFERS[/]"
        console.print(f"{mark}  {finding.subject}")
        if finding.difference is not None:
            console.print("      ", finding.difference, markup=False)
    different = sum(not finding.is_sound for finding in findings)
    console.print(
        f"{different} of {len(findings)} differ" if different else "All is as the journal says"
    )
    return DIFFERS if different else 0


async def _with_progress(
    title: str, work: Callable[[Callable[[int, int], None]], Awaitable[list[Finding]]]
) -> list[Finding]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task(title, total=None)
        return await work(lambda seq, of: progress.update(task, completed=seq, total=of))


# -- show


async def _show(settings: Settings, dsn: str, args: argparse.Namespace) -> int:
    async with reading(settings, dsn) as journal:
        after_seq, until_seq = await _find_range(journal, args)
        async for chunk in journal.read(after_seq, until_seq, args.type):
            for envelope in chunk:
                if args.contact is None or _contact_of(envelope) == args.contact:
                    print(describe_event(envelope, personal=args.personal))
    return 0


async def _find_range(
    journal: PostgresJournal[AnyEvent], args: argparse.Namespace
) -> tuple[int, int | None]:
    if args.from_seq is not None:
        return args.from_seq - 1, args.to_seq
    if args.contact is not None or args.type:
        return 0, args.to_seq
    last_seq = args.to_seq or (await journal.find_head()).seq
    return max(0, last_seq - SHOWN_EVENTS), args.to_seq


def _contact_of(envelope: Envelope[AnyEvent]) -> int | None:
    return getattr(envelope.event, "contact_id", None)


def describe_event(envelope: Envelope[AnyEvent], *, personal: bool) -> str:
    """``    42 2026-11-22 16:55:01.123 agent:ann        OfferAccepted  offer_id=3 contact_id=7``"""
    at = datetime.fromtimestamp(envelope.at_ms / 1_000, UTC)
    time = f"{at:%Y-%m-%d %H:%M:%S}.{envelope.at_ms % 1_000:03}"
    fields: dict[str, Any] = msgspec.to_builtins(envelope.event)
    kind = fields.pop("type")
    words = [_describe_field(n, v, personal) for n, v in fields.items() if v not in _EMPTY]
    if envelope.causation is not None:
        words.append(f"because_of={envelope.causation}")
    start = " " if envelope.seq == envelope.command_seq else "+"
    return f"{envelope.seq:>8}{start} {time} {envelope.actor:<18} {kind:<20} {' '.join(words)}"


_EMPTY: tuple[Any, ...] = (None, "", (), [], {})


def _describe_field(name: str, value: Any, personal: bool) -> str:
    if name in PERSONAL_FIELDS and not personal:
        return f"{name}=…"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"{name}={text!r}" if isinstance(value, str) and " " in text else f"{name}={text}"
