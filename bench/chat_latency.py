"""From the customer's socket to the agent's, through the durable journal, beside a bare echo.

The work: 200 conversations at once over the real program (own process, embedded PostgreSQL with
all its safety on). In each the customer writes once a second, at moments of its own; measured is
the time from sending on the customer's socket to the message's arrival on the agent's, which is
after the commit. The anchor: as many sockets at the same pace to the same HTTP server with nothing
behind it but an echo. The third figure is what no journal can do without: one event made durable at
a time, on an equal PostgreSQL. All of it shares this machine with whoever measures.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import uvloop
from websockets.asyncio.client import ClientConnection, connect

from bench.harness import Figure, report
from bench.journal import build_envelopes, empty_server
from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel.events import AnyEvent

CONVERSATIONS = 200
CONVERSATIONS_PER_AGENT = 5
PAUSE_S = 1.0
WARM_UP_S = 4.0
MEASURED_S = 15.0
PATIENCE_S = 60.0
COMMITS = 500
TEXT = "I have ordered two of them last week and would like to know where they are."

decode = msgspec.json.decode


# -- the two servers


@contextlib.contextmanager
def running(command: list[str], log: Path, **variables: str) -> Generator[subprocess.Popen[bytes]]:
    """A server in a process of its own, asked to end afterwards."""
    with log.open("wb") as output:
        environment = {**os.environ, **variables}
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """An ASGI application that answers every frame with itself."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (frame := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": frame["text"]})


async def serve_echo(port: int) -> None:
    """Serves it as the real application is served, until the process ends."""
    from frontdesk.api.server import serve

    async with serve(echo, [socket.create_server(("127.0.0.1", port), backlog=1024)]):
        await asyncio.Event().wait()


# -- a company with agents who accept whatever comes


class Company:
    """Sets the centre up over its API."""

    def __init__(self, url: str, password: str) -> None:
        self._api = httpx.Client(base_url=f"{url}/api", timeout=30)
        answer = self._call("POST", "/session", {"login": "administrator", "password": password})
        self._api.headers["X-CSRF-Token"] = answer["csrf_token"]

    def _call(self, method: str, path: str, body: object) -> Any:
        while True:
            answer = self._api.request(method, path, json=body)
            if answer.status_code != 429:
                break
            time.sleep(float(answer.headers["Retry-After"]))
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def open(self) -> None:
        """One queue, and a widget that leads there."""
        self._save("queue", "chats", {"queue_id": "chats", "name": "Chats"})
        topic = {"topic_id": "all", "name": "All", "queue_id": "chats"}
        widget = {"widget_id": "bench", "name": "Bench", "topics": [topic]}
        self._save("widget", "bench", widget)

    def _save(self, kind: str, id_: str, entity: dict[str, Any]) -> None:
        self._call("PUT", f"/settings/{kind}/{id_}", {"kind": kind, **entity})

    def hire(self, agent_id: str) -> str:
        """An agent who accepts by itself; returns the key for its desk."""
        profile = {
            "agent_id": agent_id,
            "name": agent_id,
            "queue_ids": ["chats"],
            "capacity_units": 33 * CONVERSATIONS_PER_AGENT,
            "auto_accept": True,
        }
        self._save("agent_profile", agent_id, profile)
        body = {"name": agent_id, "role": "agent", "agent_id": agent_id}
        key: str = self._call("POST", "/api-keys", body)["text"]
        return key

    def set_available(self, agent_id: str) -> None:
        self._call("PUT", f"/agents/{agent_id}/presence", {"presence": "available"})


# -- both ends of the conversations


class Stopwatch:
    """When each message was sent, and how long those took that have arrived."""

    def __init__(self) -> None:
        self._sent: dict[str, float] = {}
        self.latencies_s: list[float] = []
        self.measuring = False

    def start(self) -> str:
        """A new message's id; its time runs."""
        id_ = secrets.token_hex(8)
        self._sent[id_] = time.perf_counter()
        return id_

    def stop(self, id_: str) -> None:
        sent = self._sent.pop(id_, None)
        if sent is not None and self.measuring:
            self.latencies_s.append(time.perf_counter() - sent)

    @property
    def missing(self) -> int:
        return len(self._sent)


async def sit_at_desk(url: str, key: str, watch: Stopwatch) -> None:
    """An agent's desk that stops the watch for every message it is shown."""
    headers = {"Authorization": f"Bearer {key}"}
    async with connect(f"{url}/api/stream", additional_headers=headers, max_size=None) as desk:
        await desk.send('{"op":"subscribe","topics":["desk"],"resume":null}')
        async for text in desk:
            frame = decode(text)
            if frame["op"] == "update":
                for message in frame["upserts"].get("messages", {}).values():
                    watch.stop(message["client_id"])


async def talk(customer: ClientConnection, watch: Stopwatch, frame_of: Any) -> None:
    """Writes once a second, for ever."""
    await asyncio.sleep(random.uniform(0, PAUSE_S))
    while True:
        await customer.send(frame_of(watch.start()))
        await asyncio.sleep(random.uniform(0.5, 1.5) * PAUSE_S)


def write_frame(**fields: str) -> str:
    return msgspec.json.encode(fields).decode()


def write_message(id_: str) -> str:
    return write_frame(op="message", client_id=id_, text=TEXT)


