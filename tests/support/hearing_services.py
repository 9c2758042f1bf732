"""Services that hear, on local ports, each made from what its protocol is said to be.

- OpenAI's `audio/transcriptions`, from the reference of its API;
- a Vosk server's websocket, from `websocket/asr_server.py` in github.com/alphacep/vosk-server;
- a sherpa-onnx server's websocket, from `offline-websocket-server` in its own repository.

They hear what `words` says of a sound, and nothing in others.
"""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from frontdesk.channels.voice.speech.sound import read_wav

KEY = "key-of-the-test"


@dataclass
class HearingService:
    """What it hears in which sound, what it was asked, and what it answers on a bad day."""

    url: str = ""
    words: dict[bytes, str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    confidence: float = 0.9
    bad_answer: str | None = None
    status: int = 200
    hangs: bool = False
    released: threading.Event = field(default_factory=threading.Event)

    def hear(self, sound: bytes) -> str:
        return self.words.get(sound, "")


Serve = Callable[[], Any]


@contextmanager
def serve_transcriptions() -> Iterator[HearingService]:
    """`POST …/audio/transcriptions`: a form with a file, answered `{"text": …}`."""
    service = HearingService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self._read_form()
            sound = read_wav(form.pop("file"))
            service.asked.append(
                {"path": self.path} | {name: value.decode() for name, value in form.items()}
            )
            if service.hangs:
                service.released.wait()
            known = self.headers["Authorization"] == f"Bearer {KEY}"
            status = service.status if known else 401
            text = json.dumps({"text": service.hear(sound)})
            self._answer(status, text if service.bad_answer is None else service.bad_answer)

        def _read_form(self) -> dict[str, bytes]:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            message = BytesParser(policy=HTTP).parsebytes(head + body)
            return {
                str(part.get_param("name", header="content-disposition")): bytes(
                    part.get_payload(decode=True)  # pyright: ignore[reportArgumentType]
                )
                for part in message.iter_parts()
            }

        def _answer(self, status: int, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _serve_websocket(
    talk: Callable[[HearingService, ServerConnection], None],
) -> Iterator[HearingService]:
    service = HearingService()

    def handle(line: ServerConnection) -> None:
        try:
            if service.hangs:
                service.released.wait()
            talk(service, line)
        except ConnectionClosed:
            """The other side has gone."""

    with serve(handle, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        service.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        try:
            yield service
        finally:
            service.released.set()
            server.shutdown()
            thread.join()


def serve_vosk() -> Any:
    """Settings first, then sound, each message answered; a guess so far has no `text`."""
    return _serve_websocket(_talk_vosk)


def _talk_vosk(service: HearingService, line: ServerConnection) -> None:
    sound = bytearray()
    while True:
        message = line.recv()
        if isinstance(message, str) and "config" in message:
            service.asked.append(json.loads(message)["config"])
        elif service.bad_answer is not None:
            line.send(service.bad_answer)
        elif message == '{"eof" : 1}':
            words = service.hear(bytes(sound)).split()
            result = [{"conf": service.confidence, "word": word} for word in words]
            line.send(json.dumps({"result": result, "text": " ".join(words)}))
            return
        else:
            assert isinstance(message, bytes)
            sound += message
            line.send(json.dumps({"partial": ""}))


def serve_sherpa() -> Any:
    """A head of two numbers and the samples, over as many messages as it takes."""
    return _serve_websocket(_talk_sherpa)


def _talk_sherpa(service: HearingService, line: ServerConnection) -> None:
    received = b""
    while (message := line.recv()) != "Done":
        assert isinstance(message, bytes)
        received += message
        rate, size = struct.unpack_from("<ii", received)
        if len(received) < 8 + size:
            continue
        service.asked.append({"rate": rate, "size": size})
        samples = np.frombuffer(received, "<f4", offset=8) * 32_768
        text = service.hear(samples.astype("<i2").tobytes())
        answer = json.dumps({"text": text}) if text else "<EMPTY>"
        line.send(answer if service.bad_answer is None else service.bad_answer)
        received = b""
