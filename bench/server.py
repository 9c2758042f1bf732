"""The HTTP server: uvicorn, which serves the real program, beside granian, in the same run.

The work: a Litestar application with one JSON route and one websocket that echoes, in a process of
its own on uvloop, asked by as many connections at once as a floor of desks has open requests; each
asks again as soon as it is answered. uvicorn runs as `frontdesk.api.server` runs it, granian as its
embedded server in the same loop. Rates and latencies depend on what else the machine does; the
server's processor time for a request, threads of its own included, does not.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server as Granian
from litestar import Litestar, get, websocket_listener
from websockets.asyncio.client import connect

from bench.chat_latency import TEXT, find_99th, find_free_port, running, wait_for_port
from bench.harness import Figure, report
from frontdesk.api.server import serve

CONNECTIONS = 32
MEASURED_S = 3.0
REPEATS = 5
SERVERS = ("uvicorn", "granian")
REQUEST = b"GET /contact HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\n\r\n"


# -- the two servers


class Contact(msgspec.Struct):
    contact_id: int
    queue_id: str
    agent_id: str | None
    texts: list[str]


@get("/contact")
async def show_contact() -> Contact:
    return Contact(1, "sales", None, [TEXT, TEXT])


@websocket_listener("/echo")
async def echo(data: str) -> str:
    return data


def build_app() -> Litestar:
    return Litestar([show_contact, echo], openapi_config=None)


async def serve_uvicorn(port: int) -> None:
    async with serve(build_app(), [socket.create_server(("127.0.0.1", port), backlog=1024)]):
        await asyncio.Event().wait()


async def serve_granian(port: int) -> None:
    await Granian(build_app(), port=port, interface=Interfaces.ASGI, log_enabled=False).serve()


# -- who asks


@dataclass
class Measured:
    """What one server did, over all repeats."""

    rates: list[float] = field(default_factory=list[float])
    latencies_s: list[float] = field(default_factory=list[float])
    processor_s: list[float] = field(default_factory=list[float])
    """Of the server for one request or echo, by repeat."""


async def ask_pages(port: int, until: float, latencies_s: list[float]) -> None:
    """One browser's connection: the same page again and again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    await reader.readexactly(length)
    while (sent := time.perf_counter()) < until:
        writer.write(REQUEST)
        await reader.readexactly(len(head) + length)
        latencies_s.append(time.perf_counter() - sent)
    writer.close()


async def ask_echoes(port: int, until: float, latencies_s: list[float]) -> None:
    """One desk's socket: a message, its echo, the next."""
    async with connect(f"ws://127.0.0.1:{port}/echo", compression=None) as talk:
        while (sent := time.perf_counter()) < until:
            await talk.send(TEXT)
            await talk.recv()
            latencies_s.append(time.perf_counter() - sent)


Ask = Callable[[int, float, list[float]], Awaitable[None]]
WORK: dict[str, Ask] = {"requests": ask_pages, "echoes": ask_echoes}


async def measure(server: str, ask: Ask, into: Measured, folder: Path) -> None:
    port = find_free_port()
    command = [sys.executable, "-m", "bench.server", server, str(port)]
    with running(command, folder / f"{server}.log") as process:
        await wait_for_port(port)
        latencies_s: list[float] = []
        spent_s, began = processor_s(process.pid), time.perf_counter()
        until = began + MEASURED_S
        await asyncio.gather(*(ask(port, until, latencies_s) for _ in range(CONNECTIONS)))
        count = len(latencies_s)
        into.rates.append(count / (time.perf_counter() - began))
        into.processor_s.append((processor_s(process.pid) - spent_s) / count)
        into.latencies_s += latencies_s


def processor_s(pid: int) -> float:
    """Processor time that all threads of a process have taken (proc_pid_stat(5), fields 14, 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure_all() -> list[Figure]:
    measured = {(name, server): Measured() for name in WORK for server in SERVERS}
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        # In turns, so that whatever else the machine does meets all of them alike.
        for _ in range(REPEATS):
            for (name, server), into in measured.items():
                await measure(server, WORK[name], into, Path(folder))
    return [
        figure
        for name in WORK
        for figure in compare(name, measured[name, "uvicorn"], measured[name, "granian"])
    ]


def compare(name: str, ours: Measured, other: Measured) -> list[Figure]:
    mine, theirs = (sorted(s * 1_000 for s in m.latencies_s) for m in (ours, other))
    return [
        Figure(
            f"uvicorn, {name}",
            statistics.median(ours.rates),
            f"{name}/s",
            "granian",
            statistics.median(other.rates),
        ),
        Figure(
            f"uvicorn, {name}, processor time of one",
            statistics.median(ours.processor_s) * 1e6,
            "µs",
            "granian",
            statistics.median(other.processor_s) * 1e6,
        ),
        *(
            Figure(f"uvicorn, {name}, {label}", find(mine), "ms", "granian", find(theirs))
            for label, find in (("median", statistics.median), ("99th percentile", find_99th))
        ),
    ]


def main() -> bool:
    return report("server", uvloop.run(measure_all()))


if __name__ == "__main__":
    uvloop.run({"uvicorn": serve_uvicorn, "granian": serve_granian}[sys.argv[1]](int(sys.argv[2])))