async def be_customer(url: str, number: int, watch: Stopwatch) -> None:
    """Opens a conversation and talks; what comes back is read and thrown away."""
    body = {"client_id": secrets.token_hex(16), "name": f"Customer {number}", "topic_id": "all"}
    async with httpx.AsyncClient(timeout=30) as api:
        address = f"http{url[2:]}/api/webchat/bench/contacts"
        answer = await api.post(address, json=body)
    assert answer.is_success, answer.text
    async with connect(f"{url}/api/webchat/bench/stream") as socket_:
        await socket_.send(write_frame(op="hello", token=answer.json()["token"]))
        talking = asyncio.create_task(talk(socket_, watch, write_message))
        try:
            async for _ in socket_:
                pass
        finally:
            talking.cancel()


async def be_echoed(url: str, watch: Stopwatch) -> None:
    """Talks to the echo."""
    async with connect(url) as socket_:
        talking = asyncio.create_task(talk(socket_, watch, lambda id_: f"{id_} {TEXT}"))
        try:
            async for text in socket_:
                watch.stop(str(text).partition(" ")[0])
        finally:
            talking.cancel()


# -- the measurement


async def measure(watch: Stopwatch, people: list[asyncio.Task[None]]) -> list[float]:
    """Lets them talk, and returns how long their messages took, in ms, the quickest first."""
    await asyncio.sleep(WARM_UP_S)
    watch.measuring = True
    await asyncio.sleep(MEASURED_S)
    watch.measuring = False
    for person in people:
        assert not person.done(), f"somebody has gone: {person.exception()}"
        person.cancel()
    await asyncio.gather(*people, return_exceptions=True)
    assert watch.missing < CONVERSATIONS, f"{watch.missing} messages never arrived"
    return sorted(latency_s * 1_000 for latency_s in watch.latencies_s)


async def measure_echo(folder: Path) -> list[float]:
    port = find_free_port()
    command = [sys.executable, "-m", "bench.chat_latency", str(port)]
    with running(command, folder / "echo.log"):
        await wait_for_port(port)
        watch = Stopwatch()
        url = f"ws://127.0.0.1:{port}/"
        people = [asyncio.create_task(be_echoed(url, watch)) for _ in range(CONVERSATIONS)]
        return await measure(watch, people)


async def measure_chat(folder: Path) -> list[float]:
    port = find_free_port()
    log = folder / "frontdesk.log"
    variables = {"FRONTDESK_PORT": str(port), "FRONTDESK_DATA": str(folder / "data")}
    with running([sys.executable, "-m", "frontdesk.cli.main", "run"], log, **variables):
        company = Company(
            f"http://127.0.0.1:{port}", await asyncio.to_thread(wait_for_password, log)
        )
        company.open()
        watch, url = Stopwatch(), f"ws://127.0.0.1:{port}"
        agents = [f"agent-{n}" for n in range(CONVERSATIONS // CONVERSATIONS_PER_AGENT)]
        people: list[asyncio.Task[None]] = []
        for agent_id in agents:
            key = await asyncio.to_thread(company.hire, agent_id)
            people.append(asyncio.create_task(sit_at_desk(url, key, watch)))
        for agent_id in agents:
            await asyncio.to_thread(company.set_available, agent_id)
        for number in range(CONVERSATIONS):
            people.append(asyncio.create_task(be_customer(url, number, watch)))
            await asyncio.sleep(0.01)
        return await measure(watch, people)


async def measure_commit() -> list[float]:
    """How long single events take to become durable, at moments of their own."""
    async with empty_server() as dsn:
        journal = PostgresJournal(dsn, "main", Codec[AnyEvent](AnyEvent, UPCASTERS))
        await journal.claim()
        took_ms: list[float] = []
        for envelope in build_envelopes(1, COMMITS):
            started = time.perf_counter()
            await journal.append([envelope])
            took_ms.append((time.perf_counter() - started) * 1_000)
            await asyncio.sleep(random.uniform(0, 0.01))
        await journal.close()
    return sorted(took_ms)


async def wait_for_port(port: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)


def wait_for_password(log: Path) -> str:
    """What the server prints once it is ready for the first time."""
    deadline_s = time.monotonic() + PATIENCE_S
    while "password " not in (text := log.read_text()):
        assert time.monotonic() < deadline_s, f"the server is not ready:\n{text}"
        time.sleep(0.05)
    return text.partition("password ")[2].split()[0]


async def measure_all() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as name:
        chat_ms = await measure_chat(Path(name))
        echo_ms = await measure_echo(Path(name))
    commit_ms = await measure_commit()
    figures = [
        Figure(
            name=f"a message, customer to agent, {label}",
            value=find(chat_ms),
            unit="ms",
            anchor="bare echo",
            anchor_value=find(echo_ms),
        )
        for label, find in (("median", statistics.median), ("99th percentile", find_99th))
    ]
    figures += [
        Figure(f"one event made durable, {label}", find(commit_ms), "ms")
        for label, find in (("median", statistics.median), ("99th percentile", find_99th))
    ]
    rate = len(chat_ms) / MEASURED_S
    return [*figures, Figure("messages meanwhile", rate, "a second")]


def find_99th(ordered: list[float]) -> float:
    return ordered[int(0.99 * len(ordered))]


def main() -> bool:
    return report("chat_latency", uvloop.run(measure_all()))


if __name__ == "__main__":
    uvloop.run(serve_echo(int(sys.argv[1])))
