"""What the events of agents and of the business settings do to the live picture."""

# ruff: noqa: ARG001  (all folds have one signature, whether or not they need the time)

from collections.abc import Callable
from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.setting_tables import id_of, kind_of
from frontdesk.kernel.settings import NOT_ANSWERING, AgentProfile, Queue
from frontdesk.views.board import Board
from frontdesk.views.changes import AGENTS, SETTINGS
from frontdesk.views.documents import AgentState
from frontdesk.views.rows import AgentRow, QueueRow


def fold_setting_saved(board: Board, event: ev.SettingSaved, at_ms: int) -> None:
    entity = event.entity
    if isinstance(entity, AgentProfile):
        _save_profile(board, entity, at_ms)
        return
    key = f"{kind_of(entity)}/{id_of(entity)}"
    board.state.settings[key] = entity
    board.touch((SETTINGS, key))
    if isinstance(entity, Queue):
        board.state.queues.setdefault(entity.queue_id, QueueRow())
        board.touch_queue(entity.queue_id)
        _keep_steps(board, entity)


def _keep_steps(board: Board, queue: Queue) -> None:
    """Whoever was past the last of the steps that are left stands at it."""
    last = len(queue.steps) - 1
    for contact in board.state.contacts.values():
        if contact.queue_id == queue.queue_id and contact.step_index > last:
            contact.step_index = last
            board.touch_contact(contact)


def _save_profile(board: Board, profile: AgentProfile, at_ms: int) -> None:
    known = board.state.agents.get(profile.agent_id)
    if known is not None:
        board.replace_profile(known, profile)
        return
    board.add_agent(
        AgentRow(
            profile=profile,
            presence=Presence.OFFLINE,
            break_reason_id=None,
            presence_since_ms=at_ms,
            next_presence=None,
            next_break_reason_id=None,
            signed_in_since_ms=None,
            connected_since_ms=None,
            state=AgentState.OFFLINE,
            state_since_ms=at_ms,
            offer_ids=[],
            engagement_ids=[],
            recent=(),
            answered_today=0,
            missed_today=0,
        )
    )


def fold_setting_removed(board: Board, event: ev.SettingRemoved, at_ms: int) -> None:
    if event.kind == "agent_profile":
        board.remove_agent(event.entity_id)
        return
    key = f"{event.kind}/{event.entity_id}"
    board.touch((SETTINGS, key))
    board.state.settings.pop(key, None)
    if event.kind == "queue":
        board.touch_queue(event.entity_id)
        del board.state.queues[event.entity_id]
    elif key == f"break_reason/{NOT_ANSWERING.break_reason_id}":
        board.state.settings[key] = NOT_ANSWERING


def fold_presence_changed(board: Board, event: ev.PresenceChanged, at_ms: int) -> None:
    agent = board.state.agents[event.agent_id]
    if event.presence is Presence.OFFLINE:
        agent.signed_in_since_ms = None
    elif agent.signed_in_since_ms is None:
        agent.signed_in_since_ms = at_ms
    agent.presence = event.presence
    agent.break_reason_id = event.break_reason_id
    agent.presence_since_ms = at_ms
    agent.next_presence = None
    agent.next_break_reason_id = None
    board.update_agent(agent, at_ms)


def fold_next_presence_set(board: Board, event: ev.NextPresenceSet, at_ms: int) -> None:
    agent = board.state.agents[event.agent_id]
    agent.next_presence = event.presence
    agent.next_break_reason_id = event.break_reason_id
    board.touch((AGENTS, event.agent_id), event.agent_id)


def fold_agent_connected(board: Board, event: ev.AgentConnected, at_ms: int) -> None:
    board.state.agents[event.agent_id].connected_since_ms = at_ms
    board.touch((AGENTS, event.agent_id), event.agent_id)


def fold_agent_disconnected(board: Board, event: ev.AgentDisconnected, at_ms: int) -> None:
    board.state.agents[event.agent_id].connected_since_ms = None
    board.touch((AGENTS, event.agent_id), event.agent_id)


AGENT_FOLDS: dict[type[ev.Event], Callable[[Board, Any, int], None]] = {
    ev.SettingSaved: fold_setting_saved,
    ev.SettingRemoved: fold_setting_removed,
    ev.PresenceChanged: fold_presence_changed,
    ev.NextPresenceSet: fold_next_presence_set,
    ev.AgentConnected: fold_agent_connected,
    ev.AgentDisconnected: fold_agent_disconnected,
}
