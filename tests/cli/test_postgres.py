"""The embedded PostgreSQL starts, is adopted, recovers, and says plainly why it can't."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import asyncpg
import pytest

from frontdesk.cli.errors import DatabaseError
from frontdesk.cli.postgres import EmbeddedPostgres, find_running_pid

OPTIONS = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture
def folder(postgres_folder: Path) -> Path:
    return postgres_folder


async def fetch(dsn: str, query: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_the_first_start_makes_a_durable_server(folder: Path) -> None:
    server = EmbeddedPostgres(folder / "postgres")
    dsn = server.start()
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert await fetch(dsn, f"SHOW {setting}") == "on"
    assert await fetch(dsn, "SHOW listen_addresses") == ""
    server.stop()
    assert find_running_pid(folder / "postgres") is None


async def test_a_server_left_by_a_killed_run_is_adopted(folder: Path) -> None:
    EmbeddedPostgres(folder / "postgres", OPTIONS).start()
    pid = find_running_pid(folder / "postgres")
    dsn = EmbeddedPostgres(folder / "postgres", OPTIONS).start()
    assert find_running_pid(folder / "postgres") == pid
    assert await fetch(dsn, "SELECT 1") == 1


async def test_a_server_killed_with_its_run_recovers(folder: Path) -> None:
    server = EmbeddedPostgres(folder / "postgres", OPTIONS)
    dsn = server.start()
    await fetch(dsn, "CREATE TABLE kept AS SELECT 7 AS number")
    pid = find_running_pid(folder / "postgres")
    assert pid is not None
    os.kill(pid, signal.SIGQUIT)
    server._wait_until_gone()
    dsn = EmbeddedPostgres(folder / "postgres", OPTIONS).start()
    assert await fetch(dsn, "SELECT number FROM kept") == 7


async def test_a_pid_file_that_names_a_stranger_is_not_believed(folder: Path) -> None:
    server = EmbeddedPostgres(folder / "postgres", OPTIONS)
    server.start()
    server.stop()
    (folder / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n0\n5432\n")
    assert await fetch(server.start(), "SELECT 1") == 1


async def test_a_path_too_long_for_a_socket_is_served_elsewhere(folder: Path) -> None:
    dsn = EmbeddedPostgres(folder / ("long" * 30) / "postgres", OPTIONS).start()
    assert await fetch(dsn, "SELECT 1") == 1


async def test_a_path_with_odd_characters_is_served(folder: Path) -> None:
    dsn = EmbeddedPostgres(folder / "a b,'\"c%&" / "postgres", OPTIONS).start()
    assert await fetch(dsn, "SELECT 1") == 1


def test_a_cluster_of_another_version_is_refused(folder: Path) -> None:
    cluster = folder / "postgres"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(DatabaseError, match="written by PostgreSQL 15"):
        EmbeddedPostgres(cluster).start()
    (cluster / "PG_VERSION").unlink()


def test_a_server_that_fails_to_start_is_quoted(folder: Path) -> None:
    server = EmbeddedPostgres(folder / "postgres", {"shared_buffers": "nonsense"})
    with pytest.raises(DatabaseError, match="shared_buffers"):
        server.start()
