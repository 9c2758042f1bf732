"""Keys by which programs use the API: `fdk_<key id>_<secret>`, the secret kept as a hash."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

import msgspec
from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.postgresql import insert

from frontdesk.kernel.settings import Role
from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.sessions import hash_token
from frontdesk.records.tables import api_keys

KEY_PREFIX: Final = "fdk"
KEY_ID_BYTES: Final = 6
SECRET_BYTES: Final = 32
KEYS_MAX: Final = 1_000
"""Keys a centre may have; all of them are remembered."""


class ApiKey(msgspec.Struct, frozen=True):
    """What is known of a key. With `agent_id` it acts as that agent."""

    key_id: str
    name: str
    role: Role
    agent_id: str | None
    created_ms: int
    created_by: str


class ApiKeys:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, tuple[ApiKey, bytes]] | None = None

    async def create(
        self, name: str, role: Role, created_by: str, agent_id: str | None = None
    ) -> tuple[ApiKey, str]:
        """Makes a key and returns it with its text, which is never seen again."""
        known = await self._load()
        key_id, secret = secrets.token_hex(KEY_ID_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        key = ApiKey(key_id, name, role, agent_id, self._clock(), created_by)
        row = {**msgspec.structs.asdict(key), "role": role.value}
        async with self._database.begin() as connection:
            await connection.execute(insert(api_keys).values(secret_hash=hash_token(secret), **row))
        known[key_id] = (key, hash_token(secret))
        return key, f"{KEY_PREFIX}_{key_id}_{secret}"

    async def find(self, text: str) -> ApiKey | None:
        """The key of that text, if there is one."""
        prefix, _, rest = text.partition("_")
        key_id, _, secret = rest.partition("_")
        found = (await self._load()).get(key_id) if prefix == KEY_PREFIX else None
        if found is None or not hmac.compare_digest(found[1], hash_token(secret)):
            return None
        return found[0]

    async def find_all(self) -> list[ApiKey]:
        """All keys, the oldest first."""
        keys = [key for key, _ in (await self._load()).values()]
        return sorted(keys, key=lambda key: (key.created_ms, key.key_id))

    async def remove(self, key_id: str) -> bool:
        """Revokes the key at once; False if there is none."""
        known = await self._load()
        async with self._database.begin() as connection:
            await connection.execute(delete(api_keys).where(api_keys.c.key_id == key_id))
        return known.pop(key_id, None) is not None

    async def _load(self) -> dict[str, tuple[ApiKey, bytes]]:
        if self._known is None:
            async with self._database.begin() as connection:
                rows = (await connection.execute(select(api_keys))).mappings().all()
            self._known = {row["key_id"]: (_build_key(row), row["secret_hash"]) for row in rows}
        return self._known


def _build_key(row: RowMapping) -> ApiKey:
    return ApiKey(
        row["key_id"],
        row["name"],
        Role(row["role"]),
        row["agent_id"],
        row["created_ms"],
        row["created_by"],
    )
