"""Keeps what became of every alarm: raised when and why, looked after by whom, over since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.events import AnyEvent
from frontdesk.views.alarm_folds import ALARM_CHANGES, build_alarm
from frontdesk.views.documents import AlarmDocument, AlarmPage
from frontdesk.views.projection import Connection

TABLE: Final = "alarm_records"
_SELECT = f"SELECT document::text FROM {TABLE} WHERE centre = $1 AND alarm_id = ANY($2)"  # noqa: S608
_UPSERT = (
    f"INSERT INTO {TABLE} (centre, alarm_id, raised_ms, document) VALUES ($1, $2, $3, $4)"  # noqa: S608
    " ON CONFLICT (centre, alarm_id) DO UPDATE SET document = excluded.document"
)
PAGE: Final = (
    f"SELECT document::text FROM {TABLE} WHERE centre = $1"  # noqa: S608
    " AND ($2::bigint IS NULL OR alarm_id < $2) ORDER BY alarm_id DESC LIMIT $3"
)

_decode = msgspec.json.Decoder(AlarmDocument).decode
_encode = msgspec.json.Encoder().encode


async def keep_alarm_records(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    """Folds the next events, in order and without a gap."""
    touched = [e for e in envelopes if _is_of_alarm(e.event)]
    if not touched:
        return
    alarms = await _load(connection, centre, touched)
    for envelope in touched:
        event: Any = envelope.event
        if isinstance(event, ev.AlarmRaised):
            # Under which name the rule goes is its own affair: its id is what is kept.
            alarm = build_alarm(event, envelope.at_ms, event.rule_id, sound=False)
        else:
            alarm = ALARM_CHANGES[type(event)](alarms[event.alarm_id], event, envelope.at_ms)
        alarms[event.alarm_id] = alarm
    rows = [(centre, a.alarm_id, a.raised_ms, _encode(a).decode()) for a in alarms.values()]
    await connection.executemany(_UPSERT, rows)


def _is_of_alarm(event: AnyEvent) -> bool:
    return isinstance(event, ev.AlarmRaised) or type(event) in ALARM_CHANGES


async def _load(
    connection: Connection, centre: str, touched: Sequence[Envelope[AnyEvent]]
) -> dict[int, AlarmDocument]:
    ids = list({getattr(e.event, "alarm_id", 0): None for e in touched})
    rows = await connection.fetch(_SELECT, centre, ids)
    return {alarm.alarm_id: alarm for alarm in (_decode(row[0]) for row in rows)}


def build_page(written: Sequence[str], limit: int) -> AlarmPage:
    """Of rows that were asked for with one more than the page holds."""
    items = tuple(map(_decode, written[:limit]))
    more = str(items[-1].alarm_id) if len(written) > limit else None
    return AlarmPage(items=items, next_cursor=more)
