"""Wallboards that people put together, and the links by which others may look at them.

A link's token is kept as a hash: it is shown when it is made, and a new one ends the one before.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from secrets import token_hex, token_urlsafe
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta
from sqlalchemy import RowMapping, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import TooManyRecords
from frontdesk.records.tables import wallboards

BOARDS_MAX: Final = 100
TILES_MAX: Final = 24


class TileKind(Enum):
    FIGURE = "figure"
    """One figure of some queues together, in great letters."""
    QUEUES = "queues"
    AGENTS = "agents"
    FLOWS = "flows"
    TREND = "trend"
    """A figure by the quarter-hour, today and a week ago."""
    NOTE = "note"


class TileMetric(Enum):
    WAITING = "waiting"
    OLDEST = "oldest"
    SERVICE_LEVEL = "service_level"
    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    IDLE = "idle"
    """Agents who could take a contact now."""


class Theme(Enum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


Name = Annotated[str, Meta(max_length=200)]


class Tile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`queue_ids` none: all of them. `width`: in quarters of the screen."""

    kind: TileKind
    title: Name = ""
    metric: TileMetric = TileMetric.WAITING
    queue_ids: Annotated[tuple[Name, ...], Meta(max_length=100)] = ()
    width: Annotated[int, Meta(ge=1, le=4)] = 1


class BoardText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wallboard as people put it together."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    tiles: Annotated[tuple[Tile, ...], Meta(max_length=TILES_MAX)]
    theme: Theme = Theme.DARK


class Wallboard(msgspec.Struct, frozen=True):
    """`is_shared`: there is a link to it."""

    board_id: str
    name: str
    tiles: tuple[Tile, ...]
    theme: Theme
    is_shared: bool
    saved_ms: int
    saved_by: str


class Wallboards:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock

    async def find_all(self) -> list[Wallboard]:
        """All of them, by name."""
        query = select(wallboards).order_by(wallboards.c.name, wallboards.c.board_id)
        async with self._database.begin() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_build(row) for row in rows]

    async def find(self, board_id: str) -> Wallboard | None:
        """One of them."""
        return await self._find(wallboards.c.board_id == board_id)

    async def find_shared(self, token: str) -> Wallboard | None:
        """The one that a link leads to."""
        return await self._find(wallboards.c.token_hash == _hash(token))

    async def _find(self, condition: Any) -> Wallboard | None:
        async with self._database.begin() as connection:
            row = (await connection.execute(select(wallboards).where(condition))).mappings()
            found = row.one_or_none()
        return None if found is None else _build(found)

    async def save(self, board_id: str | None, board: BoardText, saved_by: str) -> Wallboard:
        """Keeps a board, a new one without an id. Raises TooManyRecords."""
        values = {
            "name": board.name,
            "tiles": msgspec.to_builtins(board.tiles),
            "theme": board.theme.value,
            "saved_ms": self._clock(),
            "saved_by": saved_by,
        }
        board_id = board_id or token_hex(8)
        statement = insert(wallboards).values(board_id=board_id, **values)
        async with self._database.begin() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["board_id"], set_=values)
            )
            count = await connection.execute(select(func.count()).select_from(wallboards))
            if count.scalar_one() > BOARDS_MAX:
                raise TooManyRecords("wallboards", BOARDS_MAX)
        found = await self.find(board_id)
        assert found is not None, "it was saved just now"
        return found

    async def share(self, board_id: str) -> str | None:
        """A new link's token, in place of the one before; None: there is no such board."""
        token = token_urlsafe(24)
        return token if await self._set_token(board_id, _hash(token)) else None

    async def stop_sharing(self, board_id: str) -> bool:
        """The link leads nowhere any more; False: there is no such board."""
        return await self._set_token(board_id, None)

    async def _set_token(self, board_id: str, token_hash: bytes | None) -> bool:
        statement = (
            update(wallboards)
            .where(wallboards.c.board_id == board_id)
            .values(token_hash=token_hash)
        )
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement)).rowcount)

    async def remove(self, board_id: str) -> bool:
        """Forgets it; False if there is none."""
        statement = delete(wallboards).where(wallboards.c.board_id == board_id)
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement)).rowcount)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _build(row: RowMapping) -> Wallboard:
    tiles = msgspec.convert(row["tiles"], tuple[Tile, ...])
    return Wallboard(
        row["board_id"],
        row["name"],
        tiles,
        Theme(row["theme"]),
        row["token_hash"] is not None,
        row["saved_ms"],
        row["saved_by"],
    )
