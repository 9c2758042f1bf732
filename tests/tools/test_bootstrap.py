"""What prepares the folder works without pip, obeys pip's settings, and does nothing twice."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tools import bootstrap

WHEEL = b"a wheel"


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package index on this machine, named by pip's variable, and a lock that names its pip."""
    folder = tmp_path / "index"
    (folder / "pip").mkdir(parents=True)
    (folder / "pip" / "index.html").write_text(
        '<a href="../files/pip-1.0-py3-none-any.whl#sha256=x">old</a>'
        '<a href="../files/pip-9.9-py3-none-any.whl#sha256=x">pip</a>'
    )
    (folder / "files").mkdir()
    (folder / "files" / "pip-9.9-py3-none-any.whl").write_bytes(WHEEL)
    handler = partial(SilentHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/")
        yield tmp_path
        server.shutdown()
        thread.join()


def lock_pip(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    lock = folder / "installer.txt"
    lock.write_text(f"pip==9.9 \\\n    --hash=sha256:{hashlib.sha256(content).hexdigest()}\n")
    monkeypatch.setattr(bootstrap, "INSTALLER_LOCK", lock)


def test_pip_is_fetched_from_the_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock_pip(index, monkeypatch, WHEEL)
    assert bootstrap.fetch_pip(index).read_bytes() == WHEEL


def test_a_pip_that_the_lock_does_not_name_is_refused(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_pip(index, monkeypatch, b"another wheel")
    with pytest.raises(bootstrap.StepFailed, match="is not the file that the lock names"):
        bootstrap.fetch_pip(index)


def test_the_real_lock_names_pip() -> None:
    assert "\npip==" in bootstrap.INSTALLER_LOCK.read_text()


def test_pips_files_are_obeyed_and_its_variables_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nproxy = http://proxy.example:3128\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    for name in ("PIP_PROXY", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert bootstrap.environment()["HTTPS_PROXY"] == "http://proxy.example:3128"
    monkeypatch.setenv("PIP_PROXY", "http://other.example:1")
    assert bootstrap.environment()["HTTPS_PROXY"] == "http://other.example:1"


def test_what_is_current_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    source = tmp_path / "source"
    source.write_text("one")
    stamp = tmp_path / "stamp"
    bootstrap.mark_current((stamp, bootstrap.digest([source])))
    assert bootstrap.is_current((stamp, bootstrap.digest([source])))
    source.write_text("two")
    assert not bootstrap.is_current((stamp, bootstrap.digest([source])))


def test_a_failed_step_shows_what_was_said_last(capsys: pytest.CaptureFixture[str]) -> None:
    program = "print('first\\n' * 50); print('the reason'); raise SystemExit(3)"
    with pytest.raises(bootstrap.StepFailed, match="the reason"):
        bootstrap.step("packages", [sys.executable, "-c", program])
    assert capsys.readouterr().out.startswith("  packages")
