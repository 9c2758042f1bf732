"""What a change of business settings does to those who are under way."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.contact_deadlines import set_overflow_deadline, set_step_deadline
from frontdesk.kernel.deadlines import AGENT_LOST
from frontdesk.kernel.entities import OFFERED, WAITING, Agent
from frontdesk.kernel.evolve_flows import keep_flow_if_running
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.setting_tables import put_entity, remove_entity
from frontdesk.kernel.settings import AgentProfile, CentreSettings, Queue
from frontdesk.kernel.state import State


def evolve_setting_saved(state: State, event: ev.SettingSaved, now_ms: int) -> None:
    entity = event.entity
    if isinstance(entity, AgentProfile) and entity.agent_id not in state.agents:
        state.agents[entity.agent_id] = Agent(
            entity.agent_id, state.next_agent_number, presence_since_ms=now_ms
        )
        state.next_agent_number += 1
    if isinstance(entity, Flow):
        keep_flow_if_running(state, entity.flow_id)
        state.forget_nodes()
    put_entity(state, entity)
    if isinstance(entity, Queue):
        _adjust_deadlines(state, entity, now_ms)
    elif isinstance(entity, CentreSettings):
        _adjust_patience(state, now_ms)


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
    if event.kind == "agent_profile":
        number = state.agents[event.entity_id].number
        state.deadlines.cancel(AGENT_LOST, number)
    elif event.kind == "flow":
        state.forget_nodes()
    remove_entity(state, event.kind, event.entity_id)
