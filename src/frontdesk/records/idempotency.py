"""Which requests have come before under an idempotency key, and whether they were the same."""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.tables import idempotency_keys

KEY_AGE_MS_MAX: Final = 7 * 24 * 3_600_000
"""How long a key is known; a repeat comes within minutes, a forgotten outbox within days."""


class IdempotencyKeys:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock

    async def claim(self, command_id: str, request: bytes) -> bool:
        """Notes the request under its id; False when another request came under the same one."""
        fingerprint = hashlib.sha256(request).digest()
        values = {
            "command_id": command_id,
            "fingerprint": fingerprint,
            "created_ms": self._clock(),
        }
        known = select(idempotency_keys.c.fingerprint).where(
            idempotency_keys.c.command_id == command_id
        )
        async with self._database.begin() as connection:
            await connection.execute(
                insert(idempotency_keys).values(values).on_conflict_do_nothing()
            )
            return (await connection.execute(known)).scalar_one() == fingerprint

    async def forget_old(self) -> None:
        """Drops the keys that are past their age."""
        oldest_ms = self._clock() - KEY_AGE_MS_MAX
        async with self._database.begin() as connection:
            await connection.execute(
                delete(idempotency_keys).where(idempotency_keys.c.created_ms < oldest_ms)
            )
