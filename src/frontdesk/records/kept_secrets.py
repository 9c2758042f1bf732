"""Secrets that administrators give for outside systems: written, used, never shown again."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from frontdesk.records.changes import RecordChange, note_change
from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import TooManyRecords
from frontdesk.records.tables import kept_secrets

SECRETS_MAX = 1_000
SECRET_CHARS_MAX = 4_000
KIND = "secret"


class KeptSecret(msgspec.Struct, frozen=True):
    """That there is one of that name, since when, and whose hand set it; never what it is."""

    name: str
    set_ms: int
    set_by: str


class KeptSecrets:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock

    async def find(self, name: str) -> str | None:
        """The secret itself, for whoever sends it on."""
        query = select(kept_secrets.c.value).where(kept_secrets.c.name == name)
        async with self._database.begin() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def find_all(self) -> list[KeptSecret]:
        """All of them, by name."""
        query = select(kept_secrets.c.name, kept_secrets.c.set_ms, kept_secrets.c.set_by)
        async with self._database.begin() as connection:
            rows = (await connection.execute(query.order_by(kept_secrets.c.name))).all()
        return [KeptSecret(*row) for row in rows]

    async def save(self, name: str, value: str, set_by: str) -> None:
        """Keeps it, in place of the one before. Raises TooManyRecords."""
        values = {"value": value, "set_ms": self._clock(), "set_by": set_by}
        statement = insert(kept_secrets).values(name=name, **values)
        async with self._database.begin() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["name"], set_=values)
            )
            count = await connection.execute(select(func.count()).select_from(kept_secrets))
            if count.scalar_one() > SECRETS_MAX:
                raise TooManyRecords("secrets", SECRETS_MAX)
            await note_change(connection, RecordChange(KIND, name, self._clock(), set_by))

    async def remove(self, name: str, removed_by: str) -> bool:
        """Forgets it; False if there is none."""
        statement = delete(kept_secrets).where(kept_secrets.c.name == name)
        change = RecordChange(KIND, name, self._clock(), removed_by, removed=True)
        async with self._database.begin() as connection:
            if not (await connection.execute(statement)).rowcount:
                return False
            await note_change(connection, change)
        return True
