"""What should have happened in the world and did not, for whoever can mend it."""

from __future__ import annotations

import msgspec
from litestar import get

from frontdesk.api.calls import PAGE_DEFAULT, PageSize, Parts
from frontdesk.api.identity import supervisors_only
from frontdesk.runtime.effects import EffectFailure


class EffectFailureList(msgspec.Struct, frozen=True):
    """The latest failures, the newest first."""

    items: list[EffectFailure]


@get(
    "/effect-failures",
    guards=[supervisors_only],
    operation_id="listEffectFailures",
    tags=["Effects"],
)
async def list_effect_failures(parts: Parts, limit: PageSize = PAGE_DEFAULT) -> EffectFailureList:
    """Effects that were given up after every attempt, the newest first.

    An effect is what follows from an event outside of the centre: a file kept, a message sent.
    """
    return EffectFailureList(await parts.effects.list_failures(limit))
