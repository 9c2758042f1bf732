"""The whole program as a process of its own, as an operator would run it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

START_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 30.0
POLL_INTERVAL_S = 0.02
LOG_LINES_SHOWN = 60


class Server:
    """``frontdesk run`` on a port, a data folder and a database of its own.

    Without `database_dsn` it runs the embedded PostgreSQL in its data folder. It can be killed
    and started again any number of times; all it keeps stays.
    """

    def __init__(self, folder: Path, port: int, database_dsn: str | None, *options: str) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self.database_dsn = database_dsn
        self.log_path = folder / "server.log"
        self._command = [sys.executable, "-m", "frontdesk.cli.main", "run", *options]
        self._variables = {
            "FRONTDESK_PORT": str(port),
            "FRONTDESK_DATA": str(folder / "data"),
        }
        if database_dsn is not None:
            self._variables["FRONTDESK_DATABASE_URL"] = database_dsn
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What points a ``frontdesk`` at this server's data and database."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("FRONTDESK_")}
        return {**inherited, **self._variables}

    @property
    def pid(self) -> int:
        """The process of the running server."""
        assert self._process is not None, "the server does not run"
        return self._process.pid

    def start(self) -> None:
        """Start the server and return when /healthz says that all is ready."""
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start the server without waiting for it."""
        assert self._process is None, "the server runs already"
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        """Return when /healthz answers with success; fail with the log when it does not."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._is_ready():
            assert self._process is not None, "the server was not launched"
            ended = self._process.poll()
            assert ended is None, f"the server ended with code {ended}:\n{self.last_log()}"
            assert time.monotonic() < deadline, f"the server is not ready:\n{self.last_log()}"
            time.sleep(POLL_INTERVAL_S)

    def wait_for_log(self, text: str) -> None:
        """Return when the server has written `text`."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while text not in self.log_path.read_text(errors="replace"):
            assert time.monotonic() < deadline, f"{text!r} is not in:\n{self.last_log()}"
            time.sleep(POLL_INTERVAL_S)

    def kill(self) -> None:
        """End the server without any warning to it."""
        assert self._process is not None, "the server does not run"
        self._process.kill()
        self._process.wait()
        self._process = None

    def stop(self) -> int:
        """Ask the server to end, as Ctrl-C does, and return its exit code."""
        assert self._process is not None, "the server does not run"
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(STOP_TIMEOUT_S)
        self._process = None
        return code

    def close(self) -> None:
        """End the server if it runs."""
        if self._process is not None:
            self.kill()

    def last_log(self) -> str:
        """The end of what the server wrote."""
        lines = self.log_path.read_text(errors="replace").splitlines()
        return "\n".join(lines[-LOG_LINES_SHOWN:])

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
