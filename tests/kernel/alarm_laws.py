"""What is true of alarms, worked out from the state without the index."""

from __future__ import annotations

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.book import RULES_MAX
from frontdesk.kernel.alarms.checks import CLEAR_AFTER_MS_MIN
from frontdesk.kernel.alarms.rules import AGES_IN_HAND, AlarmMeasure, AlarmRule
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.deadlines import DeadlineKind
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.state import State

KINDS = {
    DeadlineKind.ALARM_AGENT,
    DeadlineKind.ALARM_ENGAGEMENT,
    DeadlineKind.ALARM_WATCH,
    DeadlineKind.ALARM_ESCALATION,
}


def check_alarms(state: State) -> None:
    """Of any state between two commands."""
    book = state.alarms
    raised = {(alarm.kind, alarm.number): alarm.alarm_id for alarm in book.open.values()}
    assert len(raised) == len(book.open), "two alarms of a rule about one subject"
    assert raised == state.lookout.raised
    assert all(alarm.rule_id in state.settings.alarm_rules for alarm in book.open.values())
    assert book.rule_numbers.keys() == state.settings.alarm_rules.keys()
    assert len(set(book.rule_numbers.values())) == len(book.rule_numbers)
    check_lines(state)
    check_deadlines(state)


def check_lines(state: State) -> None:
    """Who waits, or is on offer, stands in its queue's line, while a rule goes by it."""
    lines = {queue_id: dict(line) for queue_id, line in state.lookout.lines.items() if line}
    expected: dict[str, dict[int, int]] = {}
    kept = any(
        rule.on and rule.measure is AlarmMeasure.OLDEST_WAIT_MS
        for rule in state.settings.alarm_rules.values()
    )
    for contact in state.contacts.values() if kept else ():
        if contact.stage in (Stage.WAITING, Stage.OFFERED):
            expected.setdefault(contact.queue_id, {})[contact.contact_id] = contact.queued_ms
    assert lines == expected
    for line in lines.values():
        assert list(line.values()) == sorted(line.values()), "the first has waited longest"


def check_deadlines(state: State) -> None:
    """Nothing is to be raised about what is no more."""
    for _, kind, id_ in state.deadlines.as_list():
        match DeadlineKind(kind):
            case DeadlineKind.ALARM_ESCALATION:
                assert state.alarms.open[id_].acknowledged_by is None
            case DeadlineKind.ALARM_WATCH:
                assert id_ in state.alarms.watches
            case DeadlineKind.ALARM_AGENT if (kind, id_) not in state.lookout.raised:
                assert id_ // RULES_MAX in state.lanes.by_number
            case DeadlineKind.ALARM_ENGAGEMENT if (kind, id_) not in state.lookout.raised:
                assert id_ // RULES_MAX in state.engagements
            case _:
                pass


def check_nothing_missed(state: State, now_ms: int) -> None:
    """When nothing is due any more: what has been over for long enough is raised."""
    about = {(a.rule_id, a.subject_id) for a in state.alarms.open.values()}
    for rule in state.settings.alarm_rules.values():
        if not rule.on or rule.hours_id is not None:
            continue
        for subject_id in overdue(state, rule, now_ms - int(rule.threshold) - rule.hold_ms):
            assert (rule.alarm_rule_id, subject_id) in about, (rule.measure, subject_id)


def overdue(state: State, rule: AlarmRule, since_ms: int) -> list[str]:
    """Subjects of the rule whose age began no later than that."""
    match rule.measure:
        case AlarmMeasure.BREAK_OVERSTAY_MS:
            return [
                agent.agent_id
                for agent in state.agents.values()
                if agent.presence is Presence.BREAK
                and agent.break_reason_id in state.settings.break_reasons
                and _is_about(rule, state, agent.agent_id)
                and not rule.queue_ids
                and (ms := state.settings.break_reasons[agent.break_reason_id].expected_ms)
                is not None
                and agent.presence_since_ms + ms <= since_ms
            ]
        case AlarmMeasure.CONTACT_MS:
            return [
                str(e.engagement_id)
                for e in state.engagements.values()
                if e.ended_ms is None
                and e.started_ms <= since_ms
                and (not rule.queue_ids or e.queue_id in rule.queue_ids)
                and (not rule.channels or e.channel in rule.channels)
                and _is_about(rule, state, e.agent_id)
            ]
        case AlarmMeasure.OLDEST_WAIT_MS:
            return [
                queue_id
                for queue_id, queue in state.settings.queues.items()
                if queue.hours_id is None
                and (not rule.queue_ids or queue_id in rule.queue_ids)
                and any(
                    c.queue_id == queue_id
                    and c.stage in (Stage.WAITING, Stage.OFFERED)
                    and c.queued_ms <= since_ms
                    for c in state.contacts.values()
                )
            ]
        case _:
            return []


def _is_about(rule: AlarmRule, state: State, agent_id: str) -> bool:
    return not rule.team_ids or state.settings.agents[agent_id].team_id in rule.team_ids


class AlarmWitness:
    """Follows alarms event by event."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[ev.AlarmRaised, int]] = {}

    def see(self, event: ev.AnyEvent, at_ms: int) -> None:
        match event:
            case ev.AlarmRaised():
                subjects = {(e.rule_id, e.subject_id) for e, _ in self._open.values()}
                assert (event.rule_id, event.subject_id) not in subjects, "raised twice"
                assert event.since_ms <= at_ms
                self._open[event.alarm_id] = (event, at_ms)
            case ev.AlarmAcknowledged() | ev.AlarmEscalated():
                assert event.alarm_id in self._open
            case ev.AlarmCleared():
                raised, raised_ms = self._open.pop(event.alarm_id)
                if raised.measure not in AGES_IN_HAND and event.by is not ev.ClearedBy.RULE:
                    assert at_ms - raised_ms >= CLEAR_AFTER_MS_MIN, "it flaps"
            case _:
                pass
