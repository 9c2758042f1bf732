"""Reads the reports of past days from the contact records; all calls may raise ViewsUnavailable."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Literal

import asyncpg

from frontdesk.views import report_documents as docs
from frontdesk.views import report_statements as sql
from frontdesk.views.record_rows import clean_text
from frontdesk.views.semantics.answers import answer_report
from frontdesk.views.semantics.drilling import build_drill
from frontdesk.views.semantics.model import ReportAnswer, ReportRefusal, ReportRequest

DAY_MS = 24 * 3_600_000

Fetch = Callable[..., Awaitable[list[asyncpg.Record]]]
VerdictKey = Literal["agent", "queue", "topic", "disposition"]


class ReportQueries:
    """Times in ms, `to_ms` left out; days are those of the time zone."""

    def __init__(self, fetch: Fetch, centre: str) -> None:
        self._fetch = fetch
        self._centre = centre

    async def find_containment(
        self, time_zone: str, from_ms: int, to_ms: int, flow_id: str | None = None
    ) -> docs.ContainmentReport:
        """What became of the contacts that met each flow, and where and why they went."""
        flow_id = None if flow_id is None else clean_text(flow_id)
        values = (self._centre, time_zone, from_ms, to_ms, flow_id)
        rows = [_build_containment(row) for row in await self._fetch(sql.CONTAINMENT, *values)]
        left_at = await self._fetch(sql.LEFT_AT, *values)
        asked = await self._fetch(sql.ASKED, *values)
        passages = [] if flow_id is None else await self._fetch(sql.PASSAGES, *values)
        return docs.ContainmentReport(
            flows=tuple(row for row in rows if row.day is None),
            items=tuple(row for row in rows if row.day is not None),
            left_at=tuple(docs.LeftAt(**dict(row)) for row in left_at),
            asked=tuple(docs.Asked(**dict(row)) for row in asked),
            passages=tuple(docs.Passage(**dict(row)) for row in passages),
        )

    async def find_verdicts(
        self,
        time_zone: str,
        from_ms: int,
        to_ms: int,
        by: VerdictKey,
        repeat_days: int,
        now_ms: int,
    ) -> docs.VerdictReport:
        """What customers said, and how many had to come back within so many days."""
        values = (self._centre, time_zone, from_ms, to_ms)
        answers = await self._fetch(sql.build_answers(by), *values)
        repeats = await self._fetch(sql.build_repeats(by), *values, repeat_days * DAY_MS, now_ms)
        rows = _join_by_key(answers, repeats)
        total = rows.pop(None)
        items = sorted(rows.items(), key=lambda item: (item[0] is None, item[0] or ""))
        return docs.VerdictReport(
            by=by,
            repeat_days=repeat_days,
            total=_build_verdicts(None, total),
            items=tuple(_build_verdicts(key, row) for key, row in items[: sql.NAMES_MAX]),
        )

    async def find_verdict_texts(
        self, from_ms: int, to_ms: int, before_seq: int | None, limit: int
    ) -> docs.VerdictTextPage:
        """What customers wrote in surveys, the latest first."""
        rows = await self._fetch(sql.TEXTS, self._centre, from_ms, to_ms, before_seq, limit + 1)
        items = tuple(docs.VerdictText(**dict(row)) for row in rows[:limit])
        more = str(items[-1].seq) if len(rows) > limit else None
        return docs.VerdictTextPage(items=items, next_cursor=more)

    async def find_unsure_messages(self) -> tuple[str, ...]:
        """What customers wrote that a flow was unsure of, in the latest runs; the latest first.

        They are read from the journal, so they last no longer than it keeps them.
        """
        rows = await self._fetch(sql.UNSURE_MESSAGES, self._centre)
        return tuple(row["text"] for row in rows)

    async def find_presence_spans(
        self, from_ms: int, to_ms: int, agent_id: str | None = None
    ) -> docs.PresenceReport:
        """Agents' sessions and breaks one by one, those that are over."""
        agent_id = None if agent_id is None else clean_text(agent_id)
        rows = await self._fetch(sql.PRESENCE_SPANS, self._centre, from_ms, to_ms, agent_id)
        spans = tuple(docs.PresenceSpanDocument(**dict(row)) for row in rows[: sql.DAYS_MAX])
        return docs.PresenceReport(items=spans, is_cut_short=len(rows) > sql.DAYS_MAX)

    async def find_callbacks(
        self, time_zone: str, from_ms: int, to_ms: int, queue_id: str | None = None
    ) -> docs.CallbackReport:
        """What became of the callbacks promised in a time, by queue and day."""
        queue_id = None if queue_id is None else clean_text(queue_id)
        found = await self._fetch(sql.CALLBACKS, self._centre, time_zone, from_ms, to_ms, queue_id)
        rows = [_build_callbacks(row) for row in found]
        return docs.CallbackReport(
            queues=tuple(row for row in rows if row.day is None),
            items=tuple(row for row in rows if row.day is not None),
        )

    async def run(self, request: ReportRequest, time_zone: str) -> ReportAnswer | ReportRefusal:
        """Any report of the semantic layer, or why it would mean nothing."""
        return await answer_report(self._fetch, self._centre, time_zone, request)

    async def find_ids_behind(
        self,
        request: ReportRequest,
        metric_id: str,
        keys: tuple[str, ...],
        before_id: int | None,
        time_zone: str,
    ) -> list[int] | ReportRefusal:
        """Contacts behind a cell of a report, a page and one more, the latest opened first."""
        built = build_drill(request, metric_id, keys, before_id, self._centre, time_zone)
        if isinstance(built, ReportRefusal):
            return built
        statement, values = built
        return [row["contact_id"] for row in await self._fetch(statement, *values)]


