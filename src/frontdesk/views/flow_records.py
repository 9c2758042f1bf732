"""Keeps what flows, surveys and callbacks came to.

Per run a row, per edge of a flow how often it was passed in a quarter-hour (so that the days of
any time zone can be made of them), per answer of a survey a row, per callback its promise and its
attempts.
"""

from __future__ import annotations

# ruff: noqa: ARG001  (all folds have one signature, whether or not they need the time)
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.events import AnyEvent
from frontdesk.views.flow_rows import CallbackRow, FlowRun
from frontdesk.views.intervals import floor_to_interval
from frontdesk.views.projection import Connection
from frontdesk.views.statements import as_tuples, clean, select, upsert

_SELECT_RUNS = select("flow_runs", FlowRun, "run_id = ANY($2)")
_UPSERT_RUN = upsert("flow_runs", FlowRun, 2)
_SELECT_CALLBACKS = select("callbacks", CallbackRow, "contact_id = ANY($2)")
_UPSERT_CALLBACK = upsert("callbacks", CallbackRow, 2)
_ADD_PASSAGES = (
    "INSERT INTO flow_passages AS p"
    " (centre, flow_id, version, node_id, exit, start_ms, passages)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (centre, flow_id, version, node_id, exit, start_ms)"
    " DO UPDATE SET passages = p.passages + excluded.passages"
)


