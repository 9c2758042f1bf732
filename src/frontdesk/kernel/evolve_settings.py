"""What a change of business settings does to those who are under way."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.book import RULES_MAX
from frontdesk.kernel.alarms.rules import AlarmRule, AlarmSubject
from frontdesk.kernel.alarms.watching import drop_place, watch_agent, watch_all, watch_staffing
from frontdesk.kernel.contact_deadlines import set_overflow_deadline, set_step_deadline
from frontdesk.kernel.deadlines import AGENT_LOST
from frontdesk.kernel.entities import OFFERED, WAITING, Agent
from frontdesk.kernel.evolve_flows import keep_flow_if_running
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.setting_tables import put_entity, remove_entity
from frontdesk.kernel.settings import (
    AgentProfile,
    BreakReason,
    CentreSettings,
    Hours,
    Queue,
    SettingsEntity,
)
from frontdesk.kernel.state import State


def evolve_setting_saved(state: State, event: ev.SettingSaved, now_ms: int) -> None:
    entity = event.entity
    if isinstance(entity, AgentProfile) and entity.agent_id not in state.agents:
        state.agents[entity.agent_id] = Agent(
            entity.agent_id, state.next_agent_number, presence_since_ms=now_ms
        )
        state.next_agent_number += 1
    queue_ids = _queues_of(state, entity)
    if isinstance(entity, Flow):
        keep_flow_if_running(state, entity.flow_id)
        state.forget_nodes()
    if isinstance(entity, AlarmRule):
        _number_rule(state, entity.alarm_rule_id)
    put_entity(state, entity)
    if isinstance(entity, Queue):
        _adjust_deadlines(state, entity, now_ms)
    elif isinstance(entity, CentreSettings):
        _adjust_patience(state, now_ms)
    _watch_anew(state, entity, queue_ids, now_ms)


def _queues_of(state: State, entity: SettingsEntity) -> tuple[str, ...]:
    """Of an agent's profile: the queues that the agent served until now."""
    if not isinstance(entity, AgentProfile):
        return ()
    before = state.settings.agents.get(entity.agent_id)
    return () if before is None else before.queue_ids


def _number_rule(state: State, rule_id: str) -> None:
    numbers = state.alarms.rule_numbers
    if rule_id not in numbers:
        taken = set(numbers.values())
        numbers[rule_id] = next(n for n in range(RULES_MAX) if n not in taken)


def _watch_anew(
    state: State, entity: SettingsEntity, queue_ids: tuple[str, ...], now_ms: int
) -> None:
    """Alarm rules go by the settings in force."""
    if not state.settings.alarm_rules:
        return
    if isinstance(entity, AgentProfile):
        watch_agent(state, state.agents[entity.agent_id], now_ms)
        watch_staffing(state, dict.fromkeys(queue_ids + entity.queue_ids), now_ms)
    elif isinstance(entity, _WATCHED_BY):
        watch_all(state, now_ms)


_WATCHED_BY = (AlarmRule, BreakReason, CentreSettings, Hours, Queue)
"""What rules go by, of agents' profiles apart."""


def _adjust_deadlines(state: State, queue: Queue, now_ms: int) -> None:
    """Whoever waits in a queue whose steps or rules have changed goes by the new ones."""
    for contact in state.contacts.values():
        if contact.queue_id != queue.queue_id:
            continue
        if contact.stage in (WAITING, OFFERED):
            set_step_deadline(state, contact, now_ms)
        if contact.stage is WAITING:
            set_overflow_deadline(state, contact, now_ms)


def _adjust_patience(state: State, now_ms: int) -> None:
    """A channel may have become one that no overflow rule sends on, or no longer be."""
    for contact in state.contacts.values():
        if contact.stage is WAITING:
            set_overflow_deadline(state, contact, now_ms)


def evolve_setting_removed(state: State, event: ev.SettingRemoved, now_ms: int) -> None:
    queue_ids: tuple[str, ...] = ()
    if event.kind == "agent_profile":
        queue_ids = state.settings.agents[event.entity_id].queue_ids
        number = state.agents[event.entity_id].number
        state.deadlines.cancel(AGENT_LOST, number)
    elif event.kind == "flow":
        state.forget_nodes()
    remove_entity(state, event.kind, event.entity_id)
    if event.kind == "alarm_rule":
        watch_all(state, now_ms)
        del state.alarms.rule_numbers[event.entity_id]
    elif event.kind in _PLACES:
        drop_place(state, _PLACES[event.kind], event.entity_id, now_ms)
        watch_staffing(state, queue_ids, now_ms)


_PLACES = {
    "agent_profile": AlarmSubject.AGENT,
    "queue": AlarmSubject.QUEUE,
    "flow": AlarmSubject.FLOW,
}
"""Kinds of settings that are watched."""
