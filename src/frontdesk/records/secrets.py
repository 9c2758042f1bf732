"""Secrets of the centre's own, made at first need and kept with its data."""

from __future__ import annotations

import secrets as randomness
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from frontdesk.records.database import Database
from frontdesk.records.tables import secrets

SECRET_BYTES: Final = 32


async def get_secret(database: Database, name: str) -> bytes:
    """The secret of that name, the same one for ever. Raises RecordsUnavailable."""
    values = {"name": name, "value": randomness.token_bytes(SECRET_BYTES)}
    async with database.begin() as connection:
        await connection.execute(insert(secrets).values(values).on_conflict_do_nothing())
        found = await connection.execute(select(secrets.c.value).where(secrets.c.name == name))
        return found.scalar_one()
