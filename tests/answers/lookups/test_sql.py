"""Look-ups over SQL, before the real embedded PostgreSQL."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from frontdesk.answers.lookups.addresses import parse_networks
from frontdesk.answers.lookups.network import Gate
from frontdesk.answers.lookups.sql_source import NamedContext, SqlAsker, Target, parse_target
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import SqlSource
from frontdesk.runtime.look_ups import (
    AddressRefused,
    Misdescribed,
    MissingParameter,
    NotReachable,
    TimedOut,
    UnfitParameter,
)
from tests.answers.lookups.conftest import TLS
from tests.support.outside_server import outside_server

TABLES = """
CREATE TABLE accounts (
  number integer PRIMARY KEY, owner text, balance numeric, opened date, vip boolean,
  id uuid DEFAULT '7b0c2d4e-0000-4000-8000-000000000001'
);
INSERT INTO accounts VALUES
  (1001, 'Ann', 12.5, '2020-02-29', true), (1002, 'It''s "Bob"', 100, '2021-01-01', false);
CREATE FUNCTION spend() RETURNS integer LANGUAGE sql AS
  'UPDATE accounts SET balance = 0 RETURNING 1';
"""


@pytest.fixture
async def database(database_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_dsn)
    await connection.execute(TABLES)
    yield connection
    await connection.close()


@pytest.fixture
async def asker() -> AsyncIterator[SqlAsker]:
    made = SqlAsker(Gate(parse_networks(["127.0.0.0/8"])))
    yield made
    await made.close()


class Ask:
    """Asks the test's database; `**parameters` are what the query names."""

    def __init__(self, asker: SqlAsker, dsn: str) -> None:
        self._asker = asker
        self._dsn = dsn

    async def __call__(
        self, query: str, time_ms: int = 20_000, **parameters: Value
    ) -> dict[str, Value]:
        source = SqlSource(query=query, secret="db")
        return await self._asker.ask(source, parameters, self._dsn, private=True, time_ms=time_ms)


@pytest.fixture
def ask(asker: SqlAsker, database_dsn: str, database: asyncpg.Connection) -> Ask:
    return Ask(asker, database_dsn)


async def test_the_first_row_is_the_result_and_the_rows_are_there(ask: Ask) -> None:
    results = await ask("SELECT * FROM accounts WHERE number = :number", number="1001")
    row = {
        "number": 1001,
        "owner": "Ann",
        "balance": 12.5,
        "opened": "2020-02-29",
        "vip": True,
        "id": "7b0c2d4e-0000-4000-8000-000000000001",
    }
    assert results == {**row, "found": True, "rows": [row]}
    nobody = await ask("SELECT * FROM accounts WHERE number = :number", number=7)
    assert nobody == {"found": False, "rows": []}


async def test_so_many_rows_and_no_more(ask: Ask) -> None:
    results = await ask("SELECT generate_series(1, 1000000000) AS n")
    assert [row["n"] for row in results["rows"]] == list(range(1, 21))


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        "'; DROP TABLE accounts; --",
        "\\'; DROP TABLE accounts; --",
        "$1",
        ":owner",
        '"',
        "Ann\x00",
        "\ud800",
    ],
)
async def test_a_hostile_parameter_is_a_text_like_any_other(
    ask: Ask, database: asyncpg.Connection, text: str
) -> None:
    query = "SELECT owner FROM accounts WHERE owner = :owner"
    if text in ("Ann\x00", "\ud800"):
        with pytest.raises(UnfitParameter):
            await ask(query, owner=text)
    else:
        assert await ask(query, owner=text) == {"found": False, "rows": []}
    assert await database.fetchval("SELECT count(*) FROM accounts") == 2


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("number = :x", "1001"),
        ("number = :x", 1001.0),
        ("owner = :x", "Ann"),
        ("balance = :x", "12.50"),
        ("balance = :x", 12.5),
        ("opened = :x", "2020-02-29"),
        ("vip = :x", "true"),
        ("vip = :x", True),
        ("number = :x::int", "1001"),
        ("id = :x", "7b0c2d4e-0000-4000-8000-000000000001"),
        ("opened < :x::timestamptz", "2020-06-01T10:00+02:00"),
        ("to_jsonb(vip) = :x::jsonb", True),
        ("coalesce(:x::text, owner) = owner", None),
    ],
)
async def test_a_parameter_is_read_as_what_the_query_makes_of_it(
    ask: Ask, condition: str, value: Value
) -> None:
    results = await ask(f"SELECT owner FROM accounts WHERE {condition} ORDER BY number", x=value)
    assert results["owner"] == "Ann"


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("number = :x", "a lot"),
        ("number = :x", "99999999999999999999"),
        ("opened = :x", "yesterday"),
        ("vip = :x", "maybe"),
        ("id = :x", "1"),
        ("owner = :x", ["Ann"]),
    ],
)
async def test_one_that_can_not_be_that_is_named(ask: Ask, condition: str, value: Value) -> None:
    with pytest.raises(UnfitParameter, match="parameter x"):
        await ask(f"SELECT 1 FROM accounts WHERE {condition}", x=value)


async def test_a_parameter_that_is_not_given_is_named(ask: Ask) -> None:
    with pytest.raises(MissingParameter, match="number"):
        await ask("SELECT 1 FROM accounts WHERE number = :number")


WRITES = [
    "UPDATE accounts SET balance = 0",
    "WITH x AS (DELETE FROM accounts RETURNING *) SELECT * FROM x",
    "SELECT spend()",
    "SELECT set_config('transaction_read_only', 'off', true), spend()",
    "WITH a AS (SELECT set_config('transaction_read_only', 'off', false)) SELECT spend() FROM a",
    "SELECT 1; UPDATE accounts SET balance = 0",
    "COMMIT; UPDATE accounts SET balance = 0",
    "DO $$ BEGIN COMMIT; UPDATE accounts SET balance = 0; END $$",
    "CREATE TABLE mine (x int)",
    "SELECT * INTO mine FROM accounts",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT nextval('s')",
    "SELECT owner FROM accounts FOR UPDATE",
]


