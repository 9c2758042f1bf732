"""Alarms: raised once a measure has been over for long enough, cleared when it is calm."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.alarms.ready import READY_RULES
from frontdesk.kernel.alarms.rules import AlarmMeasure, AlarmRule, Telling, TellingWay
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.flows.document import Branch, Decide
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.flows.stage import end, flow
from tests.kernel.scene import START_MS, Scene, agent, kinds, only, queue

MINUTE = 60_000
HOUR = 60 * MINUTE


def rule(measure: AlarmMeasure, threshold: float, **rest: Any) -> AlarmRule:
    return AlarmRule(alarm_rule_id="r", name="A rule", measure=measure, threshold=threshold, **rest)


def lunch(minutes: int = 30) -> st.BreakReason:
    return st.BreakReason(break_reason_id="lunch", name="Lunch", expected_ms=minutes * MINUTE)


def on_break(*agent_ids: str, **rest: Any) -> Scene:
    """A rule about breaks two minutes overstayed, and agents who go for lunch."""
    scene = Scene(queue(), lunch(), *(agent(id_) for id_ in agent_ids))
    scene.save(rule(AlarmMeasure.BREAK_OVERSTAY_MS, 2.0 * MINUTE, **rest))
    scene.available(*agent_ids)
    for agent_id in agent_ids:
        scene.does(cmd.SetPresence(agent_id, Presence.BREAK, "lunch"))
    return scene


def test_a_break_that_is_overstayed_raises_an_alarm_by_itself() -> None:
    scene = on_break("ann")
    began_ms = scene.now_ms
    assert scene.wait(32 * MINUTE - 1) == []
    raised = only(scene.wait(1), ev.AlarmRaised)
    assert (raised.agent_id, raised.value, raised.threshold) == ("ann", 2.0 * MINUTE, 2.0 * MINUTE)
    assert raised.since_ms == began_ms + 30 * MINUTE
    assert scene.wait(HOUR) == [], "once, however long it lasts"


def test_with_the_break_its_alarm_ends_at_once() -> None:
    scene = on_break("ann")
    raised = only(scene.wait(40 * MINUTE), ev.AlarmRaised)
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE))
    cleared = only(scene.wait(0), ev.AlarmCleared)
    assert (cleared.alarm_id, cleared.by) == (raised.alarm_id, ev.ClearedBy.ENDED)


def test_a_break_that_ends_in_time_raises_nothing() -> None:
    scene = on_break("ann")
    scene.wait(31 * MINUTE)
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE))
    assert scene.wait(HOUR) == []


def test_the_next_break_is_another_alarm() -> None:
    scene = on_break("ann")
    first = only(scene.wait(40 * MINUTE), ev.AlarmRaised)
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE))
    scene.does(cmd.SetPresence("ann", Presence.BREAK, "lunch"))
    events = scene.wait(40 * MINUTE)
    assert kinds(events) == ["AlarmCleared", "AlarmRaised"]
    assert only(events, ev.AlarmRaised).alarm_id == first.alarm_id + 1


def test_a_break_that_was_expected_to_be_shorter_or_longer_is_the_same_break() -> None:
    scene = on_break("ann")
    only(scene.wait(40 * MINUTE), ev.AlarmRaised)
    scene.save(lunch(20), lunch(60))
    assert scene.wait(HOUR) == []


def test_a_rule_is_about_whom_it_names() -> None:
    scene = on_break("ann", "ben", agent_ids=("ben",))
    assert only(scene.wait(40 * MINUTE), ev.AlarmRaised).agent_id == "ben"


def test_an_alarm_is_acknowledged_once_and_then_not_escalated() -> None:
    scene = on_break("ann", escalate_after_ms=5 * MINUTE)
    alarm_id = only(scene.wait(32 * MINUTE), ev.AlarmRaised).alarm_id
    scene.does(cmd.AcknowledgeAlarm(alarm_id, "sam", "I call her."))
    assert scene.refuses(cmd.AcknowledgeAlarm(alarm_id, "eve")) is RefusalReason.ALREADY_DONE
    assert scene.wait(HOUR) == []
    assert scene.refuses(cmd.AcknowledgeAlarm(99, "sam")) is RefusalReason.NOT_FOUND


def test_an_alarm_that_nobody_acknowledges_is_escalated_once() -> None:
    scene = on_break("ann", escalate_after_ms=5 * MINUTE)
    only(scene.wait(32 * MINUTE), ev.AlarmRaised)
    assert kinds(scene.wait(5 * MINUTE)) == ["AlarmEscalated"]
    assert scene.wait(HOUR) == []


def test_offers_let_expire_raise_an_alarm_until_the_agent_is_back() -> None:
    scene = Scene(queue(offer_time_ms=10_000), agent("ann"))
    scene.save(rule(AlarmMeasure.OFFERS_MISSED, 1.0, clear_after_ms=1_000))
    scene.available("ann")
    scene.open()
    assert only(scene.wait(10_000), ev.AlarmRaised).agent_id == "ann"
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE))
    assert only(scene.wait(1_000), ev.AlarmCleared).by is ev.ClearedBy.CALM


@pytest.mark.parametrize(
    "measure", [AlarmMeasure.CONTACT_MS, AlarmMeasure.HOLD_MS, AlarmMeasure.WRAP_UP_MS]
)
def test_what_an_agent_does_too_long_raises_an_alarm(measure: AlarmMeasure) -> None:
    scene = Scene(queue(wrap_up_time_ms=10 * MINUTE), agent("ann"))
    scene.save(rule(measure, 1.0 * MINUTE))
    scene.available("ann")
    contact_id = scene.engage()
    if measure is AlarmMeasure.HOLD_MS:
        scene.does(cmd.HoldContact(contact_id, "ann"))
    elif measure is AlarmMeasure.WRAP_UP_MS:
        scene.end(contact_id)
    raised = only(scene.wait(MINUTE), ev.AlarmRaised)
    assert (raised.agent_id, raised.contact_id, raised.queue_id) == ("ann", contact_id, "sales")
    if measure is AlarmMeasure.HOLD_MS:
        scene.does(cmd.ResumeContact(contact_id, "ann"))
    elif measure is AlarmMeasure.CONTACT_MS:
        scene.end(contact_id)
    else:
        engagement_id = int(raised.subject_id)
        scene.does(cmd.CompleteWrapUp(engagement_id, "ann"))
    assert only(scene.wait(0), ev.AlarmCleared).by is ev.ClearedBy.ENDED


def test_a_queue_without_agents_raises_an_alarm_after_a_while() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    scene.save(rule(AlarmMeasure.AGENTS_AVAILABLE, 0.0, hold_ms=MINUTE))
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    scene.wait(MINUTE - 1_000)
    scene.available("ann")
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    assert scene.wait(MINUTE - 1) == [], "the minute begins anew"
    assert only(scene.wait(1), ev.AlarmRaised).queue_id == "sales"


def test_an_alarm_does_not_flap() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.save(rule(AlarmMeasure.AGENTS_AVAILABLE, 0.0, clear_after_ms=MINUTE))
    assert kinds(scene.wait(0)) == ["AlarmRaised"]
    for _ in range(20):
        scene.available("ann")
        scene.wait(MINUTE - 2_000)
        scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
        assert scene.wait(0) == []
    scene.available("ann")
    assert kinds(scene.wait(MINUTE)) == ["AlarmCleared"]


def test_outside_its_queues_hours_nobody_need_be_there() -> None:
    nine_to_five = tuple(st.OpeningSpan(day, 9 * 60, 17 * 60) for day in range(5))
    scene = Scene(st.Hours(hours_id="h", name="Hours", spans=nine_to_five), queue(hours_id="h"))
    scene.save(rule(AlarmMeasure.AGENTS_AVAILABLE, 0.0))
    assert kinds(scene.wait(0)) == ["AlarmRaised"]
    events = scene.wait(8 * HOUR + MINUTE)
    assert kinds(events) == ["AlarmCleared"]
    events = scene.wait(16 * HOUR)
    assert kinds(events) == ["AlarmRaised"], "in the morning, when it opens"
    assert scene.now_ms == START_MS + 24 * HOUR + MINUTE


def test_the_oldest_of_those_who_wait_raises_an_alarm_and_a_younger_one_ends_it() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.save(
        rule(
            AlarmMeasure.OLDEST_WAIT_MS,
            3.0 * MINUTE,
            clear_threshold=1.0 * MINUTE,
            clear_after_ms=5_000,
        )
    )
    oldest = scene.open()
    scene.wait(2 * MINUTE)
    scene.open(priority=5)
    raised = only(scene.wait(MINUTE), ev.AlarmRaised)
    assert (raised.contact_id, raised.since_ms) == (oldest, START_MS)
    scene.does(cmd.EndContact(oldest, Author.CUSTOMER))
    assert scene.wait(5_000) == [], "the next has waited for more than the clear threshold"
    scene.available("ann")
    scene.accept(next(iter(scene.state.contacts)))
    assert kinds(scene.wait(5_000)) == ["AlarmCleared"]


def test_a_service_level_that_falls_raises_an_alarm_and_the_window_forgets() -> None:
    scene = Scene(queue(target=st.ServiceTarget(answer_ms=10_000)), agent("ann"))
    scene.save(
        rule(
            AlarmMeasure.SERVICE_LEVEL_RATIO,
            0.5,
            clear_threshold=0.6,
            counted_min=4,
            window_ms=12 * MINUTE,
        )
    )
    for late in (False, False, True, True):
        contact_id = scene.open()
        scene.wait(11_000 if late else 0)
        events = scene.available("ann")
        scene.accept(contact_id)
        events += scene.wait(0)
        scene.end(contact_id)
        scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    assert only(events, ev.AlarmRaised).value == 0.5
    cleared = only(scene.wait(20 * MINUTE), ev.AlarmCleared)
    assert cleared.value is None, "by then nobody has been served in the window"


def test_abandonment_raises_an_alarm() -> None:
    scene = Scene(queue())
    scene.save(rule(AlarmMeasure.ABANDONED_RATIO, 0.2, counted_min=2))
    for _ in range(2):
        scene.does(cmd.EndContact(scene.open(), Author.CUSTOMER))
    assert only(scene.wait(0), ev.AlarmRaised).value == 1.0


def test_a_channel_reported_down_raises_an_alarm_until_it_is_up() -> None:
    scene = Scene()
    scene.save(rule(AlarmMeasure.CHANNEL_DOWN_MS, 30_000.0, clear_after_ms=1_000))
    scene.does(cmd.ReportChannel("email", up=False, detail="No route to host"))
    assert scene.does(cmd.ReportChannel("email", up=False)) == [], "that is known"
    assert only(scene.wait(30_000), ev.AlarmRaised).subject_id == "email"
    scene.does(cmd.ReportChannel("email", up=True))
    assert only(scene.wait(1_000), ev.AlarmCleared).by is ev.ClearedBy.ENDED


def test_a_trunk_that_is_full_raises_an_alarm() -> None:
    scene = Scene()
    scene.save(rule(AlarmMeasure.TRUNK_LOAD_RATIO, 0.9, clear_threshold=0.5, clear_after_ms=1_000))
    scene.does(cmd.ReportTrunkLoad("main", 27, 30))
    assert only(scene.wait(0), ev.AlarmRaised).value == 0.9
    scene.does(cmd.ReportTrunkLoad("main", 20, 30))
    assert scene.wait(MINUTE) == []
    scene.does(cmd.ReportTrunkLoad("main", 10, 30))
    assert kinds(scene.wait(1_000)) == ["AlarmCleared"]
    assert scene.refuses(cmd.ReportTrunkLoad("main", -1, 30)) is RefusalReason.INVALID


def test_a_flow_that_fails_again_and_again_raises_an_alarm() -> None:
    scene = Scene(
        queue(),
        flow(
            Decide(
                node_id="faulty", branches=(Branch(when="answer > 3", next="end"),), otherwise="end"
            ),
            end(),
        ),
    )
    scene.save(rule(AlarmMeasure.FLOW_FAILURES, 2.0, window_ms=10 * MINUTE))
    for _ in range(2):
        scene.does(cmd.OpenContact(channel="voice", channel_ref="", flow_id="hotline"))
    assert only(scene.wait(0), ev.AlarmRaised).subject_id == "hotline"
    assert kinds(scene.wait(12 * MINUTE)) == ["AlarmCleared"]


def test_a_rule_that_is_switched_off_or_removed_ends_its_alarms() -> None:
    scene = on_break("ann")
    only(scene.wait(40 * MINUTE), ev.AlarmRaised)
    scene.save(rule(AlarmMeasure.BREAK_OVERSTAY_MS, 2.0 * MINUTE, on=False))
    assert only(scene.wait(0), ev.AlarmCleared).by is ev.ClearedBy.RULE
    scene.save(rule(AlarmMeasure.BREAK_OVERSTAY_MS, 2.0 * MINUTE))
    only(scene.wait(0), ev.AlarmRaised)
    events = scene.does(cmd.RemoveSetting("alarm_rule", "r"))
    assert kinds(events) == ["AlarmCleared", "SettingRemoved"]


def test_an_alarm_outlives_a_reload() -> None:
    scene = on_break("ann")
    alarm_id = only(scene.wait(40 * MINUTE), ev.AlarmRaised).alarm_id
    again = scene.reload()
    assert again.decide(cmd.AcknowledgeAlarm(alarm_id, "sam"), scene.now_ms) == [
        ev.AlarmAcknowledged(alarm_id, "sam", "")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        rule(AlarmMeasure.BREAK_OVERSTAY_MS, 0.0),
        rule(AlarmMeasure.SERVICE_LEVEL_RATIO, 80.0),
        rule(AlarmMeasure.SERVICE_LEVEL_RATIO, 0.8, clear_threshold=0.7),
        rule(AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, clear_threshold=90_000.0),
        rule(AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, clear_after_ms=0),
        rule(AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, hold_ms=-1),
        rule(AlarmMeasure.ABANDONED_RATIO, 0.1, window_ms=1),
        rule(AlarmMeasure.ABANDONED_RATIO, 0.1, counted_min=0),
        rule(AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, escalate_after_ms=0),
        rule(AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, tell=(Telling(way=TellingWay.MAIL, to="sam"),)),
        rule(
            AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, tell=(Telling(way=TellingWay.WEBHOOK, to="x"),)
        ),
        rule(AlarmMeasure.OLDEST_WAIT_MS, 60_000.0, tell=(Telling(way=TellingWay.SMS, to="x"),)),
        rule(
            AlarmMeasure.OLDEST_WAIT_MS,
            60_000.0,
            escalate_to=(Telling(way=TellingWay.MAIL, to="a@b"),),
        ),
        rule(AlarmMeasure.HOLD_MS, 60_000.0, flow_ids=("f",)),
    ],
)
def test_an_unsound_rule_is_refused(wrong: AlarmRule) -> None:
    scene = Scene(queue())
    if wrong.flow_ids:
        scene.save(flow(end(), flow_id="f"))
    assert scene.refuses(cmd.SaveSetting(wrong)) is RefusalReason.INVALID


def test_what_a_rule_measures_stays() -> None:
    scene = Scene(rule(AlarmMeasure.HOLD_MS, 60_000.0))
    other = rule(AlarmMeasure.CONTACT_MS, 60_000.0)
    assert scene.refuses(cmd.SaveSetting(other)) is RefusalReason.INVALID


def test_the_ready_rules_are_sound_and_one_of_each_measure() -> None:
    scene = Scene(*READY_RULES)
    assert len(scene.state.settings.alarm_rules) == len(AlarmMeasure)
    assert {one.measure for one in READY_RULES} == set(AlarmMeasure)
