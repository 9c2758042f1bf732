"""What a centre knows of its alarms: those that stand, what is watched, and the index over it."""

from collections import OrderedDict
from collections.abc import Iterable

import msgspec

from frontdesk.kernel.alarms.rules import AlarmMeasure, AlarmRule
from frontdesk.kernel.alarms.stretches import Steps, Stretch
from frontdesk.kernel.alarms.tally import Tally
from frontdesk.kernel.entities import OFFERED, WAITING, Contact
from frontdesk.kernel.hours import is_open, next_closing_ms, next_opening_ms
from frontdesk.kernel.settings import Hours

RULES_MAX = 256
"""Alarm rules of a centre; their numbers are below it."""


class Alarm(msgspec.Struct):
    """An alarm that stands. `kind` and `number` are those of the deadline it was raised by."""

    alarm_id: int
    rule_id: str
    kind: int
    number: int
    subject_id: str
    begun_ms: int
    """When what it is about began: the break, say, that is overstayed."""
    acknowledged_by: str | None = None


class Watch(msgspec.Struct):
    """A rule's eye on one place: a queue, a flow, a channel, a trunk, or an agent's misses."""

    number: int
    rule_id: str
    subject_id: str
    stretches: list[Stretch] = []
    """When it will be over, or (while an alarm stands) calm, if nothing happens."""
    tally: Tally | None = None


class Trunk(msgspec.Struct, frozen=True):
    """The lines of a trunk, as reported last."""

    lines_in_use: int
    lines: int


class AlarmBook(msgspec.Struct):
    """What of it is written down."""

    open: dict[int, Alarm] = {}
    watches: dict[int, Watch] = {}
    rule_numbers: dict[str, int] = {}
    channels_down: dict[str, int] = {}
    """Since when."""
    trunks: dict[str, Trunk] = {}
    next_alarm_id: int = 1
    next_watch_number: int = 1


class Lookout:
    """What is derived: the rules that watch, by measure; who waits since when; what is raised."""

    __slots__ = (
        "_turns",
        "_watches",
        "breaks",
        "contacts",
        "failures",
        "holds",
        "lines",
        "misses",
        "raised",
        "ratios",
        "rules",
        "staffing",
        "waits",
        "wrap_ups",
    )

    def __init__(self, rules: dict[str, AlarmRule], book: AlarmBook) -> None:
        self.lines: dict[str, OrderedDict[int, int]] = {}
        """By queue: since when each contact waits that waits or is on offer, the first first.

        Kept only while a rule goes by it.
        """
        self.raised = {(alarm.kind, alarm.number): alarm.alarm_id for alarm in book.open.values()}
        self._watches = {(w.rule_id, w.subject_id): w for w in book.watches.values()}
        self._turns: dict[str, Steps] = {}
        self.take_rules(rules)

    def take_rules(self, rules: dict[str, AlarmRule]) -> None:
        """The rules that watch have changed."""
        self.rules: dict[AlarmMeasure, list[AlarmRule]] = {measure: [] for measure in AlarmMeasure}
        for rule in rules.values():
            if rule.on:
                self.rules[rule.measure].append(rule)
        self.breaks = self.rules[AlarmMeasure.BREAK_OVERSTAY_MS]
        self.misses = self.rules[AlarmMeasure.OFFERS_MISSED]
        self.contacts = self.rules[AlarmMeasure.CONTACT_MS]
        self.holds = self.rules[AlarmMeasure.HOLD_MS]
        self.wrap_ups = self.rules[AlarmMeasure.WRAP_UP_MS]
        self.staffing = self.rules[AlarmMeasure.AGENTS_AVAILABLE]
        self.waits = self.rules[AlarmMeasure.OLDEST_WAIT_MS]
        self.ratios = (
            self.rules[AlarmMeasure.SERVICE_LEVEL_RATIO] + self.rules[AlarmMeasure.ABANDONED_RATIO]
        )
        self.failures = self.rules[AlarmMeasure.FLOW_FAILURES]

    def fill_lines(self, contacts: Iterable[Contact]) -> None:
        """Who waits since when, from scratch."""
        self.lines.clear()
        waiting = [c for c in contacts if self.waits and c.stage in (WAITING, OFFERED)]
        for contact in sorted(waiting, key=lambda c: (c.queued_ms, c.contact_id)):
            self.enter_line(contact.queue_id, contact.contact_id, contact.queued_ms)

    def enter_line(self, queue_id: str, contact_id: int, since_ms: int) -> int:
        """The contact waits from now on, last in its queue; returns how many wait there."""
        line = self.lines.get(queue_id)
        if line is None:
            line = self.lines[queue_id] = OrderedDict()
        line[contact_id] = since_ms
        return len(line)

    # -- watches

    def find_watch(self, rule_id: str, subject_id: str) -> Watch | None:
        return self._watches.get((rule_id, subject_id))

    def add_watch(self, watch: Watch) -> None:
        self._watches[watch.rule_id, watch.subject_id] = watch

    def drop_watch(self, watch: Watch) -> None:
        del self._watches[watch.rule_id, watch.subject_id]

    # -- hours

    def course_of_hours(self, hours: Hours, now_ms: int) -> Steps:
        """Open or not, now and after each of the next two turns; worked out once between turns."""
        turns = self._turns.get(hours.hours_id)
        if turns is None or now_ms < turns[0][0] or (len(turns) > 1 and now_ms >= turns[1][0]):
            turns = self._turns[hours.hours_id] = _find_turns(hours, now_ms)
        return [(now_ms, turns[0][1]), *turns[1:]]

    def forget_hours(self) -> None:
        """Hours have changed."""
        self._turns.clear()


def _find_turns(hours: Hours, now_ms: int) -> Steps:
    opened = is_open(hours, now_ms)
    steps = [(now_ms, opened)]
    for _ in range(2):
        find = next_closing_ms if opened else next_opening_ms
        turn_ms = find(hours, steps[-1][0])
        if turn_ms is None:
            break
        opened = not opened
        steps.append((turn_ms, opened))
    return steps
