"""Position and expected wait: by the published formulas, and told only when there is something."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.entities import QueueStats
from frontdesk.kernel.estimators.points import wait_moments
from frontdesk.kernel.estimators.ranges import gamma_range
from frontdesk.kernel.estimators.ratios import RATIOS_MIN, find_range
from frontdesk.kernel.waiting import (
    OBSERVATIONS_MIN,
    expected_wait_of_contact,
    expected_wait_of_queue,
    leave_rate,
    position,
)
from tests.kernel.scene import Scene, agent, channel, kinds, only, queue, skill, team

FRENCH = st.SkillNeed("french")


def test_position_by_priority_then_age() -> None:
    scene = Scene(queue(), queue("other"))
    first, second = scene.open(), scene.open()
    urgent = scene.open(priority=1)
    scene.open("other")
    assert [position(scene.state, id_) for id_ in (urgent, first, second)] == [1, 2, 3]


def test_position_over_all_that_is_asked_for_in_the_queue() -> None:
    scene = Scene(skill("french"), queue())
    plain = scene.open()
    french = scene.open(skills=(FRENCH,))
    call = scene.open(channel="webchat")
    assert [position(scene.state, id_) for id_ in (plain, french, call)] == [1, 2, 3]


def test_no_position_for_who_does_not_wait() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    contact_id = scene.open()
    assert position(scene.state, contact_id) is None
    assert position(scene.state, 99) is None
    assert expected_wait_of_contact(scene.state, contact_id) is None


def test_patience_is_learnt_from_those_who_left_and_those_who_did_not() -> None:
    assert leave_rate(QueueStats(waited_ms=600_000, abandoned=5)) == 5 / 600_000
    assert leave_rate(QueueStats()) == 0.0


def learnt(handled: int = 10, agents: int = 2) -> Scene:
    """All agents busy, ten contacts of five minutes behind them."""
    ids = [f"a{i}" for i in range(agents)]
    scene = Scene(queue(), *(agent(id_) for id_ in ids))
    scene.available(*ids)
    for _ in range(handled):
        contact_id = scene.engage()
        scene.wait(300_000)
        scene.end(contact_id)
    for _ in ids:
        scene.engage()
    return scene


def test_the_wait_that_is_left_to_a_contact() -> None:
    scene = learnt()
    first, second = scene.open(), scene.open()
    one = gamma_range(*wait_moments(2 / 300_000, 0.0, 0))
    two = gamma_range(*wait_moments(2 / 300_000, 0.0, 1))
    assert expected_wait_of_contact(scene.state, first) == pytest.approx(one, abs=1)
    assert expected_wait_of_contact(scene.state, second) == pytest.approx(two, abs=1)
    three = gamma_range(*wait_moments(2 / 300_000, 0.0, 2))
    assert expected_wait_of_queue(scene.state, "sales", "voice") == pytest.approx(three, abs=1)


def test_small_contacts_are_served_several_at_once() -> None:
    scene = learnt()
    scene.save(st.CentreSettings(channels=(channel("webchat", 50), channel("voice", 100))))
    contact_id = scene.open(channel="webchat")
    expected = gamma_range(*wait_moments(4 / 300_000, 0.0, 0))
    assert expected_wait_of_contact(scene.state, contact_id) == pytest.approx(expected, abs=1)


def test_nothing_is_told_before_something_is_known() -> None:
    scene = learnt(handled=int(OBSERVATIONS_MIN) - 1)
    assert expected_wait_of_contact(scene.state, scene.open()) is None


def test_nothing_is_told_when_nobody_serves() -> None:
    scene = learnt(agents=1)
    contact_id = scene.open()
    scene.does(cmd.SetPresence("a0", cmd.Presence.OFFLINE, when_free=True))
    assert expected_wait_of_contact(scene.state, contact_id) is None


def test_no_wait_when_somebody_is_free_even_if_nobody_ever_came() -> None:
    """Found by reading: before the first contact, and after every restart, nothing was known."""
    scene = Scene(queue(), agent("ann"))
    assert expected_wait_of_queue(scene.state, "sales", "voice") is None
    scene.available("ann")
    assert expected_wait_of_queue(scene.state, "sales", "voice") == (0, 0, 0)
    assert expected_wait_of_queue(scene.reload().state, "sales", "voice") == (0, 0, 0)


def test_who_is_free_counts_only_if_the_queue_s_first_step_would_ask() -> None:
    asks = queue("asks", steps=(st.RoutingStep(skills=(FRENCH,)),))
    away = queue("away", home_team_ids=("north",))
    scene = Scene(
        skill("french"),
        team("north"),
        team("south", reserve_idle=1),
        asks,
        away,
        agent("ann", "asks", "away", team_id="south"),
    )
    scene.available("ann")
    assert expected_wait_of_queue(scene.state, "asks", "voice") is None
    assert expected_wait_of_queue(scene.state, "away", "voice") is None


def test_asking_changes_nothing() -> None:
    scene = learnt()
    contact_id = scene.open()
    before = scene.reload().state
    expected_wait_of_queue(scene.state, "sales", "voice")
    expected_wait_of_contact(scene.state, contact_id)
    scene.witness.agrees_with(scene.state)
    assert expected_wait_of_contact(before, contact_id) == expected_wait_of_contact(
        scene.state, contact_id
    )


def chats(agents: int = 1) -> Scene:
    """All agents busy with chats, ten of five minutes behind them."""
    scene = Scene(queue(), *(agent(f"a{i}") for i in range(agents)))
    scene.save(st.CentreSettings(channels=(channel("webchat"),)))
    scene.available(*(f"a{i}" for i in range(agents)))
    for _ in range(10):
        contact_id = scene.engage(channel="webchat")
        scene.wait(300_000)
        scene.end(contact_id)
    for _ in range(agents):
        scene.engage(channel="webchat")
    return scene


def open_chat(scene: Scene) -> list[ev.AnyEvent]:
    command = cmd.OpenContact(channel="webchat", channel_ref="", queue_id="sales")
    return scene.does(command)


def test_what_a_waiting_customer_is_shown_is_put_on_record() -> None:
    scene = chats()
    open_chat(scene)
    scene.wait(20_000)
    announced = only(open_chat(scene), ev.WaitAnnounced)
    expected = gamma_range(*wait_moments(1 / 300_000, 0.0, 1))
    assert (announced.low_ms, announced.likely_ms, announced.high_ms) == pytest.approx(expected)
    assert announced.estimate_ms == pytest.approx(600_000)
    assert (announced.queue_id, announced.ahead) == ("sales", 1)
    assert (announced.last_wait_ms, announced.head_age_ms) == (0, 20_000)


def test_nothing_is_announced_to_who_is_served_at_once_or_told_nothing() -> None:
    scene = chats()
    scene.end(1 + 10)
    assert "WaitAnnounced" not in kinds(open_chat(scene))
    call = cmd.OpenContact(channel="voice", channel_ref="", queue_id="sales")
    assert "WaitAnnounced" not in kinds(scene.does(call))


def test_who_waits_for_one_agent_alone_is_told_nothing() -> None:
    scene = chats(agents=2)
    events = scene.does(cmd.TransferContact(11, "a0", to_agent_id="a1"))
    assert "ContactQueued" in kinds(events)
    assert "WaitAnnounced" not in kinds(events)


def test_who_waits_after_an_offer_came_to_nothing_is_told_then_and_once() -> None:
    scene = chats()
    scene.end(11)
    contact_id = scene.open(channel="webchat")
    assert "WaitAnnounced" in kinds(scene.decline(contact_id))
    scene.wait(scene.state.settings.centre.retry_refused_ms)
    assert "WaitAnnounced" not in kinds(scene.decline(contact_id))


def test_the_range_is_learnt_from_what_became_of_the_announced() -> None:
    """Everybody waits half as long as was announced, and so that is what is announced."""
    scene = chats()
    for _ in range(RATIOS_MIN):
        announced = only(open_chat(scene), ev.WaitAnnounced)
        scene.wait(announced.estimate_ms // 2)
        scene.end(next(c.contact_id for c in scene.state.contacts.values() if c.engagement_id))
        scene.accept(announced.contact_id)
    ratios = scene.state.stats["sales"].ratios
    assert find_range(ratios, 0, 100_000) == pytest.approx((50_000,) * 3, rel=0.01)
    announced = only(open_chat(scene), ev.WaitAnnounced)
    assert announced.likely_ms == pytest.approx(announced.estimate_ms / 2, rel=0.01)
    assert expected_wait_of_contact(scene.state, announced.contact_id) == (
        announced.low_ms,
        announced.likely_ms,
        announced.high_ms,
    )