@pytest.mark.parametrize("query", WRITES)
async def test_nothing_is_written(ask: Ask, database: asyncpg.Connection, query: str) -> None:
    await database.execute("CREATE SEQUENCE s")
    with pytest.raises(Misdescribed):
        await ask(query)
    assert await database.fetchval("SELECT sum(balance) FROM accounts") == 112.5
    assert await database.fetchval("SELECT last_value FROM s") == 1
    assert await database.fetchval("SELECT to_regclass('mine')") is None


async def test_what_one_query_sets_is_not_there_for_the_next(
    ask: Ask, database: asyncpg.Connection
) -> None:
    for name, value in (("default_transaction_read_only", "off"), ("statement_timeout", "0")):
        await ask(f"SELECT set_config('{name}', '{value}', false)")
    await ask("SELECT 1")
    with pytest.raises(Misdescribed):
        await ask("SELECT spend()")
    with pytest.raises(TimedOut):
        await ask("SELECT pg_sleep(600)", time_ms=50)


async def test_a_query_that_hangs_is_ended_on_the_server(
    ask: Ask, database: asyncpg.Connection
) -> None:
    with pytest.raises(TimedOut):
        await ask("SELECT set_config('statement_timeout', '0', false), pg_sleep(600)", time_ms=50)
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%600%' AND state = 'active'"
    assert await database.fetchval(f"{running} AND pid <> pg_backend_pid()") == 0
    assert (await ask("SELECT 1 AS one"))["one"] == 1


async def test_a_lock_is_not_waited_for_for_ever(ask: Ask, database: asyncpg.Connection) -> None:
    async with database.transaction():
        await database.execute("LOCK TABLE accounts")
        with pytest.raises(TimedOut):
            await ask("SELECT * FROM accounts", time_ms=50)


async def test_an_error_names_the_query_and_no_data(ask: Ask) -> None:
    with pytest.raises(Misdescribed, match='"nowhere" does not exist'):
        await ask("SELECT * FROM nowhere")
    with pytest.raises(Misdescribed) as failed:
        await ask("SELECT owner::int FROM accounts")
    assert "Ann" not in str(failed.value)
    with pytest.raises(Misdescribed, match="interval"):
        await ask("SELECT :x::interval", x="1 day")


async def test_a_database_is_asked_only_where_it_may_be(
    asker: SqlAsker, database_dsn: str, database: asyncpg.Connection
) -> None:
    source = SqlSource(query="SELECT 1 AS one", secret="db")
    with pytest.raises(AddressRefused):
        await asker.ask(source, {}, database_dsn, private=False, time_ms=5_000)
    closed = SqlAsker(Gate())
    with pytest.raises(AddressRefused):
        await closed.ask(source, {}, database_dsn, private=True, time_ms=5_000)
    for host in ("10.0.0.1", "169.254.169.254", "[::1]"):
        url = f"postgresql://u:p@{host}/db"
        with pytest.raises(AddressRefused):
            await asker.ask(source, {}, url, private=True, time_ms=5_000)


async def test_one_that_is_not_there_says_so(
    asker: SqlAsker, database_dsn: str, free_port: int
) -> None:
    source = SqlSource(query="SELECT 1 AS one", secret="db")
    url = f"postgresql://u:p@127.0.0.1:{free_port}/db"
    with pytest.raises(NotReachable):
        await asker.ask(source, {}, url, private=True, time_ms=5_000)
    parts = urlsplit(database_dsn)
    gone = urlunsplit(parts._replace(path="/gone"))
    with pytest.raises(Misdescribed, match="refuses"):
        await asker.ask(source, {}, gone, private=True, time_ms=5_000)


async def test_a_server_that_goes_is_found_again(ask: Ask, database: asyncpg.Connection) -> None:
    await ask("SELECT 1 AS one")
    await database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    try:
        await ask("SELECT 1 AS one")
    except NotReachable:
        pass
    assert (await ask("SELECT 1 AS one"))["one"] == 1


def test_a_connection_url_is_read_or_refused_without_repeating_it() -> None:
    assert parse_target("postgresql://ann:p%40ss@db.example:6543/shop?sslmode=verify-full") == (
        Target("db.example", 6543, "ann", "p@ss", "shop", "verify-full")
    )
    for url in (
        "",
        "db.example",
        "mysql://ann:hidden@db.example/shop",
        "postgresql://ann:hidden@a,b/shop",
        "postgresql://ann:hidden@a:1,b:2/shop",
        "postgresql:///shop?service=x",
        "postgresql://ann:hidden@db.example/shop?passfile=/etc/passwd",
        "postgresql://ann:hidden@db.example/shop?sslmode=maybe",
        "postgresql://ann:hidden@db.example:x/shop",
    ):
        with pytest.raises(Misdescribed) as refused:
            parse_target(url)
        assert "hidden" not in str(refused.value)


async def test_a_certificate_is_checked_against_the_name_at_any_address() -> None:
    import asyncio

    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(TLS)
    async with outside_server(serving) as system:
        for host, fits in (("shop.example", True), ("other.example", False)):
            context = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(TLS)
            context.host = host
            opening = asyncio.open_connection(
                "127.0.0.1", system.port, ssl=context, server_hostname="127.0.0.1"
            )
            if fits:
                _, writer = await opening
                writer.close()
            else:
                with pytest.raises(ssl.SSLCertVerificationError):
                    await opening
