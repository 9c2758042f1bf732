"""Rows of the journal as a binary COPY takes them.

A row is the number of its fields, and per field the length of its bytes and the bytes: -1 and
nothing for NULL, numbers big-endian, texts UTF-8 (PostgreSQL's manual, COPY, "Binary Format"). The
driver writes rows of any table so; knowing the columns takes half the time (`bench/journal.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import Generic, TypeVar

from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope

E = TypeVar("E")

# What is the same in all events of a type first, then what has a fixed size, then the rest.
COLUMNS = (
    "centre",
    "type",
    "version",
    "seq",
    "at_ms",
    "command_seq",
    "correlation",
    "actor",
    "causation",
    "command_id",
    "payload",
)

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
"""The signature; no flags, no extension."""
_TRAILER = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"

_pack_count = Struct(">h").pack
_pack_length = Struct(">i").pack
_pack_smallint = Struct(">ih").pack
_pack_bigint = Struct(">iq").pack
_pack_numbers = Struct(">iqiqiqiqi").pack
"""Four bigints with their lengths, and the length of the text that follows them."""


class RowWriter(Generic[E]):
    """Writes events of one centre as rows of the journal."""

    def __init__(self, centre: str, codec: Codec[E]) -> None:
        self._centre = centre
        self._codec = codec
        self._starts: dict[str, bytes] = {}

    def write(self, envelopes: Iterable[Envelope[E]]) -> bytes:
        """One COPY's input; its columns are `COLUMNS`."""
        return b"".join([_HEADER, *map(self._write_row, envelopes), _TRAILER])

    def _write_row(self, envelope: Envelope[E]) -> bytes:
        kind, version, payload = self._codec.encode(envelope.event)
        actor = envelope.actor.encode()
        causation, command_id = envelope.causation, envelope.command_id
        return b"".join(
            (
                self._starts.get(kind) or self._write_start(kind, version),
                _pack_numbers(
                    8,
                    envelope.seq,
                    8,
                    envelope.at_ms,
                    8,
                    envelope.command_seq,
                    8,
                    envelope.correlation,
                    len(actor),
                ),
                actor,
                _NULL if causation is None else _pack_bigint(8, causation),
                _NULL if command_id is None else _write_text(command_id),
                _pack_length(len(payload)),
                payload,
            )
        )

    def _write_start(self, kind: str, version: int) -> bytes:
        """The number of fields, and those that all events of the type share."""
        start = b"".join(
            (
                _pack_count(len(COLUMNS)),
                _write_text(self._centre),
                _write_text(kind),
                _pack_smallint(2, version),
            )
        )
        self._starts[kind] = start
        return start


def _write_text(text: str) -> bytes:
    encoded = text.encode()
    return _pack_length(len(encoded)) + encoded
