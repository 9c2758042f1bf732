"""Blobs as files in a folder: `ab/abcdef…`, written aside, synced, then renamed into place."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from frontdesk.records.blobs.port import (
    HEAD_BYTES,
    READ_CHUNK_BYTES,
    BlobMissing,
    BlobTooLarge,
    BlobUnavailable,
    WrittenBlob,
)

_BLOB_ID: Final = re.compile(r"[A-Za-z0-9_-]{4,64}")
_UNFINISHED: Final = ".part"


class FolderBlobStore:
    """A folder on a local disk. What a killed process left half-written is removed on opening."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for unfinished in folder.glob(f"*/*{_UNFINISHED}"):
            unfinished.unlink(missing_ok=True)

    async def write(
        self, blob_id: str, chunks: AsyncIterator[bytes], bytes_max: int
    ) -> WrittenBlob:
        path = self._path(blob_id)
        unfinished = path.with_name(path.name + _UNFINISHED)
        with _told_apart("kept"):
            file = await asyncio.to_thread(_create, unfinished)
        try:
            with file:
                written = await _copy(chunks, file, bytes_max)
                with _told_apart("kept"):
                    await asyncio.to_thread(_sync, file)
            with _told_apart("kept"):
                await asyncio.to_thread(_put_in_place, unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
        return written

    async def read(self, blob_id: str) -> AsyncIterator[bytes]:
        with _told_apart("read"):
            try:
                file = await asyncio.to_thread(self._path(blob_id).open, "rb")
            except FileNotFoundError as error:
                raise BlobMissing(blob_id) from error
        with file:
            while chunk := await self._read_chunk(file):
                yield chunk

    async def remove(self, blob_id: str) -> None:
        with _told_apart("removed"):
            await asyncio.to_thread(self._path(blob_id).unlink, missing_ok=True)

    async def _read_chunk(self, file: BinaryIO) -> bytes:
        with _told_apart("read"):
            return await asyncio.to_thread(file.read, READ_CHUNK_BYTES)

    def _path(self, blob_id: str) -> Path:
        if not _BLOB_ID.fullmatch(blob_id):
            raise BlobMissing(blob_id)
        return self._folder / blob_id[:2] / blob_id


@contextmanager
def _told_apart(verb: str) -> Generator[None, None, None]:
    # Only the store's own trouble is the store's: a sender's OSError passes through untouched.
    try:
        yield
    except OSError as error:
        raise BlobUnavailable(f"The file can't be {verb}: {error.strerror}") from error


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(exist_ok=True)
    return path.open("wb")


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


async def _copy(chunks: AsyncIterator[bytes], file: BinaryIO, bytes_max: int) -> WrittenBlob:
    digest, size_bytes, head = hashlib.sha256(), 0, b""
    async for chunk in chunks:
        size_bytes += len(chunk)
        if size_bytes > bytes_max:
            raise BlobTooLarge(bytes_max)
        digest.update(chunk)
        head += chunk[: HEAD_BYTES - len(head)]
        with _told_apart("kept"):
            await asyncio.to_thread(file.write, chunk)
    return WrittenBlob(size_bytes, digest.digest(), head)


def _put_in_place(unfinished: Path, path: Path) -> None:
    unfinished.rename(path)
    # The rename itself is durable only when the folder is.
    for folder in (path.parent, path.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
