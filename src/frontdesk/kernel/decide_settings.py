"""Decides changes of business settings: checks that they are sound, then matches anew."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.checks import check_alarm_rule
from frontdesk.kernel.alarms.rules import AlarmRule
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.decide_alarms import clear_alarms_of
from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows.check import find_first_error
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.graph import find_sole_queue
from frontdesk.kernel.flows.intent_checks import check_intent
from frontdesk.kernel.flows.look_up_checks import check_look_up
from frontdesk.kernel.flows.resources import Intent, LookUp
from frontdesk.kernel.refusals import Refusal, RefusalReason, invalid, not_found
from frontdesk.kernel.setting_tables import (
    KINDS,
    find_user,
    id_of,
    kind_of,
    references,
    table,
)
from frontdesk.kernel.settings import (
    NOT_ANSWERING,
    AgentProfile,
    CentreSettings,
    Hours,
    OverflowWhen,
    Queue,
    SettingsEntity,
    Team,
    Widget,
)
from frontdesk.kernel.telephone import PhoneAccount, PhoneNumber, Trunk
from frontdesk.kernel.telephone_checks import (
    check_line,
    check_phone_account,
    check_phone_number,
    check_trunk,
)
from frontdesk.kernel.turn import Turn

ID_CHARS_MAX = 64
NAME_CHARS_MAX = 200
STEPS_MAX = 20
DURATION_MS_MAX = 7 * 24 * 3_600_000
UNITS_MAX = 10_000
MINUTES_A_DAY = 24 * 60

_REGION = re.compile("[A-Z]{2}")


def decide_save_setting(turn: Turn, command: cmd.SaveSetting) -> Refusal | None:
    entity = command.entity
    settings = turn.state.settings
    refusal = _check_entity(settings, entity)
    if refusal is not None:
        return refusal
    if table(settings, kind_of(entity)).get(id_of(entity)) == entity:
        return None
    turn.emit(ev.SettingSaved(entity))
    _match_after(turn, entity)
    return None


def _match_after(turn: Turn, entity: SettingsEntity) -> None:
    """Serves whoever the change lets be served."""
    lanes = turn.state.lanes.lanes
    if isinstance(entity, AgentProfile):
        turn.match_agent(entity.agent_id)
    elif isinstance(entity, Queue):
        queue_id = entity.queue_id
        turn.match_lanes([la for la in lanes.values() if la.waiting and la.key[0] == queue_id])
    elif isinstance(entity, Team | CentreSettings):
        turn.match_lanes([lane for lane in lanes.values() if lane.waiting])


def _check_entity(settings: Settings, entity: SettingsEntity) -> Refusal | None:
    subject = f"{kind_of(entity)} {id_of(entity)}"
    if not 1 <= len(id_of(entity)) <= ID_CHARS_MAX:
        return invalid(f"An id has 1 to {ID_CHARS_MAX} characters.", subject)
    if not 1 <= len(entity.name.strip()) <= NAME_CHARS_MAX:
        return invalid(f"A name has 1 to {NAME_CHARS_MAX} characters.", subject)
    for kind, entity_id in () if isinstance(entity, Flow) else references(entity):
        own = (kind, entity_id) == (kind_of(entity), id_of(entity))
        if not own and entity_id not in table(settings, kind):
            return not_found(kind, entity_id)
    check = _CHECKS.get(type(entity))
    problem = check(settings, entity) if check is not None else None
    return None if problem is None else invalid(problem, subject)


def _check_agent(settings: Settings, agent: AgentProfile) -> str | None:
    if not all(1 <= proficiency <= 5 for proficiency in agent.skills.values()):
        return "A proficiency is a number from 1 to 5."
    if not 1 <= agent.capacity_units <= UNITS_MAX:
        return f"The capacity is between 1 and {UNITS_MAX} units."
    if len(set(agent.queue_ids)) != len(agent.queue_ids):
        return "A queue is named twice."
    return check_line(settings, agent)


def _check_team(settings: Settings, team: Team) -> str | None:
    return None if team.reserve_idle >= 0 else "The number of agents kept back can't be negative."


def _check_steps(queue: Queue) -> str | None:
    if not 1 <= len(queue.steps) <= STEPS_MAX:
        return f"A queue has 1 to {STEPS_MAX} routing steps."
    for step in queue.steps[:-1]:
        if step.duration_ms is None:
            return "Only the last routing step may last until the contact is served."
        if step.duration_ms == 0:
            return "A routing step lasts more than 0 ms."
    if queue.steps[-1].duration_ms is not None:
        return "The last routing step must last until the contact is served."
    levels = [need.proficiency_min for step in queue.steps for need in step.skills]
    if not all(1 <= level <= 5 for level in levels):
        return "A proficiency is a number from 1 to 5."
    return None


def _check_queue(settings: Settings, queue: Queue) -> str | None:
    problem = _check_steps(queue)
    if problem is not None:
        return problem
    times = [step.duration_ms or 0 for step in queue.steps]
    times += [queue.previous_agent_wait_ms, queue.wrap_up_time_ms]
    if not all(0 <= time_ms <= DURATION_MS_MAX for time_ms in times):
        return "A time is between 0 and 7 days."
    if not 1 <= queue.offer_time_ms <= DURATION_MS_MAX:
        return "An offer stands for more than 0 ms and at most 7 days."
    if queue.waiting_max < 0:
        return "The greatest number of waiting contacts can't be negative."
    if not 0 < queue.target.ratio <= 1 or queue.target.answer_ms < 0:
        return "A target is a share above 0 and up to 1, answered within 0 ms or more."
    return _check_overflows(settings, queue) or _check_flows_of(settings, queue)


def _check_overflows(settings: Settings, queue: Queue) -> str | None:
    whens = [overflow.when for overflow in queue.overflows]
    if len(set(whens)) != len(whens):
        return "There are two overflow rules for the same case."
    for overflow in queue.overflows:
        if (overflow.when is OverflowWhen.WAITED) != (overflow.wait_ms is not None):
            return "An overflow by wait, and no other, says after what wait."
        if overflow.wait_ms is not None and not 0 < overflow.wait_ms <= DURATION_MS_MAX:
            return "The wait before an overflow is more than 0 ms and at most 7 days."
    if {OverflowWhen.CLOSED, OverflowWhen.HOLIDAY} & set(whens) and queue.hours_id is None:
        return "An overflow outside opening hours needs opening hours."
    if any(o.queue_id is not None and o.flow_id is not None for o in queue.overflows):
        return "An overflow leads to a queue or into a flow, not to both."
    if _overflows_in_circle(settings, queue):
        return "The overflow rules lead back to this queue."
    return None


def _overflows_in_circle(settings: Settings, queue: Queue) -> bool:
    """Whether its rules, through other queues and flows, send a contact back to this queue.

    From a flow only what is sure counts: a flow that leads to one queue and nowhere else.
    """
    reached: set[str] = set()
    ahead = list(_overflow_queues(settings, queue))
    while ahead:
        queue_id = ahead.pop()
        if queue_id == queue.queue_id:
            return True
        if queue_id not in reached:
            reached.add(queue_id)
            ahead += _overflow_queues(settings, settings.queues[queue_id])
    return False


def _overflow_queues(settings: Settings, queue: Queue) -> Iterator[str]:
    for overflow in queue.overflows:
        if overflow.queue_id is not None:
            yield overflow.queue_id
        elif overflow.flow_id is not None:
            queue_id = find_sole_queue(settings.flows[overflow.flow_id])
            if queue_id is not None:
                yield queue_id


def _check_flows_of(settings: Settings, queue: Queue) -> str | None:
    flows = settings.flows
    if queue.waiting_flow_id and flows[queue.waiting_flow_id].use is not FlowUse.WAITING:
        return "While waiting only a flow for waiting can be met."
    if queue.after_flow_id and flows[queue.after_flow_id].use is not FlowUse.AFTER:
        return "After a contact only a flow for after it can be met."
    into = [flows[o.flow_id] for o in queue.overflows if o.flow_id is not None]
    if any(flow.use is not FlowUse.ENTRY for flow in into):
        return "An overflow leads into entry flows only."
    return None


def _check_flow(settings: Settings, flow: Flow) -> str | None:
    before = settings.flows.get(flow.flow_id)
    current = 0 if before is None else before.version
    if flow.version != current + 1 and flow != before:
        return (
            f"Version {current} of this flow is in force, so the next is {current + 1}; "
            f"this one says {flow.version}. Somebody else may have published meanwhile."
        )
    if before is not None and before.use is not flow.use:
        return "A flow's use can't change; make another flow."
    problem = find_first_error(settings, flow)
    if problem is None:
        return None
    return f"Node {problem.node_id}: {problem.detail}" if problem.node_id else problem.detail


def _check_hours(settings: Settings, hours: Hours) -> str | None:
    problem = _check_time_zone(hours.time_zone)
    if problem is not None:
        return problem
    spans = [(s.start_minute, s.end_minute) for s in hours.spans]
    spans += [span for exception in hours.exceptions for span in exception.spans]
    if not all(0 <= start < end <= MINUTES_A_DAY for start, end in spans):
        return "An opening starts before it ends, within one day."
    if not all(0 <= s.weekday <= 6 for s in hours.spans):
        return "A weekday is a number from 0 (Monday) to 6."
    dates = [exception.date for exception in hours.exceptions]
    if len(set(dates)) != len(dates):
        return "A date is named twice among the exceptions."
    return next((f"{day!r} is not a date." for day in dates if not _is_date(day)), None)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_time_zone(name: str) -> str | None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"{name!r} is not a time zone."
    return None


def _check_widget(settings: Settings, widget: Widget) -> str | None:
    if not widget.topics:
        return "A widget needs at least one topic."
    for topic in widget.topics:
        if bool(topic.queue_id) == (topic.flow_id is not None):
            return "A topic leads to a queue or into a flow."
        if topic.flow_id and settings.flows[topic.flow_id].use is not FlowUse.ENTRY:
            return "A topic leads into entry flows only."
    ids = [topic.topic_id for topic in widget.topics]
    return "A topic id is named twice." if len(set(ids)) != len(ids) else None


def _check_centre(settings: Settings, centre: CentreSettings) -> str | None:
    names = [rule.channel for rule in centre.channels]
    if len(set(names)) != len(names):
        return "A channel is named twice."
    if not all(1 <= rule.units <= UNITS_MAX for rule in centre.channels):
        return f"A channel costs between 1 and {UNITS_MAX} units."
    if centre.take_off_after_missed < 1:
        return "An agent may miss at least one offer."
    times = [centre.disconnect_grace_ms, centre.retry_refused_ms]
    times += [rule.rating_time_ms for rule in centre.channels]
    times += [rule.idle_close_ms or 0 for rule in centre.channels]
    times += [rule.leave_grace_ms or 0 for rule in centre.channels]
    if not all(0 <= time_ms <= DURATION_MS_MAX for time_ms in times):
        return "A time is between 0 and 7 days."
    if centre.region and not _REGION.fullmatch(centre.region):
        return "A country is two capital letters, like MD."
    return _check_time_zone(centre.time_zone)


_CHECKS: dict[type[Any], Callable[[Settings, Any], str | None]] = {
    AgentProfile: _check_agent,
    Team: _check_team,
    Queue: _check_queue,
    Hours: _check_hours,
    Widget: _check_widget,
    Flow: _check_flow,
    CentreSettings: _check_centre,
    LookUp: lambda _settings, look_up: check_look_up(look_up),
    Intent: lambda _settings, intent: check_intent(intent),
    Trunk: lambda _settings, trunk: check_trunk(trunk),
    PhoneNumber: check_phone_number,
    PhoneAccount: lambda _settings, account: check_phone_account(account),
    AlarmRule: check_alarm_rule,
}


def decide_remove_setting(turn: Turn, command: cmd.RemoveSetting) -> Refusal | None:
    settings = turn.state.settings
    kind, entity_id = command.kind, command.entity_id
    if kind not in KINDS:
        return not_found("kind of setting", kind)
    if entity_id not in table(settings, kind):
        return not_found(kind, entity_id)
    refusal = _check_unused(turn, kind, entity_id)
    if refusal is not None:
        return refusal
    if kind == "agent_profile" and turn.state.agents[entity_id].presence is not Presence.OFFLINE:
        turn.emit(ev.PresenceChanged(entity_id, Presence.OFFLINE, None, ev.PresenceCause.REMOVED))
    if kind == "alarm_rule":
        clear_alarms_of(turn, entity_id)
    turn.emit(ev.SettingRemoved(kind, entity_id))
    return None


def _check_unused(turn: Turn, kind: str, entity_id: str) -> Refusal | None:
    state = turn.state
    subject = f"{kind} {entity_id}"
    if kind == "centre_settings":
        return Refusal(RefusalReason.INVALID, "A centre always has settings.", subject)
    if kind == "break_reason" and entity_id == NOT_ANSWERING.break_reason_id:
        return Refusal(RefusalReason.INVALID, "The centre itself uses this reason.", subject)
    user = find_user(state.settings, kind, entity_id)
    if user is not None:
        detail = f"It is still used by {kind_of(user)} {id_of(user)}; change that first."
        return Refusal(RefusalReason.IN_USE, detail, subject)
    if kind == "agent_profile" and state.agents[entity_id].load_units:
        return Refusal(RefusalReason.IN_USE, "The agent still has contacts in hand.", subject)
    if kind == "queue" and any(c.queue_id == entity_id for c in state.contacts.values()):
        return Refusal(RefusalReason.IN_USE, "The queue still has contacts.", subject)
    if kind == "flow" and _is_under_way(turn, entity_id):
        return Refusal(RefusalReason.IN_USE, "Contacts are under way in this flow.", subject)
    if kind == "break_reason" and any(
        entity_id in (a.break_reason_id, a.next_break_reason_id) for a in state.agents.values()
    ):
        return Refusal(RefusalReason.IN_USE, "An agent is on this break.", subject)
    return None


def _is_under_way(turn: Turn, flow_id: str) -> bool:
    runs = turn.state.runs.values()
    return any(frame.flow_id == flow_id for run in runs for frame in run.frames)
