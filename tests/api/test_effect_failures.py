"""Effects that were given up, as a supervisor hears of them."""

from __future__ import annotations

import msgspec

from frontdesk.runtime.effects import EffectFailure
from tests.support.company import Company

FAILURE = EffectFailure(
    handler="attachments",
    seq=7,
    type="MessagePosted",
    contact_id=3,
    attempts=5,
    error="the folder is full",
    failed_at_ms=1_000,
)


async def test_failures_are_listed_the_newest_first(company: Company) -> None:
    sofia = await company.sign_in("sofia")
    assert (await sofia.get("/api/effect-failures")).json() == {"items": []}
    later = msgspec.structs.replace(FAILURE, seq=9, contact_id=None, failed_at_ms=2_000)
    for failure in (FAILURE, later):
        await company.parts.effects.record_failure(failure)
    listed = (await sofia.get("/api/effect-failures")).json()["items"]
    assert listed == [msgspec.to_builtins(later), msgspec.to_builtins(FAILURE)]
    assert (await sofia.get("/api/effect-failures?limit=1")).json()["items"] == listed[:1]
