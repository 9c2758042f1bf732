"""What is asked of the contact records: lists by page, one contact whole, a customer's past.

The records follow the journal by a moment: what is open is best read in the live picture.
Lists are newest first and go on from a cursor; a cursor that isn't one of ours is the start.
"""

# ruff: noqa: S608  (statements are put together from constants; values go as parameters)

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
import msgspec

from frontdesk.kernel.commands import Attachment, Author, CustomerCard
from frontdesk.kernel.events import ClosedBy
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.telephone import is_phone_number
from frontdesk.views import alarm_records
from frontdesk.views.announced_waits import REPORT as WAITS_REPORT
from frontdesk.views.documents import AlarmPage, ContactState, MessageDocument
from frontdesk.views.errors import ViewsUnavailable
from frontdesk.views.record_documents import (
    AnnouncedWaitsDay,
    AnnouncedWaitsReport,
    ContactEventDocument,
    ContactEventPage,
    ContactFilter,
    ContactRecordDocument,
    ContactRecordPage,
    MessagePage,
    SettingChangeDocument,
    SettingChangePage,
    StintDocument,
)
from frontdesk.views.record_rows import clean_text
from frontdesk.views.report_queries import ReportQueries
from frontdesk.views.transcript import write_transcript

CONNECTIONS_MAX = 4
TIMEOUT_S = 5.0
PAGE_MAX = 200
CURSOR_DIGITS_MAX = 18
STINTS_SHOWN_MAX = 1_000
TRANSCRIPT_MESSAGES_MAX = 10_000

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"

_UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
)

_RECORD_FIELDS = tuple(f for f in ContactRecordDocument.__struct_fields__ if f != "customer")
_RECORD_COLUMNS = ", ".join((*_RECORD_FIELDS, "customer_id", "customer_name", "customer_address"))
_STINT_COLUMNS = ", ".join(StintDocument.__struct_fields__)
_MESSAGE_COLUMNS = (
    "m.contact_id, m.number, m.at_ms, m.author, m.agent_id, m.client_id, m.text, m.attachments,"
    " m.internal, m.prompt, m.choice,"
    " CASE m.author WHEN 'customer' THEN r.customer_name ELSE coalesce(a.name, '') END"
    " AS author_name"
)
_decode_attachments = msgspec.json.Decoder(tuple[Attachment, ...]).decode
_decode_prompt = msgspec.json.Decoder(Prompt).decode
_decode_attributes = msgspec.json.Decoder(dict[str, str]).decode
_decode_payload = msgspec.json.Decoder(dict[str, Any]).decode


