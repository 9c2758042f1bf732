"""Ends connections whatever their state, and says what asyncpg's errors mean to us."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Generator
from typing import TypeAlias

import asyncpg

from frontdesk.journal.errors import JournalUnavailable

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

CLOSE_TIMEOUT_S = 1.0

_HANG_UP = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

# Class 08 connection, 53 resources, 57 operator's intervention (shutdown, recovery), 58 system.
_UNAVAILABLE_CLASSES = ("08", "53", "57", "58")
# Of these the server says that the statement was rolled back; the others may come after a commit.
_ROLLED_BACK_CLASSES = ("53", "58")


@contextlib.contextmanager
def translated(*, outcome_unknown: bool = False) -> Generator[None]:
    """Turns the errors of a store that is away into JournalUnavailable; others pass.

    ``outcome_unknown`` says that the statements inside may have been committed.
    """
    try:
        yield
    except asyncpg.PostgresError as error:
        state = error.sqlstate or ""
        if not state.startswith(_UNAVAILABLE_CLASSES):
            raise
        unknown = outcome_unknown and not state.startswith(_ROLLED_BACK_CLASSES)
        raise JournalUnavailable(str(error), outcome_unknown=unknown) from error
    except ValueError:
        raise  # of asyncpg's InterfaceErrors those that are mistakes of ours or the operator's
    except (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        # InternalClientError too: it is what a connection lost at the wrong moment looks like.
        reason = str(error) or type(error).__name__
        raise JournalUnavailable(reason, outcome_unknown=outcome_unknown) from error


async def close_connection(connection: Connection) -> None:
    """Says goodbye to the server, or hangs up. Never raises."""
    try:
        await connection.close(timeout=CLOSE_TIMEOUT_S)
    except _HANG_UP:
        connection.terminate()


async def close_pool(pool: Pool) -> None:
    """Closes all connections of a pool, those in use too. Never raises."""
    try:
        async with asyncio.timeout(CLOSE_TIMEOUT_S):
            await pool.close()
    except _HANG_UP:
        pool.terminate()
