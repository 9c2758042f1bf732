"""Decides for alarms: raises, escalates and clears them when it is time; takes reports."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.book import RULES_MAX, Alarm
from frontdesk.kernel.alarms.readings import (
    Matter,
    find_since,
    find_value,
    matter_of_agent,
    matter_of_engagement,
    matter_of_place,
    since_in_hand,
)
from frontdesk.kernel.alarms.rules import AGES, SUBJECTS, AlarmRule
from frontdesk.kernel.alarms.stretches import find_under_way
from frontdesk.kernel.deadlines import ALARM_WATCH, DeadlineKind
from frontdesk.kernel.refusals import Refusal, RefusalReason, invalid
from frontdesk.kernel.turn import Turn

NOTE_CHARS_MAX = 2_000
NAME_CHARS_MAX = 200
PLACES_MAX = 1_000
"""Channels, and trunks, that may be reported."""
LINES_MAX = 100_000


# -- what falls due


def raise_or_clear(turn: Turn, kind: DeadlineKind, number: int) -> None:
    """An alarm's instant has come."""
    alarm_id = turn.state.lookout.raised.get((kind, number))
    if alarm_id is not None:
        _clear(turn, turn.state.alarms.open[alarm_id])
    elif kind is ALARM_WATCH:
        _raise_of_place(turn, number)
    else:
        _raise_in_hand(turn, kind, number)


def _raise_of_place(turn: Turn, number: int) -> None:
    state = turn.state
    watch = state.alarms.watches[number]
    rule = state.settings.alarm_rules[watch.rule_id]
    value = find_value(state, rule, watch, turn.now_ms)
    under_way = find_under_way(watch.stretches, turn.now_ms)
    since_ms = turn.now_ms if under_way is None else under_way.begin_ms
    if rule.measure in AGES:
        since_ms = find_since(state, rule.measure, watch.subject_id) or since_ms
    _raise(turn, rule, matter_of_place(state, rule, watch.subject_id), value, since_ms)


def _raise_in_hand(turn: Turn, kind: DeadlineKind, number: int) -> None:
    state = turn.state
    subject_number, rule_number = divmod(number, RULES_MAX)
    rule = _get_rule(turn, rule_number)
    if kind is DeadlineKind.ALARM_AGENT:
        holder = state.lanes.by_number[subject_number].agent
        matter = matter_of_agent(holder)
    else:
        holder = state.engagements[subject_number]
        matter = matter_of_engagement(holder)
    since_ms = since_in_hand(state, rule.measure, holder)
    assert since_ms is not None, "what has ended is not watched any more"
    _raise(turn, rule, matter, float(turn.now_ms - since_ms), since_ms)


def _get_rule(turn: Turn, rule_number: int) -> AlarmRule:
    numbers = turn.state.alarms.rule_numbers
    return turn.state.settings.alarm_rules[
        next(rule_id for rule_id, number in numbers.items() if number == rule_number)
    ]


def _raise(turn: Turn, rule: AlarmRule, matter: Matter, value: float | None, since_ms: int) -> None:
    turn.emit(
        ev.AlarmRaised(
            turn.state.alarms.next_alarm_id,
            rule.alarm_rule_id,
            rule.measure,
            rule.severity,
            SUBJECTS[rule.measure],
            matter.subject_id,
            rule.threshold if value is None else value,
            rule.threshold,
            since_ms,
            matter.agent_id,
            matter.queue_id,
            matter.contact_id,
        )
    )


def _clear(turn: Turn, alarm: Alarm) -> None:
    state = turn.state
    rule = state.settings.alarm_rules[alarm.rule_id]
    value = None
    by = ev.ClearedBy.ENDED
    if alarm.kind == ALARM_WATCH:
        watch = state.alarms.watches[alarm.number]
        value = find_value(state, rule, watch, turn.now_ms)
        by = ev.ClearedBy.ENDED if value is None else ev.ClearedBy.CALM
    turn.emit(
        ev.AlarmCleared(alarm.alarm_id, alarm.rule_id, by if rule.on else ev.ClearedBy.RULE, value)
    )


def clear_alarms_of(turn: Turn, rule_id: str) -> None:
    """The rule is about to be removed."""
    for alarm in list(turn.state.alarms.open.values()):
        if alarm.rule_id == rule_id:
            turn.emit(ev.AlarmCleared(alarm.alarm_id, rule_id, ev.ClearedBy.RULE, None))


def escalate_alarm(turn: Turn, alarm_id: int) -> None:
    turn.emit(ev.AlarmEscalated(alarm_id, turn.state.alarms.open[alarm_id].rule_id))


# -- commands


def decide_acknowledge_alarm(turn: Turn, command: cmd.AcknowledgeAlarm) -> Refusal | None:
    alarm = turn.state.alarms.open.get(command.alarm_id)
    subject = f"alarm {command.alarm_id}"
    if alarm is None:
        return Refusal(RefusalReason.NOT_FOUND, "This alarm no longer stands.", subject)
    if alarm.acknowledged_by is not None:
        return Refusal(
            RefusalReason.ALREADY_DONE,
            f"{alarm.acknowledged_by} has acknowledged this alarm.",
            subject,
            command.alarm_id,
        )
    if not 1 <= len(command.by) <= NAME_CHARS_MAX or len(command.note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.", subject)
    turn.emit(ev.AlarmAcknowledged(command.alarm_id, command.by, command.note))
    return None


def decide_report_channel(turn: Turn, command: cmd.ReportChannel) -> Refusal | None:
    down = turn.state.alarms.channels_down
    refusal = _check_place(command.channel, command.channel in down, len(down))
    if refusal is not None:
        return refusal
    if command.up is (command.channel in down):
        turn.emit(ev.ChannelReported(command.channel, command.up, command.detail[:NOTE_CHARS_MAX]))
    return None


def decide_report_trunk_load(turn: Turn, command: cmd.ReportTrunkLoad) -> Refusal | None:
    trunks = turn.state.alarms.trunks
    refusal = _check_place(command.trunk_id, command.trunk_id in trunks, len(trunks))
    if refusal is not None:
        return refusal
    if not 0 <= command.lines_in_use <= LINES_MAX or not 0 <= command.lines <= LINES_MAX:
        return invalid(f"A trunk has 0 to {LINES_MAX} lines.", f"trunk {command.trunk_id}")
    known = trunks.get(command.trunk_id)
    if known is None or (known.lines_in_use, known.lines) != (command.lines_in_use, command.lines):
        turn.emit(ev.TrunkLoadReported(command.trunk_id, command.lines_in_use, command.lines))
    return None


def _check_place(name: str, known: bool, count: int) -> Refusal | None:
    if not 1 <= len(name) <= NAME_CHARS_MAX:
        return invalid(f"A name has 1 to {NAME_CHARS_MAX} characters.", name[:NAME_CHARS_MAX])
    if not known and count >= PLACES_MAX:
        return Refusal(RefusalReason.LIMIT_REACHED, "Too many of them are reported.", name)
    return None
