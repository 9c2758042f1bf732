"""Who changed which record when: of what is not in the journal, as it is no setting."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.records.database import Database
from frontdesk.records.tables import record_changes


class RecordChange(msgspec.Struct, frozen=True):
    """A record saved or removed. `record` is how it was saved; of secrets nothing is told."""

    kind: str
    record_id: str
    at_ms: int
    actor: str
    removed: bool = False
    record: dict[str, Any] | None = None
    number: int = 0
    """Counts the changes; 0: not noted yet."""


class RecordChangePage(msgspec.Struct, frozen=True):
    """The latest first; `next_cursor` null: there are no more."""

    items: list[RecordChange]
    next_cursor: str | None


async def note_change(connection: AsyncConnection, change: RecordChange) -> None:
    """Notes it, in the transaction that makes it."""
    values = msgspec.structs.asdict(change)
    del values["number"]
    await connection.execute(insert(record_changes).values(**values))


class RecordChanges:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, before: str | None, limit: int) -> RecordChangePage:
        """The changes before number `before`, the latest first."""
        query = select(record_changes).order_by(record_changes.c.number.desc()).limit(limit + 1)
        if before is not None:
            query = query.where(record_changes.c.number < int(before))
        async with self._database.begin() as connection:
            rows = (await connection.execute(query)).mappings().all()
        items = [RecordChange(**row) for row in rows[:limit]]
        more = len(rows) > limit
        return RecordChangePage(items, str(items[-1].number) if more else None)
