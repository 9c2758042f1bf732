"""Is what we keep what the journal adds up to?

Everything but the journal is a fold of it, so everything can be checked: replay it all from the
first event, and compare with each snapshot on the way (the kernel's state and the live view), and
with the views' tables. It only reads, and may run beside a centre at work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Any, cast

import asyncpg
import msgspec

from frontdesk.journal.connections import Connection, close_connection
from frontdesk.journal.envelope import Snapshot
from frontdesk.journal.port import JournalReader
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.loading import VERSIONS, Loaded
from frontdesk.views.projection import Projection

Progress = Callable[[int, int], None]
"""Hears how many events of how many were replayed."""

SHOWN_CHARACTERS_MAX = 300


class Finding(msgspec.Struct, frozen=True):
    """One comparison. ``difference`` is the first one found; None: there is none."""

    subject: str
    difference: str | None = None

    @property
    def is_sound(self) -> bool:
        return self.difference is None


async def verify_snapshots(
    journal: JournalReader[AnyEvent], on_progress: Progress
) -> list[Finding]:
    """Replays the journal from its first event and compares at every snapshot.

    Raises the journal's errors: JournalCorrupt at a gap, UnknownEvent at what can't be read.
    """
    head = await journal.find_head()
    snapshots = {s.seq: s for s in await _list_snapshots(journal, head.seq)}
    findings: list[Finding] = []
    loaded = Loaded()
    for until_seq in sorted({*snapshots, head.seq}):
        async for chunk in journal.read(loaded.position.seq, until_seq):
            loaded.replay(chunk)
            on_progress(loaded.position.seq, head.seq)
        if until_seq in snapshots:
            findings += _compare_snapshot(snapshots[until_seq], loaded.dump())
    whole = f"journal: {head.seq:,} events, without a gap, all readable"
    return [Finding(whole), *findings]


async def _list_snapshots(journal: JournalReader[AnyEvent], until_seq: int) -> list[Snapshot]:
    found: list[Snapshot] = []
    while snapshot := await journal.find_snapshot(VERSIONS, until_seq):
        found.append(snapshot)
        until_seq = snapshot.seq - 1
    return found


def _compare_snapshot(kept: Snapshot, replayed: Snapshot) -> Iterator[Finding]:
    for name, part in kept.parts.items():
        subject = f"snapshot at event {kept.seq:,}: {name}"
        again = replayed.parts[name]
        if part.state == again.state:
            yield Finding(subject)
            continue
        kept_tree = msgspec.msgpack.decode(part.state, strict=False)
        replayed_tree = msgspec.msgpack.decode(again.state, strict=False)
        difference = find_difference(kept_tree, replayed_tree)
        yield Finding(subject, difference or "the same values in another order")


def find_difference(kept: Any, replayed: Any, place: str = "") -> str | None:
    """The first place where two trees differ, with both values; None: they are equal."""
    pairs = _pair_up(kept, replayed)
    if pairs is None and kept != replayed:
        return f"{place or 'all'} is {_show(kept)}, replayed {_show(replayed)}"
    for key, one, other in pairs or ():
        if one != other:
            return find_difference(one, other, f"{place}.{key}" if place else str(key))
    return None


_ABSENT = "(absent)"


def _pair_up(kept: Any, replayed: Any) -> Iterable[tuple[Any, Any, Any]] | None:
    """What two mappings or two lists hold under the same key; None: they are neither."""
    if isinstance(kept, dict) and isinstance(replayed, dict):
        one, other = cast("dict[Any, Any]", kept), cast("dict[Any, Any]", replayed)
        keys = dict.fromkeys([*one, *other])
        return [(key, one.get(key, _ABSENT), other.get(key, _ABSENT)) for key in keys]
    if isinstance(kept, list) and isinstance(replayed, list):
        items, others = cast("list[Any]", kept), cast("list[Any]", replayed)
        longest = zip_longest(items, others, fillvalue=_ABSENT)
        return [(n, one, other) for n, (one, other) in enumerate(longest)]
    return None


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN_CHARACTERS_MAX else text[:SHOWN_CHARACTERS_MAX] + "…"


# -- the views' tables

_CURSOR = "SELECT seq FROM projection_cursor WHERE centre = $1 AND name = $2"
_SCHEMA = """
SELECT quote_ident(nspname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE pg_class.oid = to_regclass($1)
"""


async def verify_projection(
    dsn: str, journal: JournalReader[AnyEvent], projection: Projection, on_progress: Progress
) -> list[Finding]:
    """Rebuilds a projection's tables and compares them, row by row.

    Both sides are as of one moment, the projection's cursor then. Raises the journal's errors and
    asyncpg's.
    """
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction(isolation="repeatable_read"):
            until_seq = await connection.fetchval(_CURSOR, journal.centre, projection.name) or 0
            schemas = [await connection.fetchval(_SCHEMA, table) for table in projection.tables]
            await _rebuild(connection, journal, projection, until_seq, on_progress)
            return [
                await _compare_table(connection, journal.centre, schema, table, until_seq)
                for schema, table in zip(schemas, projection.tables, strict=True)
            ]
    finally:
        await close_connection(connection)


async def _rebuild(
    connection: Connection,
    journal: JournalReader[AnyEvent],
    projection: Projection,
    until_seq: int,
    on_progress: Progress,
) -> None:
    # A temporary table hides the one of the same name from whoever names it without a schema.
    for table in projection.tables:
        await connection.execute(
            f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL) ON COMMIT DROP"
        )
    async for chunk in journal.read(0, until_seq):
        await projection.apply(connection, journal.centre, chunk)
        on_progress(chunk[-1].seq, until_seq)


async def _compare_table(
    connection: Connection, centre: str, schema: str, table: str, until_seq: int
) -> Finding:
    kept = f"SELECT t::text AS row FROM {schema}.{table} t WHERE centre = $1"  # noqa: S608
    rebuilt = f"SELECT t::text AS row FROM pg_temp.{table} t WHERE centre = $1"  # noqa: S608
    surplus = await connection.fetchval(f"{kept} EXCEPT ALL {rebuilt} ORDER BY 1 LIMIT 1", centre)
    missing = await connection.fetchval(f"{rebuilt} EXCEPT ALL {kept} ORDER BY 1 LIMIT 1", centre)
    subject = f"table {table} at event {until_seq:,}"
    if surplus is None and missing is None:
        return Finding(subject)
    if missing is None:
        return Finding(subject, f"kept {_show(surplus)}, rebuilt without it")
    if surplus is None:
        return Finding(subject, f"kept without it, rebuilt {_show(missing)}")
    return Finding(subject, f"kept {_show(surplus)}, rebuilt {_show(missing)}")
