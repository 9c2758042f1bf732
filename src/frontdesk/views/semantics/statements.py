"""From a checked request to statements: one a source, each with its total.

The rows of a source are cut by time and dimensions and their columns added up; what divides is
divided afterwards, of sums.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    column,
    func,
    literal_column,
    null,
    select,
    table,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import asyncpg

from frontdesk.views.days import find_offsets
from frontdesk.views.intervals import INTERVAL_MS
from frontdesk.views.report_statements import PUNCTUAL_MS
from frontdesk.views.semantics.model import Grain, ReportRequest, Source

ROWS_MAX: Final = 100_000
"""Rows that a report gives; a month of thirty queues by the quarter-hour has 86,400."""

_TABLE_OF_SOURCE: Final = {
    "queues": "queue_intervals",
    "waits": "wait_intervals",
    "agents": "agent_intervals",
    "agent_times": "agent_time_intervals",
    "breaks": "break_intervals",
    "dispositions": "disposition_intervals",
    "contacts": "contact_intervals",
    "trunks": "trunk_intervals",
}

_FLOWS = """
SELECT f.centre, f.started_ms AS start_ms, f.flow_id, coalesce(f.intent_id, '') AS intent_id,
  r.topic, r.channel, 1 AS flow_met,
  (f.ended_ms IS NULL)::int AS flow_under_way,
  (fate = 'contained')::int AS flow_contained, (fate = 'message')::int AS flow_messages,
  (fate = 'callback')::int AS flow_callbacks,
  (fate IN ('queued', 'moved', 'served'))::int AS flow_queued,
  (fate = 'transferred')::int AS flow_transferred, (fate = 'left')::int AS flow_left,
  (fate = 'failed')::int AS flow_failed, coalesce(f.ended_ms - f.started_ms, 0) AS flow_ms
FROM flow_runs f JOIN contact_records r USING (centre, contact_id), LATERAL (SELECT CASE
  WHEN f.ended_ms IS NULL THEN 'under_way' WHEN f.callback_id IS NOT NULL THEN 'callback'
  WHEN f.result = 'contained' AND f.message_contact_id IS NOT NULL THEN 'message'
  ELSE f.result END AS fate) AS x
WHERE f.flow_use = 'entry' AND f.agent_id IS NULL AND NOT EXISTS (
  SELECT 1 FROM flow_runs n WHERE n.centre = f.centre AND n.contact_id = f.contact_id
    AND n.flow_id = f.flow_id AND n.run_id > f.run_id AND n.flow_use = 'entry'
    AND n.agent_id IS NULL)
"""
"""A contact counts once a flow, by its last run."""

_VERDICTS = """
SELECT s.centre, s.at_ms AS start_ms, coalesce(s.agent_id, '') AS agent_id, s.queue_id, r.channel,
  r.topic, coalesce(r.disposition_id, '') AS disposition_id,
  (s.question_kind = 'csat')::int AS csat_answers,
  CASE s.question_kind WHEN 'csat' THEN s.score ELSE 0 END AS csat_points,
  (s.question_kind = 'csat' AND s.score >= 4)::int AS csat_satisfied,
  (s.question_kind = 'nps')::int AS nps_answers,
  (s.question_kind = 'nps' AND s.score >= 9)::int AS nps_promoters,
  (s.question_kind = 'nps' AND s.score <= 6)::int AS nps_detractors,
  (s.question_kind = 'resolved')::int AS resolved_answers,
  (s.question_kind = 'resolved' AND s.score = 1)::int AS resolved,
  (s.question_kind = 'text')::int AS texts
FROM survey_answers s JOIN contact_records r USING (centre, contact_id)
"""

_CALLBACKS = f"""
SELECT c.centre, c.requested_ms AS start_ms, c.queue_id, 1 AS promised,
  (r.outcome = 'open')::int AS callback_open, (r.outcome = 'answered')::int AS reached,
  (r.outcome = 'unreached')::int AS unreached, (r.outcome = 'expired')::int AS expired,
  (c.tried_ms IS NOT NULL)::int AS tried,
  coalesce(c.tried_ms <= coalesce(c.due_ms + {PUNCTUAL_MS}, c.expires_ms), false)::int
    AS tried_in_time,
  (c.tried_ms IS NOT NULL OR r.outcome <> 'open')::int AS callback_decided, c.attempts
