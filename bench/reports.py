"""A month of reports over ten million contacts, beside the same sums written by hand.

The work: thirty queues, two channels, ten million contacts of one month, each with its wait; the
facts by the quarter-hour are added up from those very waits, as the projection would have. Asked is
what the floor asks at the end of a month: by queue and quarter of an hour the load, the abandons, a
service level, the mean wait and the handle time, with a total.

Anchors, in the same run on the same server: the least SQL that a person would write for the same
columns straight over the facts, and the same sums over the waits themselves, which is what a report
costs that keeps no facts. All three must agree.

How it grows: with the queues and the days asked for, not with the contacts. Two tables of a hundred
million contacts show it, one of ten months (a month of it is asked for) and one of three hundred
queues.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import asyncpg

from bench.harness import Figure, Timing, report
from bench.journal import empty_server
from frontdesk.views.projection import Connection
from frontdesk.views.semantics.answers import answer_report
from frontdesk.views.semantics.model import Grain, ReportAnswer, ReportRequest

CONTACTS: Final = 10_000_000
QUEUES: Final = 30
START_MS: Final = 1_793_491_200_000
"""1 November 2026."""
DAYS: Final = 30
DAY_MS: Final = 86_400_000
TIMES: Final = 5
AIM_S: Final = 2.0
ZONE: Final = "Europe/Chisinau"
SPAN = {"from_ms": START_MS, "to_ms": START_MS + DAYS * DAY_MS}
REQUEST = ReportRequest(
    metrics=(
        "offered",
        "answered",
        "abandoned",
        "service_level_less_short_abandons",
        "speed_of_answer_ms",
        "handle_time_ms",
    ),
    dimensions=("queue",),
    grain=Grain.INTERVAL,
    **SPAN,
)
BY_DAY = ReportRequest(
    metrics=REQUEST.metrics,
    dimensions=("queue",),
    grain=Grain.DAY,
    from_ms=START_MS,
    to_ms=START_MS + DAYS * DAY_MS,
)

# Waits are drawn from the contact's number, so that every run has the same.
WAITS = """
ALTER TABLE contact_stints DROP CONSTRAINT contact_stints_pkey;
DROP INDEX contact_stints_by_queue, contact_stints_by_agent;
INSERT INTO contact_stints (centre, contact_id, number, kind, queue_id, started_ms, ended_ms,
  result, hold_ms, note)
SELECT 'main', n, 1, 'wait', 'queue-' || n % {queues},
  {start} + (n * 7919::bigint * 1000) % ({days}::bigint * 86400000),
  {start} + (n * 7919::bigint * 1000) % ({days}::bigint * 86400000) + (n * 31) % 90000,
  CASE WHEN n % 17 = 0 THEN 'abandoned' ELSE 'answered' END, 0, ''
FROM generate_series(1, {contacts}) n
"""

FACTS = """
INSERT INTO queue_intervals SELECT centre, queue_id,
  CASE WHEN contact_id % 3 = 0 THEN 'voice' ELSE 'webchat' END,
  started_ms - started_ms % 900000, count(*), 0, 0,
  count(*) FILTER (WHERE result = 'answered'),
  count(*) FILTER (WHERE result = 'answered' AND ended_ms - started_ms <= 20000), 0,
  count(*) FILTER (WHERE result = 'abandoned'),
  count(*) FILTER (WHERE result = 'abandoned' AND ended_ms - started_ms <= 20000), 0, 0, 0, 0,
  coalesce(sum(ended_ms - started_ms) FILTER (WHERE result = 'answered'), 0),
  coalesce(sum(ended_ms - started_ms) FILTER (WHERE result = 'abandoned'), 0),
  max(ended_ms - started_ms), count(*) FILTER (WHERE result = 'answered'),
  180000 * count(*) FILTER (WHERE result = 'answered'), 0, 0
FROM contact_stints GROUP BY 1, 2, 3, 4
"""

GROWN = """
INSERT INTO queue_intervals SELECT 'grown-{name}', 'queue-' || q, c,
  {start} + i * 900000::bigint, {each}, 0, 0, {each}, {each} / 2, 0, 0, 0, 0, 0, 0, 0,
  {each} * 20000, 0, 89000, {each}, {each} * 180000::bigint, 0, 0
FROM generate_series(0, {intervals} - 1) i, generate_series(1, {queues}) q,
  unnest(ARRAY['voice', 'webchat']) c
