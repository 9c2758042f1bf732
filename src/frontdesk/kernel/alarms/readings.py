"""What alarm rules measure, read from the state; and whom a rule is about."""

from typing import NamedTuple

from frontdesk.kernel.alarms.book import Watch
from frontdesk.kernel.alarms.rules import (
    AGES,
    RATIOS,
    SUBJECTS,
    WINDOWED,
    AlarmMeasure,
    AlarmRule,
    AlarmSubject,
    is_over,
)
from frontdesk.kernel.alarms.stretches import Steps
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.entities import Agent, Engagement
from frontdesk.kernel.settings import Hours
from frontdesk.kernel.state import State

# -- what an agent does


def since_in_hand(state: State, measure: AlarmMeasure, holder: Agent | Engagement) -> int | None:
    """Since when what an age in hand measures has lasted; None: it doesn't."""
    if isinstance(holder, Agent):
        return _break_over_since(state, holder)
    if measure is AlarmMeasure.CONTACT_MS:
        return holder.started_ms if holder.ended_ms is None else None
    if measure is AlarmMeasure.WRAP_UP_MS:
        return holder.ended_ms
    contact = state.contacts.get(holder.contact_id)
    if contact is None or contact.engagement_id != holder.engagement_id:
        return None
    return contact.held_since_ms


def _break_over_since(state: State, agent: Agent) -> int | None:
    """When the agent's break ought to have ended."""
    reason = state.settings.break_reasons.get(agent.break_reason_id or "")
    if agent.presence is not Presence.BREAK or reason is None or reason.expected_ms is None:
        return None
    return agent.presence_since_ms + reason.expected_ms


# -- places


def find_since(state: State, measure: AlarmMeasure, subject_id: str) -> int | None:
    """Since when what an age of a place measures has lasted; None: it doesn't."""
    if measure is AlarmMeasure.CHANNEL_DOWN_MS:
        return state.alarms.channels_down.get(subject_id)
    line = state.lookout.lines.get(subject_id)
    return next(iter(line.values())) if line else None


def find_first_in_line(state: State, queue_id: str) -> int | None:
    """The contact that has waited longest in a queue; of several, the one that came first."""
    line = state.lookout.lines.get(queue_id)
    if not line:
        return None
    since_ms = next(iter(line.values()))
    return min(contact_id for contact_id, queued_ms in line.items() if queued_ms == since_ms)


def counts_hit(measure: AlarmMeasure, *, answered: bool, in_target: bool) -> bool | None:
    """What a wait that has ended is for a share; None: it is not counted."""
    if measure is AlarmMeasure.ABANDONED_RATIO:
        return not answered
    if not answered and in_target:
        return None
    return answered and in_target


def course(state: State, rule: AlarmRule, watch: Watch, bound: float, now_ms: int) -> Steps:
    """Whether it is over the bound, now and later if nothing happens."""
    if not applies_to_place(state, rule, watch.subject_id):
        return [(now_ms, False)]
    if rule.measure in AGES:
        return _course_of_age(find_since(state, rule.measure, watch.subject_id), bound, now_ms)
    if rule.measure in WINDOWED:
        return [
            (at_ms, is_over(rule.measure, _share(rule, hits, counted), bound))
            for at_ms, hits, counted in (watch.tally.course(now_ms) if watch.tally else ())
        ] or [(now_ms, False)]
    return [(now_ms, is_over(rule.measure, _find_level(state, rule, watch.subject_id), bound))]


def _course_of_age(since_ms: int | None, bound: float, now_ms: int) -> Steps:
    if since_ms is None:
        return [(now_ms, False)]
    over_ms = since_ms + int(bound)
    return [(now_ms, True)] if over_ms <= now_ms else [(now_ms, False), (over_ms, True)]


def is_bad(rule: AlarmRule, watch: Watch, bound: float, now_ms: int) -> bool:
    """Whether what is counted within the window is over the bound now."""
    if watch.tally is None:
        return False
    return is_over(rule.measure, _share(rule, *watch.tally.sums(now_ms)), bound)


def _share(rule: AlarmRule, hits: int, counted: int) -> float | None:
    if rule.measure not in RATIOS:
        return float(hits)
    return hits / counted if counted >= max(1, rule.counted_min) else None