FROM callbacks c JOIN contact_records r USING (centre, contact_id)
"""  # noqa: S608  (constants)

_QUERY_OF_SOURCE: Final = {"flows": _FLOWS, "verdicts": _VERDICTS, "callbacks": _CALLBACKS}

Statement = tuple[str, list[Any]]
"""SQL as asyncpg takes it, and its values."""


def build_report_statement(
    source: Source, request: ReportRequest, columns: tuple[str, ...], centre: str, time_zone: str
) -> Statement:
    """Gives rows of keys, `is_total` and the columns; one row, of null keys, is the total."""
    names = tuple(f"key_{i}" for i in range(len(request.dimensions) + (request.grain is not None)))
    facts = _select_facts(source, request, columns, names, centre, time_zone)
    keys = [facts.c[name] for name in names]
    figures = [_fold(source, facts.c[name]).label(name) for name in columns]
    if not keys:
        return compile_statement(select(true().label("is_total"), *figures))
    cut = select(*keys, (func.grouping(keys[0]) == 1).label("is_total"), *figures).group_by(
        func.grouping_sets(tuple_(*keys), literal_column("()"))
    )
    return compile_statement(cut.order_by(func.grouping(keys[0]).desc(), *keys).limit(ROWS_MAX + 2))


def _fold(source: Source, figure: ColumnElement[Any]) -> ColumnElement[Any]:
    if figure.name in source.maxima:
        return func.max(figure)
    if figure.name in source.distinct:
        return func.count(figure.distinct())
    return func.coalesce(func.sum(figure), 0)


def _select_facts(
    source: Source,
    request: ReportRequest,
    columns: tuple[str, ...],
    names: tuple[str, ...],
    centre: str,
    time_zone: str,
) -> FromClause:
    """The facts in question, each with the keys of its cell."""
    facts = _find_facts(source.source_id)
    start = column("start_ms", BigInteger)
    keys: list[ColumnElement[Any]] = [
        cast(column(source.dimensions[dimension]), Text) for dimension in request.dimensions
    ]
    if request.grain is not None:
        offsets = find_offsets(time_zone, request.from_ms, request.to_ms)
        keys = [build_bucket(start, request.grain, offsets), *keys]
    wanted = [column("centre", Text) == centre, start >= request.from_ms, start < request.to_ms]
    for dimension, values in sorted(request.filters.items()):
        wanted.append(cast(column(source.dimensions[dimension]), Text).in_(values))
    figures = [_build_figure(source, name) for name in columns]
    labelled = [key.label(name) for key, name in zip(keys, names, strict=True)]
    return select(*labelled, *figures).select_from(facts).where(and_(*wanted)).subquery("facts")


def _build_figure(source: Source, name: str) -> ColumnElement[Any]:
    condition = source.distinct.get(name)
    if condition is None:
        return column(name)
    counts = column(condition, Integer) > 0
    return case((counts, column(name, Text)), else_=null()).label(name)


def _find_facts(source_id: str) -> FromClause:
    query = _QUERY_OF_SOURCE.get(source_id)
    if query is None:
        return table(_TABLE_OF_SOURCE[source_id])
    return text(query).columns().subquery("source")


HOUR_MS: Final = 3_600_000

_DATES: Final = {
    Grain.DAY: "YYYY-MM-DD",
    Grain.WEEK: "YYYY-MM-DD",
    Grain.MONTH: "YYYY-MM",
    Grain.WEEKDAY: "ID",
    Grain.HOUR_OF_DAY: "HH24",
}


def build_bucket(
    start: ColumnElement[int], grain: Grain, offsets: list[tuple[int, int]]
) -> ColumnElement[Any]:
    """The cell of time that an instant belongs to, as a text.

    Intervals and hours are instants in ms: an hour that the clocks repeat is two. The longer ones
    are dates on the local calendar, so that a day has the hours it has.
    """
    if grain is Grain.INTERVAL:
        return cast(start - start % INTERVAL_MS, Text)
    later = [(start >= since_ms, offset_ms) for since_ms, offset_ms in reversed(offsets[1:])]
    local_ms = start + (case(*later, else_=offsets[0][1]) if later else offsets[0][1])
    if grain is Grain.HOUR:
        return cast(start - local_ms % HOUR_MS, Text)
    local = func.timezone("UTC", func.to_timestamp(local_ms / literal_column("1000.0")))
    if grain is Grain.WEEK:
        local = func.date_trunc("week", local)
    return func.to_char(local, _DATES[grain])


_DIALECT: Final = asyncpg.dialect()


def compile_statement(statement: Select[Any]) -> Statement:
    """The statement as asyncpg takes it."""
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or ()
    return compiled.string, [compiled.params[name] for name in names]
