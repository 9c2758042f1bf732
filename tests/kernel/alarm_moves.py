"""Alarm rules, reports and acknowledgements at random."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.alarms.rules import (
    AGES,
    BAD_WHEN_LOW,
    RATIOS,
    AlarmMeasure,
    AlarmRule,
    AlarmSeverity,
)
from frontdesk.kernel.state import State
from tests.kernel.moves import AGENTS, CHANNELS, QUEUES, TEAMS, Chooser, Move, chance, pick, some

PLACES = ("voice", "sms")


def bounds(chooser: Chooser, measure: AlarmMeasure) -> tuple[float, float | None]:
    """A threshold and a clear threshold, mostly on its good side."""
    if measure in AGES:
        options: tuple[float, ...] = (1_000.0, 5_000.0, 30_000.0)
    elif measure in RATIOS:
        options = (0.2, 0.5, 0.8)
    else:
        options = (1.0, 2.0)
    threshold, other = pick(chooser, options), pick(chooser, options)
    least, most = min(threshold, other), max(threshold, other)
    if chance(chooser, 3):
        return threshold, None
    return (least, most) if measure in BAD_WHEN_LOW else (most, least)


def rule(chooser: Chooser, measure: AlarmMeasure) -> AlarmRule:
    threshold, clear_threshold = bounds(chooser, measure)
    return AlarmRule(
        alarm_rule_id=f"rule_{measure.value}",
        name="A rule",
        measure=measure,
        threshold=threshold,
        clear_threshold=clear_threshold,
        hold_ms=pick(chooser, (0, 0, 1_000, 5_000)),
        clear_after_ms=pick(chooser, (1_000, 5_000, 60_000)),
        window_ms=pick(chooser, (60_000, 600_000)),
        counted_min=chooser.integer(1, 3),
        queue_ids=some(chooser, QUEUES) if chance(chooser, 3) else (),
        team_ids=some(chooser, TEAMS) if chance(chooser, 4) else (),
        channels=some(chooser, CHANNELS) if chance(chooser, 4) else (),
        hours_id=pick(chooser, (None, None, "h1")),
        severity=pick(chooser, tuple(AlarmSeverity)),
        escalate_after_ms=pick(chooser, (None, 1_000, 30_000)),
        on=not chance(chooser, 6),
    )


def first_settings() -> list[cmd.AnyCommand]:
    """A rule of each measure, easily broken."""
    return [
        cmd.SaveSetting(
            AlarmRule(
                alarm_rule_id=f"rule_{measure.value}",
                name="A rule",
                measure=measure,
                threshold=5_000.0 if measure in AGES else 0.5 if measure in RATIOS else 1.0,
                clear_after_ms=5_000,
                counted_min=2,
                escalate_after_ms=30_000,
            )
        )
        for measure in AlarmMeasure
    ]


def save_alarm_rule(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.SaveSetting(rule(chooser, pick(chooser, tuple(AlarmMeasure))))


def remove_alarm_rule(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.RemoveSetting("alarm_rule", f"rule_{pick(chooser, tuple(AlarmMeasure)).value}")


def acknowledge_alarm(state: State, chooser: Chooser) -> cmd.AnyCommand:
    alarm_id = pick(chooser, tuple(state.alarms.open)) if state.alarms.open else 999
    return cmd.AcknowledgeAlarm(alarm_id, pick(chooser, AGENTS), "I see to it.")


def report_channel(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ReportChannel(pick(chooser, PLACES), chance(chooser, 2), "No answer")


def report_trunk_load(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ReportTrunkLoad(pick(chooser, PLACES), chooser.integer(-1, 4), chooser.integer(0, 4))


ALARM_SETTINGS_MOVES: tuple[Move, ...] = (save_alarm_rule, remove_alarm_rule)
ALARM_MOVES: tuple[Move, ...] = (acknowledge_alarm, report_channel, report_trunk_load)
