"""Sessions of people who have signed in: kept as hashes, expiring, revocable at once.

One process serves a centre, so the few sessions in use are remembered here, and whatever revokes
one forgets it in the same breath.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.tables import sessions

SESSION_AGE_MS_MAX: Final = 14 * 24 * 3_600_000
"""However busy it is, a session ends after a fortnight."""

SESSION_IDLE_MS_MAX: Final = 24 * 3_600_000
"""A session that nobody used for a day has ended."""

SEEN_INTERVAL_MS: Final = 5 * 60_000
"""How exactly the last use is known."""

SESSIONS_REMEMBERED_MAX: Final = 20_000
TOKEN_BYTES: Final = 32


class Session(msgspec.Struct, frozen=True):
    """Whose it is, and from when until when it was used."""

    agent_id: str
    created_ms: int
    seen_ms: int

    def is_over(self, at_ms: int) -> bool:
        """Whether it can't be used any more."""
        return (
            at_ms - self.created_ms > SESSION_AGE_MS_MAX
            or at_ms - self.seen_ms > SESSION_IDLE_MS_MAX
        )


class Sessions:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock
        self._remembered: dict[bytes, Session] = {}

    async def open(self, agent_id: str) -> str:
        """Begins a session and returns its token, which is never seen again; forgets old ones."""
        token, at_ms = secrets.token_urlsafe(TOKEN_BYTES), self._clock()
        values = {"agent_id": agent_id, "created_ms": at_ms, "seen_ms": at_ms}
        over = (sessions.c.created_ms < at_ms - SESSION_AGE_MS_MAX) | (
            sessions.c.seen_ms < at_ms - SESSION_IDLE_MS_MAX
        )
        async with self._database.begin() as connection:
            await connection.execute(delete(sessions).where(over))
            await connection.execute(
                insert(sessions).values(token_hash=hash_token(token), **values)
            )
        self._remember(hash_token(token), Session(agent_id, at_ms, at_ms))
        return token

    async def find(self, token: str) -> Session | None:
        """The session of that token, if it is still going; marks it as used."""
        key, at_ms = hash_token(token), self._clock()
        session = self._remembered.get(key) or await self._load(key)
        if session is None or session.is_over(at_ms):
            self._remembered.pop(key, None)
            return None
        if at_ms - session.seen_ms >= SEEN_INTERVAL_MS:
            session = msgspec.structs.replace(session, seen_ms=at_ms)
            await self._touch(key, at_ms)
        self._remember(key, session)
        return session

    async def close(self, token: str) -> None:
        """Ends the session of that token."""
        key = hash_token(token)
        async with self._database.begin() as connection:
            await connection.execute(delete(sessions).where(sessions.c.token_hash == key))
        self._remembered.pop(key, None)

    async def close_all(self, agent_id: str, but_token: str | None = None) -> None:
        """Ends all sessions of an agent, save the one of `but_token`."""
        kept = hash_token(but_token) if but_token is not None else b""
        condition = (sessions.c.agent_id == agent_id) & (sessions.c.token_hash != kept)
        async with self._database.begin() as connection:
            await connection.execute(delete(sessions).where(condition))
        for key in [k for k, s in self._remembered.items() if s.agent_id == agent_id]:
            if key != kept:
                del self._remembered[key]

    async def _load(self, key: bytes) -> Session | None:
        columns = select(sessions.c.agent_id, sessions.c.created_ms, sessions.c.seen_ms)
        async with self._database.begin() as connection:
            found = await connection.execute(columns.where(sessions.c.token_hash == key))
            row = found.one_or_none()
        return Session(row[0], row[1], row[2]) if row else None

    async def _touch(self, key: bytes, at_ms: int) -> None:
        async with self._database.begin() as connection:
            await connection.execute(
                update(sessions).where(sessions.c.token_hash == key).values(seen_ms=at_ms)
            )

    def _remember(self, key: bytes, session: Session) -> None:
        if len(self._remembered) >= SESSIONS_REMEMBERED_MAX:
            self._remembered.clear()
        self._remembered[key] = session


def hash_token(token: str) -> bytes:
    """What is kept of a token. The token is random and long, so a plain hash can't be guessed."""
    return hashlib.sha256(token.encode()).digest()