async def keep_flow_records(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    """Folds the next events, in order and without a gap."""
    await _keep_runs(connection, centre, envelopes)
    await _keep_callbacks(connection, centre, envelopes)
    await _copy_answers(connection, centre, envelopes)
    await _copy_attempts(connection, centre, envelopes)


# -- runs


async def _keep_runs(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    touched = [e for e in envelopes if _find_run_id(e.event) is not None]
    if not touched:
        return
    ids = list({_find_run_id(e.event): None for e in touched})
    rows = await connection.fetch(_SELECT_RUNS, centre, ids)
    runs = {row["run_id"]: FlowRun(*row) for row in rows}
    passages: Counter[tuple[str, int, str, str, int]] = Counter()
    for envelope in touched:
        event: Any = envelope.event
        if isinstance(event, ev.FlowStarted):
            runs[event.run_id] = _build_run(centre, event, envelope.at_ms)
            continue
        run = runs[event.run_id]
        if isinstance(event, ev.NodePassed):
            version = _decode_versions(run.versions)[event.flow_id]
            start_ms = floor_to_interval(envelope.at_ms)
            passages[event.flow_id, version, event.node_id, event.exit, start_ms] += 1
        _RUN_FOLDS[type(event)](run, event, envelope.at_ms)
    await connection.executemany(_UPSERT_RUN, as_tuples(runs.values()))
    counted = [clean((centre, *edge, count)) for edge, count in passages.items()]
    await connection.executemany(_ADD_PASSAGES, counted)


def _find_run_id(event: Any) -> int | None:
    """The run that an event changes; None also of a callback that no flow has promised."""
    is_of_run = isinstance(event, ev.FlowStarted) or type(event) in _RUN_FOLDS
    return event.run_id if is_of_run else None


def _build_run(centre: str, event: ev.FlowStarted, at_ms: int) -> FlowRun:
    return FlowRun(
        centre,
        event.run_id,
        event.contact_id,
        event.flow_id,
        event.version,
        event.use.value,
        event.language,
        at_ms,
        event.agent_id,
        versions=_encode_versions({event.flow_id: event.version}),
    )


_decode_versions = msgspec.json.Decoder(dict[str, int]).decode


def _encode_versions(versions: dict[str, int]) -> str:
    return msgspec.json.encode(versions, order="deterministic").decode()


def _node_passed(run: FlowRun, event: ev.NodePassed, at_ms: int) -> None:
    """An intent counts once it was understood, be it one that the flow has no way for."""
    intent_id = event.values.get("intent")
    is_sure = "confidence" in event.values and event.exit != "unsure"
    if is_sure and isinstance(intent_id, str) and intent_id:
        run.intent_id = intent_id


def _subflow_entered(run: FlowRun, event: ev.SubflowEntered, at_ms: int) -> None:
    versions = _decode_versions(run.versions) | {event.flow_id: event.version}
    run.versions = _encode_versions(versions)


def _language_changed(run: FlowRun, event: ev.LanguageChanged, at_ms: int) -> None:
    run.language = event.language


def _callback_promised_by(run: FlowRun, event: ev.CallbackPromised, at_ms: int) -> None:
    run.callback_id = event.contact_id


def _message_taken(run: FlowRun, event: ev.MessageTaken, at_ms: int) -> None:
    run.message_contact_id = event.message_contact_id


def _flow_failed(run: FlowRun, event: ev.FlowFailed, at_ms: int) -> None:
    run.fault = event.fault.value


def _flow_ended(run: FlowRun, event: ev.FlowEnded, at_ms: int) -> None:
    run.ended_ms = at_ms
    run.result, run.outcome = event.result.value, event.outcome
    run.last_flow_id, run.last_node_id = event.flow_id, event.node_id


_RUN_FOLDS: dict[type[ev.Event], Callable[[FlowRun, Any, int], None]] = {
    ev.NodePassed: _node_passed,
    ev.SubflowEntered: _subflow_entered,
    ev.LanguageChanged: _language_changed,
    ev.CallbackPromised: _callback_promised_by,
    ev.MessageTaken: _message_taken,
    ev.FlowFailed: _flow_failed,
    ev.FlowEnded: _flow_ended,
}


# -- callbacks


async def _keep_callbacks(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    touched = [e for e in envelopes if type(e.event) in _CALLBACK_EVENTS]
    if not touched:
        return
    ids = list({_contact_id(e): None for e in touched})
    rows = await connection.fetch(_SELECT_CALLBACKS, centre, ids)
    callbacks = {row["contact_id"]: CallbackRow(*row) for row in rows}
    for envelope in touched:
        event: Any = envelope.event
        if isinstance(event, ev.CallbackPromised):
            callbacks[event.contact_id] = _build_callback(centre, event, envelope.at_ms)
        elif callback := callbacks.get(event.contact_id):
            _fold_callback(callback, event, envelope.at_ms)
    await connection.executemany(_UPSERT_CALLBACK, as_tuples(callbacks.values()))


_CALLBACK_EVENTS = (
    ev.CallbackPromised,
    ev.CallbackScheduled,
    ev.CallbackAttempted,
    ev.OfferAccepted,
)


def _contact_id(envelope: Envelope[Any]) -> int:
    return envelope.event.contact_id


def _build_callback(centre: str, event: ev.CallbackPromised, at_ms: int) -> CallbackRow:
    return CallbackRow(
        centre,
        event.contact_id,
        event.of_contact_id,
        event.run_id,
        event.queue_id,
        event.address,
        at_ms,
        event.due_ms,
        event.expires_ms,
        event.attempts_max,
    )


def _fold_callback(callback: CallbackRow, event: Any, at_ms: int) -> None:
    """The time that counts is the one promised last before anybody tried."""
    match event:
        case ev.CallbackScheduled() if callback.tried_ms is None:
            callback.due_ms = event.due_ms
        case ev.OfferAccepted() if callback.tried_ms is None:
            callback.tried_ms = at_ms
        case ev.CallbackAttempted():
            callback.attempts = event.number
        case _:
            pass


# -- facts, written once

_ANSWER_COLUMNS = (
    "centre",
    "seq",
    "at_ms",
    "run_id",
    "contact_id",
    "flow_id",
    "node_id",
    "question_id",
    "question_kind",
    "score",
    "text",
    "queue_id",
    "agent_id",
)


async def _copy_answers(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    answers = [
        clean(
            (
                centre,
                e.seq,
                e.at_ms,
                e.event.run_id,
                e.event.contact_id,
                e.event.flow_id,
                e.event.node_id,
                e.event.question_id,
                e.event.question_kind.value,
                e.event.score,
                e.event.text,
                e.event.queue_id,
                e.event.agent_id,
            )
        )
        for e in envelopes
        if isinstance(e.event, ev.SurveyAnswered)
    ]
    if answers:
        await connection.copy_records_to_table(
            "survey_answers", records=answers, columns=_ANSWER_COLUMNS
        )


async def _copy_attempts(
    connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
) -> None:
    attempts = [
        (
            centre,
            e.event.contact_id,
            e.event.number,
            e.at_ms,
            e.event.agent_id,
            e.event.result.value,
        )
        for e in envelopes
        if isinstance(e.event, ev.CallbackAttempted)
    ]
    if attempts:
        columns = ("centre", "contact_id", "number", "at_ms", "agent_id", "result")
        await connection.copy_records_to_table(
            "callback_attempts", records=attempts, columns=columns
        )
