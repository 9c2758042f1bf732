"""Flows as somebody is drawing them: faulty perhaps, one draft a flow, until it is published."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from sqlalchemy import RowMapping, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import DraftOvertaken, TooManyRecords
from frontdesk.records.tables import flow_drafts

DRAFTS_MAX: Final = 1_000
NAME_CHARS_MAX: Final = 200


class FlowDraftEntry(msgspec.Struct, frozen=True):
    """That a flow is being drawn, and who drew last.

    `revision` grows with every saving.
    """

    flow_id: str
    name: str
    revision: int
    saved_by: str
    saved_at_ms: int


class FlowDraft(msgspec.Struct, frozen=True):
    """The draft itself; `flow` is whatever the designer keeps, a flow or not quite one."""

    flow_id: str
    flow: dict[str, Any]
    revision: int
    saved_by: str
    saved_at_ms: int


_ENTRY = [column for column in flow_drafts.c if column.name != "document"]


class FlowDrafts:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock

    async def find(self, flow_id: str) -> FlowDraft | None:
        """The draft of a flow, if there is one."""
        query = select(flow_drafts).where(flow_drafts.c.flow_id == flow_id)
        async with self._database.begin() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return _build_draft(row) if row is not None else None

    async def find_all(self) -> list[FlowDraftEntry]:
        """All drafts without their documents, by flow."""
        async with self._database.begin() as connection:
            rows = (await connection.execute(select(*_ENTRY).order_by("flow_id"))).mappings()
            return [FlowDraftEntry(**row) for row in rows]

    async def save(
        self, flow_id: str, flow: dict[str, Any], seen_revision: int, saved_by: str
    ) -> FlowDraft:
        """Keeps a draft in place of the one that whoever saves has seen; 0: there was none.

        Raises DraftOvertaken when another is there by now, TooManyRecords.
        """
        at_ms = self._clock()
        # A draft that was dropped and begun anew must not get a number that somebody has seen.
        revision = max(at_ms, seen_revision + 1)
        values = {
            "name": str(flow.get("name", ""))[:NAME_CHARS_MAX].replace("\0", ""),
            "document": msgspec.json.encode(flow).decode(),
            "revision": revision,
            "saved_by": saved_by,
            "saved_at_ms": at_ms,
        }
        begun = insert(flow_drafts).values(flow_id=flow_id, **values).on_conflict_do_nothing()
        replaced = (
            update(flow_drafts)
            .where(flow_drafts.c.flow_id == flow_id, flow_drafts.c.revision == seen_revision)
            .values(**values)
        )
        async with self._database.begin() as connection:
            saved = await connection.execute(begun if seen_revision == 0 else replaced)
            if not saved.rowcount:
                raise DraftOvertaken(flow_id)
            count = await connection.execute(select(func.count()).select_from(flow_drafts))
            if count.scalar_one() > DRAFTS_MAX:
                raise TooManyRecords("drafts", DRAFTS_MAX)
        return FlowDraft(flow_id, flow, revision, saved_by, at_ms)

    async def remove(self, flow_id: str) -> bool:
        """Forgets the draft; False if there is none."""
        statement = delete(flow_drafts).where(flow_drafts.c.flow_id == flow_id)
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement)).rowcount)


def _build_draft(row: RowMapping) -> FlowDraft:
    flow = msgspec.json.decode(row["document"], type=dict[str, Any])
    return FlowDraft(row["flow_id"], flow, row["revision"], row["saved_by"], row["saved_at_ms"])
