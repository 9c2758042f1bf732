"""The HTTP server, inside the event loop that everything else runs in."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

import uvicorn

SOCKET_FRAME_BYTES_MAX: Final = 256 * 1024
"""The largest websocket frame that is read at all; routes have lesser limits of their own."""

CONNECTIONS_MAX: Final = 20_000
KEEP_ALIVE_S: Final = 75
SHUTDOWN_S: Final = 3
SOCKET_PING_S: Final = 20.0
"""A peer that vanished without a word is noticed after two of these."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        # Signals belong to the command line, which stops everything in order.
        yield


@asynccontextmanager
async def serve(
    app: Any, sockets: Sequence[socket.socket], *, trusted_proxies: str = "127.0.0.1"
) -> AsyncGenerator[None, None]:
    """Serves `app` on bound sockets while the context lasts; leaving it lets requests finish.

    `trusted_proxies`: addresses whose `X-Forwarded-For` is believed, separated by commas.
    """
    config = uvicorn.Config(
        app,
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        limit_concurrency=CONNECTIONS_MAX,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_S,
        ws_max_size=SOCKET_FRAME_BYTES_MAX,
        # Compressing a small frame takes longer than sending it, and each socket costs memory.
        ws_per_message_deflate=False,
        ws_ping_interval=SOCKET_PING_S,
        ws_ping_timeout=SOCKET_PING_S,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(list(sockets)), name="http server")
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving
