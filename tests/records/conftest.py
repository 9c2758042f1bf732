"""A migrated database for the tests of the records, and hashes that cost next to nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher

from frontdesk.records.clock import Clock
from frontdesk.records.database import Database
from frontdesk.records.passwords import Passwords
from frontdesk.records.schema import migrate_async

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class _Time:
    at_ms: int = 1_800_000_000_000

    def pass_time(self, duration_ms: int) -> None:
        self.at_ms += duration_ms


@pytest.fixture
def _time() -> _Time:
    return _Time()


@pytest.fixture
def clock(_time: _Time) -> Clock:
    """A clock that stands until it is moved."""
    return lambda: _time.at_ms


@pytest.fixture
def pass_time(_time: _Time) -> Callable[[int], None]:
    """Moves `clock` on by so many milliseconds."""
    return _time.pass_time


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(CHEAP)


@pytest.fixture
async def database(module_database_dsn: str) -> AsyncIterator[Database]:
    await migrate_async(module_database_dsn)
    database = Database(module_database_dsn)
    yield database
    await database.close()
