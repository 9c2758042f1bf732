"""The time as the records note it."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Gives milliseconds since the epoch."""


def now_ms() -> int:
    """Milliseconds since the epoch by the system's clock."""
    return time.time_ns() // 1_000_000
