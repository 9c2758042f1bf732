"""Where reports are made: the question placed in time, answered, named and written down."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from frontdesk.kernel.refusals import RefusalReason
from frontdesk.runtime.catching_up import catch_up
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.refused import Refused, refuse
from frontdesk.runtime.reporting.files import FileFormat, write_file
from frontdesk.runtime.reporting.labels import Labels, find_labels
from frontdesk.runtime.reporting.sheets import build_sheet
from frontdesk.views.documents import Document
from frontdesk.views.queries import Queries
from frontdesk.views.record_documents import ContactRecordPage
from frontdesk.views.records import RecordsProjection
from frontdesk.views.semantics.drilling import IDS_MAX
from frontdesk.views.semantics.model import ReportAnswer, ReportRefusal, ReportRequest
from frontdesk.views.semantics.periods import ReportQuery, place_query
from frontdesk.views.semantics.words import Words

T = TypeVar("T")


class ReportResult(Document, frozen=True):
    """The figures, the time they are of, and by dimension and value what keys are called."""

    from_ms: int
    to_ms: int
    time_zone: str
    answer: ReportAnswer
    labels: Labels


class ReportOffice:
    """Its calls raise Refused for what would mean nothing, ViewsUnavailable and Unavailable."""

    def __init__(self, runtime: CentreRuntime, queries: Queries) -> None:
        self._runtime = runtime
        self._queries = queries

    @property
    def time_zone(self) -> str:
        """The centre's."""
        return self._runtime.live.board.centre.time_zone

    async def run(self, query: ReportQuery, locale: str) -> ReportResult:
        """The report as of now."""
        request = await self._place(query)
        answer = _require(await self._queries.reports.run(request, self.time_zone))
        labels = find_labels(self._runtime.live, Words(locale), answer, query.grain)
        return ReportResult(
            from_ms=request.from_ms,
            to_ms=request.to_ms,
            time_zone=self.time_zone,
            answer=answer,
            labels=labels,
        )

    async def _place(self, query: ReportQuery, at_ms: int | None = None) -> ReportRequest:
        await catch_up(self._runtime, RecordsProjection.name)
        now_ms = self._runtime.clock.now_ms() if at_ms is None else at_ms
        return _require(place_query(query, self.time_zone, now_ms))

    async def write(
        self,
        title: str,
        query: ReportQuery,
        file_format: FileFormat,
        locale: str,
        at_ms: int | None = None,
    ) -> bytes:
        """The report as a file; at another time than now if `at_ms` says so."""
        words = Words(locale)
        request = await self._place(query, at_ms)
        answer = _require(await self._queries.reports.run(request, self.time_zone))
        labels = find_labels(self._runtime.live, words, answer, query.grain)
        sheet = build_sheet(title, request, answer, labels, words, self.time_zone)
        return await asyncio.to_thread(write_file, sheet, file_format)

    async def find_contacts(
        self, query: ReportQuery, metric_id: str, keys: tuple[str, ...], before_id: int | None
    ) -> ContactRecordPage:
        """The contacts behind a cell, the latest opened first."""
        request = await self._place(query)
        reports = self._queries.reports
        ids = _require(
            await reports.find_ids_behind(request, metric_id, keys, before_id, self.time_zone)
        )
        shown = ids[:IDS_MAX]
        items = await self._queries.find_contacts_by_ids(shown) if shown else ()
        more = str(shown[-1]) if len(ids) > IDS_MAX else None
        return ContactRecordPage(items=items, next_cursor=more)


def _require(outcome: T | ReportRefusal) -> T:
    if isinstance(outcome, ReportRefusal):
        raise refuse_report(outcome)
    return outcome


def refuse_report(refusal: ReportRefusal) -> Refused:
    """The refusal on its way out; its subject names the metric and the dimension."""
    subject = " ".join(part for part in (refusal.metric_id, refusal.dimension_id) if part)
    return refuse(RefusalReason.INVALID, refusal.detail, subject)
