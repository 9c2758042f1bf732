"""Keeps an eye on what alarm rules measure, as events happen: names the instant of each alarm.

The life of an alarm

    quiet ──over for `hold_ms`──▶ raised ──┬─ acknowledged ─┐
      ▲                            │  └─ escalated, when nobody has in time
      └──calm for `clear_after_ms`─┴───────────────────────┘   cleared

There is at most one alarm of a rule about a subject at a time, and it is one alarm from the raising
to the clearing, however often it is acknowledged. A subject that is raised goes by the clear
threshold, and only a calm without a break of `clear_after_ms` ends its alarm: so it can't flap.
The ages of what an agent does (`AGES_IN_HAND`) end with what is done, and the next is another.

Of a window what is counted raises, and what grows too old only clears.

Nothing here is an event: it is part of applying events, as the setting of any deadline is. What
falls due is decided in `decide_alarms`. Rules that nobody has made cost a look at an empty list.

Refused: to evaluate every rule every second (late by half a second on average, and work for
nothing), and events for what merely begins to be over (nobody would read them).
"""

from collections.abc import Iterable

from frontdesk.kernel.alarms.book import RULES_MAX, Watch
from frontdesk.kernel.alarms.readings import (
    applies_to_agent,
    applies_to_engagement,
    applies_to_place,
    counts_hit,
    course,
    find_since,
    hours_of,
    is_bad,
    since_in_hand,
)
from frontdesk.kernel.alarms.rules import (
    AGES,
    AGES_IN_HAND,
    SUBJECTS,
    WINDOWED,
    AlarmMeasure,
    AlarmRule,
    AlarmSubject,
    clear_bound,
)
from frontdesk.kernel.alarms.stretches import (
    Stretch,
    both,
    find_due_ms,
    find_stretches,
    opposite,
)
from frontdesk.kernel.alarms.tally import Tally
from frontdesk.kernel.deadlines import (
    ALARM_AGENT,
    ALARM_ENGAGEMENT,
    ALARM_WATCH,
    DeadlineKind,
)
from frontdesk.kernel.entities import Agent, Contact, Engagement
from frontdesk.kernel.hours import is_open, next_opening_ms
from frontdesk.kernel.state import State

# -- what an agent does


def watch_break(state: State, agent: Agent, now_ms: int) -> None:
    for rule in state.lookout.breaks:
        since_ms = since_in_hand(state, rule.measure, agent)
        if not applies_to_agent(state, rule, agent):
            since_ms = None
        begun_ms = None if since_ms is None else agent.presence_since_ms
        _watch_age(state, rule, ALARM_AGENT, agent.number, begun_ms, since_ms, now_ms)


def watch_engagement(
    state: State,
    rules: list[AlarmRule],
    engagement: Engagement,
    now_ms: int,
    *,
    over: bool = False,
) -> None:
    """What the rules given measure of an engagement begins, goes on or (`over`) ends."""
    for rule in rules:
        since_ms = None if over else since_in_hand(state, rule.measure, engagement)
        if since_ms is not None and not applies_to_engagement(state, rule, engagement):
            since_ms = None
        number = engagement.engagement_id
        _watch_age(state, rule, ALARM_ENGAGEMENT, number, since_ms, since_ms, now_ms)


def _watch_age(
    state: State,
    rule: AlarmRule,
    kind: DeadlineKind,
    number: int,
    begun_ms: int | None,
    since_ms: int | None,
    now_ms: int,
) -> None:
    """None: it has ended, or the rule is not about it."""
    id_ = number * RULES_MAX + state.alarms.rule_numbers[rule.alarm_rule_id]
    alarm_id = state.lookout.raised.get((kind, id_))
    due_ms: int | None = None
    if alarm_id is not None:
        if begun_ms != state.alarms.open[alarm_id].begun_ms:
            due_ms = now_ms
    elif since_ms is not None:
        due_ms = _find_open(state, rule, max(now_ms, since_ms + int(rule.threshold) + rule.hold_ms))
    _set(state, kind, id_, due_ms)


def _find_open(state: State, rule: AlarmRule, at_ms: int) -> int | None:
    """The first instant from then on at which the rule watches."""
    hours = state.settings.hours.get(rule.hours_id or "")
    if hours is None or is_open(hours, at_ms):
        return at_ms
    return next_opening_ms(hours, at_ms)


def _set(state: State, kind: DeadlineKind, id_: int, at_ms: int | None) -> None:
    if at_ms is None:
        state.deadlines.cancel(kind, id_)
    else:
        state.deadlines.set(kind, id_, at_ms)


# -- places


