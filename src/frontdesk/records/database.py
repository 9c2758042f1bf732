"""The connections on which the records are kept, and one way to tell that they are gone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from frontdesk.records.errors import RecordsUnavailable

CONNECTIONS_MAX = 5
CONNECT_TIMEOUT_S = 5.0
COMMAND_TIMEOUT_S = 10.0
POOL_TIMEOUT_S = 5.0

_LOST = (
    OSError,
    PoolTimeoutError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InterfaceError,
)


class Database:
    """A small pool of connections to the database that `dsn` names."""

    def __init__(self, dsn: str) -> None:
        async def connect() -> asyncpg.Connection[asyncpg.Record]:
            return await asyncpg.connect(
                dsn, timeout=CONNECT_TIMEOUT_S, command_timeout=COMMAND_TIMEOUT_S
            )

        self._engine: AsyncEngine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=connect,
            pool_size=CONNECTIONS_MAX,
            max_overflow=0,
            pool_timeout=POOL_TIMEOUT_S,
            pool_pre_ping=True,
        )

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncConnection]:
        """One transaction, committed at the end. Raises RecordsUnavailable."""
        try:
            async with self._engine.begin() as connection:
                yield connection
        except _LOST as error:
            raise RecordsUnavailable(str(error) or type(error).__name__) from error
        except DBAPIError as error:
            if error.connection_invalidated or isinstance(error.orig, _LOST) or _is_lost(error):
                raise RecordsUnavailable(str(error.orig)) from error
            raise

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()


def _is_lost(error: DBAPIError) -> bool:
    # SQLAlchemy wraps asyncpg's errors in its own; the original is the cause of the cause.
    cause = error.orig.__cause__ if error.orig is not None else None
    return isinstance(cause, _LOST)