class Queries:
    """Reads a centre's records; every call may raise ViewsUnavailable."""

    def __init__(self, dsn: str, centre: str) -> None:
        self._dsn = dsn
        self._centre = centre
        self._pool: Pool | None = None
        self.reports = ReportQueries(self._fetch, centre)

    async def close(self) -> None:
        """Closes every connection."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.terminate()
            await pool.close()

    @asynccontextmanager
    async def _connect(self) -> AsyncGenerator[Connection]:
        try:
            if self._pool is None:
                self._pool = asyncpg.create_pool(
                    self._dsn,
                    min_size=0,
                    max_size=CONNECTIONS_MAX,
                    timeout=TIMEOUT_S,
                    command_timeout=TIMEOUT_S,
                    server_settings={"application_name": "frontdesk queries"},
                )
            await self._pool
            async with self._pool.acquire(timeout=TIMEOUT_S) as connection:
                yield connection
        except _UNREACHABLE as error:
            raise ViewsUnavailable(str(error) or type(error).__name__) from error

    async def _fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        async with self._connect() as connection:
            return await connection.fetch(statement, *values)

    # -- waits

    async def find_announced_waits(
        self, time_zone: str, from_ms: int, to_ms: int, queue_id: str | None = None
    ) -> AnnouncedWaitsReport:
        """What customers were told of their waits in a time, by queue and day."""
        queue_id = None if queue_id is None else clean_text(queue_id)
        rows = await self._fetch(WAITS_REPORT, self._centre, time_zone, from_ms, to_ms, queue_id)
        return AnnouncedWaitsReport(
            items=tuple(
                AnnouncedWaitsDay(
                    **dict(row),
                    kept_ratio=row["kept"] / row["answered"] if row["answered"] else None,
                )
                for row in rows
            )
        )

    # -- contacts

    async def find_contacts(
        self, wanted: ContactFilter, cursor: str | None = None, limit: int = 50
    ) -> ContactRecordPage:
        """Contacts that match, the latest opened first."""
        conditions, values = _build_conditions(wanted, self._centre)
        return await self._find_page(conditions, values, cursor, limit)

    async def find_customer_contacts(
        self, customer_id: str, cursor: str | None = None, limit: int = 50
    ) -> ContactRecordPage:
        """A customer's contacts over every channel, the latest opened first.

        `customer_id` may be a telephone number (E.164): all contacts from there or to it.
        """
        values = [self._centre, clean_text(customer_id)]
        column = "customer_address" if is_phone_number(customer_id) else "customer_id"
        # The second condition lets the planner use the index, which leaves nobody's contacts out.
        conditions = ["centre = $1", f"{column} = $2", f"{column} <> ''"]
        return await self._find_page(conditions, values, cursor, limit)

    async def _find_page(
        self, conditions: list[str], values: list[Any], cursor: str | None, limit: int
    ) -> ContactRecordPage:
        limit = min(limit, PAGE_MAX)
        before = _read_cursor(cursor)
        if before is not None:
            values = [*values, before]
            conditions = [*conditions, f"contact_id < ${len(values)}"]
        rows = await self._fetch(
            f"SELECT {_RECORD_COLUMNS} FROM contact_records WHERE {' AND '.join(conditions)}"
            f" ORDER BY contact_id DESC LIMIT {limit + 1}",
            *values,
        )
        items = tuple(_build_record(row) for row in rows[:limit])
        more = str(items[-1].contact_id) if len(rows) > limit else None
        return ContactRecordPage(items=items, next_cursor=more)

    async def find_contacts_by_ids(self, ids: Sequence[int]) -> tuple[ContactRecordDocument, ...]:
        """Up to a page of contacts, the latest opened first."""
        wanted = ["centre = $1", "contact_id = ANY($2)"]
        return (await self._find_page(wanted, [self._centre, ids], None, len(ids))).items

    async def find_contact(self, contact_id: int) -> ContactRecordDocument | None:
        """One contact's record; None: there is no such contact (or it opened just now)."""
        rows = await self._fetch(
            f"SELECT {_RECORD_COLUMNS} FROM contact_records WHERE centre = $1 AND contact_id = $2",
            self._centre,
            contact_id,
        )
        return _build_record(rows[0]) if rows else None

    async def find_stints(self, contact_id: int) -> tuple[StintDocument, ...]:
        """A contact's stays in queues and offers, in the order in which they began."""
        rows = await self._fetch(
            f"SELECT {_STINT_COLUMNS} FROM contact_stints"
            f" WHERE centre = $1 AND contact_id = $2 ORDER BY number LIMIT {STINTS_SHOWN_MAX}",
            self._centre,
            contact_id,
        )
        return tuple(StintDocument(**dict(row)) for row in rows)

    async def find_previous_agent(self, customer_id: str) -> str | None:
        """The agent who served the customer last, for `OpenContact.previous_agent_id`."""
        if not customer_id:
            return None
        rows = await self._fetch(
            "SELECT agent_id FROM contact_records WHERE centre = $1 AND customer_id = $2"
            " AND customer_id <> '' AND agent_id IS NOT NULL ORDER BY contact_id DESC LIMIT 1",
            self._centre,
            clean_text(customer_id),
        )
        return rows[0]["agent_id"] if rows else None

    # -- messages

    async def find_messages(
        self,
        contact_id: int,
        before: str | None = None,
        limit: int = 50,
        *,
        with_internal: bool = True,
    ) -> MessagePage:
        """The newest messages before number `before`, oldest first."""
        limit = min(limit, PAGE_MAX)
        rows = await self._select_messages(
            contact_id, _read_cursor(before), limit + 1, with_internal=with_internal
        )
        items = tuple(_build_message(row) for row in reversed(rows[:limit]))
        more = str(items[0].number) if len(rows) > limit else None
        return MessagePage(items=items, next_cursor=more)

    async def _select_messages(
        self, contact_id: int, before: int | None, limit: int, *, with_internal: bool
    ) -> Sequence[asyncpg.Record]:
        return await self._fetch(
            f"SELECT {_MESSAGE_COLUMNS} FROM contact_messages m"
            " JOIN contact_records r USING (centre, contact_id)"
            " LEFT JOIN agent_times a ON a.centre = m.centre AND a.agent_id = m.agent_id"
            " WHERE m.centre = $1 AND m.contact_id = $2"
            " AND ($3::bigint IS NULL OR m.number < $3) AND ($4 OR NOT m.internal)"
            f" ORDER BY m.number DESC LIMIT {limit}",
            self._centre,
            contact_id,
            before,
            with_internal,
        )

    async def build_transcript(
        self, contact_id: int, time_zone: str, *, with_internal: bool
    ) -> str | None:
        """The conversation as plain text; None: there is no such contact."""
        record = await self.find_contact(contact_id)
        if record is None:
            return None
        rows = await self._select_messages(
            contact_id, None, TRANSCRIPT_MESSAGES_MAX, with_internal=with_internal
        )
        messages = [_build_message(row) for row in reversed(rows)]
        return write_transcript(record, messages, time_zone)

    # -- events

    async def find_events(
        self, contact_id: int, cursor: str | None = None, limit: int = 200
    ) -> ContactEventPage:
        """A contact's life, event by event from the first; `cursor` is the last seq seen."""
        limit = min(limit, PAGE_MAX)
        rows = await self._fetch(
            "SELECT j.seq, j.at_ms, j.actor, j.type, j.payload::text AS payload"
            " FROM contact_events e JOIN journal j USING (centre, seq)"
            " WHERE e.centre = $1 AND e.contact_id = $2 AND e.seq > $3"
            f" ORDER BY e.seq LIMIT {limit + 1}",
            self._centre,
            contact_id,
            _read_cursor(cursor) or 0,
        )
        items = tuple(
            ContactEventDocument(
                seq=row["seq"],
                at_ms=row["at_ms"],
                actor=row["actor"],
                type=row["type"],
                payload=_decode_payload(row["payload"]),
            )
            for row in rows[:limit]
        )
        more = str(items[-1].seq) if len(rows) > limit else None
        return ContactEventPage(items=items, next_cursor=more)

    async def find_offer_decision(self, offer_id: int) -> tuple[int, int, int] | None:
        """The contact of an offer, and seq and time of the event that made it."""
        rows = await self._fetch(
            "SELECT s.contact_id, j.seq, j.at_ms FROM contact_stints s"
            " JOIN contact_events e USING (centre, contact_id) JOIN journal j USING (centre, seq)"
            " WHERE s.centre = $1 AND s.offer_id = $2 AND j.type = 'ContactOffered'"
            " AND (j.payload ->> 'offer_id')::bigint = $2 LIMIT 1",
            self._centre,
            offer_id,
        )
        return tuple(rows[0]) if rows else None

    async def find_alarms(self, cursor: str | None = None, limit: int = 50) -> AlarmPage:
        """Alarms before the one of the cursor, the newest first."""
        arguments = (self._centre, _read_cursor(cursor), min(limit, PAGE_MAX) + 1)
        rows = await self._fetch(alarm_records.PAGE, *arguments)
        return alarm_records.build_page([row[0] for row in rows], min(limit, PAGE_MAX))

    async def find_setting_changes(
        self,
        before: str | None = None,
        limit: int = 50,
        kind: str | None = None,
        entity_id: str | None = None,
    ) -> SettingChangePage:
        """Changes of business settings before seq `before`, the latest first."""
        limit = min(limit, PAGE_MAX)
        rows = await self._fetch(
            "SELECT c.seq, c.at_ms, c.actor, c.kind, c.entity_id, c.removed,"
            " j.payload::text AS payload"
            " FROM setting_changes c JOIN journal j USING (centre, seq)"
            " WHERE c.centre = $1 AND ($2::bigint IS NULL OR c.seq < $2)"
            " AND ($3::text IS NULL OR c.kind = $3) AND ($4::text IS NULL OR c.entity_id = $4)"
            f" ORDER BY c.seq DESC LIMIT {limit + 1}",
            self._centre,
            _read_cursor(before),
            kind,
            entity_id,
        )
        items = tuple(_build_change(row) for row in rows[:limit])
        more = str(items[-1].seq) if len(rows) > limit else None
        return SettingChangePage(items=items, next_cursor=more)


