"""What the journal keeps: events in their envelopes, and snapshots of what they add up to."""

from __future__ import annotations

import hashlib
from typing import Generic, TypeVar

import msgspec

E = TypeVar("E")


class Envelope(msgspec.Struct, Generic[E], frozen=True, kw_only=True, gc=False):
    """One event with its place in the journal and where it came from.

    ``seq`` orders (1, 2, 3, … without gaps); ``at_ms`` explains (Unix time of the decision).
    ``command_seq`` is the seq of the first event of the same command: a command's events are
    neighbours, and only the first carries the ``command_id``. ``causation`` is the seq of the event
    that the command answers, if it answers one; ``correlation`` is the seq at which that chain of
    answers began.
    """

    seq: int
    at_ms: int
    actor: str
    command_id: str | None
    command_seq: int
    causation: int | None
    correlation: int
    event: E


class Position(msgspec.Struct, frozen=True):
    """How far a journal goes: the last seq and its time; ``Position(0, 0)`` of an empty one."""

    seq: int
    at_ms: int


class SnapshotPart(msgspec.Struct, frozen=True):
    """One folded thing, as bytes; ``version`` names the layout so that another release skips it."""

    version: str
    state: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.state).hexdigest()


class Snapshot(msgspec.Struct, frozen=True):
    """What all events up to and including ``seq`` add up to, part by part."""

    seq: int
    at_ms: int
    parts: dict[str, SnapshotPart]
