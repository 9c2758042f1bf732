"""What a run holds for itself: its data folder and its port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.cli.errors import DataFolderError, PortError
from frontdesk.cli.folder import hold_data_folder
from frontdesk.cli.listening import listener_url, open_listener
from frontdesk.cli.settings import ServerSettings


def test_a_held_data_folder_names_its_holder(tmp_path: Path) -> None:
    with (
        hold_data_folder(tmp_path / "data"),
        pytest.raises(DataFolderError, match=f"in use by another Frontdesk, process {os.getpid()}"),
        hold_data_folder(tmp_path / "data"),
    ):
        pass


def test_a_data_folder_is_free_again_when_its_holder_dies(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from frontdesk.cli.folder import hold_data_folder\n"
        "with hold_data_folder(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    with hold_data_folder(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(DataFolderError, match="can't be used: Not a directory"),
        hold_data_folder(tmp_path / "file" / "data"),
    ):
        pass


def test_a_taken_port_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port: int = other.getsockname()[1]
        with pytest.raises(PortError, match=f"port {port} on 127.0.0.1 is taken"):
            open_listener(ServerSettings(port=port))


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    with pytest.raises(PortError, match="is not an address of this machine"):
        open_listener(ServerSettings(host=host, port=0))


def test_the_url_to_tell_is_one_that_can_be_opened() -> None:
    with open_listener(ServerSettings(host="0.0.0.0", port=0)) as listener:
        port = listener.getsockname()[1]
        assert listener_url(listener, ServerSettings()) == f"http://127.0.0.1:{port}"
        proxied = ServerSettings(public_url="https://desk.example.org")
        assert listener_url(listener, proxied) == "https://desk.example.org"
