"""What every test may ask for: a database, a port, the program as a server, a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright
from tools.asterisk import AsteriskUnavailable, prepare

from frontdesk.cli.postgres import EmbeddedPostgres, binary
from frontdesk.records.schema import migrate
from tests.support.server import Server

# What a Chromium needs to run as root, without a screen, and without looking for its maker's hosts.
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Tests kill our processes, never the machine: what the kernel has in its page cache is safe enough.
FAST_SERVER_OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "autovacuum_naptime": "1h",
}

DEMO = ("--demo", "--quiet")


@dataclass
class PostgresForTests:
    """The session's server; every database made on it is empty unless a template is named."""

    server: EmbeddedPostgres
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def create_database(self, template: str = "template0") -> str:
        """Create a database as a copy of `template` and return its DSN."""
        name = f"test_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.server.dsn(name)

    def drop_database(self, dsn: str) -> None:
        """Remove a database that `create_database` made, ending what is still connected to it."""
        self.execute(f'DROP DATABASE "{database_name(dsn)}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one SQL statement outside any test database."""
        command = [str(binary("psql")), self.server.dsn("postgres"), "--no-psqlrc", "--quiet"]
        command += ["--set", "ON_ERROR_STOP=1", "--command", statement]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def database_name(dsn: str) -> str:
    """The name of the database in a DSN of the embedded server."""
    return dsn.split("@/", 1)[1].split("?", 1)[0]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresForTests]:
    """A PostgreSQL server of this test session's own, in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-test-"))
    server = EmbeddedPostgres(folder / "postgres", FAST_SERVER_OPTIONS)
    server.start()
    yield PostgresForTests(server)
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def postgres_folder() -> Iterator[Path]:
    """A folder for embedded servers of a test's own, which are stopped when it ends.

    pytest closes its folders to all accounts but ours whenever another run begins, and PostgreSQL
    runs under an account of its own when we are root.
    """
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-test-"))
    yield folder
    for cluster in folder.rglob("PG_VERSION"):
        EmbeddedPostgres(cluster.parent).stop()
    shutil.rmtree(folder)


@pytest.fixture
def database_dsn(postgres: PostgresForTests) -> Iterator[str]:
    """The DSN of an empty database of this test's own."""
    dsn = postgres.create_database()
    yield dsn
    postgres.drop_database(dsn)


@pytest.fixture(scope="module")
def module_database_dsn(postgres: PostgresForTests) -> Iterator[str]:
    """The DSN of an empty database that the tests of one module share."""
    dsn = postgres.create_database()
    yield dsn
    postgres.drop_database(dsn)


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresForTests) -> str:
    """The name of a database with all tables and no rows, to make others from."""
    dsn = postgres.create_database()
    # In a thread: whoever asks first may do so from inside an event loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(migrate, dsn).result()
    return database_name(dsn)


@pytest.fixture
def migrated_dsn(postgres: PostgresForTests, migrated_template: str) -> Iterator[str]:
    """The DSN of a database of this test's own with all tables and no rows."""
    dsn = postgres.create_database(migrated_template)
    yield dsn
    postgres.drop_database(dsn)


@pytest.fixture
def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on."""
    return find_free_port()


def find_free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on, as the operating system names it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def pytest_configure(config: pytest.Config) -> None:
    # A test run that is told to end takes its database server along, as one that is interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("frontdesk")
    group.addoption("--kills", type=int, default=5, help="how often chaos kills the server")
    group.addoption("--soak", type=int, default=120, help="how many seconds of calls")
    group.addoption("--calls", type=int, default=20, help="how many calls a second")
    group.addoption("--seed", type=int, default=None, help="repeat a chaos run by its seed")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How many times a chaos test is to kill the server."""
    given: int | None = request.config.getoption("--kills")
    assert given is not None, "the option has a default"
    return given


@pytest.fixture
def soak_s(request: pytest.FixtureRequest) -> int:
    """For how long calls are made, in the test that looks for what they leave behind."""
    given: int | None = request.config.getoption("--soak")
    assert given is not None, "the option has a default"
    return given


@pytest.fixture
def calls_a_second(request: pytest.FixtureRequest) -> int:
    """How many of them."""
    given: int | None = request.config.getoption("--calls")
    assert given is not None, "the option has a default"
    return given


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of what is random in a test; printed, so that a failure can be repeated."""
    given: int | None = request.config.getoption("--seed")
    chosen = int.from_bytes(os.urandom(4)) if given is None else given
    print(f"--seed {chosen}")
    return chosen


@pytest.fixture(scope="session")
def demo_template(postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the demo company and nothing done yet, to make others from."""
    dsn = postgres.create_database()
    founder = Server(tmp_path_factory.mktemp("founding"), find_free_port(), dsn, *DEMO)
    founder.start()
    founder.stop()
    return database_name(dsn)


@pytest.fixture
def make_server(
    tmp_path: Path, database_dsn: str, free_port: int
) -> Iterator[Callable[..., Server]]:
    """Makes the test's server over an empty database; arguments are those of ``frontdesk run``."""
    made: list[Server] = []

    def make(*options: str) -> Server:
        made.append(Server(tmp_path, free_port, database_dsn, *options))
        return made[-1]

    yield make
    for server in made:
        server.close()


@pytest.fixture
def server(
    postgres: PostgresForTests, demo_template: str, tmp_path: Path, free_port: int
) -> Iterator[Server]:
    """A running server of this test's own with the demo company and no traffic of its own."""
    dsn = postgres.create_database(demo_template)
    running = Server(tmp_path, free_port, dsn, *DEMO)
    running.start()
    yield running
    running.close()
    postgres.drop_database(dsn)


@pytest.fixture(scope="session")
def asterisk_root() -> Path:
    """The folder with a real Asterisk, made where there is none yet."""
    try:
        return prepare()
    except AsteriskUnavailable as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own: the system's where there is one, else Playwright's."""
    async with async_playwright() as playwright:
        system = shutil.which("chromium") or shutil.which("google-chrome")
        path = system or playwright.chromium.executable_path
        if not Path(path).exists():
            reason = "there is no Chromium; `make test` says why none could be installed"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        launched = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield launched
        await launched.close()
