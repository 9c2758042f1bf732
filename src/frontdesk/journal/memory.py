"""A journal in memory: for the simulator and for tests. It keeps the port's whole law."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Generic, TypeVar

from frontdesk.journal.codec import get_tag
from frontdesk.journal.envelope import Envelope, Position, Snapshot
from frontdesk.journal.errors import (
    CentreHeld,
    DuplicateCommand,
    JournalUnavailable,
    WriterDisplaced,
)
from frontdesk.journal.lease import Lease, build_lease
from frontdesk.journal.port import READ_CHUNK_EVENTS, SNAPSHOTS_KEPT_MAX

E = TypeVar("E")


class MemoryStore(Generic[E]):
    """What a server would keep: it outlives the journals opened on it."""

    def __init__(self, centre: str = "main") -> None:
        self.centre = centre
        self.envelopes: list[Envelope[E]] = []
        self.first_of_command: dict[str, int] = {}
        self.snapshots: list[Snapshot] = []
        self.writer: MemoryJournal[E] | None = None
        self.lease: Lease | None = None


class MemoryJournal(Generic[E]):
    """One process's view of a `MemoryStore`."""

    def __init__(self, store: MemoryStore[E] | None = None) -> None:
        self.store: MemoryStore[E] = store if store is not None else MemoryStore()

    @property
    def centre(self) -> str:
        return self.store.centre

    async def find_head(self) -> Position:
        if not self.store.envelopes:
            return Position(0, 0)
        last = self.store.envelopes[-1]
        return Position(last.seq, last.at_ms)

    async def find_lease(self) -> Lease | None:
        return self.store.lease

    async def read(
        self,
        after_seq: int = 0,
        until_seq: int | None = None,
        types: Collection[str] | None = None,
    ) -> AsyncIterator[list[Envelope[E]]]:
        while chunk := self._find_chunk(after_seq, until_seq):
            after_seq = chunk[-1].seq
            if wanted := [e for e in chunk if types is None or get_tag(type(e.event)) in types]:
                yield wanted

    def _find_chunk(self, after_seq: int, until_seq: int | None) -> list[Envelope[E]]:
        events = self.store.envelopes
        end = after_seq + READ_CHUNK_EVENTS
        return events[after_seq : end if until_seq is None else min(end, until_seq)]

    async def find_command(self, command_id: str) -> list[Envelope[E]]:
        first = self.store.first_of_command.get(command_id)
        if first is None:
            return []
        found: list[Envelope[E]] = []
        for envelope in self.store.envelopes[first - 1 :]:
            if envelope.command_seq != first:
                break
            found.append(envelope)
        return found

    async def find_snapshot(
        self, versions: Mapping[str, str], until_seq: int | None = None
    ) -> Snapshot | None:
        for snapshot in reversed(self.store.snapshots):
            if until_seq is not None and snapshot.seq > until_seq:
                continue
            found = {name: part.version for name, part in snapshot.parts.items()}
            if all(found.get(name) == version for name, version in versions.items()):
                return snapshot
        return None

    async def claim(self) -> Position:
        await self.release()
        if self.store.writer is not None:
            raise CentreHeld(self.centre, self.store.lease)
        self.store.writer = self
        self.store.lease = build_lease()
        return await self.find_head()

    async def release(self) -> None:
        if self.store.writer is self:
            self.store.writer = None

    async def check(self) -> None:
        if self.store.writer is not self:
            raise JournalUnavailable("the centre is not claimed")

    async def append(self, envelopes: Sequence[Envelope[E]]) -> None:
        await self.check()
        if not envelopes:
            return
        if envelopes[0].seq <= len(self.store.envelopes):
            raise WriterDisplaced(self.centre, envelopes[0].seq)
        self._refuse_duplicates(envelopes)
        assert [e.seq for e in envelopes] == list(
            range(len(self.store.envelopes) + 1, len(self.store.envelopes) + 1 + len(envelopes))
        ), "seqs follow the head without a gap"
        self.store.envelopes.extend(envelopes)
        for envelope in envelopes:
            if envelope.command_id is not None:
                self.store.first_of_command[envelope.command_id] = envelope.seq

    def _refuse_duplicates(self, envelopes: Sequence[Envelope[E]]) -> None:
        ids = [e.command_id for e in envelopes if e.command_id is not None]
        known = [i for i in ids if i in self.store.first_of_command]
        repeated = [i for i in set(ids) if ids.count(i) > 1] if len(set(ids)) < len(ids) else []
        if known or repeated:
            raise DuplicateCommand(tuple(known + repeated))

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        kept = [s for s in self.store.snapshots if s.seq != snapshot.seq]
        kept.insert(bisect_right([s.seq for s in kept], snapshot.seq), snapshot)
        self.store.snapshots = kept[-SNAPSHOTS_KEPT_MAX:]

    async def close(self) -> None:
        await self.release()
