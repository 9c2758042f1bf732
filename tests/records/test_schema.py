from __future__ import annotations

import asyncpg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from frontdesk.records.schema import MIGRATIONS, SchemaTooNew, find_head, migrate, migrate_async


def test_migrations_are_one_straight_line_of_numbers() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{n:04}" for n in range(1, len(revisions) + 1)]
    assert scripts.get_current_head() == find_head()


def test_migrating_twice_is_migrating_once(database_dsn: str) -> None:
    migrate(database_dsn)
    migrate(database_dsn)


async def test_a_database_of_a_newer_release_is_refused(database_dsn: str) -> None:
    await migrate_async(database_dsn)
    connection = await asyncpg.connect(database_dsn)
    await connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew, match="9999"):
        await migrate_async(database_dsn)
    await connection.close()
