"""Uploads: bound to a contact by a message of their owner's, or forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from frontdesk.records.blobs.folder import FolderBlobStore
from frontdesk.records.blobs.library import (
    UNATTACHED_AGE_MS_MAX,
    FileLibrary,
    FileRefused,
    clean_name,
)
from frontdesk.records.blobs.port import BlobMissing
from frontdesk.records.clock import Clock
from frontdesk.records.database import Database


async def send(data: bytes) -> AsyncIterator[bytes]:
    yield data


def list_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
async def library(database: Database, tmp_path: Path, clock: Clock) -> FileLibrary:
    return FileLibrary(database, FolderBlobStore(tmp_path), clock)


async def test_an_upload_is_bound_to_one_contact_by_its_owner(library: FileLibrary) -> None:
    sent = await library.upload("note.txt", "text/plain", send(b"hello"), "agent:anna")
    assert await library.attach([sent.blob_id], 7, "agent:boris") is None
    assert await library.attach([sent.blob_id], 7, "agent:anna") == (sent,)
    assert await library.attach([sent.blob_id], 7, "agent:anna") == (sent,)
    assert await library.attach([sent.blob_id], 8, "agent:anna") is None
    file = await library.find(sent.blob_id)
    assert file is not None
    assert file.contact_id == 7


async def test_either_all_files_are_bound_or_none(library: FileLibrary) -> None:
    sent = await library.upload("note.txt", "text/plain", send(b"hello"), "agent:anna")
    assert await library.attach([sent.blob_id, "unknown"], 7, "agent:anna") is None
    file = await library.find(sent.blob_id)
    assert file is not None
    assert file.contact_id is None


async def test_a_refused_file_leaves_no_bytes(library: FileLibrary, tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        await library.upload("page.html", "text/html", send(b"<html>"), "agent:anna")
    with pytest.raises(FileRefused):
        await library.upload("empty.txt", "text/plain", send(b""), "agent:anna")
    assert not list_files(tmp_path)


async def test_what_no_message_carries_is_forgotten(
    library: FileLibrary, pass_time: Callable[[int], None]
) -> None:
    stray = await library.upload("stray.txt", "text/plain", send(b"stray"), "agent:anna")
    kept = await library.upload("kept.txt", "text/plain", send(b"kept"), "agent:anna")
    await library.keep([kept.blob_id], 7)
    pass_time(UNATTACHED_AGE_MS_MAX + 1)
    assert await library.forget_unattached() >= 1
    assert await library.find(stray.blob_id) is None
    with pytest.raises(BlobMissing):
        [chunk async for chunk in library.read(stray.blob_id)]
    assert [chunk async for chunk in library.read(kept.blob_id)] == [b"kept"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.png", "photo.png"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("договор.pdf", "договор.pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names_are_made_harmless(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 500 + ".png").endswith("x.png")
    assert len(clean_name("x" * 500 + ".png")) == 200
