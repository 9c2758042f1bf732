"""Whether an alarm rule is sound."""

import re

from frontdesk.kernel.alarms.book import RULES_MAX
from frontdesk.kernel.alarms.rules import (
    AGES,
    AGES_IN_HAND,
    BAD_WHEN_LOW,
    RATIOS,
    WINDOWED,
    AlarmMeasure,
    AlarmRule,
    Telling,
    TellingWay,
    clear_bound,
)
from frontdesk.kernel.entities import Settings

DAY_MS = 24 * 3_600_000
AGE_MS_MIN = 1_000
CLEAR_AFTER_MS_MIN = 1_000
"""Less would let an alarm flap."""
WINDOW_MS_MIN = 60_000
COUNT_MAX = 100_000
TELLINGS_MAX = 20
SCOPE_MAX = 1_000
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_WEB = re.compile(r"https?://[^\s/?#@]+([/?]\S*)?")
_PHONE = re.compile(r"\+?[0-9 ]{3,30}")


def check_alarm_rule(settings: Settings, rule: AlarmRule) -> str | None:
    """What is wrong with it; None: nothing."""
    before = settings.alarm_rules.get(rule.alarm_rule_id)
    if before is None and len(settings.alarm_rules) >= RULES_MAX:
        return f"A centre has at most {RULES_MAX} alarm rules."
    if before is not None and before.measure is not rule.measure:
        return "What a rule measures can't change; make another rule."
    return _check_bounds(rule) or _check_times(rule) or _check_scope(rule) or _check_telling(rule)


def _check_bounds(rule: AlarmRule) -> str | None:
    least, most = _limits(rule.measure)
    for bound in (rule.threshold, clear_bound(rule)):
        if not least <= bound <= most:
            return f"This measure's thresholds lie between {least:g} and {most:g}."
    further = clear_bound(rule) - rule.threshold
    if (further < 0) if rule.measure in BAD_WHEN_LOW else (further > 0):
        return "An alarm can't be cleared at a worse value than the one it is raised at."
    return None


def _limits(measure: AlarmMeasure) -> tuple[float, float]:
    if measure in AGES:
        return AGE_MS_MIN, DAY_MS
    if measure in RATIOS:
        return 0.0, 1.0
    return (0, COUNT_MAX) if measure in BAD_WHEN_LOW else (1, COUNT_MAX)


def _check_times(rule: AlarmRule) -> str | None:
    if not 0 <= rule.hold_ms <= DAY_MS:
        return "An alarm is raised after 0 ms to 24 hours over the threshold."
    if not CLEAR_AFTER_MS_MIN <= rule.clear_after_ms <= DAY_MS:
        return "An alarm is cleared after a second to 24 hours of calm."
    if rule.measure in WINDOWED and not WINDOW_MS_MIN <= rule.window_ms <= DAY_MS:
        return "A window is between a minute and 24 hours long."
    if not 1 <= rule.counted_min <= COUNT_MAX:
        return f"A share is of 1 to {COUNT_MAX} contacts."
    if rule.escalate_after_ms is not None and not AGE_MS_MIN <= rule.escalate_after_ms <= DAY_MS:
        return "An alarm is escalated after a second to 24 hours."
    return None


def _check_scope(rule: AlarmRule) -> str | None:
    scopes = (rule.queue_ids, rule.team_ids, rule.agent_ids, rule.channels, rule.flow_ids)
    if max(map(len, scopes)) > SCOPE_MAX:
        return f"A rule names at most {SCOPE_MAX} of a kind."
    if rule.measure in AGES_IN_HAND and rule.flow_ids:
        return "What agents do is not of a flow."
    return None


def _check_telling(rule: AlarmRule) -> str | None:
    tellings = rule.tell + rule.escalate_to
    if len(tellings) > TELLINGS_MAX:
        return f"A rule tells at most {TELLINGS_MAX}."
    if rule.escalate_to and rule.escalate_after_ms is None:
        return "Who is told later is told after some time."
    return next((problem for one in tellings if (problem := _check_one(one))), None)


def _check_one(telling: Telling) -> str | None:
    if len(telling.to) > 500:
        return "An address has at most 500 characters."
    match telling.way:
        case TellingWay.MAIL:
            return None if _MAIL.fullmatch(telling.to) else f"{telling.to!r} is no mail address."
        case TellingWay.WEBHOOK:
            return None if _WEB.fullmatch(telling.to) else f"{telling.to!r} is no web address."
        case TellingWay.SMS:
            return None if _PHONE.fullmatch(telling.to) else f"{telling.to!r} is no phone number."
