"""Sessions: whose they are, when they end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from frontdesk.records.clock import Clock
from frontdesk.records.database import Database
from frontdesk.records.sessions import SESSION_AGE_MS_MAX, SESSION_IDLE_MS_MAX, Sessions
from frontdesk.records.tables import sessions as table


@pytest.fixture
def sessions(database: Database, clock: Clock) -> Sessions:
    return Sessions(database, clock)


async def test_a_token_leads_to_its_agent_even_after_a_restart(
    sessions: Sessions, database: Database, clock: Clock
) -> None:
    token = await sessions.open("anna")
    for each in (sessions, Sessions(database, clock)):
        session = await each.find(token)
        assert session is not None
        assert session.agent_id == "anna"


async def test_a_forged_token_leads_nowhere(sessions: Sessions) -> None:
    token = await sessions.open("anna")
    assert await sessions.find(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert await sessions.find("") is None


async def test_the_token_itself_is_not_kept(sessions: Sessions, database: Database) -> None:
    token = await sessions.open("anna")
    async with database.begin() as connection:
        rows = (await connection.execute(select(table))).all()
    assert token not in str(rows)
    assert token.encode() not in {row[0] for row in rows}


async def test_an_idle_session_ends(sessions: Sessions, pass_time: Callable[[int], None]) -> None:
    token = await sessions.open("anna")
    pass_time(SESSION_IDLE_MS_MAX + 1)
    assert await sessions.find(token) is None


async def test_a_session_in_use_goes_on_until_its_age_ends_it(
    sessions: Sessions, database: Database, clock: Clock, pass_time: Callable[[int], None]
) -> None:
    token = await sessions.open("anna")
    for _ in range(SESSION_AGE_MS_MAX // SESSION_IDLE_MS_MAX):
        assert await sessions.find(token) is not None
        pass_time(SESSION_IDLE_MS_MAX)
    pass_time(1)
    assert await sessions.find(token) is None
    assert await Sessions(database, clock).find(token) is None


async def test_a_closed_session_is_closed_at_once(sessions: Sessions) -> None:
    token = await sessions.open("anna")
    await sessions.close(token)
    assert await sessions.find(token) is None


async def test_all_sessions_of_an_agent_close_but_one(sessions: Sessions) -> None:
    tokens = [await sessions.open("anna") for _ in range(3)]
    other = await sessions.open("boris")
    await sessions.close_all("anna", but_token=tokens[1])
    assert [await sessions.find(token) is not None for token in tokens] == [False, True, False]
    assert await sessions.find(other) is not None
