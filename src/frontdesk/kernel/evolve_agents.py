"""What happens to an agent's presence and desks."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.watching import watch_break, watch_misses, watch_staffing
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.deadlines import AGENT_LOST
from frontdesk.kernel.state import State


def evolve_presence_changed(state: State, event: ev.PresenceChanged, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    if agent.presence is Presence.OFFLINE and event.presence is not Presence.OFFLINE:
        agent.signed_in_ms = now_ms
        agent.busy_ms = 0
    if event.presence is Presence.AVAILABLE:
        agent.idle_since_ms = now_ms
        agent.missed_offers = 0
    agent.presence = event.presence
    agent.break_reason_id = event.break_reason_id
    agent.presence_since_ms = now_ms
    agent.next_presence = None
    agent.next_break_reason_id = None
    if event.presence is Presence.OFFLINE:
        state.deadlines.cancel(AGENT_LOST, agent.number)
    slot = state.lanes.slots[agent.agent_id]
    state.lanes.touch(slot)
    watch_break(state, agent, now_ms)
    watch_misses(state, agent, now_ms)
    watch_staffing(state, slot.profile.queue_ids, now_ms)


def evolve_next_presence_set(state: State, event: ev.NextPresenceSet, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    agent.next_presence = event.presence
    agent.next_break_reason_id = event.break_reason_id
    slot = state.lanes.slots[agent.agent_id]
    state.lanes.touch(slot)
    watch_staffing(state, slot.profile.queue_ids, now_ms)


def evolve_agent_connected(state: State, event: ev.AgentConnected, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    agent.connected = True
    state.deadlines.cancel(AGENT_LOST, agent.number)


def evolve_agent_disconnected(state: State, event: ev.AgentDisconnected, now_ms: int) -> None:
    agent = state.agents[event.agent_id]
    agent.connected = False
    if agent.presence is not Presence.OFFLINE:
        at_ms = now_ms + state.settings.centre.disconnect_grace_ms
        state.deadlines.set(AGENT_LOST, agent.number, at_ms)
