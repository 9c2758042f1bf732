"""What happens to alarms, and what is reported for them to watch."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.book import RULES_MAX, Alarm, Trunk
from frontdesk.kernel.alarms.readings import exists
from frontdesk.kernel.alarms.rules import AGES_IN_HAND, SUBJECTS, AlarmMeasure, AlarmSubject
from frontdesk.kernel.alarms.watching import (
    drop_watch,
    watch_break,
    watch_engagement,
    watch_place,
    watch_places,
)
from frontdesk.kernel.deadlines import (
    ALARM_AGENT,
    ALARM_ENGAGEMENT,
    ALARM_ESCALATION,
    ALARM_WATCH,
    DeadlineKind,
)
from frontdesk.kernel.state import State


def evolve_alarm_raised(state: State, event: ev.AlarmRaised, now_ms: int) -> None:
    book, lookout = state.alarms, state.lookout
    assert event.alarm_id == book.next_alarm_id, "alarm ids are handed out in order"
    book.next_alarm_id += 1
    kind, number = _find_deadline(state, event)
    assert (kind, number) not in lookout.raised, "one alarm of a rule about a subject at a time"
    begun_ms = event.since_ms
    if kind is ALARM_AGENT:
        begun_ms = state.agents[event.subject_id].presence_since_ms
    alarm = Alarm(event.alarm_id, event.rule_id, int(kind), number, event.subject_id, begun_ms)
    book.open[event.alarm_id] = alarm
    lookout.raised[kind, number] = event.alarm_id
    state.deadlines.cancel(kind, number)
    rule = state.settings.alarm_rules[event.rule_id]
    if rule.escalate_after_ms is not None:
        at_ms = now_ms + rule.escalate_after_ms
        state.deadlines.set(ALARM_ESCALATION, event.alarm_id, at_ms)
    if kind is ALARM_WATCH:
        watch = book.watches[number]
        watch.stretches = []
        watch_place(state, rule, event.subject_id, now_ms)


def _find_deadline(state: State, event: ev.AlarmRaised) -> tuple[DeadlineKind, int]:
    """What the alarm was raised by."""
    if event.measure not in AGES_IN_HAND:
        watch = state.lookout.find_watch(event.rule_id, event.subject_id)
        assert watch is not None, "an alarm is raised about what is watched"
        return ALARM_WATCH, watch.number
    rule_number = state.alarms.rule_numbers[event.rule_id]
    if event.subject is AlarmSubject.AGENT:
        return ALARM_AGENT, state.agents[event.subject_id].number * RULES_MAX + rule_number
    return ALARM_ENGAGEMENT, int(event.subject_id) * RULES_MAX + rule_number


def evolve_alarm_acknowledged(state: State, event: ev.AlarmAcknowledged, now_ms: int) -> None:
    state.alarms.open[event.alarm_id].acknowledged_by = event.by
    state.deadlines.cancel(ALARM_ESCALATION, event.alarm_id)


def evolve_alarm_escalated(state: State, event: ev.AlarmEscalated, now_ms: int) -> None:
    state.deadlines.cancel(ALARM_ESCALATION, event.alarm_id)


def evolve_alarm_cleared(state: State, event: ev.AlarmCleared, now_ms: int) -> None:
    alarm = state.alarms.open.pop(event.alarm_id)
    kind = DeadlineKind(alarm.kind)
    del state.lookout.raised[kind, alarm.number]
    state.deadlines.cancel(ALARM_ESCALATION, event.alarm_id)
    state.deadlines.cancel(kind, alarm.number)
    _watch_again(state, alarm, kind, now_ms)


def _watch_again(state: State, alarm: Alarm, kind: DeadlineKind, now_ms: int) -> None:
    """What is quiet again may be on its way to the next alarm."""
    rule = state.settings.alarm_rules[alarm.rule_id]
    if kind is ALARM_WATCH:
        watch = state.alarms.watches[alarm.number]
        watch.stretches = []
        if exists(state, SUBJECTS[rule.measure], alarm.subject_id):
            watch_place(state, rule, alarm.subject_id, now_ms)
        else:
            drop_watch(state, watch)
    elif kind is ALARM_AGENT:
        slot = state.lanes.by_number.get(alarm.number // RULES_MAX)
        if slot is not None:
            watch_break(state, slot.agent, now_ms)
    else:
        engagement = state.engagements.get(alarm.number // RULES_MAX)
        if engagement is not None and rule in state.lookout.rules[rule.measure]:
            watch_engagement(state, [rule], engagement, now_ms)


def evolve_channel_reported(state: State, event: ev.ChannelReported, now_ms: int) -> None:
    if event.up:
        state.alarms.channels_down.pop(event.channel, None)
    else:
        state.alarms.channels_down.setdefault(event.channel, now_ms)
    watch_places(state, AlarmMeasure.CHANNEL_DOWN_MS, event.channel, now_ms)


def evolve_trunk_load_reported(state: State, event: ev.TrunkLoadReported, now_ms: int) -> None:
    state.alarms.trunks[event.trunk_id] = Trunk(event.lines_in_use, event.lines)
    watch_places(state, AlarmMeasure.TRUNK_LOAD_RATIO, event.trunk_id, now_ms)
