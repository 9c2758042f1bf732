"""What the events of alarms do to the live picture, and to the records of alarms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.rules import AlarmRule
from frontdesk.kernel.settings import AgentProfile, Role
from frontdesk.views.board import Board
from frontdesk.views.changes import ALARMS
from frontdesk.views.documents import AlarmDocument


def build_alarm(event: ev.AlarmRaised, at_ms: int, name: str, *, sound: bool) -> AlarmDocument:
    """An alarm as it is raised."""
    return AlarmDocument(
        alarm_id=event.alarm_id,
        rule_id=event.rule_id,
        name=name,
        measure=event.measure,
        severity=event.severity,
        sound=sound,
        subject=event.subject,
        subject_id=event.subject_id,
        value=event.value,
        threshold=event.threshold,
        since_ms=event.since_ms,
        raised_ms=at_ms,
        agent_id=event.agent_id,
        queue_id=event.queue_id,
        contact_id=event.contact_id,
    )


def acknowledge(alarm: AlarmDocument, event: ev.AlarmAcknowledged, at_ms: int) -> AlarmDocument:
    return msgspec.structs.replace(
        alarm, acknowledged_ms=at_ms, acknowledged_by=event.by, note=event.note
    )


def escalate(alarm: AlarmDocument, _event: ev.AlarmEscalated, at_ms: int) -> AlarmDocument:
    return msgspec.structs.replace(alarm, escalated_ms=at_ms)


def clear(alarm: AlarmDocument, event: ev.AlarmCleared, at_ms: int) -> AlarmDocument:
    return msgspec.structs.replace(
        alarm, cleared_ms=at_ms, cleared_by=event.by, cleared_value=event.value
    )


ALARM_CHANGES: dict[type[ev.Event], Callable[[AlarmDocument, Any, int], AlarmDocument]] = {
    ev.AlarmAcknowledged: acknowledge,
    ev.AlarmEscalated: escalate,
    ev.AlarmCleared: clear,
}
"""What each event makes of an alarm that stands."""


def _touch(board: Board, alarm_id: int) -> None:
    """An alarm concerns every supervisor, whatever page is open."""
    board.touch((ALARMS, alarm_id), *list_supervisors(board))


def list_supervisors(board: Board) -> list[str]:
    """Whoever may see the floor."""
    agents = board.state.agents.values()
    return [row.profile.agent_id for row in agents if is_supervisor(row.profile)]


def is_supervisor(profile: AgentProfile) -> bool:
    return profile.role is not Role.AGENT


def fold_alarm_raised(board: Board, event: ev.AlarmRaised, at_ms: int) -> None:
    rule = board.state.settings.get(f"alarm_rule/{event.rule_id}")
    assert isinstance(rule, AlarmRule), "an alarm is raised by a rule in force"
    alarm = build_alarm(event, at_ms, rule.name, sound=rule.sound)
    board.state.alarms[event.alarm_id] = alarm
    _touch(board, event.alarm_id)


def fold_alarm_changed(
    board: Board, event: ev.AlarmAcknowledged | ev.AlarmEscalated, at_ms: int
) -> None:
    alarms = board.state.alarms
    alarms[event.alarm_id] = ALARM_CHANGES[type(event)](alarms[event.alarm_id], event, at_ms)
    _touch(board, event.alarm_id)


def fold_alarm_cleared(board: Board, event: ev.AlarmCleared, at_ms: int) -> None:  # noqa: ARG001
    del board.state.alarms[event.alarm_id]
    _touch(board, event.alarm_id)


ALARM_FOLDS: dict[type[ev.Event], Callable[[Board, Any, int], None]] = {
    ev.AlarmRaised: fold_alarm_raised,
    ev.AlarmAcknowledged: fold_alarm_changed,
    ev.AlarmEscalated: fold_alarm_changed,
    ev.AlarmCleared: fold_alarm_cleared,
}
