"""The journal in PostgreSQL.

Three connections matter. The *writer's own* holds the advisory lock and does nothing but append,
by one binary COPY a group: a COPY is a transaction by itself, so a group is durable as a whole or
not there at all. The *readers'* pool serves everything else, so a long read never delays a commit.
Losing the writer's connection is losing the centre; `claim` gets it back.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

import asyncpg

from frontdesk.journal.codec import Codec
from frontdesk.journal.connections import Connection, Pool, close_connection, close_pool, translated
from frontdesk.journal.envelope import Envelope, Position, Snapshot, SnapshotPart
from frontdesk.journal.errors import (
    CentreHeld,
    DuplicateCommand,
    JournalUnavailable,
    WriterDisplaced,
)
from frontdesk.journal.lease import Lease, build_lease
from frontdesk.journal.port import READ_CHUNK_EVENTS, SNAPSHOTS_KEPT_MAX
from frontdesk.journal.rows import COLUMNS, RowWriter

E = TypeVar("E")
log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 5.0
APPEND_TIMEOUT_S = 30.0
"""A group commit that takes longer is given up; the writer starts again from what is durable."""
CLAIM_ATTEMPTS_MAX = 20
CLAIM_PAUSE_S = 0.1
"""A killed writer's server process needs a moment to notice: ask again before refusing."""
READERS_MAX = 4
COMMAND_EVENTS_MAX = 10_000
"""Events of one command that are looked up again."""

FIELDS = (
    "seq",
    "at_ms",
    "actor",
    "command_id",
    "command_seq",
    "causation",
    "correlation",
    "type",
    "version",
    "payload",
)

# Nothing but constants of this file goes into a statement; values go beside it.
_LOCK_KEY = "hashtextextended('frontdesk writer of ' || $1, 0)"
_FIELDS = ", ".join(FIELDS)

_READ = f"SELECT {_FIELDS} FROM journal WHERE centre = $1 AND seq > $2 AND seq <= $3"  # noqa: S608
_READ_END = f" ORDER BY seq LIMIT {READ_CHUNK_EVENTS}"
_SEQ_MAX = 2**63 - 1

_FIND_COMMAND = f"""
WITH first AS (SELECT seq FROM journal WHERE centre = $1 AND command_id = $2)
SELECT {_FIELDS.replace("seq,", "journal.seq,", 1)} FROM first
JOIN journal ON centre = $1 AND command_seq = first.seq
  AND journal.seq >= first.seq AND journal.seq < first.seq + {COMMAND_EVENTS_MAX}
ORDER BY journal.seq
"""  # noqa: S608

_FIND_SNAPSHOT_SEQS = """
SELECT seq FROM journal_snapshot
JOIN unnest($2::text[], $3::text[]) AS wanted(part, version) USING (part, version)
WHERE centre = $1 AND seq <= $4
GROUP BY seq HAVING count(*) = cardinality($2::text[])
ORDER BY seq DESC
"""

_SAVE_LEASE = """
INSERT INTO centre_lease (centre, host, pid, process_started_at_ms, claimed_at_ms)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (centre) DO UPDATE SET
  host = excluded.host, pid = excluded.pid,
  process_started_at_ms = excluded.process_started_at_ms, claimed_at_ms = excluded.claimed_at_ms
"""

# A writer whose machine is gone says no goodbye: the server finds out, and frees the centre, within
# half a minute. Without effect on a local socket, which needs none.
_KEEPALIVES = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

# The writer promises durability; a server set up without it is overruled for this session alone.
_INSIST_ON_DURABILITY = """
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') = 'off'
"""


