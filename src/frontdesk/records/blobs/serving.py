"""How a file goes out and comes in over HTTP, whoever asks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final, Protocol
from urllib.parse import quote

from frontdesk.records.blobs.library import File
from frontdesk.records.blobs.media_types import IMAGES
from frontdesk.records.blobs.port import READ_CHUNK_BYTES

CACHE_CONTROL: Final = "private, max-age=86400, immutable"
"""A file never changes under its id, but not everybody may see it."""


class Readable(Protocol):
    """A file that came with a form."""

    async def read(self, size: int = -1) -> bytes: ...


async def iterate_upload(upload: Readable) -> AsyncIterator[bytes]:
    """Its bytes, in chunks."""
    while chunk := await upload.read(READ_CHUNK_BYTES):
        yield chunk


def build_file_headers(file: File) -> dict[str, str]:
    """Headers under which no browser runs what is in the file; only images are shown in place."""
    disposition = "inline" if file.media_type in IMAGES else "attachment"
    return {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Length": str(file.size_bytes),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": CACHE_CONTROL,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
