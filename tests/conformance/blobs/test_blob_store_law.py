"""What every blob store keeps to. A backend is one line in `BACKENDS`."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from frontdesk.records.blobs.folder import FolderBlobStore
from frontdesk.records.blobs.port import HEAD_BYTES, BlobMissing, BlobStore, BlobTooLarge

BACKENDS: dict[str, Callable[[Path], BlobStore]] = {
    "folder": lambda path: FolderBlobStore(path / "blobs"),
}


@pytest.fixture(params=BACKENDS)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], BlobStore]:
    """Opens the same store, again after a restart too."""
    return lambda: BACKENDS[request.param](tmp_path)


async def send(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def send_and_break(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
    raise ConnectionResetError("the sender is gone")


async def read(store: BlobStore, blob_id: str) -> bytes:
    return b"".join([chunk async for chunk in store.read(blob_id)])


async def test_what_was_written_is_read_after_a_restart(
    open_store: Callable[[], BlobStore],
) -> None:
    data = bytes(range(256)) * 1_000
    written = await open_store().write("blob-1", send(data[:70_000], data[70_000:]), 1_000_000)
    assert written.size_bytes == len(data)
    assert written.sha256 == hashlib.sha256(data).digest()
    assert written.head == data[:HEAD_BYTES]
    assert await read(open_store(), "blob-1") == data


async def test_nothing_is_a_blob_too(open_store: Callable[[], BlobStore]) -> None:
    written = await open_store().write("empty", send(), 10)
    assert written.size_bytes == 0
    assert await read(open_store(), "empty") == b""


async def test_a_blob_of_just_the_limit_is_kept_and_a_larger_one_is_not(
    open_store: Callable[[], BlobStore],
) -> None:
    store = open_store()
    await store.write("just", send(b"12345", b"67890"), 10)
    with pytest.raises(BlobTooLarge):
        await store.write("over", send(b"12345", b"678901"), 10)
    assert await read(store, "just") == b"1234567890"
    with pytest.raises(BlobMissing):
        await read(store, "over")


async def test_a_sender_who_breaks_off_leaves_nothing(open_store: Callable[[], BlobStore]) -> None:
    store = open_store()
    with pytest.raises(ConnectionResetError):
        await store.write("half", send_and_break(b"12345"), 10)
    with pytest.raises(BlobMissing):
        await read(store, "half")
    await store.write("half", send(b"whole"), 10)
    assert await read(store, "half") == b"whole"


@pytest.mark.parametrize("blob_id", ["nothing", "../../etc/passwd", "a/b/c", "", "x" * 300])
async def test_an_id_nobody_gave_out_is_missing(
    open_store: Callable[[], BlobStore], blob_id: str
) -> None:
    with pytest.raises(BlobMissing):
        await read(open_store(), blob_id)


async def test_a_removed_blob_is_gone_and_may_be_removed_again(
    open_store: Callable[[], BlobStore],
) -> None:
    store = open_store()
    await store.write("gone", send(b"data"), 10)
    await store.remove("gone")
    await store.remove("gone")
    with pytest.raises(BlobMissing):
        await read(store, "gone")