def _find_level(state: State, rule: AlarmRule, subject_id: str) -> float | None:
    if rule.measure is AlarmMeasure.AGENTS_AVAILABLE:
        return float(state.lanes.free_agents_by_queue.get(subject_id, 0))
    if rule.measure is AlarmMeasure.OFFERS_MISSED:
        agent = state.agents[subject_id]
        return 0.0 if agent.presence is Presence.OFFLINE else float(agent.missed_offers)
    trunk = state.alarms.trunks.get(subject_id)
    return None if trunk is None or trunk.lines == 0 else trunk.lines_in_use / trunk.lines


def find_value(state: State, rule: AlarmRule, watch: Watch, now_ms: int) -> float | None:
    """What is measured now; None: nothing to measure."""
    if not exists(state, SUBJECTS[rule.measure], watch.subject_id):
        return None
    if rule.measure in AGES:
        since_ms = find_since(state, rule.measure, watch.subject_id)
        return None if since_ms is None else float(now_ms - since_ms)
    if rule.measure in WINDOWED:
        return None if watch.tally is None else _share(rule, *watch.tally.sums(now_ms))
    return _find_level(state, rule, watch.subject_id)


def exists(state: State, subject: AlarmSubject, subject_id: str) -> bool:
    """Whether there still is such a place."""
    match subject:
        case AlarmSubject.AGENT:
            return subject_id in state.agents
        case AlarmSubject.QUEUE:
            return subject_id in state.settings.queues
        case AlarmSubject.FLOW:
            return subject_id in state.settings.flows
        case _:
            return True


# -- whom a rule is about


def applies_to_agent(state: State, rule: AlarmRule, agent: Agent) -> bool:
    profile = state.settings.agents[agent.agent_id]
    return (
        rule.on
        and (not rule.agent_ids or agent.agent_id in rule.agent_ids)
        and (not rule.team_ids or profile.team_id in rule.team_ids)
        and (not rule.queue_ids or any(id_ in rule.queue_ids for id_ in profile.queue_ids))
    )


def applies_to_engagement(state: State, rule: AlarmRule, engagement: Engagement) -> bool:
    return (
        rule.on
        and (not rule.queue_ids or engagement.queue_id in rule.queue_ids)
        and (not rule.channels or engagement.channel in rule.channels)
        and (not rule.agent_ids or engagement.agent_id in rule.agent_ids)
        and (
            not rule.team_ids or state.settings.agents[engagement.agent_id].team_id in rule.team_ids
        )
    )


def applies_to_place(state: State, rule: AlarmRule, subject_id: str) -> bool:
    subject = SUBJECTS[rule.measure]
    if not rule.on or not exists(state, subject, subject_id):
        return False
    if subject is AlarmSubject.AGENT:
        return applies_to_agent(state, rule, state.agents[subject_id])
    scopes = {AlarmSubject.QUEUE: rule.queue_ids, AlarmSubject.FLOW: rule.flow_ids}
    scope = scopes.get(subject, rule.channels)
    return not scope or subject_id in scope


def hours_of(state: State, rule: AlarmRule, subject_id: str) -> Hours | None:
    """When the rule watches; None: always."""
    hours_id = rule.hours_id
    if hours_id is None and SUBJECTS[rule.measure] is AlarmSubject.QUEUE:
        queue = state.settings.queues.get(subject_id)
        hours_id = None if queue is None else queue.hours_id
    return state.settings.hours.get(hours_id or "")


class Matter(NamedTuple):
    """Who and what an alarm is about."""

    subject_id: str
    agent_id: str | None = None
    queue_id: str | None = None
    contact_id: int | None = None


def matter_of_agent(agent: Agent) -> Matter:
    return Matter(agent.agent_id, agent.agent_id)


def matter_of_engagement(engagement: Engagement) -> Matter:
    return Matter(
        str(engagement.engagement_id),
        engagement.agent_id,
        engagement.queue_id,
        engagement.contact_id,
    )


def matter_of_place(state: State, rule: AlarmRule, subject_id: str) -> Matter:
    match SUBJECTS[rule.measure]:
        case AlarmSubject.AGENT:
            return Matter(subject_id, subject_id)
        case AlarmSubject.QUEUE:
            waits = rule.measure is AlarmMeasure.OLDEST_WAIT_MS
            first = find_first_in_line(state, subject_id) if waits else None
            return Matter(subject_id, queue_id=subject_id, contact_id=first)
        case _:
            return Matter(subject_id)