def watch_misses(state: State, agent: Agent, now_ms: int) -> None:
    for rule in state.lookout.misses:
        if agent.missed_offers or state.lookout.find_watch(rule.alarm_rule_id, agent.agent_id):
            watch_place(state, rule, agent.agent_id, now_ms)


def watch_staffing(state: State, queue_ids: Iterable[str], now_ms: int) -> None:
    for rule in state.lookout.staffing:
        for queue_id in queue_ids:
            watch_place(state, rule, queue_id, now_ms)


def watch_places(state: State, measure: AlarmMeasure, subject_id: str, now_ms: int) -> None:
    for rule in state.lookout.rules[measure]:
        watch_place(state, rule, subject_id, now_ms)


def enter_line(state: State, contact: Contact) -> None:
    """The contact begins to wait in its queue."""
    queue_id = contact.queue_id
    if state.lookout.enter_line(queue_id, contact.contact_id, contact.queued_ms) == 1:
        watch_places(state, AlarmMeasure.OLDEST_WAIT_MS, queue_id, contact.queued_ms)


def leave_line(state: State, contact: Contact, now_ms: int) -> None:
    """The contact no longer waits in its queue."""
    queue_id = contact.queue_id
    line = state.lookout.lines[queue_id]
    first_ms = next(iter(line.values()))
    if line.pop(contact.contact_id) == first_ms:  # it, or one that came at the same instant
        watch_places(state, AlarmMeasure.OLDEST_WAIT_MS, queue_id, now_ms)


def count_wait(state: State, queue_id: str, wait_ms: int, now_ms: int, *, answered: bool) -> None:
    """A wait has ended, by an agent or by leaving."""
    queue = state.settings.queues[queue_id]
    in_target = wait_ms <= queue.target.answer_ms
    for rule in state.lookout.ratios:
        hit = counts_hit(rule.measure, answered=answered, in_target=in_target)
        if hit is not None:
            _count(state, rule, queue_id, now_ms, hit=hit)


def count_failure(state: State, flow_id: str, now_ms: int) -> None:
    for rule in state.lookout.failures:
        _count(state, rule, flow_id, now_ms, hit=True)


def _count(state: State, rule: AlarmRule, subject_id: str, now_ms: int, *, hit: bool) -> None:
    if not applies_to_place(state, rule, subject_id):
        return
    watch = _get_watch(state, rule, subject_id)
    if watch.tally is None:
        watch.tally = Tally(rule.window_ms)
    watch.tally.add(now_ms, hit=hit)
    watch_place(state, rule, subject_id, now_ms)


def _get_watch(state: State, rule: AlarmRule, subject_id: str) -> Watch:
    watch = state.lookout.find_watch(rule.alarm_rule_id, subject_id)
    if watch is None:
        book = state.alarms
        watch = Watch(book.next_watch_number, rule.alarm_rule_id, subject_id)
        book.next_watch_number += 1
        book.watches[watch.number] = watch
        state.lookout.add_watch(watch)
    return watch


def watch_place(state: State, rule: AlarmRule, subject_id: str, now_ms: int) -> None:
    """What is measured there may have changed: names anew when its alarm is raised, or is over."""
    watch = _get_watch(state, rule, subject_id)
    raised = (ALARM_WATCH, watch.number) in state.lookout.raised
    if not raised and _is_plain(state, rule, watch, now_ms):
        return
    bound = clear_bound(rule) if raised else rule.threshold
    steps = course(state, rule, watch, bound, now_ms)
    hours = hours_of(state, rule, subject_id)
    if hours is not None and any(over for _, over in steps):
        steps = both(steps, state.lookout.course_of_hours(hours, now_ms))
    if raised:
        steps = opposite(steps)
    elif rule.measure in AGES and hours is None:
        since_ms = find_since(state, rule.measure, subject_id)
        watch.stretches = [] if since_ms is None else [Stretch(since_ms + int(bound), None)]
    watch.stretches = find_stretches(steps, watch.stretches, now_ms)
    hold_ms = 0 if not rule.on else rule.clear_after_ms if raised else rule.hold_ms
    _set(state, ALARM_WATCH, watch.number, find_due_ms(watch.stretches, hold_ms, now_ms))


def _is_plain(state: State, rule: AlarmRule, watch: Watch, now_ms: int) -> bool:
    """Whether the alarm's instant is plain to see: the case of every contact that comes and goes.

    A first in line who is young yet, with the queue open for long; a share that is good.
    """
    if not applies_to_place(state, rule, watch.subject_id):
        return False
    due_ms: int | None = None
    stretches: list[Stretch] = []
    if rule.measure is AlarmMeasure.OLDEST_WAIT_MS:
        since_ms = find_since(state, rule.measure, watch.subject_id)
        if since_ms is not None:
            stretches = [Stretch(since_ms + int(rule.threshold), None)]
            due_ms = stretches[0].begin_ms + rule.hold_ms
            if due_ms <= now_ms or not _stays_open(state, rule, watch, due_ms, now_ms):
                return False
    elif rule.measure not in WINDOWED or is_bad(rule, watch, rule.threshold, now_ms):
        return False
    watch.stretches = stretches
    _set(state, ALARM_WATCH, watch.number, due_ms)
    return True


