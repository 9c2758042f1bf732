"""A journal that fails when it is told to: what a bad day does, without waiting for one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from enum import Enum
from typing import Generic, TypeVar

from frontdesk.journal.envelope import Envelope, Position, Snapshot
from frontdesk.journal.errors import JournalUnavailable
from frontdesk.journal.lease import Lease
from frontdesk.journal.memory import MemoryJournal

E = TypeVar("E")


class Fault(Enum):
    """How a call may fail."""

    LOST_BEFORE = "lost_before"
    """The connection goes before the store has heard of it."""
    LOST_AFTER = "lost_after"
    """The connection goes when the store has done it: the caller can't know."""


class FaultyJournal(Generic[E]):
    """A `MemoryJournal` whose calls fail as ``choose_fault`` says, asked by name before each.

    Either fault of an append loses the claim, as a lost connection does.
    """

    def __init__(
        self,
        inner: MemoryJournal[E],
        choose_fault: Callable[[str], Fault | None] = lambda _call: None,
    ) -> None:
        self.inner = inner
        self.choose_fault = choose_fault

    @property
    def centre(self) -> str:
        return self.inner.centre

    def _meet_fault(self, call: str) -> None:
        if self.choose_fault(call) is not None:
            raise JournalUnavailable(f"{call} met a fault")

    async def find_head(self) -> Position:
        self._meet_fault("find_head")
        return await self.inner.find_head()

    async def find_lease(self) -> Lease | None:
        self._meet_fault("find_lease")
        return await self.inner.find_lease()

    async def read(
        self,
        after_seq: int = 0,
        until_seq: int | None = None,
        types: Collection[str] | None = None,
    ) -> AsyncIterator[list[Envelope[E]]]:
        self._meet_fault("read")
        async for chunk in self.inner.read(after_seq, until_seq, types):
            yield chunk

    async def find_command(self, command_id: str) -> list[Envelope[E]]:
        self._meet_fault("find_command")
        return await self.inner.find_command(command_id)

    async def find_snapshot(
        self, versions: Mapping[str, str], until_seq: int | None = None
    ) -> Snapshot | None:
        self._meet_fault("find_snapshot")
        return await self.inner.find_snapshot(versions, until_seq)

    async def claim(self) -> Position:
        self._meet_fault("claim")
        return await self.inner.claim()

    async def release(self) -> None:
        await self.inner.release()

    async def check(self) -> None:
        self._meet_fault("check")
        await self.inner.check()

    async def append(self, envelopes: Sequence[Envelope[E]]) -> None:
        fault = self.choose_fault("append")
        if fault is not Fault.LOST_BEFORE:
            await self.inner.append(envelopes)
        if fault is not None:
            await self.inner.release()
            raise JournalUnavailable("append met a fault", outcome_unknown=True)

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        self._meet_fault("save_snapshot")
        await self.inner.save_snapshot(snapshot)

    async def close(self) -> None:
        await self.inner.close()
