"""Who writes a centre.

The lock is PostgreSQL's advisory lock on the writer's own connection: it dies with the connection,
so a killed process frees its centre at once. The lease row beside it only carries the name of the
holder, for the one who is refused.
"""

from __future__ import annotations

import os
import socket
import time
from datetime import UTC, datetime

import msgspec


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """The name a writer leaves: where it runs and since when it holds the centre."""

    host: str
    pid: int
    process_started_at_ms: int
    claimed_at_ms: int

    def describe(self) -> str:
        """``process 4711 on desk-1 since 2026-11-22 16:55:01 UTC``"""
        since = datetime.fromtimestamp(self.claimed_at_ms / 1000, UTC)
        return f"process {self.pid} on {self.host} since {since:%Y-%m-%d %H:%M:%S} UTC"


_PROCESS_STARTED_AT_MS = time.time_ns() // 1_000_000


def build_lease() -> Lease:
    """A lease in the name of this very process, from now."""
    return Lease(
        host=socket.gethostname(),
        pid=os.getpid(),
        process_started_at_ms=_PROCESS_STARTED_AT_MS,
        claimed_at_ms=time.time_ns() // 1_000_000,
    )
