"""Brings a database to the tables of this release."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TypeAlias

import asyncpg

MIGRATIONS = Path(__file__).parent / "migrations"
CONNECT_TIMEOUT_S = 10.0

_LOCK = "SELECT pg_advisory_lock(hashtextextended('frontdesk migrations', 0))"

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class SchemaTooNew(Exception):
    """The database was migrated by a newer release than this one."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"The database is at migration {found}, this release knows migrations up to {known}"
        )


def migrate(dsn: str) -> None:
    """Brings the database at ``dsn`` up to date; returns at once when it is.

    Processes which start together wait for each other. Not to be called inside a running event
    loop: there, await `migrate_async`. Raises SchemaTooNew, and asyncpg's or the operating
    system's errors when the server can't be reached.
    """
    asyncio.run(migrate_async(dsn))


async def migrate_async(dsn: str) -> None:
    """As `migrate`, for callers inside an event loop, which it blocks while tables are made."""
    connection = await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S)
    try:
        if await _is_current(connection):
            return
        await connection.execute(_LOCK)
        if not await _is_current(connection):
            await _upgrade(dsn)
    finally:
        await connection.close()


def find_head() -> str:
    """The newest migration this release knows."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def _is_current(connection: Connection) -> bool:
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return False
    found = await connection.fetchval("SELECT version_num FROM alembic_version")
    head = find_head()
    if found is not None and found > head:
        raise SchemaTooNew(found, head)
    return found == head


async def _upgrade(dsn: str) -> None:
    # Imported here: Alembic and SQLAlchemy take longer to load than an up-to-date start may take.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import Connection as SqlConnection
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))

    def run(connection: SqlConnection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async def connect() -> Connection:
        return await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()
