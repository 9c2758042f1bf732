"""Logins and passwords."""

from __future__ import annotations

import pytest

from frontdesk.records.database import Database
from frontdesk.records.errors import LoginTaken, RecordsUnavailable
from frontdesk.records.passwords import Passwords
from frontdesk.records.sign_ons import SignOns


@pytest.fixture
def sign_ons(database: Database, passwords: Passwords) -> SignOns:
    return SignOns(database, passwords)


async def test_the_password_opens_and_nothing_else_does(sign_ons: SignOns) -> None:
    await sign_ons.save("anna", "Anna", "correct horse")
    assert await sign_ons.find_agent_id(" anna ", "correct horse") == "anna"
    assert await sign_ons.find_agent_id("anna", "correct Horse") is None
    assert await sign_ons.find_agent_id("nobody", "correct horse") is None


async def test_a_new_password_replaces_the_old_one(sign_ons: SignOns) -> None:
    await sign_ons.save("boris", "boris", "the first one")
    await sign_ons.save("boris", "boris@example.org", "the second one")
    assert await sign_ons.find_agent_id("boris", "the first one") is None
    assert await sign_ons.find_agent_id("boris@example.org", "the second one") == "boris"
    assert await sign_ons.is_password_of("boris", "the second one")


async def test_two_people_cannot_share_a_login(sign_ons: SignOns) -> None:
    await sign_ons.save("vera", "shared", "password one")
    with pytest.raises(LoginTaken):
        await sign_ons.save("victor", "SHARED", "password two")
    assert await sign_ons.find_agent_id("shared", "password one") == "vera"


async def test_a_removed_sign_on_is_gone(sign_ons: SignOns) -> None:
    await sign_ons.save("gone", "gone", "password")
    assert await sign_ons.remove("gone")
    assert not await sign_ons.remove("gone")
    assert await sign_ons.find_agent_id("gone", "password") is None


async def test_a_database_out_of_reach_is_named_as_such(passwords: Passwords) -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(RecordsUnavailable):
        await SignOns(database, passwords).find_agent_id("anna", "password")
    await database.close()
