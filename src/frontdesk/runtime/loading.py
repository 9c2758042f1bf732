"""Builds a centre from its journal: the newest snapshot, then every event after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from frontdesk.journal.envelope import Envelope, Position, Snapshot, SnapshotPart
from frontdesk.journal.errors import JournalCorrupt
from frontdesk.journal.port import JournalReader
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.parts import CentrePart
from frontdesk.views.live import LivePart, LiveView

CENTRE = CentrePart()
LIVE = LivePart()
VERSIONS = {CENTRE.name: CENTRE.version, LIVE.name: LIVE.version}


class Loaded:
    """A centre and its live view, both as of ``position``."""

    __slots__ = ("centre", "live", "position", "snapshot_seq")

    def __init__(self) -> None:
        self.centre: Centre = CENTRE.build()
        self.live: LiveView = LIVE.build()
        self.position = Position(0, 0)
        self.snapshot_seq = 0

    def restore(self, snapshot: Snapshot) -> None:
        """Takes everything from a snapshot."""
        self.centre = CENTRE.load(snapshot.parts[CENTRE.name].state)
        self.live = LIVE.load(snapshot.parts[LIVE.name].state)
        self.position = Position(snapshot.seq, snapshot.at_ms)
        self.snapshot_seq = snapshot.seq

    def replay(self, envelopes: Sequence[Envelope[AnyEvent]]) -> None:
        """Brings everything forward. Raises JournalCorrupt at a gap."""
        evolve, fold, seq = self.centre.evolve, self.live.fold, self.position.seq
        for envelope in envelopes:
            if envelope.seq != seq + 1:
                raise JournalCorrupt(f"After event {seq} comes event {envelope.seq}")
            seq = envelope.seq
            evolve(envelope.event, envelope.at_ms)
            fold(envelope)
        if envelopes:
            self.position = Position(seq, envelopes[-1].at_ms)

    def dump(self) -> Snapshot:
        """Everything as bytes: between two commands, never between the events of one."""
        parts = {
            CENTRE.name: SnapshotPart(CENTRE.version, CENTRE.dump(self.centre)),
            LIVE.name: SnapshotPart(LIVE.version, LIVE.dump(self.live)),
        }
        return Snapshot(self.position.seq, self.position.at_ms, parts)


def _ignore(_loaded: Loaded) -> None:
    return None


async def load_centre(
    journal: JournalReader[AnyEvent],
    *,
    until_seq: int | None = None,
    from_start: bool = False,
    on_chunk: Callable[[Loaded], None] = _ignore,
) -> Loaded:
    """The centre as of the journal's end, or as of ``until_seq``.

    ``from_start`` ignores the snapshots; ``on_chunk`` hears of progress. Raises the journal's
    errors, JournalCorrupt among them.
    """
    loaded = Loaded()
    snapshot = None if from_start else await journal.find_snapshot(VERSIONS, until_seq)
    if snapshot is not None:
        loaded.restore(snapshot)
    async for chunk in journal.read(loaded.position.seq, until_seq):
        loaded.replay(chunk)
        on_chunk(loaded)
    return loaded
