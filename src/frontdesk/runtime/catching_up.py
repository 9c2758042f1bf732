"""Waiting until a follower has come to where the journal is now."""

from __future__ import annotations

import asyncio
from typing import Final

from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import Unavailable, UnavailableReason

CATCH_UP_MS_MAX: Final = 2_000
"""The longest wait for the records to hold what was durable when they were asked for."""
CATCH_UP_STEP_MS: Final = 10


async def catch_up(runtime: CentreRuntime, follower: str) -> None:
    """Returns when the follower has seen all that was durable at the call.

    Raises Unavailable when that takes longer than `CATCH_UP_MS_MAX`.
    """
    wanted_seq = runtime.position.seq
    for _ in range(CATCH_UP_MS_MAX // CATCH_UP_STEP_MS):
        behind = runtime.status().followers.get(follower, 0)
        if runtime.position.seq - behind >= wanted_seq:
            return
        await asyncio.sleep(CATCH_UP_STEP_MS / 1_000)
    raise Unavailable(UnavailableReason.RECOVERING, "The records are behind just now")
