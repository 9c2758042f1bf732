"""Rules that a new company begins with: one of each measure, with figures that suit most.

The targets' share and the usual times are those that the field works by: eight of ten contacts
in time, at most one in ten abandoned (see the glossary's figures).
"""

from frontdesk.kernel.alarms.rules import AlarmMeasure, AlarmRule, AlarmSeverity

SECOND_MS = 1_000.0
MINUTE_MS = 60_000.0

READY_RULES: tuple[AlarmRule, ...] = (
    AlarmRule(
        alarm_rule_id="break_overstayed",
        name="Break overstayed",
        measure=AlarmMeasure.BREAK_OVERSTAY_MS,
        threshold=2 * MINUTE_MS,
    ),
    AlarmRule(
        alarm_rule_id="offers_not_answered",
        name="Offers not answered",
        measure=AlarmMeasure.OFFERS_MISSED,
        threshold=1.0,
        clear_after_ms=1_000,
    ),
    AlarmRule(
        alarm_rule_id="contact_too_long",
        name="Call too long",
        measure=AlarmMeasure.CONTACT_MS,
        threshold=20 * MINUTE_MS,
        channels=("voice",),
        severity=AlarmSeverity.NOTICE,
    ),
    AlarmRule(
        alarm_rule_id="hold_too_long",
        name="On hold too long",
        measure=AlarmMeasure.HOLD_MS,
        threshold=2 * MINUTE_MS,
    ),
    AlarmRule(
        alarm_rule_id="wrap_up_too_long",
        name="Wrap-up too long",
        measure=AlarmMeasure.WRAP_UP_MS,
        threshold=5 * MINUTE_MS,
        severity=AlarmSeverity.NOTICE,
    ),
    AlarmRule(
        alarm_rule_id="no_agent",
        name="No agent in a queue",
        measure=AlarmMeasure.AGENTS_AVAILABLE,
        threshold=0.0,
        hold_ms=60_000,
        severity=AlarmSeverity.CRITICAL,
        sound=True,
        escalate_after_ms=5 * 60_000,
    ),
    AlarmRule(
        alarm_rule_id="oldest_waiting",
        name="Waiting too long",
        measure=AlarmMeasure.OLDEST_WAIT_MS,
        threshold=3 * MINUTE_MS,
        clear_threshold=1 * MINUTE_MS,
        sound=True,
        escalate_after_ms=10 * 60_000,
    ),
    AlarmRule(
        alarm_rule_id="service_level_falling",
        name="Service level falling",
        measure=AlarmMeasure.SERVICE_LEVEL_RATIO,
        threshold=0.7,
        clear_threshold=0.8,
        counted_min=20,
    ),
    AlarmRule(
        alarm_rule_id="too_many_abandon",
        name="Too many abandon",
        measure=AlarmMeasure.ABANDONED_RATIO,
        threshold=0.1,
        clear_threshold=0.05,
        counted_min=20,
    ),
    AlarmRule(
        alarm_rule_id="flow_failing",
        name="A flow is failing",
        measure=AlarmMeasure.FLOW_FAILURES,
        threshold=3.0,
        clear_threshold=1.0,
        window_ms=10 * 60_000,
        severity=AlarmSeverity.CRITICAL,
    ),
    AlarmRule(
        alarm_rule_id="channel_down",
        name="A channel is down",
        measure=AlarmMeasure.CHANNEL_DOWN_MS,
        threshold=30 * SECOND_MS,
        severity=AlarmSeverity.CRITICAL,
        sound=True,
        escalate_after_ms=5 * 60_000,
    ),
    AlarmRule(
        alarm_rule_id="trunk_full",
        name="Trunk nearly full",
        measure=AlarmMeasure.TRUNK_LOAD_RATIO,
        threshold=0.9,
        clear_threshold=0.8,
        hold_ms=10_000,
    ),
)
