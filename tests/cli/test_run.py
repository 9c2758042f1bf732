"""`frontdesk run` as its operator meets it: starts, keeps everything, ends, and refuses plainly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from frontdesk.cli.postgres import find_running_pid
from tests.support.server import Server


def refused(folder: Path, *options: str, **variables: str) -> str:
    """What a run that must not start says: one sentence, with exit code 1."""
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk.cli.main", "run", *options],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def sign_in(server: Server, password: str) -> httpx.Response:
    answer = httpx.post(
        f"{server.url}/api/session", json={"login": "administrator", "password": password}
    )
    assert answer.status_code == 200, answer.text
    return answer


def test_an_empty_centre_gets_an_administrator_who_stays(
    make_server: Callable[..., Server],
) -> None:
    server = make_server()
    server.start()
    server.wait_for_log("Sign in as administrator")
    password = server.last_log().partition("with the password ")[2].split()[0]
    sign_in(server, password)
    assert server.stop() == 0
    server.start()
    assert sign_in(server, password).json()["role"] == "administrator"
    server.kill()
    server.start()
    sign_in(server, password)
    assert server.last_log().count("Sign in as") == 1


def test_a_second_server_names_what_the_first_one_holds(
    make_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = make_server()
    server.start()
    database = server.database_dsn
    assert database is not None
    port = server.url.rpartition(":")[2]
    data = str(tmp_path / "other")
    assert f"port {port} on 127.0.0.1 is taken" in refused(tmp_path, "--port", port, "--data", data)
    held = refused(tmp_path, "--port", "0", "--data", str(tmp_path / "data"))
    assert f"in use by another Frontdesk, process {server.pid}" in held
    centre = refused(tmp_path, "--port", "0", "--data", data, FRONTDESK_DATABASE_URL=database)
    assert f"the centre 'main' is held by process {server.pid}" in centre


def test_the_embedded_database_comes_back_when_it_goes(
    postgres_folder: Path, free_port: int
) -> None:
    server = Server(postgres_folder, free_port, None)
    cluster = postgres_folder / "data" / "postgres"
    try:
        server.start()
        gone = find_running_pid(cluster)
        assert gone is not None
        os.kill(gone, signal.SIGQUIT)
        server.wait_for_log("was started again")
        server.wait_until_ready()
        assert find_running_pid(cluster) not in (None, gone)
        assert server.stop() == 0
        assert find_running_pid(cluster) is None
    finally:
        server.close()


def test_a_database_out_of_reach_is_one_sentence(tmp_path: Path, free_port: int) -> None:
    url = f"postgresql://desk:secret@127.0.0.1:{free_port}/desk"
    said = refused(tmp_path, "--port", "0", "--database-url", url)
    assert "the database can't be reached" in said
    assert "secret" not in said


@pytest.mark.parametrize("variable", ["FRONTDESK_PROT", "FRONTDESK_PORT"])
def test_a_wrong_variable_is_one_sentence(tmp_path: Path, variable: str) -> None:
    assert variable in refused(tmp_path, **{variable: "x"})


def test_the_api_is_described_without_a_server() -> None:
    command = [sys.executable, "-m", "frontdesk.cli.main", "openapi", "--indent", "0"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert b'"openapi":"3.1.0"' in done.stdout
