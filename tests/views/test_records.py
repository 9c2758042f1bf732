"""The contact records over any commands: batches don't matter, and the figures add up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import pytest

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent
from frontdesk.records.schema import migrate_async
from frontdesk.views.intervals import INTERVAL_MS
from frontdesk.views.projection import Connection
from frontdesk.views.records import RecordsProjection
from tests.kernel import moves
from tests.views.script import Script

PROJECTION = RecordsProjection()

SELDOM = {
    "announced_waits",
    "survey_answers",
    "callback_attempts",
    "disposition_intervals",
    "trunk_intervals",
    "trunk_loads",
    "trunk_calls",
}
"""What comes to pass in few stories that are so short, or in none: no call comes by trunk."""


@pytest.fixture
async def connection(module_database_dsn: str) -> AsyncIterator[Connection]:
    await migrate_async(module_database_dsn)
    connection = await asyncpg.connect(module_database_dsn)
    yield connection
    await connection.close()


async def project(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]], batch: int
) -> None:
    for start in range(0, len(envelopes), batch):
        async with connection.transaction():
            await PROJECTION.apply(connection, centre, envelopes[start : start + batch])


async def read_table(connection: Connection, table: str, centre: str) -> list[dict[str, Any]]:
    rows = [dict(row) for row in await connection.fetch(f"SELECT * FROM {table}")]
    own = [
        {k: v for k, v in row.items() if k != "centre"} for row in rows if row["centre"] == centre
    ]
    return sorted(own, key=str)


def write_script(seed: int, steps: int) -> Script:
    script = Script(moves.SeededChooser(seed))
    for _ in script.run(steps):
        pass
    return script


@pytest.mark.parametrize("seed", range(3))
async def test_batches_make_no_difference(connection: Connection, seed: int) -> None:
    script = write_script(seed, 700)
    small, large = f"small-{seed}", f"large-{seed}"
    await project(connection, small, script.envelopes, batch=7)
    await project(connection, large, script.envelopes, batch=100_000)
    for table in PROJECTION.tables:
        rows = await read_table(connection, table, large)
        assert rows == await read_table(connection, table, small), table
        assert rows or table in SELDOM, f"{table} has something to compare"


async def test_figures_add_up(connection: Connection) -> None:
    script = write_script(11, 600)
    await project(connection, "sums", script.envelopes, batch=50)
    records = await read_table(connection, "contact_records", "sums")
    stints = await read_table(connection, "contact_stints", "sums")
    queues = await read_table(connection, "queue_intervals", "sums")
    agents = await read_table(connection, "agent_intervals", "sums")
    waits = [s for s in stints if s["kind"] == "wait"]
    offers = [s for s in stints if s["kind"] == "offer"]

    def total(rows: list[dict[str, Any]], name: str) -> int:
        return sum(row[name] for row in rows)

    def count(rows: list[dict[str, Any]], result: str) -> int:
        return sum(row["result"] == result for row in rows)

    callbacks = {r["contact_id"] for r in records if r["is_callback"]}
    assert callbacks
    counted = [w for w in waits if w["contact_id"] not in callbacks]
    assert total(queues, "offered") == len(counted) - count(counted, "turned_away")
    for result in ("answered", "abandoned", "overflowed"):
        assert total(queues, result) == count(counted, result)
    assert total(agents, "offers") == len(offers)
    for result, name in (("accepted", "accepted"), ("declined", "declined"), ("expired", "missed")):
        assert total(agents, name) == count(offers, result)
    for name in ("handle_ms", "hold_ms", "wrap_up_ms"):
        assert total(queues, name) == total(agents, name) == total(records, name) >= 0
    assert total(queues, "engagements") == total(agents, "engagements") > 0
    assert all(q["answered_in_target"] <= q["answered"] <= q["offered"] for q in queues)
    times = await read_table(connection, "agent_time_intervals", "sums")
    breaks = await read_table(connection, "break_intervals", "sums")
    spans = await read_table(connection, "presence_spans", "sums")
    for row in times:
        assert row["available_ms"] + row["break_ms"] <= INTERVAL_MS
        assert max(row["engaged_ms"], row["available_ms"]) <= row["staffed_ms"] <= INTERVAL_MS
    assert total(times, "break_ms") == total(breaks, "break_ms") > 0
    presences = await read_table(connection, "agent_times", "sums")
    running = sum(
        r["counted_until_ms"] - r["presence_since_ms"]
        for r in presences
        if r["presence"] == "available"
    )
    available = [s for s in spans if s["presence"] == "available"]
    spent = sum(s["ended_ms"] - s["started_ms"] for s in available)
    assert total(times, "available_ms") == spent + running > 0
    contacts = await read_table(connection, "contact_intervals", "sums")
    assert total(contacts, "contacts") == len(records)
    assert total(contacts, "contact_handle_ms") == total(records, "handle_ms")
    bands = await read_table(connection, "wait_intervals", "sums")
    assert total(bands, "waits") == len([w for w in counted if w["ended_ms"] is not None]) - count(
        counted, "turned_away"
    )
    assert not [r for r in records if r["state"] == "closed" and r["outcome"] == "open"]


async def test_live_contacts_have_open_records_in_the_same_state(connection: Connection) -> None:
    script = write_script(5, 400)
    await project(connection, "states", script.envelopes, batch=33)
    rows = await read_table(connection, "contact_records", "states")
    states = {row["contact_id"]: row["state"] for row in rows}
    for contact in script.centre.state.contacts.values():
        assert states.pop(contact.contact_id) == contact.stage.value
    assert set(states.values()) == {"closed"}
