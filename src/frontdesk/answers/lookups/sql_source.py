"""Asks a PostgreSQL: parameters bound, in a transaction that only reads, for a bounded time."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg

from frontdesk.answers.lookups.network import Gate
from frontdesk.answers.lookups.results import bound
from frontdesk.answers.lookups.sql_text import number_parameters
from frontdesk.answers.lookups.sql_values import read_parameter
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import SqlSource
from frontdesk.runtime.look_ups import (
    Misdescribed,
    MissingParameter,
    NotReachable,
    TimedOut,
)

ROWS_MAX: Final = 20
CONNECTIONS_MAX: Final = 4
"""To one database."""

DATABASES_MAX: Final = 20
"""That connections are kept to; beyond it the one asked first is let go of."""

CONNECT_S_MAX: Final = 10.0
KEPT_S: Final = 60.0
DEFAULT_PORT: Final = 5432
LOCAL: Final = "127.0.0.1"
"""What a socket in a folder counts as."""

SSL_MODES: Final = ("disable", "prefer", "require", "verify-full")

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"

_LOST: Final = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # of a connection that was ended while it was idle
)
_NOT_LET_IN: Final = (
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)
_DESCRIPTION: Final = "42"
"""Class of the errors in the query itself: syntax, unknown names, rights. They name no data."""


class Target(NamedTuple):
    """Where a connection URL leads. A `host` that begins with / is the folder of a socket."""

    host: str
    port: int
    user: str
    password: str
    database: str
    ssl_mode: str

    @property
    def is_socket(self) -> bool:
        return self.host.startswith("/")


class NamedContext(ssl.SSLContext):
    """Checks a certificate against `host`, whatever address the connection goes to."""

    host: str

    def wrap_bio(self, *args: Any, **kwargs: Any) -> ssl.SSLObject:
        return super().wrap_bio(*args[:2], **{**kwargs, "server_hostname": self.host})


class SqlAsker:
    """Asks SQL sources. A few connections are kept for each connection URL."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._pools: dict[tuple[str, bool], Pool] = {}
        self._opening = asyncio.Lock()

    async def ask(
        self,
        source: SqlSource,
        parameters: Mapping[str, Value],
        url: str,
        *,
        private: bool,
        time_ms: int,
    ) -> dict[str, Value]:
        """The results: `found`, the first row's columns, `rows`. Raises LookUpError."""
        query, names = number_parameters(source.query)
        missing = next((name for name in names if name not in parameters), None)
        if missing is not None:
            raise MissingParameter(missing)
        async with _translated(time_ms):
            pool = await self._open(url, private)
            async with pool.acquire() as connection:
                given = [(name, parameters[name]) for name in names]
                rows = await _fetch(connection, query, given, time_ms)
        return _describe(rows)

    async def close(self) -> None:
        """Ends the connections."""
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.terminate()

    async def _open(self, url: str, private: bool) -> Pool:
        async with self._opening:
            known = self._pools.get((url, private))
            if known is not None and not known.is_closing():
                return known
            if len(self._pools) >= DATABASES_MAX:
                self._pools.pop(next(iter(self._pools))).terminate()
            pool = await self._connect(parse_target(url), private)
            self._pools[url, private] = pool
            return pool

    async def _connect(self, target: Target, private: bool) -> Pool:
        host = LOCAL if target.is_socket else target.host
        addresses = await self._gate.find_addresses(host, target.port, private=private)
        return await asyncpg.create_pool(
            host=target.host if target.is_socket else addresses[0],
            port=target.port,
            user=target.user,
            password=target.password,
            database=target.database,
            ssl=_build_ssl(target),
            min_size=0,
            max_size=CONNECTIONS_MAX,
            timeout=CONNECT_S_MAX,
            max_inactive_connection_lifetime=KEPT_S,
            statement_cache_size=0,
            server_settings={"application_name": "frontdesk look-ups"},
        )


def parse_target(url: str) -> Target:
    """Where a connection URL leads. Raises Misdescribed, which doesn't repeat it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise _unreadable_url() from error
    ssl_mode = options.pop("sslmode", "prefer")
    host = options.pop("host", host)
    known = parts.scheme in ("postgres", "postgresql") and not options
    if not known or not host or "," in host:
        raise _unreadable_url()
    if ssl_mode not in SSL_MODES:
        raise Misdescribed(f"sslmode is one of {', '.join(SSL_MODES)}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    database = unquote(parts.path.removeprefix("/"))
    return Target(host, port or DEFAULT_PORT, user, password, database or user, ssl_mode)


def _unreadable_url() -> Misdescribed:
    return Misdescribed(
        "The secret isn't a connection URL like postgresql://user:password@host:5432/database"
    )


def _build_ssl(target: Target) -> Any:
    if target.is_socket or target.ssl_mode == "disable":
        return False
    if target.ssl_mode != "verify-full":
        return target.ssl_mode
    context = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.host = target.host
    return context


async def _fetch(
    connection: Connection, query: str, given: list[tuple[str, Value]], time_ms: int
) -> list[asyncpg.Record]:
    async with connection.transaction(readonly=True):
        await connection.execute(f"SET LOCAL statement_timeout = {int(time_ms)}")
        statement = await connection.prepare(query)
        types = statement.get_parameters()
        bound_values = [
            read_parameter(name, value, type_.name)
            for (name, value), type_ in zip(given, types, strict=True)
        ]
        cursor = await statement.cursor(*bound_values)
        return await cursor.fetch(ROWS_MAX)


def _describe(rows: list[asyncpg.Record]) -> dict[str, Value]:
    plain = [dict(row) for row in rows]
    first = plain[0] if plain else {}
    return bound({**first, "found": bool(plain), "rows": plain})


@asynccontextmanager
async def _translated(time_ms: int) -> AsyncGenerator[None]:
    try:
        yield
    except asyncpg.QueryCanceledError as error:
        raise TimedOut(time_ms) from error
    except _NOT_LET_IN as error:
        raise Misdescribed("The database refuses the connection URL's user or database") from error
    except _LOST as error:
        raise NotReachable(type(error).__name__) from error
    except (asyncpg.PostgresError, asyncpg.DataError) as error:
        code = str(error.sqlstate or "")
        detail = f": {error}" if code.startswith(_DESCRIPTION) else ""
        raise Misdescribed(f"The query failed with {code}{detail}") from error
