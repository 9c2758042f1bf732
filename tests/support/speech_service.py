"""A speech service on a local port, made from the reference of OpenAI's API (audio/speech).

It says a tone that is longer the longer the text. `script` replaces its next answers, for bad days.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from frontdesk.channels.voice.speech.sound import write_wav

KEY = "key-of-the-test"
RATE = 24_000
Answer = tuple[int, bytes]


@dataclass
class Service:
    """What was asked, and what is to be answered instead of the truth."""

    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    script: deque[Callable[[], Answer]] = field(default_factory=deque)
    released: threading.Event = field(default_factory=threading.Event)

    def answer(self, status: int, body: bytes = b"") -> None:
        """Next time this is the answer."""
        self.script.append(lambda: (status, body))

    def hang(self) -> None:
        """Next time there is no answer before the end of the test."""

        def wait() -> Answer:
            self.released.wait()
            return 503, b""

        self.script.append(wait)


def say(text: str) -> bytes:
    """A WAV file: 440 Hz, a tenth of a second for each word."""
    times = np.arange(RATE * len(text.split()) // 10) / RATE
    return write_wav((np.sin(2 * np.pi * 440 * times) * 8_000).astype("<i2").tobytes(), rate=RATE)


@contextmanager
def serve_speech() -> Iterator[Service]:
    """The service, until the test is over."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.requests.append({"path": self.path, **body})
            status, data = self._answer(body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _answer(self, body: dict[str, Any]) -> Answer:
            if service.script:
                return service.script.popleft()()
            if self.headers["Authorization"] != f"Bearer {KEY}":
                return 401, b""
            return 200, say(body["input"])

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    service.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
