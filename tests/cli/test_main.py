"""The command line lists its subcommands without loading them and fails in one sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from frontdesk.cli.main import find_subcommands, main


def test_every_subcommand_has_a_summary() -> None:
    subcommands = find_subcommands()
    assert {"run", "check-settings"} <= subcommands.keys()
    assert all(subcommands.values())


def test_help_loads_none_of_the_subcommands() -> None:
    program = (
        "import sys; from frontdesk.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'asyncio', 'litestar', 'numpy', 'asyncpg', 'msgspec'} & sys.modules.keys()\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_an_operators_mistake_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-settings", "--port", "x"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("frontdesk: --port: server.port must be")
    assert told.count("\n") == 1


def test_a_reader_who_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m frontdesk.cli.main check-settings | true"
    done = subprocess.run(
        ["sh", "-c", command], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""


def test_settings_are_shown_with_their_places_and_no_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check-settings", "--database-url", "postgresql://desk:secret@db/desk"]) == 0
    told = capsys.readouterr().out
    assert "postgresql://desk:***@db/desk" in told
    assert "--database-url" in told
