"""API keys: known by their text, kept as hashes, revoked at once."""

from __future__ import annotations

from frontdesk.kernel.settings import Role
from frontdesk.records.api_keys import ApiKeys
from frontdesk.records.database import Database


async def test_a_key_is_known_by_its_text_even_after_a_restart(database: Database) -> None:
    keys = ApiKeys(database)
    key, text = await keys.create("wallboard", Role.SUPERVISOR, "agent:admin")
    assert text.startswith(f"fdk_{key.key_id}_")
    assert await keys.find(text) == key
    assert await ApiKeys(database).find(text) == key


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
    assert key not in await keys.find_all()
