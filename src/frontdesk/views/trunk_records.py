"""Keeps how much of each trunk is taken: calls, the time they hold lines, and the peaks.

A call holds a line from its contact's opening to its closing. A quarter-hour's peak counts those
lines too that were taken before it began.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.settings import VOICE
from frontdesk.kernel.telephone import TRUNK_ATTRIBUTE
from frontdesk.views.intervals import Tallies, TrunkInterval, cut
from frontdesk.views.projection import Connection
from frontdesk.views.record_rows import clean_text
from frontdesk.views.statements import as_tuples, select, upsert


class TrunkLoad(msgspec.Struct):
    """How many lines of a trunk are taken, since when."""

    centre: str
    trunk_id: str
    taken: int
    since_ms: int


class TrunkCall(msgspec.Struct):
    """A call that holds a line."""

    centre: str
    contact_id: int
    trunk_id: str


_SELECT_LOADS = select("trunk_loads", TrunkLoad, "trunk_id = ANY($2)")
_SELECT_CALLS = select("trunk_calls", TrunkCall, "contact_id = ANY($2)")
_UPSERT_LOAD = upsert("trunk_loads", TrunkLoad, 2)
_UPSERT_CALL = upsert("trunk_calls", TrunkCall, 2)
_FORGET_CALLS = "DELETE FROM trunk_calls WHERE centre = $1 AND contact_id = ANY($2)"


async def keep_trunk_load(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]], tallies: Tallies
) -> None:
    """Folds the next events, in order and without a gap."""
    calls: dict[int, str] = {}
    closed: list[int] = []
    for envelope in envelopes:
        event: Any = envelope.event
        if isinstance(event, ev.ContactClosed):
            closed.append(event.contact_id)
        elif isinstance(event, ev.ContactOpened) and event.channel == VOICE:
            trunk_id = clean_text(event.attributes.get(TRUNK_ATTRIBUTE, ""))
            if trunk_id:
                calls[event.contact_id] = trunk_id
    over = set(closed)
    held = [TrunkCall(centre, *call) for call in calls.items() if call[0] not in over]
    for row in await connection.fetch(_SELECT_CALLS, centre, closed) if closed else ():
        calls[row["contact_id"]] = row["trunk_id"]
    if not calls:
        return
    rows = await connection.fetch(_SELECT_LOADS, centre, list(set(calls.values())))
    loads = {row["trunk_id"]: TrunkLoad(*row) for row in rows}
    _fold(tallies, centre, loads, calls, envelopes)
    await connection.executemany(_UPSERT_LOAD, as_tuples(loads.values()))
    await connection.executemany(_UPSERT_CALL, as_tuples(held))
    await connection.execute(_FORGET_CALLS, centre, closed)


def _fold(
    tallies: Tallies,
    centre: str,
    loads: dict[str, TrunkLoad],
    calls: dict[int, str],
    envelopes: Sequence[Envelope[AnyEvent]],
) -> None:
    for envelope in envelopes:
        event, at_ms = envelope.event, envelope.at_ms
        if isinstance(event, ev.ContactOpened | ev.ContactClosed) and event.contact_id in calls:
            trunk_id = calls[event.contact_id]
            load = loads.setdefault(trunk_id, TrunkLoad(centre, trunk_id, 0, at_ms))
            _change_load(tallies, load, 1 if isinstance(event, ev.ContactOpened) else -1, at_ms)


def _change_load(tallies: Tallies, load: TrunkLoad, change: int, at_ms: int) -> None:
    """The time until now passed with as many lines as were taken; now there is one more or less."""
    for from_ms, duration_ms in cut(load.since_ms, at_ms) if load.taken else ():
        figures = tallies.at(TrunkInterval, from_ms, load.trunk_id)
        figures.line_ms += load.taken * duration_ms
        figures.lines_max = max(figures.lines_max, load.taken)
    load.taken += change
    load.since_ms = max(load.since_ms, at_ms)
    figures = tallies.at(TrunkInterval, at_ms, load.trunk_id)
    figures.lines_max = max(figures.lines_max, load.taken)
    figures.trunk_calls += change > 0
