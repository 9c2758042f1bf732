"""What a fold kept in tables promises, so that the runtime can feed it and `verify` rebuild it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import asyncpg

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Projection(Protocol):
    """Folds a centre's events into tables of its own.

    ``tables`` are all the tables it writes. Each has a column ``centre`` and nothing that the
    events don't determine (no serial numbers, no clock). Statements name tables without a schema:
    a rebuild for comparison runs the same code on temporary tables of the same names.
    """

    @property
    def name(self) -> str:
        """Its name in ``projection_cursor``; a new name is a rebuild from the first event."""
        ...

    @property
    def tables(self) -> tuple[str, ...]: ...

    async def apply(
        self, connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
    ) -> None:
        """Folds the next events, in order and without a gap.

        The caller's transaction carries the cursor too, so each event is folded exactly once.
        """
        ...
