"""Handlers' progress and failures in PostgreSQL."""

from __future__ import annotations

import asyncpg

from frontdesk.journal.connections import Pool, close_pool, translated
from frontdesk.runtime.effects import EffectFailure

CONNECTIONS_MAX = 2
CONNECT_TIMEOUT_S = 5.0

# What a crash takes away is an effect repeated, which it may be: the disk is not waited for.
_SERVER_SETTINGS = {"application_name": "frontdesk effects", "synchronous_commit": "off"}

_SAVE_CURSOR = """
INSERT INTO effect_cursor (centre, handler, seq) VALUES ($1, $2, $3)
ON CONFLICT (centre, handler) DO UPDATE SET seq = excluded.seq
"""

_RECORD_FAILURE = """
INSERT INTO effect_failure
  (centre, handler, seq, type, contact_id, attempts, error, failed_at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (centre, handler, seq) DO UPDATE SET
  attempts = excluded.attempts, error = excluded.error, failed_at_ms = excluded.failed_at_ms
"""

_LIST_FAILURES = """
SELECT handler, seq, type, contact_id, attempts, error, failed_at_ms FROM effect_failure
WHERE centre = $1 ORDER BY failed_at_ms DESC, seq DESC LIMIT $2
"""


class PostgresEffectStore:
    """An `EffectStore` on the server at ``dsn``."""

    def __init__(self, dsn: str, centre: str) -> None:
        self._dsn = dsn
        self._centre = centre
        self._pool: Pool | None = None

    async def find_cursor(self, handler: str) -> int | None:
        with translated():
            return await (await self._get_pool()).fetchval(
                "SELECT seq FROM effect_cursor WHERE centre = $1 AND handler = $2",
                self._centre,
                handler,
            )

    async def save_cursor(self, handler: str, seq: int) -> None:
        with translated():
            await (await self._get_pool()).execute(_SAVE_CURSOR, self._centre, handler, seq)

    async def record_failure(self, failure: EffectFailure) -> None:
        with translated():
            await (await self._get_pool()).execute(
                _RECORD_FAILURE,
                self._centre,
                failure.handler,
                failure.seq,
                failure.type,
                failure.contact_id,
                failure.attempts,
                failure.error,
                failure.failed_at_ms,
            )

    async def list_failures(self, failures_max: int) -> list[EffectFailure]:
        with translated():
            rows = await (await self._get_pool()).fetch(_LIST_FAILURES, self._centre, failures_max)
        return [EffectFailure(**dict(row)) for row in rows]

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await close_pool(pool)

    async def _get_pool(self) -> Pool:
        if self._pool is None:
            self._pool = asyncpg.create_pool(
                self._dsn,
                min_size=0,
                max_size=CONNECTIONS_MAX,
                timeout=CONNECT_TIMEOUT_S,
                server_settings=_SERVER_SETTINGS,
            )
            await self._pool
        return self._pool
