"""What a journal must do, whatever keeps it. Its law is ``tests/conformance/journal``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Protocol, TypeVar

from frontdesk.journal.envelope import Envelope, Position, Snapshot
from frontdesk.journal.lease import Lease

E = TypeVar("E")

READ_CHUNK_EVENTS = 5_000
"""Events fetched at a time when a journal is read: a few megabytes."""

SNAPSHOTS_KEPT_MAX = 4
"""Newest snapshots kept of a centre; older ones go when a new one is saved."""


class JournalReader(Protocol[E]):
    """Reads a centre's journal, beside its writer or without one.

    Every call may raise JournalUnavailable, and UnknownEvent where events are decoded.
    """

    @property
    def centre(self) -> str: ...

    async def find_head(self) -> Position:
        """How far the journal goes."""
        ...

    async def find_lease(self) -> Lease | None:
        """The name the last writer left, whether or not it still holds the centre."""
        ...

    def read(
        self,
        after_seq: int = 0,
        until_seq: int | None = None,
        types: Collection[str] | None = None,
    ) -> AsyncIterator[list[Envelope[E]]]:
        """Events in order, in chunks, from beyond ``after_seq`` up to and with ``until_seq``.

        ``types`` narrows to events of these types. A chunk is never empty.
        """
        ...

    async def find_command(self, command_id: str) -> list[Envelope[E]]:
        """The events of a command, if it was applied."""
        ...

    async def find_snapshot(
        self, versions: Mapping[str, str], until_seq: int | None = None
    ) -> Snapshot | None:
        """The newest snapshot that has every part named, in the version named.

        ``until_seq`` asks for one of that seq or earlier. One whose bytes don't match the digest
        they were saved with is passed over.
        """
        ...


class Journal(JournalReader[E], Protocol[E]):
    """The one place a centre's events are written."""

    async def claim(self) -> Position:
        """Becomes the writer; returns how far the journal goes.

        Raises CentreHeld while another writer lives, JournalUnavailable when the store can't be
        reached. Claiming again what one holds first lets it go.
        """
        ...

    async def release(self) -> None:
        """Lets the centre go, whatever state the writer is in. Never raises."""
        ...

    async def check(self) -> None:
        """Asks whether the claim still stands. Raises JournalUnavailable when it doesn't."""
        ...

    async def append(self, envelopes: Sequence[Envelope[E]]) -> None:
        """Makes all of them durable, or none.

        Their seqs follow the head without a gap. Raises WriterDisplaced when the place is taken,
        DuplicateCommand when one of the command ids is in the journal, JournalUnavailable when the
        store went away: then, if ``outcome_unknown``, only the journal can say what happened.
        """
        ...

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        """Keeps the snapshot, and of older ones the newest ``SNAPSHOTS_KEPT_MAX - 1``."""
        ...

    async def close(self) -> None:
        """Releases the centre and every connection. Never raises."""
        ...
