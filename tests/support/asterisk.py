"""A real Asterisk for tests, with ports and a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import urllib.request
from base64 import b64encode
from pathlib import Path

from tools.asterisk import Instance, directories

from frontdesk.channels.voice.asterisk.files import APP, FileSettings, write_files
from tests.conftest import find_free_port

START_TIMEOUT_S = 60.0
POLL_INTERVAL_S = 0.02
PASSWORD = "open-sesame"


class RunningAsterisk:
    """Asterisk with nothing but the files that let us in. It can be killed and started again."""

    def __init__(self, root: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="frontdesk-asterisk-"))
        self.http_port, self.sip_port = find_free_port(), find_free_port()
        self.url = f"http://127.0.0.1:{self.http_port}"
        settings = FileSettings(
            password=PASSWORD,
            http_port=self.http_port,
            sip_host="127.0.0.1",
            sip_port=self.sip_port,
            rtp_port_first=20_000,
            rtp_port_last=29_999,
            directories=directories(self.folder),
        )
        write_files(settings, self.folder / "etc")
        self.folder.chmod(0o755)
        self.instance = Instance(root, self.folder)

    def start(self) -> None:
        """Start it and return when it can be asked."""
        self.instance.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            assert self.instance.runs, f"Asterisk ended:\n{self.log()}"
            assert time.monotonic() < deadline, f"Asterisk is not ready:\n{self.log()}"
            time.sleep(POLL_INTERVAL_S)

    def freeze(self) -> None:
        """It answers no more, and its lines stay open."""
        os.kill(self.instance.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it was."""
        os.kill(self.instance.pid, signal.SIGCONT)

    def close(self) -> None:
        """End it if it runs, and remove what it left."""
        self.instance.kill()
        shutil.rmtree(self.folder)

    def log(self) -> str:
        """What it had to say."""
        return self.instance.log_path.read_text(errors="replace")

    def _answers(self) -> bool:
        pass_by = b64encode(f"{APP}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(
            f"{self.url}/ari/asterisk/ping", headers={"Authorization": f"Basic {pass_by}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False
