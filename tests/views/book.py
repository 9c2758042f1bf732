"""A small centre to tell of at written times, and the reports of what was told."""

from __future__ import annotations

from typing import Any

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, Presence
from frontdesk.views.projection import Connection
from frontdesk.views.records import RecordsProjection
from frontdesk.views.semantics.answers import answer_report
from frontdesk.views.semantics.model import (
    ReportAnswer,
    ReportRefusal,
    ReportRequest,
)
from tests.kernel.scene import LUNCH, START_MS, agent, queue, team
from tests.views.recording import Recording

ZONE = "Europe/Chisinau"
S, MINUTE, HOUR = 1_000, 60_000, 3_600_000
DAY = 24 * HOUR
QUEUE: dict[str, Any] = {
    "target": st.ServiceTarget(answer_ms=20 * S),
    "wrap_up_time_ms": MINUTE,
    "disposition_ids": ("sold", "lost"),
}


class Journal(Recording):
    """Two queues with a target of 20 seconds; times are counted from 09:00 in Greenwich."""

    def __init__(self) -> None:
        super().__init__(
            st.Disposition(disposition_id="sold", name="Sold"),
            st.Disposition(disposition_id="lost", name="Lost"),
            *(queue(id_, **QUEUE) for id_ in ("sales", "support")),
            team("day"),
            team("night"),
            LUNCH,
            agent("ann", "sales", "support", team_id="day"),
            agent("bob", "sales", "support", team_id="night"),
        )

    def at(self, ms: int) -> None:
        """It is so long after the beginning."""
        self.wait(START_MS + ms - self.now_ms)

    def presence(self, agent_id: str, presence: Presence, reason: str | None = None) -> None:
        self.does(cmd.SetPresence(agent_id, presence, reason))

    def leaves(self, contact_id: int) -> None:
        self.does(cmd.EndContact(contact_id, Author.CUSTOMER))

    def wraps_up(self, agent_id: str, disposition: str = "sold") -> None:
        (engagement_id,) = [
            e.engagement_id for e in self.state.engagements.values() if e.agent_id == agent_id
        ]
        self.does(cmd.CompleteWrapUp(engagement_id, agent_id, disposition))


class Book:
    """Journals kept, and reports of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def keep(self, journal: Recording, batch: int = 3) -> None:
        for start in range(0, len(journal.envelopes), batch):
            part = journal.envelopes[start : start + batch]
            await RecordsProjection().apply(self._connection, "main", part)

    async def answer(self, *metrics: str, zone: str = ZONE, **rest: Any) -> ReportAnswer:
        answer = await self.try_to_answer(*metrics, zone=zone, **rest)
        assert isinstance(answer, ReportAnswer), answer
        return answer

    async def try_to_answer(
        self, *metrics: str, zone: str = ZONE, **rest: Any
    ) -> ReportAnswer | ReportRefusal:
        rest = {"from_ms": START_MS - 31 * DAY, "to_ms": START_MS + 31 * DAY, **rest}
        request = ReportRequest(metrics=metrics, **rest)
        return await answer_report(self._connection.fetch, "main", zone, request)

    async def total(self, *metrics: str, **rest: Any) -> dict[str, float | None]:
        answer = await self.answer(*metrics, **rest)
        return dict(zip(metrics, answer.total, strict=True))

    async def table(
        self, *metrics: str, **rest: Any
    ) -> dict[tuple[str, ...], tuple[float | None, ...]]:
        return {row.keys: row.values for row in (await self.answer(*metrics, **rest)).rows}