def _stays_open(state: State, rule: AlarmRule, watch: Watch, until_ms: int, now_ms: int) -> bool:
    hours = hours_of(state, rule, watch.subject_id)
    if hours is None:
        return True
    turns = state.lookout.course_of_hours(hours, now_ms)
    return turns[0][1] and (len(turns) == 1 or until_ms < turns[1][0])


# -- settings


def watch_agent(state: State, agent: Agent, now_ms: int) -> None:
    """Everything about an agent whose presence or profile has changed."""
    lookout = state.lookout
    if lookout.breaks:
        watch_break(state, agent, now_ms)
    if lookout.misses:
        watch_misses(state, agent, now_ms)
    if lookout.contacts or lookout.holds or lookout.wrap_ups:
        rules = lookout.contacts + lookout.holds + lookout.wrap_ups
        for engagement_id in agent.engagement_ids:
            watch_engagement(state, rules, state.engagements[engagement_id], now_ms)


def watch_all(state: State, now_ms: int) -> None:
    """Rules, or settings that rules go by, have changed."""
    lookout = state.lookout
    lookout.take_rules(state.settings.alarm_rules)
    lookout.fill_lines(state.contacts.values())
    lookout.forget_hours()
    _forget_ages(state)
    for agent in state.agents.values():
        watch_agent(state, agent, now_ms)
    _clear_ages(state, now_ms)
    for measure, rules in lookout.rules.items():
        for rule in () if measure in AGES_IN_HAND else rules:
            for subject_id in _places(state, SUBJECTS[measure]):
                watch_place(state, rule, subject_id, now_ms)
    for watch in list(state.alarms.watches.values()):
        _review(state, watch, now_ms)


def _forget_ages(state: State) -> None:
    """Ages in hand are watched anew: some are no longer."""
    for _, kind, id_ in state.deadlines.as_list():
        if kind in (ALARM_AGENT, ALARM_ENGAGEMENT) and (kind, id_) not in state.lookout.raised:
            state.deadlines.cancel(DeadlineKind(kind), id_)


def _clear_ages(state: State, now_ms: int) -> None:
    """Alarms of ages in hand whose rule doesn't watch any more are over."""
    watching = {rule.alarm_rule_id for rules in state.lookout.rules.values() for rule in rules}
    for alarm in state.alarms.open.values():
        if alarm.kind != ALARM_WATCH and alarm.rule_id not in watching:
            state.deadlines.set(DeadlineKind(alarm.kind), alarm.number, now_ms)


def _places(state: State, subject: AlarmSubject) -> list[str]:
    """Where something may be amiss before anything happens."""
    match subject:
        case AlarmSubject.QUEUE:
            return list(state.settings.queues)
        case AlarmSubject.CHANNEL:
            return list(state.alarms.channels_down)
        case AlarmSubject.TRUNK:
            return list(state.alarms.trunks)
        case _:
            return []


def _review(state: State, watch: Watch, now_ms: int) -> None:
    rule = state.settings.alarm_rules.get(watch.rule_id)
    if rule is not None:
        if watch.tally is not None and watch.tally.window_ms != rule.window_ms:
            watch.tally = None
        watch_place(state, rule, watch.subject_id, now_ms)
    elif (ALARM_WATCH, watch.number) not in state.lookout.raised:
        drop_watch(state, watch)


def drop_watch(state: State, watch: Watch) -> None:
    state.deadlines.cancel(ALARM_WATCH, watch.number)
    state.lookout.drop_watch(watch)
    del state.alarms.watches[watch.number]


def drop_place(state: State, subject: AlarmSubject, subject_id: str, now_ms: int) -> None:
    """A queue, a flow or an agent is no more."""
    if subject is AlarmSubject.QUEUE:
        state.lookout.lines.pop(subject_id, None)
    for watch in list(state.alarms.watches.values()):
        rule = state.settings.alarm_rules[watch.rule_id]
        if watch.subject_id == subject_id and SUBJECTS[rule.measure] is subject:
            if (ALARM_WATCH, watch.number) in state.lookout.raised:
                watch_place(state, rule, subject_id, now_ms)
            else:
                drop_watch(state, watch)
