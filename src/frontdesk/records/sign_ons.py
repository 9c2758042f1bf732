"""Who may sign in: a login and a password for an agent."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import LoginTaken
from frontdesk.records.passwords import Passwords
from frontdesk.records.tables import sign_ons


def normalise_login(login: str) -> str:
    """Logins are compared without case and surrounding space."""
    return login.strip().casefold()


class SignOns:
    """The logins of a centre's people. Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, passwords: Passwords, clock: Clock = now_ms) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    async def save(self, agent_id: str, login: str, password: str) -> None:
        """Creates or replaces the agent's login and password. Raises LoginTaken."""
        values = {
            "login": normalise_login(login),
            "password_hash": await self._passwords.hash(password),
            "changed_ms": self._clock(),
        }
        statement = (
            insert(sign_ons)
            .values(agent_id=agent_id, **values)
            .on_conflict_do_update(index_elements=["agent_id"], set_=values)
        )
        try:
            async with self._database.begin() as connection:
                await connection.execute(statement)
        except IntegrityError as error:
            raise LoginTaken(login) from error

    async def remove(self, agent_id: str) -> bool:
        """Takes the agent's login away; False if there was none."""
        async with self._database.begin() as connection:
            done = await connection.execute(delete(sign_ons).where(sign_ons.c.agent_id == agent_id))
        return done.rowcount > 0

    async def find_agent_id(self, login: str, password: str) -> str | None:
        """The agent who signs in so; None when login or password is wrong, not saying which."""
        row = await self._find(sign_ons.c.login == normalise_login(login))
        known = await self._passwords.verify(row[1] if row else None, password)
        return row[0] if row and known else None

    async def is_password_of(self, agent_id: str, password: str) -> bool:
        """Whether the agent's password is this one."""
        row = await self._find(sign_ons.c.agent_id == agent_id)
        return await self._passwords.verify(row[1] if row else None, password)

    async def find_login(self, agent_id: str) -> str | None:
        """By which name the agent signs in."""
        row = await self._find(sign_ons.c.agent_id == agent_id)
        return row[2] if row else None

    async def _find(self, condition: ColumnElement[bool]) -> tuple[str, str, str] | None:
        columns = select(sign_ons.c.agent_id, sign_ons.c.password_hash, sign_ons.c.login)
        async with self._database.begin() as connection:
            row = (await connection.execute(columns.where(condition))).one_or_none()
        return (row[0], row[1], row[2]) if row else None
