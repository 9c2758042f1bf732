"""What agents' time goes into: presence, breaks by reason, work in hand.

An agent's time is counted up to the instant of the last change of anything it is counted by.
"""

from collections.abc import Callable
from typing import Any

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.settings import AgentProfile, Queue
from frontdesk.views.intervals import AgentTimeInterval, BreakInterval, cut
from frontdesk.views.lives import Desk
from frontdesk.views.record_rows import AgentTime, PresenceSpan

_AVAILABLE, _BREAK, _OFFLINE = (
    Presence.AVAILABLE.value,
    Presence.BREAK.value,
    Presence.OFFLINE.value,
)


def _count_time(desk: Desk, agent: AgentTime, at_ms: int) -> None:
    """The time since the last change goes into the figures as what it was."""
    since_ms, agent.counted_until_ms = agent.counted_until_ms, at_ms
    if agent.presence == _OFFLINE and agent.engagement_count == 0:
        return
    for start_ms, duration_ms in cut(since_ms, at_ms):
        figures = _find_figures(desk, agent, start_ms)
        is_engaged = agent.engagement_count > 0
        figures.available_ms += duration_ms * (agent.presence == _AVAILABLE)
        figures.engaged_ms += duration_ms * is_engaged
        figures.staffed_ms += duration_ms * (is_engaged or agent.presence == _AVAILABLE)
        if agent.presence == _BREAK:
            figures.break_ms += duration_ms
            _find_break(desk, agent, start_ms).break_ms += duration_ms


def _find_figures(desk: Desk, agent: AgentTime, at_ms: int) -> AgentTimeInterval:
    return desk.tallies.at(AgentTimeInterval, at_ms, agent.agent_id, agent.team_id)


def _find_break(desk: Desk, agent: AgentTime, at_ms: int) -> BreakInterval:
    keys = (agent.agent_id, agent.team_id, agent.break_reason_id)
    return desk.tallies.at(BreakInterval, at_ms, *keys)


def count_engagement(desk: Desk, agent_id: str, by: int, at_ms: int) -> None:
    """An agent has taken up a contact (1) or is through with one (-1)."""
    agent = desk.agents.get(agent_id)
    if agent is not None:
        _count_time(desk, agent, at_ms)
        agent.engagement_count += by


def _setting_saved(desk: Desk, envelope: Envelope[ev.SettingSaved]) -> None:
    entity = envelope.event.entity
    if isinstance(entity, Queue):
        desk.targets[entity.queue_id] = entity.target.answer_ms
        desk.changed_targets[entity.queue_id] = None
    elif isinstance(entity, AgentProfile):
        _agent_saved(desk, entity, envelope.at_ms)


def _agent_saved(desk: Desk, profile: AgentProfile, at_ms: int) -> None:
    """Time before a change of team is the old team's."""
    desk.removed_agents.pop(profile.agent_id, None)
    agent = desk.agents.get(profile.agent_id)
    if agent is None:
        agent = AgentTime(desk.centre, profile.agent_id, "", "", _OFFLINE, at_ms, at_ms)
        desk.agents[profile.agent_id] = agent
    _count_time(desk, agent, at_ms)
    agent.name, agent.team_id = profile.name, profile.team_id or ""


def _setting_removed(desk: Desk, envelope: Envelope[ev.SettingRemoved]) -> None:
    event = envelope.event
    if event.kind == "agent_profile" and event.entity_id in desk.agents:
        _end_presence(desk, desk.agents.pop(event.entity_id), envelope.at_ms)
        desk.removed_agents[event.entity_id] = None


def _presence_changed(desk: Desk, envelope: Envelope[ev.PresenceChanged]) -> None:
    event, at_ms = envelope.event, envelope.at_ms
    agent = desk.agents.get(event.agent_id)
    if agent is None:
        return
    _end_presence(desk, agent, at_ms)
    was_offline = agent.presence == _OFFLINE
    agent.presence, agent.presence_since_ms = event.presence.value, at_ms
    agent.break_reason_id = event.break_reason_id or ""
    if was_offline and agent.presence != _OFFLINE:
        _find_figures(desk, agent, at_ms).sessions += 1
    if agent.presence == _BREAK:
        _find_break(desk, agent, at_ms).breaks += 1


def _end_presence(desk: Desk, agent: AgentTime, at_ms: int) -> None:
    _count_time(desk, agent, at_ms)
    if agent.presence == _OFFLINE or agent.presence_since_ms == at_ms:
        return
    desk.presence_spans.append(
        PresenceSpan(
            desk.centre,
            agent.agent_id,
            agent.presence_since_ms,
            at_ms,
            agent.presence,
            agent.break_reason_id,
            agent.team_id,
        )
    )


AGENT_TIME_FOLDS: dict[type[ev.Event], Callable[[Desk, Any], None]] = {
    ev.SettingSaved: _setting_saved,
    ev.SettingRemoved: _setting_removed,
    ev.PresenceChanged: _presence_changed,
}
