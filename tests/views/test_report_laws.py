"""What holds of reports over any journal: rebuilt they are equal, and totals are of facts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import pairwise

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from frontdesk.records.schema import migrate_async
from frontdesk.views.projection import Connection
from frontdesk.views.records import RecordsProjection
from frontdesk.views.semantics.answers import answer_report, find_columns
from frontdesk.views.semantics.catalogue import METRICS
from frontdesk.views.semantics.model import Additivity, Grain, ReportAnswer, ReportRequest
from frontdesk.views.semantics.sources import SOURCES
from tests.kernel import moves
from tests.views.script import START_MS, Script

ZONE = "Europe/Chisinau"
SPAN = {"from_ms": START_MS - 86_400_000, "to_ms": START_MS + 90 * 86_400_000}


@pytest.fixture
async def connection(module_database_dsn: str) -> AsyncIterator[Connection]:
    await migrate_async(module_database_dsn)
    connection = await asyncpg.connect(module_database_dsn)
    yield connection
    await connection.close()


async def keep(connection: Connection, centre: str, script: Script, ends: list[int]) -> None:
    """Folds the journal in batches that end there."""
    cuts = [0, *sorted({end % (len(script.envelopes) + 1) for end in ends}), None]
    for start, end in pairwise(cuts):
        if batch := script.envelopes[start:end]:
            await RecordsProjection().apply(connection, centre, batch)


async def ask(connection: Connection, centre: str, request: ReportRequest) -> ReportAnswer:
    answer = await answer_report(connection.fetch, centre, ZONE, request)
    assert isinstance(answer, ReportAnswer), answer
    return answer


def requests() -> list[ReportRequest]:
    """Of every source all metrics, by all dimensions one by one and by every grain."""
    found: list[ReportRequest] = []
    for source in SOURCES.values():
        ids = tuple(m.metric_id for m in METRICS.values() if source.source_id in m.sources)
        cuts = [(d,) for d in source.dimensions]
        found += [ReportRequest(metrics=ids, dimensions=cut, **SPAN) for cut in cuts]
        found += [ReportRequest(metrics=ids, grain=grain, **SPAN) for grain in Grain]
    return found


@given(seed=st.integers(0, 10**6), ends=st.lists(st.integers(0, 10**6), max_size=8))
@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_a_report_rebuilt_from_the_journal_is_equal(
    connection: Connection, seed: int, ends: list[int]
) -> None:
    """Events come late to the views: in whatever batches, no figure depends on when."""
    script = Script(moves.SeededChooser(seed))
    for _ in script.run(120):
        pass
    transaction = connection.transaction()
    await transaction.start()
    try:
        await keep(connection, "late", script, ends)
        await keep(connection, "rebuilt", script, [])
        for request in requests():
            late = await ask(connection, "late", request)
            assert late == await ask(connection, "rebuilt", request), request
            check_totals(late)
    finally:
        await transaction.rollback()


def check_totals(answer: ReportAnswer) -> None:
    """What is additive adds up to the total; the greatest is among the rows."""
    for i, metric_id in enumerate(answer.metrics):
        known = [row.values[i] for row in answer.rows]
        values = [value for value in known if value is not None]
        match METRICS[metric_id].additivity:
            case Additivity.SUM:
                assert sum(values) == answer.total[i], metric_id
            case Additivity.MAXIMUM:
                assert max(values, default=None) == answer.total[i], metric_id
            case Additivity.RATIO if values and values == known:
                total = answer.total[i]
                assert total is not None, metric_id
                assert min(values) - 1e-9 <= total <= max(values) + 1e-9, metric_id
            case _:
                pass


def test_every_column_is_a_metric_of_its_own_so_that_formulas_can_be_read_out() -> None:
    columns = find_columns(METRICS.values())
    assert [c for c in columns if c not in METRICS and c != "agent_id"] == []


def test_every_dimension_that_a_source_lacks_has_its_reason() -> None:
    for source in SOURCES.values():
        missing = {d for s in SOURCES.values() for d in s.dimensions} - set(source.dimensions)
        assert missing <= set(source.why_not), source.source_id
