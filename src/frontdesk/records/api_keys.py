"""Keys by which programs use the API: `fdk_<key id>_<secret>`, the secret kept as a hash."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

import msgspec
from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from frontdesk.kernel.settings import Role
from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.sessions import hash_token
from frontdesk.records.tables import api_keys

KEY_PREFIX: Final = "fdk"
KEY_ID_BYTES: Final = 6
SECRET_BYTES: Final = 32
KEYS_MAX: Final = 1_000
"""Keys a centre may have; all of them are remembered."""
USED_INTERVAL_MS: Final = 60_000
"""How exactly the last use is known: it is written at most once in this time."""


class ApiKey(msgspec.Struct, frozen=True):
    """What is known of a key. With `agent_id` it acts as that agent; `used_ms` null: never used."""

    key_id: str
    name: str
    role: Role
    agent_id: str | None
    created_ms: int
    created_by: str
    used_ms: int | None


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
        key = ApiKey(key_id, name, role, agent_id, self._clock(), created_by, None)
        row = {**msgspec.structs.asdict(key), "role": role.value}
        async with self._database.begin() as connection:
            await connection.execute(insert(api_keys).values(secret_hash=hash_token(secret), **row))
        known[key_id] = (key, hash_token(secret))
        return key, f"{KEY_PREFIX}_{key_id}_{secret}"

    async def find(self, text: str) -> ApiKey | None:
        """The key of that text, if there is one; marks it as used."""
        prefix, _, rest = text.partition("_")
        key_id, _, secret = rest.partition("_")
        found = (await self._load()).get(key_id) if prefix == KEY_PREFIX else None
        if found is None or not hmac.compare_digest(found[1], hash_token(secret)):
            return None
        key, at_ms = found[0], self._clock()
        if key.used_ms is None or at_ms - key.used_ms >= USED_INTERVAL_MS:
            await self._note_use(key_id, at_ms)
        return key

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

    async def _note_use(self, key_id: str, at_ms: int) -> None:
        known = await self._load()
        key, secret_hash = known[key_id]
        known[key_id] = (msgspec.structs.replace(key, used_ms=at_ms), secret_hash)
        row = update(api_keys).where(api_keys.c.key_id == key_id).values(used_ms=at_ms)
        try:
            async with self._database.begin() as connection:
                await connection.execute(row)
        except RecordsUnavailable:
            # Nobody is refused for a note that can wait: the next use after a minute is noted.
            return

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
        row["used_ms"],
    )
