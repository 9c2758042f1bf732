"""Explain every routing decision of a contact: who was asked, and why nobody else.

The state is replayed to the moment of each offer, and the kernel explains the decision as it stood
then. May run beside a server at work.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from frontdesk.cli import settings_sources
from frontdesk.cli.databases import open_database
from frontdesk.cli.errors import OperatorError
from frontdesk.cli.journal import reading
from frontdesk.cli.settings import Settings
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.kernel.events import AnyEvent, ContactOffered
from frontdesk.kernel.explain import Candidate, Explanation, explain_contact
from frontdesk.kernel.refusals import Refusal
from frontdesk.runtime.loading import load_centre

CANDIDATES_SHOWN = 20
"""Lines of a decision; those in the running come first."""


def configure(parser: argparse.ArgumentParser) -> None:
    settings_sources.add_options(parser)
    parser.add_argument("contact_id", type=int, metavar="CONTACT_ID")


def run(args: argparse.Namespace) -> int:
    settings = settings_sources.load(args).settings
    with open_database(settings) as dsn:
        return asyncio.run(_explain(settings, dsn, args.contact_id))


async def _explain(settings: Settings, dsn: str, contact_id: int) -> int:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    async with reading(settings, dsn) as journal:
        offers = await _find_offers(journal, contact_id)
        if not offers:
            raise OperatorError(f"contact {contact_id} was never offered to anybody")
        loaded = await load_centre(journal, until_seq=offers[0].seq - 1)
        for offer in offers:
            async for chunk in journal.read(loaded.position.seq, offer.seq - 1):
                loaded.replay(chunk)
            explanation = explain_contact(loaded.centre.state, contact_id, offer.at_ms)
            _print_offer(console, offer, explanation)
    return 0


async def _find_offers(
    journal: PostgresJournal[AnyEvent], contact_id: int
) -> list[Envelope[AnyEvent]]:
    return [
        envelope
        async for chunk in journal.read(types=("ContactOffered",))
        for envelope in chunk
        if isinstance(envelope.event, ContactOffered) and envelope.event.contact_id == contact_id
    ]


def _print_offer(
    console: Console, offer: Envelope[AnyEvent], explanation: Explanation | Refusal
) -> None:
    assert isinstance(offer.event, ContactOffered)
    why, at = offer.event.why, datetime.fromtimestamp(offer.at_ms / 1_000, UTC)
    console.print(
        f"event {offer.seq}, {at:%Y-%m-%d %H:%M:%S} UTC: offered to {offer.event.agent_id}, "
        f"{why.trigger.value.replace('_', ' ')}, after {why.wait_ms / 1_000:.1f} s, "
        f"{why.waiting_contacts} waiting"
    )
    if isinstance(explanation, Refusal):
        console.print(f"  {explanation.detail}")
        return
    asked = ", ".join(f"{n.skill_id} ≥ {n.proficiency_min}" for n in explanation.skills)
    console.print(
        f"  queue {explanation.queue_id}, step {explanation.step_index + 1} of "
        f"{explanation.step_count}, {explanation.strategy.value}, skills: {asked or 'none'}"
    )
    table = Table("rank", "agent", "verdict", "load", "lacks")
    for candidate in explanation.candidates[:CANDIDATES_SHOWN]:
        table.add_row(*_describe(candidate))
    console.print(table)


def _describe(candidate: Candidate) -> tuple[str, ...]:
    return (
        "" if candidate.rank is None else str(candidate.rank),
        candidate.agent_id,
        candidate.verdict.value.replace("_", " "),
        f"{candidate.load_units}/{candidate.capacity_units}",
        ", ".join(f"{n.skill_id} ≥ {n.proficiency_min}" for n in candidate.lacking),
    )
