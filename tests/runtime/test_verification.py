"""`verify` finds what was tampered with, and nothing else."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Sequence

import asyncpg
import pytest

from frontdesk.journal.codec import Codec
from frontdesk.journal.connections import Connection
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.errors import JournalCorrupt
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.events import AnyEvent, SettingSaved
from frontdesk.kernel.settings import Skill
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.runtime.verification import (
    Finding,
    find_difference,
    verify_projection,
    verify_snapshots,
)

SKILLS = 7
TABLE = "CREATE TABLE skill_names (centre text, name text, PRIMARY KEY (centre, name))"


class SkillNames:
    """A projection: the name of each skill ever saved."""

    name = "skill_names"
    tables = ("skill_names",)

    async def apply(
        self, connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
    ) -> None:
        for envelope in envelopes:
            assert isinstance(envelope.event, SettingSaved)
            assert isinstance(envelope.event.entity, Skill)
            name = envelope.event.entity.name
            await connection.execute("INSERT INTO skill_names VALUES ($1, $2)", centre, name)


def ignore_progress(_seq: int, _of: int) -> None:
    return None


@pytest.fixture
async def journal(migrated_dsn: str) -> AsyncIterator[PostgresJournal[AnyEvent]]:
    """Seven skills saved; snapshots at five and seven; a table of names in step."""
    journal = PostgresJournal(migrated_dsn, "main", Codec[AnyEvent](AnyEvent, UPCASTERS))
    centre = CentreRuntime(
        journal,
        settings=RuntimeSettings(snapshot_every_events=5, snapshot_pause_ratio_max=math.inf),
    )
    await centre.start()
    for n in range(SKILLS):
        await centre.submit(SaveSetting(Skill(skill_id=f"s{n}", name=f"Skill {n}")), "agent:ann")
    await centre.stop()
    await execute(migrated_dsn, TABLE)
    await execute(migrated_dsn, "INSERT INTO projection_cursor VALUES ('main', 'skill_names', 7)")
    connection = await asyncpg.connect(migrated_dsn)
    async for chunk in journal.read():
        await SkillNames().apply(connection, "main", chunk)
    await connection.close()
    yield journal
    await journal.close()


async def execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(statement)
    await connection.close()


async def differences(dsn: str, journal: PostgresJournal[AnyEvent]) -> list[str]:
    findings = await verify_snapshots(journal, ignore_progress)
    findings += await verify_projection(dsn, journal, SkillNames(), ignore_progress)
    return [f"{f.subject}: {f.difference}" for f in findings if not f.is_sound]


async def test_all_is_well(migrated_dsn: str, journal: PostgresJournal[AnyEvent]) -> None:
    progress: list[tuple[int, int]] = []
    findings = await verify_snapshots(journal, lambda *step: progress.append(step))
    assert [f.subject for f in findings] == [
        "journal: 7 events, without a gap, all readable",
        *[f"snapshot at event {seq}: {part}" for seq in (5, 7) for part in ("centre", "live")],
    ]
    assert progress[-1] == (7, 7)
    assert await differences(migrated_dsn, journal) == []


async def test_a_changed_event_shows(migrated_dsn: str, journal: PostgresJournal[AnyEvent]) -> None:
    await execute(
        migrated_dsn,
        "UPDATE journal SET payload = replace(payload::text, 'Skill 4', 'Skill X')::json",
    )
    found = await differences(migrated_dsn, journal)
    assert [line.split(":")[0] for line in found] == [
        "snapshot at event 5",
        "snapshot at event 5",
        "snapshot at event 7",
        "snapshot at event 7",
        "table skill_names at event 7",
    ]
    assert "s4.name is 'Skill 4', replayed 'Skill X'" in found[0]
    assert "kept '(main,\"Skill 4\")', rebuilt '(main,\"Skill X\")'" in found[-1]


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        (
            "DELETE FROM skill_names WHERE name = 'Skill 2'",
            """kept without it, rebuilt '(main,"Skill 2")'""",
        ),
        (
            "INSERT INTO skill_names VALUES ('main', 'Skill 9')",
            """kept '(main,"Skill 9")', rebuilt without it""",
        ),
    ],
)
async def test_a_changed_table_shows(
    migrated_dsn: str, journal: PostgresJournal[AnyEvent], statement: str, difference: str
) -> None:
    await execute(migrated_dsn, statement)
    found = await differences(migrated_dsn, journal)
    assert found == [f"table skill_names at event 7: {difference}"]


async def test_another_centres_rows_are_not_compared(
    migrated_dsn: str, journal: PostgresJournal[AnyEvent]
) -> None:
    await execute(migrated_dsn, "INSERT INTO skill_names VALUES ('other', 'Skill 1')")
    assert await differences(migrated_dsn, journal) == []


async def test_a_gap_is_no_journal(migrated_dsn: str, journal: PostgresJournal[AnyEvent]) -> None:
    await execute(migrated_dsn, "DELETE FROM journal WHERE seq = 5")
    with pytest.raises(JournalCorrupt, match="After event 4 comes event 6"):
        await differences(migrated_dsn, journal)


def test_the_first_difference_is_named() -> None:
    kept = {"a": [1, {"b": 2}], "c": 3}
    assert find_difference(kept, {"a": [1, {"b": 2}], "c": 3}) is None
    assert find_difference(kept, {"a": [1, {"b": 5}], "c": 4}) == "a.1.b is 2, replayed 5"
    assert find_difference(kept, {"a": [1]}) == "a.1 is {'b': 2}, replayed '(absent)'"
    assert Finding("all").is_sound
