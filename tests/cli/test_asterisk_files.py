"""The one folder that lets us into an Asterisk is written by a command."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from frontdesk.cli.main import main


def test_the_folder_is_written_and_the_settings_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--external", "203.0.113.7", "--local", "10.0.0.0/8", "--sip", "10.0.0.2:5080"]
    assert main(["asterisk-files", str(tmp_path), *words]) == 0

    told = tomllib.loads(capsys.readouterr().out)["telephone"]
    assert told["url"] == "http://127.0.0.1:8088"
    assert f"password = {told['password']}" in (tmp_path / "ari.conf").read_text()
    assert (tmp_path / "ari.conf").stat().st_mode & 0o007 == 0
    transports = (tmp_path / "pjsip.conf").read_text()
    assert "bind = 10.0.0.2:5080" in transports
    assert "external_media_address = 203.0.113.7" in transports


@pytest.mark.parametrize("words", [["--sip", "5060"], ["--rtp", "20000-10000"]])
def test_what_is_no_address_is_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["asterisk-files", str(tmp_path / "etc"), *words]) == 1
    assert words[1] in capsys.readouterr().err
