"""What is rebuilt from the journal and kept in memory: the kernel's state, and the live view."""

from __future__ import annotations

import hashlib
from typing import Protocol, TypeVar

import msgspec

from frontdesk.kernel.centre import Centre
from frontdesk.kernel.state import Snapshot as StateSnapshot
from frontdesk.kernel.state import dump, load

T = TypeVar("T")


class Part(Protocol[T]):
    """How one such thing is made, kept in a snapshot and brought forward.

    The law: brought forward event by event from nothing, and from any snapshot, it has the same
    bytes. ``version`` names the layout of those bytes: when it changes, older snapshots are passed
    over and the thing is rebuilt from the first event.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def build(self) -> T:
        """The thing before the first event."""
        ...

    def load(self, data: bytes) -> T: ...

    def dump(self, value: T) -> bytes: ...


def fingerprint(layout: type) -> str:
    """A short name for the layout of a type: it changes when a field does."""
    schema = msgspec.json.encode(msgspec.json.schema(layout), order="deterministic")
    return hashlib.sha256(schema).hexdigest()[:16]


class CentrePart:
    """The kernel's centre. The number is raised when `evolve` changes what an event means."""

    name = "centre"
    version = f"1-{fingerprint(StateSnapshot)}"

    def build(self) -> Centre:
        return Centre()

    def load(self, data: bytes) -> Centre:
        return Centre(load(data))

    def dump(self, value: Centre) -> bytes:
        return dump(value.state)
