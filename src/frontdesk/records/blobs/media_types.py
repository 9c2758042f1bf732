"""What a file is, told by its first bytes, and whether that is allowed.

The name and the declared type are the sender's word; a file that contradicts its own bytes is
refused. Signatures: WHATWG MIME Sniffing §6, the formats' own specifications.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What may be shown in place; everything else is downloaded."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"
_ZIPPED: Final = frozenset(
    {
        "application/zip",
        f"{_OFFICE}.wordprocessingml.document",
        f"{_OFFICE}.spreadsheetml.sheet",
        f"{_OFFICE}.presentationml.presentation",
        f"{_OPEN_DOCUMENT}.text",
        f"{_OPEN_DOCUMENT}.spreadsheet",
        f"{_OPEN_DOCUMENT}.presentation",
    }
)
_TEXTS: Final = frozenset({"text/plain", "text/csv"})

ALLOWED: Final = tuple(
    sorted(
        IMAGES
        | _ZIPPED
        | _TEXTS
        | {"application/pdf", "audio/mpeg", "audio/ogg", "audio/wav", "video/mp4", "video/webm"}
    )
)

_UNDECLARED: Final = frozenset({"", "application/octet-stream"})
_ALIASES: Final = {
    "application/x-zip-compressed": "application/zip",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "application/vnd.ms-excel": "text/csv",  # what browsers on Windows call a .csv
    "application/ogg": "audio/ogg",
    "audio/webm": "video/webm",
    "audio/mp4": "video/mp4",
    "image/jpg": "image/jpeg",
}
_SIGNATURES: Final[tuple[tuple[Callable[[bytes], bool], frozenset[str]], ...]] = (
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), frozenset({"image/png"})),
    (lambda head: head.startswith(b"\xff\xd8\xff"), frozenset({"image/jpeg"})),
    (lambda head: head[:6] in (b"GIF87a", b"GIF89a"), frozenset({"image/gif"})),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", frozenset({"image/webp"})),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE", frozenset({"audio/wav"})),
    (lambda head: head.startswith(b"%PDF-"), frozenset({"application/pdf"})),
    (lambda head: head.startswith(b"PK\x03\x04"), _ZIPPED),
    (lambda head: head.startswith(b"OggS"), frozenset({"audio/ogg"})),
    (lambda head: head.startswith(b"ID3") or _is_mpeg_frame(head), frozenset({"audio/mpeg"})),
    (lambda head: head[4:8] == b"ftyp", frozenset({"video/mp4"})),
    (lambda head: head.startswith(b"\x1a\x45\xdf\xa3"), frozenset({"video/webm"})),
)


def find_media_type(head: bytes, declared: str, whole: bool) -> str | None:
    """The type to serve the file as; None when it isn't allowed or isn't what it says to be.

    `head` is its beginning, and all of it if `whole`; `declared` is the sender's Content-Type.
    """
    claim = declared.partition(";")[0].strip().lower()
    claim = _ALIASES.get(claim, claim)
    candidates = _find_candidates(head, whole)
    if claim in _UNDECLARED:
        return min(candidates, key=_plainest) if candidates else None
    return claim if claim in candidates else None


def _find_candidates(head: bytes, whole: bool) -> frozenset[str]:
    for matches, types in _SIGNATURES:
        if matches(head):
            return types
    return _TEXTS if _is_text(head, whole) else frozenset()


def _plainest(media_type: str) -> tuple[bool, str]:
    return media_type not in ("application/zip", "text/plain"), media_type


def _is_mpeg_frame(head: bytes) -> bool:
    # ISO 11172-3: eleven bits of sync, then version and layer III.
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


def _is_text(head: bytes, whole: bool) -> bool:
    if b"\x00" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The beginning of a longer file may end in the middle of a character.
        return not whole and error.reason == "unexpected end of data"
    return True