"""

BY_HAND = """
SELECT queue_id, start_ms, sum(offered), sum(answered), sum(abandoned), sum(answered_in_target),
  sum(abandoned_in_target), sum(answered_wait_ms), sum(handle_ms), sum(engagements)
FROM queue_intervals WHERE centre = $1 AND start_ms >= $2 AND start_ms < $3 GROUP BY 1, 2
"""

RAW = """
SELECT queue_id, started_ms - started_ms % 900000, count(*),
  count(*) FILTER (WHERE result = 'answered'), count(*) FILTER (WHERE result = 'abandoned'),
  count(*) FILTER (WHERE result = 'answered' AND ended_ms - started_ms <= 20000),
  count(*) FILTER (WHERE result = 'abandoned' AND ended_ms - started_ms <= 20000),
  sum(ended_ms - started_ms) FILTER (WHERE result = 'answered')
FROM contact_stints WHERE centre = $1 AND started_ms >= $2 AND started_ms < $3 GROUP BY 1, 2
"""


async def take_time(work: Callable[[], Awaitable[Any]], times: int = TIMES) -> Timing:
    """After one turn that warms up."""
    await work()
    seconds: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        await work()
        seconds.append(time.perf_counter() - started)
    return Timing("", tuple(seconds))


async def ask(connection: Connection, request: ReportRequest, centre: str = "main") -> ReportAnswer:
    answer = await answer_report(connection.fetch, centre, ZONE, request)
    assert isinstance(answer, ReportAnswer), answer
    return answer


async def fill(connection: Connection) -> None:
    names = {"queues": QUEUES, "start": START_MS, "days": DAYS, "contacts": CONTACTS}
    for statement in WAITS.split(";"):
        await connection.execute(statement.format(**names))
    await connection.execute(FACTS)
    month = DAYS * 96
    each = CONTACTS // (QUEUES * 2 * month)
    for name, queues, intervals in (("months", QUEUES, 10 * month), ("queues", 10 * QUEUES, month)):
        grown = {"name": name, "queues": queues, "intervals": intervals, "each": each}
        await connection.execute(GROWN.format(**names | grown))
    await connection.execute("VACUUM ANALYZE queue_intervals")
    await connection.execute("VACUUM ANALYZE contact_stints")


async def check(connection: Connection) -> None:
    """The report, the sums by hand and the waits themselves say the same."""
    values = ("main", START_MS, START_MS + DAYS * DAY_MS)
    answer = await ask(connection, REQUEST)
    by_hand = await connection.fetch(BY_HAND, *values)
    raw = await connection.fetch(RAW, *values)
    assert len(answer.rows) == len(by_hand) == len(raw)
    assert answer.total[0] == sum(row[2] for row in by_hand) == sum(row[2] for row in raw)
    assert answer.total[0] == CONTACTS
    assert answer.total[2] == sum(row[4] for row in raw)


async def run() -> list[Figure]:
    async with empty_server() as dsn:
        connection: Connection = await asyncpg.connect(dsn)
        try:
            await fill(connection)
            await check(connection)
            return await measure_all(connection)
        finally:
            await connection.close()


async def measure_all(connection: Connection) -> list[Figure]:
    values = ("main", START_MS, START_MS + DAYS * DAY_MS)
    ours = await take_time(lambda: ask(connection, REQUEST))
    days = await take_time(lambda: ask(connection, BY_DAY))
    by_hand = await take_time(lambda: connection.fetch(BY_HAND, *values))
    raw = await take_time(lambda: connection.fetch(RAW, *values), 3)
    months = await take_time(lambda: ask(connection, REQUEST, "grown-months"))
    queues = await take_time(lambda: ask(connection, BY_DAY, "grown-queues"))
    seconds, aim = ours.median_s, f"under {AIM_S:g} s"
    return [
        Figure(
            "a month by queue and quarter-hour, 10 million contacts, all rows",
            seconds,
            "s",
            "by hand over the facts",
            by_hand.median_s,
            aim,
            seconds < AIM_S,
        ),
        Figure("the same beside no facts", seconds, "s", "over the waits themselves", raw.median_s),
        Figure("a month by queue and day", days.median_s, "s"),
        Figure("a month of ten, 100 million contacts", months.median_s, "s", "10 million", seconds),
        Figure(
            "a month by day, 300 queues, 100 million contacts",
            queues.median_s,
            "s",
            "30 queues, 10 million",
            days.median_s,
        ),
    ]


def main() -> bool:
    return report("reports", asyncio.run(run()))


if __name__ == "__main__":
    main()