def _read_cursor(cursor: str | None) -> int | None:
    """A cursor is the id where the page before ended."""
    valid = cursor and cursor.isascii() and cursor.isdigit() and len(cursor) <= CURSOR_DIGITS_MAX
    return int(cursor) if cursor and valid else None


def _build_conditions(wanted: ContactFilter, centre: str) -> tuple[list[str], list[Any]]:
    conditions, values = ["centre = $1"], [centre]

    def add(condition: str, value: Any) -> None:
        values.append(value)
        conditions.append(condition.replace("?", f"${len(values)}"))

    if wanted.queue_id is not None:
        add("queue_ids @> ?", [clean_text(wanted.queue_id)])
    if wanted.agent_id is not None:
        add("agent_ids @> ?", [clean_text(wanted.agent_id)])
    if wanted.state is not None:
        add("state = ?", wanted.state.value)
    if wanted.from_ms is not None:
        add("opened_ms >= ?", wanted.from_ms)
    if wanted.to_ms is not None:
        add("opened_ms < ?", wanted.to_ms)
    if wanted.customer is not None:
        values.append(clean_text(wanted.customer))
        add(
            f"(customer_id = ${len(values)} OR customer_name ILIKE ? OR customer_address ILIKE ?)",
            f"%{_escape_like(clean_text(wanted.customer))}%",
        )
    return conditions, values


def _escape_like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _build_record(row: asyncpg.Record) -> ContactRecordDocument:
    values: dict[str, Any] = {name: row[name] for name in _RECORD_FIELDS}
    values["customer"] = CustomerCard(
        row["customer_id"], row["customer_name"], row["customer_address"]
    )
    values["attributes"] = _decode_attributes(row["attributes"])
    values["state"] = ContactState(row["state"])
    values["closed_by"] = None if row["closed_by"] is None else ClosedBy(row["closed_by"])
    values["queue_ids"] = tuple(row["queue_ids"])
    values["agent_ids"] = tuple(row["agent_ids"])
    return ContactRecordDocument(**values)


def _build_message(row: asyncpg.Record) -> MessageDocument:
    values = dict(row)
    values["author"] = Author(row["author"])
    values["attachments"] = _decode_attachments(row["attachments"])
    values["prompt"] = None if row["prompt"] is None else _decode_prompt(row["prompt"])
    return MessageDocument(**values)


def _build_change(row: asyncpg.Record) -> SettingChangeDocument:
    values = dict(row)
    values["entity"] = _decode_payload(values.pop("payload")).get("entity")
    return SettingChangeDocument(**values)
