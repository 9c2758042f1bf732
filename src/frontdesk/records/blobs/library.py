"""Files sent in contacts: uploaded, attached to a message, kept; or forgotten after a day."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from frontdesk.kernel.commands import Attachment
from frontdesk.records.blobs.media_types import find_media_type
from frontdesk.records.blobs.port import BlobStore
from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.tables import blobs

FILE_BYTES_MAX: Final = 20 * 1024 * 1024
NAME_CHARS_MAX: Final = 200
BLOB_ID_BYTES: Final = 18
UNATTACHED_AGE_MS_MAX: Final = 24 * 3_600_000
"""An upload that no message has carried for so long is removed."""
FORGOTTEN_AT_ONCE_MAX: Final = 500


class FileRefused(Exception):
    """The file is of a kind that isn't allowed, or isn't what it says to be."""

    retryable = False


class File(msgspec.Struct, frozen=True):
    """What is known of a file; `owner` is the actor who uploaded it."""

    blob_id: str
    name: str
    media_type: str
    size_bytes: int
    owner: str
    contact_id: int | None

    def attachment(self) -> Attachment:
        """As a message carries it."""
        return Attachment(self.blob_id, self.name, self.media_type, self.size_bytes)


class FileLibrary:
    """Every call may raise RecordsUnavailable or BlobUnavailable."""

    def __init__(self, database: Database, store: BlobStore, clock: Clock = now_ms) -> None:
        self._database = database
        self._store = store
        self._clock = clock

    async def upload(
        self, name: str, declared_type: str, chunks: AsyncIterator[bytes], owner: str
    ) -> Attachment:
        """Keeps a file until a message carries it. Raises FileRefused and BlobTooLarge."""
        blob_id = secrets.token_urlsafe(BLOB_ID_BYTES)
        written = await self._store.write(blob_id, chunks, FILE_BYTES_MAX)
        whole = written.size_bytes <= len(written.head)
        media_type = find_media_type(written.head, declared_type, whole)
        if media_type is None or written.size_bytes == 0:
            await self._store.remove(blob_id)
            raise FileRefused("Files of this kind can't be sent")
        file = File(blob_id, clean_name(name), media_type, written.size_bytes, owner, None)
        row = {**msgspec.structs.asdict(file), "sha256": written.sha256}
        try:
            async with self._database.begin() as connection:
                await connection.execute(insert(blobs).values(touched_ms=self._clock(), **row))
        except RecordsUnavailable:
            await self._store.remove(blob_id)
            raise
        return file.attachment()

    async def attach(
        self, blob_ids: Sequence[str], contact_id: int, owner: str
    ) -> tuple[Attachment, ...] | None:
        """Binds the owner's own uploads to a contact; None if one isn't theirs, or is elsewhere."""
        if not blob_ids:
            return ()
        condition = (
            blobs.c.blob_id.in_(blob_ids)
            & (blobs.c.owner == owner)
            & (blobs.c.contact_id.is_(None) | (blobs.c.contact_id == contact_id))
        )
        values = {"contact_id": contact_id, "touched_ms": self._clock()}
        statement = update(blobs).where(condition).values(values).returning(*_FILE)
        async with self._database.begin() as connection:
            rows = (await connection.execute(statement)).all()
            if {row[0] for row in rows} != set(blob_ids):
                await connection.rollback()
                return None
        found = {row[0]: File(*row).attachment() for row in rows}
        return tuple(found[blob_id] for blob_id in blob_ids)

    async def keep(self, blob_ids: Sequence[str], contact_id: int) -> None:
        """A message carries them: they stay. Doing it again changes nothing."""
        statement = update(blobs).where(blobs.c.blob_id.in_(blob_ids))
        async with self._database.begin() as connection:
            await connection.execute(statement.values(kept=True, contact_id=contact_id))

    async def find(self, blob_id: str) -> File | None:
        """What is known of the file."""
        async with self._database.begin() as connection:
            statement = select(*_FILE).where(blobs.c.blob_id == blob_id)
            row = (await connection.execute(statement)).one_or_none()
        return File(*row) if row else None

    def read(self, blob_id: str) -> AsyncIterator[bytes]:
        """Its bytes, in chunks. Raises BlobMissing."""
        return self._store.read(blob_id)

    async def forget_unattached(self) -> int:
        """Removes uploads that no message came to carry; returns how many."""
        oldest_ms = self._clock() - UNATTACHED_AGE_MS_MAX
        stale = (
            select(blobs.c.blob_id)
            .where(~blobs.c.kept & (blobs.c.touched_ms < oldest_ms))
            .limit(FORGOTTEN_AT_ONCE_MAX)
        )
        statement = delete(blobs).where(blobs.c.blob_id.in_(stale)).returning(blobs.c.blob_id)
        async with self._database.begin() as connection:
            forgotten = [row[0] for row in (await connection.execute(statement)).all()]
        for blob_id in forgotten:
            await self._store.remove(blob_id)
        return len(forgotten)


_FILE = (
    blobs.c.blob_id,
    blobs.c.name,
    blobs.c.media_type,
    blobs.c.size_bytes,
    blobs.c.owner,
    blobs.c.contact_id,
)


def clean_name(name: str) -> str:
    """The file's own name without folders, control characters and excess; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if c.isprintable()).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > NAME_CHARS_MAX and dot and len(ending) < 20:
        shown = f"{stem[: NAME_CHARS_MAX - len(ending) - 1]}.{ending}"
    return shown[:NAME_CHARS_MAX] or "file"
