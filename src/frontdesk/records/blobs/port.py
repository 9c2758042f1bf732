"""What a blob store must do. Its law is ``tests/conformance/blobs``.

::

    BlobError
    ├── BlobTooLarge     not retryable  more bytes came than were allowed; nothing was kept
    ├── BlobMissing      not retryable  there are no bytes under that id
    └── BlobUnavailable  retryable      the store can't be read or written: full, gone, forbidden
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

HEAD_BYTES = 8_192
"""How much of a file's beginning is handed back, to tell what it is."""

READ_CHUNK_BYTES = 64 * 1024


class BlobError(Exception):
    """Root of the tree; ``retryable`` says whether the same call may succeed later."""

    retryable = False


class BlobTooLarge(BlobError):
    """More bytes came than were allowed; nothing was kept."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(f"The file is larger than {bytes_max} bytes")
        self.bytes_max = bytes_max


class BlobMissing(BlobError):
    """There are no bytes under that id."""

    def __init__(self, blob_id: str) -> None:
        super().__init__(f"There is no blob '{blob_id}'")


class BlobUnavailable(BlobError):
    """The store can't be read or written."""

    retryable = True


class WrittenBlob(msgspec.Struct, frozen=True):
    """What the store found out while writing; `head` holds the first ``HEAD_BYTES`` at most."""

    size_bytes: int
    sha256: bytes
    head: bytes


class BlobStore(Protocol):
    """Keeps bytes under ids. Every call may raise BlobUnavailable."""

    async def write(
        self, blob_id: str, chunks: AsyncIterator[bytes], bytes_max: int
    ) -> WrittenBlob:
        """Keeps the bytes durably: all of them, or none when it fails half-way.

        `blob_id` is new, of letters, digits, ``-`` and ``_``. Raises BlobTooLarge as soon as
        more than `bytes_max` have come, and lets through what `chunks` raises.
        """
        ...

    def read(self, blob_id: str) -> AsyncIterator[bytes]:
        """The bytes, in chunks. Raises BlobMissing before the first chunk."""
        ...

    async def remove(self, blob_id: str) -> None:
        """Removes the bytes; no matter if there are none."""
        ...
