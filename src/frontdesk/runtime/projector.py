"""Keeps views' tables in step with the journal, each at its own pace."""

from __future__ import annotations

import asyncio

import asyncpg

from frontdesk.journal.connections import Connection, close_connection
from frontdesk.runtime.following import Feed
from frontdesk.views.projection import Projection

CONNECT_TIMEOUT_S = 5.0

GATHER_S = 0.1
"""Pause between transactions: a transaction costs much, an event in it little."""

_SERVER_SETTINGS = {
    "application_name": "frontdesk projector",
    # What a crash takes away is folded again, cursor and all: no need to wait for the disk, and
    # to make the writer wait for it.
    "synchronous_commit": "off",
}

_BEGIN = "INSERT INTO projection_cursor VALUES ($1, $2, 0) ON CONFLICT DO NOTHING"
_FIND = "SELECT seq FROM projection_cursor WHERE centre = $1 AND name = $2"
_MOVE = "UPDATE projection_cursor SET seq = $4 WHERE centre = $1 AND name = $2 AND seq = $3"


class ProjectionDisplaced(Exception):
    """Someone else has moved the projection's cursor: go on from where it is now."""


class Projector:
    """A `Follower` that feeds one projection. Events and cursor are one transaction."""

    def __init__(
        self, dsn: str, centre: str, projection: Projection, batch_events_max: int
    ) -> None:
        self._dsn = dsn
        self._centre = centre
        self._projection = projection
        self._batch_events_max = batch_events_max
        self._seq = 0

    @property
    def name(self) -> str:
        return self._projection.name

    @property
    def seq(self) -> int:
        return self._seq

    async def run(self, feed: Feed) -> None:
        """Goes on from the cursor until cancelled. Raises asyncpg's and the journal's errors."""
        connection = await asyncpg.connect(
            self._dsn, timeout=CONNECT_TIMEOUT_S, server_settings=_SERVER_SETTINGS
        )
        try:
            await connection.execute(_BEGIN, self._centre, self.name)
            self._seq = await connection.fetchval(_FIND, self._centre, self.name)
            async for stretch in feed.follow(self._seq):
                envelopes = stretch.envelopes
                for start in range(0, len(envelopes), self._batch_events_max):
                    batch = envelopes[start : start + self._batch_events_max]
                    async with connection.transaction():
                        await self._move_cursor(connection, batch[-1].seq)
                        await self._projection.apply(connection, self._centre, batch)
                    self._seq = batch[-1].seq
                await asyncio.sleep(GATHER_S)
        finally:
            await close_connection(connection)

    async def _move_cursor(self, connection: Connection, seq: int) -> None:
        done = await connection.execute(_MOVE, self._centre, self.name, self._seq, seq)
        if done != "UPDATE 1":
            raise ProjectionDisplaced(self.name)
