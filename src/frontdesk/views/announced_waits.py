"""Keeps what customers were told of their waits beside what became of them, and sums it up.

A wait is over when an agent has accepted the contact, when the customer has given up, or when the
contact was sent elsewhere or closed. Whether it was foretold well is known of the answered; of
those who gave up only, whether they had waited longer than the range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.events import AnyEvent
from frontdesk.views.projection import Connection

_RESULTS: dict[type[ev.Event], str] = {
    ev.OfferAccepted: "answered",
    ev.ContactAbandoned: "abandoned",
    ev.ContactQueued: "moved",
    ev.ContactClosed: "closed",
}
"""By the event that ends a wait; of several for one contact the first counts."""

_COLUMNS = (
    "centre",
    "seq",
    "contact_id",
    "queue_id",
    "announced_ms",
    "low_ms",
    "likely_ms",
    "high_ms",
    "estimate_ms",
    "ahead",
    "last_wait_ms",
    "head_age_ms",
    "ended_ms",
    "result",
)

_END = """
UPDATE announced_waits AS a SET ended_ms = e.ended_ms, result = e.result
  FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS e (contact_id, ended_ms, result)
  WHERE a.centre = $1 AND a.contact_id = e.contact_id AND a.ended_ms IS NULL
"""


async def keep_announced_waits(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    """Folds the next events, in order and without a gap."""
    rows: dict[int, list[Any]] = {}
    done: list[list[Any]] = []
    ended: dict[int, tuple[int, str]] = {}
    for envelope in envelopes:
        event: Any = envelope.event
        if isinstance(event, ev.WaitAnnounced):
            rows[event.contact_id] = _build_row(centre, event, envelope)
        elif result := _RESULTS.get(event.__class__):
            row = rows.pop(event.contact_id, None)
            if row is None:
                ended.setdefault(event.contact_id, (envelope.at_ms, result))
            else:
                done.append([*row, envelope.at_ms, result])
    if ended:
        ends = ended.values()
        await connection.execute(
            _END, centre, list(ended), [at_ms for at_ms, _ in ends], [result for _, result in ends]
        )
    done += [[*row, None, None] for row in rows.values()]
    if done:
        await connection.copy_records_to_table("announced_waits", records=done, columns=_COLUMNS)


def _build_row(centre: str, event: ev.WaitAnnounced, envelope: Envelope[AnyEvent]) -> list[Any]:
    return [
        centre,
        envelope.seq,
        event.contact_id,
        event.queue_id,
        envelope.at_ms,
        event.low_ms,
        event.likely_ms,
        event.high_ms,
        event.estimate_ms,
        event.ahead,
        event.last_wait_ms,
        event.head_age_ms,
    ]


DAYS_MAX = 1_000
"""Rows of a report: of each queue one a day."""


def _error(column: str) -> str:
    """The root mean square of what a column said less what came."""
    return f"round(sqrt(avg(power({column} - wait_ms, 2)) FILTER (WHERE answered)))::bigint"


REPORT = f"""
WITH waits AS (
  SELECT *, ended_ms - announced_ms AS wait_ms, result = 'answered' AS answered,
    to_char(to_timestamp(announced_ms / 1000.0) AT TIME ZONE $2, 'YYYY-MM-DD') AS day
  FROM announced_waits
  WHERE centre = $1 AND announced_ms >= $3 AND announced_ms < $4
    AND ($5::text IS NULL OR queue_id = $5)
)
SELECT queue_id, day, count(*) AS announced,
  count(*) FILTER (WHERE answered) AS answered,
  count(*) FILTER (WHERE answered AND wait_ms BETWEEN low_ms AND high_ms) AS kept,
  count(*) FILTER (WHERE answered AND wait_ms < low_ms) AS too_long,
  count(*) FILTER (WHERE answered AND wait_ms > high_ms) AS too_short,
  count(*) FILTER (WHERE result = 'abandoned') AS abandoned,
  count(*) FILTER (WHERE result = 'abandoned' AND wait_ms > high_ms) AS abandoned_too_short,
  round(avg(wait_ms) FILTER (WHERE answered))::bigint AS mean_wait_ms,
  round(avg(likely_ms - wait_ms) FILTER (WHERE answered))::bigint AS mean_error_ms,
  {_error("likely_ms")} AS error_ms,
  {_error("estimate_ms")} AS estimate_error_ms,
  {_error("last_wait_ms")} AS last_wait_error_ms,
  {_error("head_age_ms")} AS head_age_error_ms
FROM waits GROUP BY queue_id, day ORDER BY day DESC, queue_id LIMIT {DAYS_MAX}
"""  # noqa: S608  (put together from constants)
"""By centre, time zone, from, to, queue (null: all)."""
