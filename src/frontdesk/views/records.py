"""Keeps the contact records: what became of every contact, for ever.

Per contact one record, its stints (each stay in a queue, each offer) and its
messages; the figures by the quarter-hour that reports add up; beside them where
in the journal a contact's events are, who changed which setting when, and what
customers were told of their waits, and what flows, surveys, callbacks and alarms came to.

A batch is folded in memory: what it touches is loaded, brought forward in order
by pure folds, and kept in a handful of statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.setting_tables import id_of, kind_of
from frontdesk.kernel.settings import AgentProfile
from frontdesk.views.alarm_records import keep_alarm_records
from frontdesk.views.announced_waits import keep_announced_waits
from frontdesk.views.flow_records import keep_flow_records
from frontdesk.views.intervals import FACT_TABLES, ContactInterval
from frontdesk.views.lives import Desk, Life, count_standings, find_standing
from frontdesk.views.projection import Connection
from frontdesk.views.record_folds import LIFE_FOLDS, fold_record
from frontdesk.views.record_rows import AgentTime, ContactRecord, PresenceSpan, Stint
from frontdesk.views.statements import add, as_tuples, clean, select, upsert
from frontdesk.views.trunk_records import keep_trunk_load


class RecordsProjection:
    """The one fold behind `Queries`."""

    name = "records-4"
    tables = (
        "contact_records",
        "contact_stints",
        "contact_messages",
        "contact_events",
        *(table.name for table in FACT_TABLES),
        "queue_targets",
        "agent_times",
        "presence_spans",
        "setting_changes",
        "announced_waits",
        "flow_runs",
        "flow_passages",
        "survey_answers",
        "callbacks",
        "callback_attempts",
        "trunk_loads",
        "trunk_calls",
        "alarm_records",
    )

    async def apply(
        self, connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
    ) -> None:
        """Folds the next events, in order and without a gap, in the caller's transaction."""
        await _copy_facts(connection, centre, envelopes)
        await keep_announced_waits(connection, centre, envelopes)
        await keep_flow_records(connection, centre, envelopes)
        await keep_alarm_records(connection, centre, envelopes)
        contact_ids, agent_ids = _find_touched(envelopes)
        if not contact_ids and not agent_ids:
            return
        desk = Desk(
            centre,
            await _load_lives(connection, centre, contact_ids),
            await _load_agents(connection, centre, agent_ids),
            await _load_targets(connection, centre),
        )
        await keep_trunk_load(connection, centre, envelopes, desk.tallies)
        before = {id_: find_standing(life.record) for id_, life in desk.lives.items()}
        for envelope in envelopes:
            fold_record(desk, envelope)
        count_standings(desk, before)
        await _save_lives(connection, desk)
        await _save_agents(connection, desk)
        await _save_tallies(connection, desk)


_AGENTS_EVENTS = (
    ev.PresenceChanged,
    ev.ContactOffered,
    ev.OfferAccepted,
    ev.ContactTaken,
    ev.OfferDeclined,
    ev.OfferExpired,
    ev.OfferWithdrawn,
    ev.ContactTransferred,
    ev.EngagementEnded,
    ev.WrapUpCompleted,
)


def _find_touched(envelopes: Sequence[Envelope[AnyEvent]]) -> tuple[list[int], list[str]]:
    """Contacts and agents whose rows the events change; (some) settings count as an agent's."""
    contacts: dict[int, None] = {}
    agents: dict[str, None] = {}
    for envelope in envelopes:
        event: Any = envelope.event
        if type(event) in LIFE_FOLDS:
            contacts[event.contact_id] = None
        if isinstance(event, ev.CallbackPromised) and event.of_contact_id is not None:
            contacts[event.of_contact_id] = None
        if isinstance(event, ev.SettingSaved):
            entity = event.entity
            agents[entity.agent_id if isinstance(entity, AgentProfile) else ""] = None
        elif isinstance(event, ev.SettingRemoved):
            agents[event.entity_id] = None
        elif isinstance(event, _AGENTS_EVENTS):
            agents[event.agent_id] = None
    return list(contacts), list(agents)


# -- facts, written once

MESSAGE_COLUMNS = (
    "centre",
    "contact_id",
    "number",
    "at_ms",
    "author",
    "agent_id",
    "client_id",
    "text",
    "attachments",
    "internal",
    "prompt",
    "choice",
)


