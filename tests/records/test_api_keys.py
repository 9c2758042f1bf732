"""API keys: known by their text, kept as hashes, revoked at once."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from sqlalchemy import select

from frontdesk.kernel.settings import Role
from frontdesk.records.api_keys import USED_INTERVAL_MS, ApiKey, ApiKeys
from frontdesk.records.clock import Clock
from frontdesk.records.database import Database
from frontdesk.records.tables import api_keys as table


def without_use(key: ApiKey | None) -> ApiKey | None:
    return msgspec.structs.replace(key, used_ms=None) if key is not None else None


async def test_a_key_is_known_by_its_text_even_after_a_restart(database: Database) -> None:
    keys = ApiKeys(database)
    key, text = await keys.create("wallboard", Role.SUPERVISOR, "agent:admin")
    assert text.startswith(f"fdk_{key.key_id}_")
    assert await keys.find(text) == key
    assert without_use(await ApiKeys(database).find(text)) == key


async def test_a_forged_key_is_not(database: Database) -> None:
    keys = ApiKeys(database)
    key, text = await keys.create("crm", Role.AGENT, "agent:admin", agent_id="anna")
    for forged in (text[:-2], f"fdk_{key.key_id}_", "fdk__", "", f"fdx{text[3:]}", text + "x"):
        assert await keys.find(forged) is None


async def test_a_revoked_key_is_known_no_more(database: Database) -> None:
    keys = ApiKeys(database)
    key, text = await keys.create("old", Role.ADMINISTRATOR, "agent:admin")
    assert await keys.remove(key.key_id)
    assert not await keys.remove(key.key_id)
    assert await keys.find(text) is None
    assert key.key_id not in [each.key_id for each in await keys.find_all()]


async def test_its_last_use_is_known_to_the_minute_and_written_no_more_often(
    database: Database, clock: Clock, pass_time: Callable[[int], None]
) -> None:
    keys = ApiKeys(database, clock)
    key, text = await keys.create("wallboard", Role.SUPERVISOR, "agent:admin")
    first_ms, uses = clock(), [await _read_use(database, key)]
    for pause_ms in (0, USED_INTERVAL_MS - 1, 1):
        pass_time(pause_ms)
        await keys.find(text)
        uses.append(await _read_use(database, key))
    assert uses == [None, first_ms, first_ms, first_ms + USED_INTERVAL_MS]
    shown = next(each for each in await keys.find_all() if each.key_id == key.key_id)
    assert shown.used_ms == uses[-1]


async def _read_use(database: Database, key: ApiKey) -> int | None:
    async with database.begin() as connection:
        found = await connection.execute(
            select(table.c.used_ms).where(table.c.key_id == key.key_id)
        )
        used_ms: int | None = found.scalar_one()
    return used_ms