def _divide(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


def _build_containment(row: asyncpg.Record) -> docs.ContainmentDay:
    decided = row["met"] - row["under_way"]
    return docs.ContainmentDay(
        **dict(row),
        containment_ratio=_divide(row["contained"], decided),
        left_ratio=_divide(row["left"], decided),
    )


def _build_callbacks(row: asyncpg.Record) -> docs.CallbackDay:
    values = dict(row)
    ratio = _divide(row["tried_in_time"], values.pop("decided"))
    return docs.CallbackDay(**values, in_time_ratio=ratio)


_NOTHING: dict[str, Any] = {
    "csat_answers": 0,
    "csat_mean": None,
    "csat_satisfied": 0,
    "nps_answers": 0,
    "nps_promoters": 0,
    "nps_detractors": 0,
    "resolved_answers": 0,
    "resolved": 0,
    "texts": 0,
    "contacts": 0,
    "repeated": 0,
    "undecided": 0,
}


def _join_by_key(*tables: Iterable[asyncpg.Record]) -> dict[str | None, dict[str, Any]]:
    """Rows of the same key in one; None is all. What has no key is in that alone."""
    joined: dict[str | None, dict[str, Any]] = {None: dict(_NOTHING)}
    for row in (row for table in tables for row in table):
        if row["is_all"] or row["key"] is not None:
            values = {k: v for k, v in dict(row).items() if k not in ("key", "is_all")}
            joined.setdefault(row["key"], dict(_NOTHING)).update(values)
    return joined


def _build_verdicts(key: str | None, row: dict[str, Any]) -> docs.Verdicts:
    nps = _divide(100 * (row["nps_promoters"] - row["nps_detractors"]), row["nps_answers"])
    resolved, satisfied = row.pop("resolved"), row.pop("csat_satisfied")
    return docs.Verdicts(
        key=key,
        **row,
        csat_satisfied_ratio=_divide(satisfied, row["csat_answers"]),
        nps_score=nps,
        resolved_ratio=_divide(resolved, row["resolved_answers"]),
        first_contact_resolution_ratio=_divide(row["contacts"] - row["repeated"], row["contacts"]),
    )
