"""What flows and callbacks do to the live picture."""

# ruff: noqa: ARG001  (all folds have one signature, whether or not they need the time)

from collections.abc import Callable
from typing import Any

import msgspec

from frontdesk.kernel import events as ev
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.views.board import Board
from frontdesk.views.changes import FLOWS
from frontdesk.views.documents import CallbackDocument, ContactState
from frontdesk.views.rows import FlowRow, RunRow


def fold_flow_started(board: Board, event: ev.FlowStarted, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.run_id = event.run_id
    keeps_place = event.use is FlowUse.WAITING
    run = RunRow(event.contact_id, keeps_place, [], [])
    board.state.runs[event.run_id] = run
    _flow_row(board, event.flow_id).started_today += 1
    _enter(board, run, event.flow_id)
    if not keeps_place:
        board.leave_queue(contact)
        contact.state = ContactState.SELF_SERVICE
    board.touch_contact(contact)


def _flow_row(board: Board, flow_id: str) -> FlowRow:
    board.touch((FLOWS, flow_id))
    return board.state.flows.setdefault(flow_id, FlowRow())


def _enter(board: Board, run: RunRow, flow_id: str) -> None:
    flow = board.find_flow(flow_id)
    start = "" if flow is None else flow.start
    run.flow_ids.append(flow_id)
    run.node_ids.append(start)
    board.count_node(flow_id, start, 1)


def _leave(board: Board, run: RunRow) -> None:
    board.count_node(run.flow_ids.pop(), run.node_ids.pop(), -1)


def fold_node_passed(board: Board, event: ev.NodePassed, at_ms: int) -> None:
    run = board.state.runs[event.run_id]
    edges = _flow_row(board, event.flow_id).edges_today
    edge = f"{event.node_id}/{event.exit}"
    edges[edge] = edges.get(edge, 0) + 1
    board.count_node(event.flow_id, run.node_ids[-1], -1)
    run.node_ids[-1] = event.to_node_id
    board.count_node(event.flow_id, event.to_node_id, 1)


def fold_subflow_entered(board: Board, event: ev.SubflowEntered, at_ms: int) -> None:
    _flow_row(board, event.flow_id).started_today += 1
    _enter(board, board.state.runs[event.run_id], event.flow_id)


def fold_subflow_left(board: Board, event: ev.SubflowLeft, at_ms: int) -> None:
    _leave(board, board.state.runs[event.run_id])


def fold_flow_ended(board: Board, event: ev.FlowEnded, at_ms: int) -> None:
    run = board.state.runs.pop(event.run_id)
    while run.flow_ids:
        _leave(board, run)
    contact = board.state.contacts[event.contact_id]
    contact.run_id = None
    if contact.state is ContactState.SELF_SERVICE:
        contact.state = ContactState.WAITING
    board.touch_contact(contact)


def fold_contact_described(board: Board, event: ev.ContactDescribed, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.topic = event.topic
    contact.priority = event.priority
    contact.attributes = {**contact.attributes, **event.attributes}
    contact.language = event.language
    board.touch_contact(contact)


def fold_language_changed(board: Board, event: ev.LanguageChanged, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.language = event.language
    board.touch_contact(contact)


def fold_callback_promised(board: Board, event: ev.CallbackPromised, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    contact.queue_id = event.queue_id
    contact.callback = CallbackDocument(
        of_contact_id=event.of_contact_id,
        address=event.address,
        due_ms=event.due_ms,
        expires_ms=event.expires_ms,
        attempts=0,
        attempts_max=event.attempts_max,
        retry_ms=event.retry_ms,
        last_result=None,
    )
    board.touch_contact(contact)
    if event.of_contact_id is not None:
        before = board.state.contacts[event.of_contact_id]
        board.leave_queue(before)
        before.state = ContactState.SELF_SERVICE
        board.touch_contact(before)


def fold_callback_scheduled(board: Board, event: ev.CallbackScheduled, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    assert contact.callback is not None, "only callbacks have their time"
    board.leave_queue(contact)
    contact.state = ContactState.PROMISED
    contact.callback = msgspec.structs.replace(contact.callback, due_ms=event.due_ms)
    board.touch_contact(contact)


def fold_callback_attempted(board: Board, event: ev.CallbackAttempted, at_ms: int) -> None:
    contact = board.state.contacts[event.contact_id]
    assert contact.callback is not None, "only callbacks are attempted"
    contact.callback = msgspec.structs.replace(
        contact.callback, attempts=event.number, last_result=event.result
    )
    board.touch_contact(contact)


FLOW_FOLDS: dict[type[ev.Event], Callable[[Board, Any, int], None]] = {
    ev.FlowStarted: fold_flow_started,
    ev.NodePassed: fold_node_passed,
    ev.SubflowEntered: fold_subflow_entered,
    ev.SubflowLeft: fold_subflow_left,
    ev.FlowEnded: fold_flow_ended,
    ev.ContactDescribed: fold_contact_described,
    ev.LanguageChanged: fold_language_changed,
    ev.CallbackPromised: fold_callback_promised,
    ev.CallbackScheduled: fold_callback_scheduled,
    ev.CallbackAttempted: fold_callback_attempted,
}
