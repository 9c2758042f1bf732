"""A supervisor at the command line: is the past understood, and what would have been?"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from frontdesk.cli.databases import build_journal
from frontdesk.cli.main import main
from tests.simulator.what_if.week import journal_of, one_day

DAY = "2026-01-05"


@pytest.fixture
async def dsn(migrated_dsn: str) -> str:
    """A database with the journal of one day."""
    journal = build_journal(migrated_dsn, "main")
    await journal.claim()
    await journal.append(journal_of(one_day()).store.envelopes)
    await journal.close()
    return migrated_dsn


async def whatif(dsn: str, *words: object) -> int:
    """Runs the command as a process would, outside the test's event loop."""
    options = ("--database-url", dsn, "--replications", 8, "--processes", 1)
    return await asyncio.to_thread(main, ["whatif", *map(str, (*options, *words))])


async def test_a_day_is_held_against_itself_and_changed(
    dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--from", DAY, "--agents", "+2@front", "--cost-per-hour", 20)
    assert await whatif(dsn, *words) == 0
    printed = capsys.readouterr().out
    assert "The simulated past is like the real one" in printed
    assert "with the changes" in printed
    assert "cost" in printed
    assert await whatif(dsn, *words, "--json") == 0
    study = json.loads(capsys.readouterr().out)["study"]
    assert study["validation"]["holds"]
    level = next(one for one in study["effect"]["figures"] if one["measure"] == "service_level")
    assert level["difference"]["value"] > 0


async def test_changes_from_a_file(
    dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changes.toml"
    path.write_text('[[changes]]\nchange = "learn"\nteam_id = "front"\nqueue_id = "chats"\n')
    assert await whatif(dsn, "--from", DAY, "--changes", path) == 0
    assert "Chats" in capsys.readouterr().out


async def test_a_day_against_itself_shows_no_change(
    dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await whatif(dsn, "--from", DAY, "--after", DAY) == 0
    printed = capsys.readouterr().out
    assert "not told from chance" in printed
    assert "points" not in printed


async def test_what_is_wrong_is_one_sentence(
    dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changes.toml"
    path.write_text('[[changes]]\nchange = "volume"\nratio = -1\n')
    for words, complaint in (
        (("--from", "2026-02-02"), "fewer than 50 contacts were answered"),
        (("--from", DAY, "--agents", "+2@night"), "changes[0]: nobody of this team was at work"),
        (("--from", DAY, "--volume", "much"), "'much' has no number"),
        (("--from", DAY, "--volume", "0"), "changes[0].ratio: Expected `float` > 0.0"),
        (("--from", DAY, "--changes", path), "[0].ratio: Expected `float` > 0.0"),
        (("--from", DAY, "--after", DAY, "--volume", "2"), "compared without others"),
        (("--from", DAY, "--replications", "1"), "--replications must lie from 2 to"),
    ):
        assert await whatif(dsn, *words) == 1
        error = capsys.readouterr().err
        assert error.startswith("frontdesk: ")
        assert complaint in error
        assert error.count("\n") == 1


async def test_an_empty_database_says_so(
    migrated_dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await whatif(migrated_dsn, "--from", DAY) == 1
    assert "fewer than 50 contacts were answered in this time" in capsys.readouterr().err