class PostgresJournal(Generic[E]):
    """A `Journal` on the PostgreSQL server at ``dsn``; its tables must be there already."""

    def __init__(self, dsn: str, centre: str, codec: Codec[E]) -> None:
        self._dsn = dsn
        self._centre = centre
        self._codec = codec
        self._rows = RowWriter(centre, codec)
        self._writer: Connection | None = None
        self._pool: Pool | None = None

    @property
    def centre(self) -> str:
        return self._centre

    async def find_head(self) -> Position:
        with translated():
            pool = await self._get_pool()
            row = await pool.fetchrow(
                "SELECT seq, at_ms FROM journal WHERE centre = $1 ORDER BY seq DESC LIMIT 1",
                self._centre,
            )
        return Position(row["seq"], row["at_ms"]) if row else Position(0, 0)

    async def find_lease(self) -> Lease | None:
        with translated():
            row = await (await self._get_pool()).fetchrow(
                "SELECT host, pid, process_started_at_ms, claimed_at_ms"
                " FROM centre_lease WHERE centre = $1",
                self._centre,
            )
        return Lease(**dict(row)) if row else None

    async def read(
        self,
        after_seq: int = 0,
        until_seq: int | None = None,
        types: Collection[str] | None = None,
    ) -> AsyncIterator[list[Envelope[E]]]:
        last_seq = _SEQ_MAX if until_seq is None else until_seq
        while rows := await self._fetch_chunk(after_seq, last_seq, types):
            after_seq = rows[-1]["seq"]
            yield [self._open_row(row) for row in rows]

    async def _fetch_chunk(
        self, after_seq: int, last_seq: int, types: Collection[str] | None
    ) -> list[asyncpg.Record]:
        with translated():
            pool = await self._get_pool()
            if types is None:
                return await pool.fetch(_READ + _READ_END, self._centre, after_seq, last_seq)
            narrowed = _READ + " AND type = ANY($4::text[])" + _READ_END
            return await pool.fetch(narrowed, self._centre, after_seq, last_seq, list(types))

    async def find_command(self, command_id: str) -> list[Envelope[E]]:
        with translated():
            rows = await (await self._get_pool()).fetch(_FIND_COMMAND, self._centre, command_id)
        return [self._open_row(row) for row in rows]

    def _open_row(self, row: asyncpg.Record) -> Envelope[E]:
        seq, at_ms, actor, command_id, command_seq, causation, correlation, *kind = row
        return Envelope(
            seq=seq,
            at_ms=at_ms,
            actor=actor,
            command_id=command_id,
            command_seq=command_seq,
            causation=causation,
            correlation=correlation,
            event=self._codec.decode(*kind),
        )

    async def find_snapshot(
        self, versions: Mapping[str, str], until_seq: int | None = None
    ) -> Snapshot | None:
        limit = _SEQ_MAX if until_seq is None else until_seq
        names, wanted = list(versions.keys()), list(versions.values())
        with translated():
            pool = await self._get_pool()
            rows = await pool.fetch(_FIND_SNAPSHOT_SEQS, self._centre, names, wanted, limit)
            for row in rows:
                parts = await pool.fetch(
                    "SELECT part, at_ms, version, digest, state FROM journal_snapshot"
                    " WHERE centre = $1 AND seq = $2",
                    self._centre,
                    row["seq"],
                )
                if snapshot := _open_snapshot(row["seq"], parts):
                    return snapshot
        return None

    async def claim(self) -> Position:
        await self.release()
        with translated():
            self._writer = await asyncpg.connect(
                self._dsn,
                timeout=CONNECT_TIMEOUT_S,
                command_timeout=APPEND_TIMEOUT_S,
                server_settings={"application_name": "frontdesk writer", **_KEEPALIVES},
            )
            try:
                await self._lock(self._writer)
            except BaseException:
                await self.release()
                raise
        return await self.find_head()

    async def _lock(self, writer: Connection) -> None:
        for attempt in range(CLAIM_ATTEMPTS_MAX):
            if await writer.fetchval(f"SELECT pg_try_advisory_lock({_LOCK_KEY})", self._centre):
                break
            if attempt == CLAIM_ATTEMPTS_MAX - 1:
                raise CentreHeld(self._centre, await self.find_lease())
            await asyncio.sleep(CLAIM_PAUSE_S)
        await writer.execute(_INSIST_ON_DURABILITY)
        lease = build_lease()
        await writer.execute(
            _SAVE_LEASE,
            self._centre,
            lease.host,
            lease.pid,
            lease.process_started_at_ms,
            lease.claimed_at_ms,
        )

    async def release(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            await close_connection(writer)

    async def check(self) -> None:
        with translated():
            await self._get_writer().execute("SELECT 1", timeout=CONNECT_TIMEOUT_S)

    def _get_writer(self) -> Connection:
        if self._writer is None or self._writer.is_closed():
            raise JournalUnavailable("the centre is not claimed")
        return self._writer

    async def append(self, envelopes: Sequence[Envelope[E]]) -> None:
        writer = self._get_writer()
        if not envelopes:
            return
        # A view, since plain bytes pass for a file's path; the driver's types have forgotten views.
        rows: Any = memoryview(self._rows.write(envelopes))
        try:
            with translated(outcome_unknown=True):
                await writer.copy_to_table("journal", source=rows, columns=COLUMNS, format="binary")
        except asyncpg.UniqueViolationError as error:
            if error.constraint_name == "journal_command":
                ids = [e.command_id for e in envelopes if e.command_id is not None]
                raise DuplicateCommand(tuple(ids)) from error
            raise WriterDisplaced(self._centre, envelopes[0].seq) from error

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        # Megabytes: their digests are reckoned beside the event loop.
        rows = await asyncio.to_thread(self._list_rows, snapshot)
        with translated():
            pool = await self._get_pool()
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute(
                    "DELETE FROM journal_snapshot WHERE centre = $1 AND seq = $2",
                    self._centre,
                    snapshot.seq,
                )
                await connection.executemany(
                    "INSERT INTO journal_snapshot"
                    " (centre, seq, part, at_ms, version, digest, state)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    rows,
                )
                await connection.execute(
                    "DELETE FROM journal_snapshot WHERE centre = $1 AND seq NOT IN"
                    " (SELECT DISTINCT seq FROM journal_snapshot WHERE centre = $1"
                    "  ORDER BY seq DESC LIMIT $2)",
                    self._centre,
                    SNAPSHOTS_KEPT_MAX,
                )

    def _list_rows(self, snapshot: Snapshot) -> list[tuple[Any, ...]]:
        return [
            (self._centre, snapshot.seq, name, snapshot.at_ms, p.version, p.digest, p.state)
            for name, p in snapshot.parts.items()
        ]

    async def close(self) -> None:
        await self.release()
        pool, self._pool = self._pool, None
        if pool is not None:
            await close_pool(pool)

    async def _get_pool(self) -> Pool:
        if self._pool is None:
            pool = asyncpg.create_pool(
                self._dsn,
                min_size=0,
                max_size=READERS_MAX,
                timeout=CONNECT_TIMEOUT_S,
                server_settings={"application_name": "frontdesk reader"},
            )
            self._pool = pool
            await pool
        return self._pool


def _open_snapshot(seq: int, rows: Sequence[asyncpg.Record]) -> Snapshot | None:
    damaged = [r["part"] for r in rows if hashlib.sha256(r["state"]).hexdigest() != r["digest"]]
    if damaged:
        log.error("A snapshot is damaged and was passed over", extra={"seq": seq, "parts": damaged})
        return None
    parts = {row["part"]: SnapshotPart(row["version"], row["state"]) for row in rows}
    return Snapshot(seq, rows[0]["at_ms"], parts) if rows else None