async def _copy_facts(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    """Messages, changes of settings, and where in the journal each contact's events are."""
    messages: list[tuple[Any, ...]] = []
    places: list[tuple[Any, ...]] = []
    changes: list[tuple[Any, ...]] = []
    for envelope in envelopes:
        event: Any = envelope.event
        contact_id: int | None = getattr(event, "contact_id", None)
        if contact_id is not None:
            places.append((centre, contact_id, envelope.seq))
        if isinstance(event, ev.MessagePosted):
            messages.append(clean(_build_message(centre, event, envelope.at_ms)))
        elif isinstance(event, ev.SettingSaved | ev.SettingRemoved):
            changes.append(_build_change(centre, event, envelope))
    if places:
        columns = ("centre", "contact_id", "seq")
        await connection.copy_records_to_table("contact_events", records=places, columns=columns)
    if messages:
        await connection.copy_records_to_table(
            "contact_messages", records=messages, columns=MESSAGE_COLUMNS
        )
    if changes:
        columns = ("centre", "seq", "at_ms", "actor", "kind", "entity_id", "removed")
        await connection.copy_records_to_table("setting_changes", records=changes, columns=columns)


def _build_message(centre: str, event: ev.MessagePosted, at_ms: int) -> tuple[Any, ...]:
    attachments = msgspec.json.encode(event.attachments).decode() if event.attachments else "[]"
    prompt = None if event.prompt is None else msgspec.json.encode(event.prompt).decode()
    return (
        centre,
        event.contact_id,
        event.number,
        at_ms,
        event.author.value,
        event.agent_id,
        event.client_id,
        event.text,
        attachments,
        event.internal,
        prompt,
        event.choice,
    )


def _build_change(
    centre: str, event: ev.SettingSaved | ev.SettingRemoved, envelope: Envelope[AnyEvent]
) -> tuple[Any, ...]:
    if isinstance(event, ev.SettingRemoved):
        kind, entity_id, removed = event.kind, event.entity_id, True
    else:
        kind, entity_id, removed = kind_of(event.entity), id_of(event.entity), False
    return (centre, envelope.seq, envelope.at_ms, envelope.actor, kind, entity_id, removed)


# -- rows, loaded and kept


_SELECT_RECORDS = select("contact_records", ContactRecord, "contact_id = ANY($2)")
_SELECT_STINTS = select("contact_stints", Stint, "contact_id = ANY($2)")
_SELECT_AGENTS = select("agent_times", AgentTime, "agent_id = ANY($2)")
_UPSERT_RECORD = upsert("contact_records", ContactRecord, 2)
_UPSERT_STINT = upsert("contact_stints", Stint, 3)
_UPSERT_AGENT = upsert("agent_times", AgentTime, 2)
_ADD_FACTS = tuple((table.row, add(table)) for table in FACT_TABLES)
_FORGET_NOBODY = (
    "DELETE FROM contact_intervals WHERE centre = $1 AND start_ms = ANY($2) AND contacts = 0"
)
_UPSERT_TARGET = (
    "INSERT INTO queue_targets (centre, queue_id, answer_ms) VALUES ($1, $2, $3)"
    " ON CONFLICT (centre, queue_id) DO UPDATE SET answer_ms = excluded.answer_ms"
)


async def _load_lives(connection: Connection, centre: str, ids: list[int]) -> dict[int, Life]:
    lives: dict[int, Life] = {}
    if not ids:
        return lives
    for row in await connection.fetch(_SELECT_RECORDS, centre, ids):
        record = ContactRecord(*row)
        lives[record.contact_id] = Life(record)
    for row in await connection.fetch(_SELECT_STINTS + " ORDER BY contact_id, number", centre, ids):
        stint = Stint(*row)
        lives[stint.contact_id].stints.append(stint)
    return lives


async def _load_agents(connection: Connection, centre: str, ids: list[str]) -> dict[str, AgentTime]:
    rows = await connection.fetch(_SELECT_AGENTS, centre, ids) if ids else []
    agents = [AgentTime(*row) for row in rows]
    return {agent.agent_id: agent for agent in agents}


async def _load_targets(connection: Connection, centre: str) -> dict[str, int]:
    rows = await connection.fetch(
        "SELECT queue_id, answer_ms FROM queue_targets WHERE centre = $1", centre
    )
    return {row["queue_id"]: row["answer_ms"] for row in rows}


async def _save_lives(connection: Connection, desk: Desk) -> None:
    lives = desk.lives.values()
    if lives:
        await connection.executemany(_UPSERT_RECORD, as_tuples(life.record for life in lives))
        stints = as_tuples(stint for life in lives for stint in life.stints)
        await connection.executemany(_UPSERT_STINT, stints)


async def _save_agents(connection: Connection, desk: Desk) -> None:
    if desk.agents:
        await connection.executemany(_UPSERT_AGENT, as_tuples(desk.agents.values()))
    if desk.removed_agents:
        await connection.execute(
            "DELETE FROM agent_times WHERE centre = $1 AND agent_id = ANY($2)",
            desk.centre,
            list(desk.removed_agents),
        )
    if desk.changed_targets:
        rows = [(desk.centre, id_, desk.targets[id_]) for id_ in desk.changed_targets]
        await connection.executemany(_UPSERT_TARGET, rows)


async def _save_tallies(connection: Connection, desk: Desk) -> None:
    for kind, statement in _ADD_FACTS:
        rows = [
            clean((desk.centre, *key, *msgspec.structs.astuple(figures)))
            for key, figures in desk.tallies.rows[kind].items()
        ]
        if rows:
            await connection.executemany(statement, rows)
    # Which contacts stood otherwise for a while depends on where batches end; the figures don't.
    starts = {key[-1] for key in desk.tallies.rows[ContactInterval]}
    if starts:
        await connection.execute(_FORGET_NOBODY, desk.centre, list(starts))
    if desk.presence_spans:
        await connection.copy_records_to_table(
            "presence_spans",
            records=as_tuples(desk.presence_spans),
            columns=PresenceSpan.__struct_fields__,
        )
