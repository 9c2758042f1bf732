"""Idempotency keys and the centre's secrets."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.records.clock import Clock
from frontdesk.records.database import Database
from frontdesk.records.idempotency import KEY_AGE_MS_MAX, IdempotencyKeys
from frontdesk.records.secrets import get_secret


async def test_the_same_request_may_come_again_and_another_may_not(database: Database) -> None:
    keys = IdempotencyKeys(database)
    assert await keys.claim("agent:anna/1", b"one")
    assert await keys.claim("agent:anna/1", b"one")
    assert not await keys.claim("agent:anna/1", b"two")
    assert await keys.claim("agent:boris/1", b"two")


async def test_old_keys_are_forgotten(
    database: Database, clock: Clock, pass_time: Callable[[int], None]
) -> None:
    keys = IdempotencyKeys(database, clock)
    assert await keys.claim("agent:anna/old", b"one")
    pass_time(KEY_AGE_MS_MAX + 1)
    await keys.forget_old()
    assert await keys.claim("agent:anna/old", b"two")


async def test_a_secret_stays_the_same_and_is_its_own(database: Database) -> None:
    first = await get_secret(database, "customers")
    assert await get_secret(database, "customers") == first
    assert await get_secret(database, "others") != first
    assert len(first) == 32
