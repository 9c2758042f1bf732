"""Position and expected wait: by the published formulas, and told only when there is something."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as hs
from scipy.stats import gamma  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.entities import QueueStats
from frontdesk.kernel.waiting import (
    OBSERVATIONS_MIN,
    expected_wait_of_contact,
    expected_wait_of_queue,
    gamma_range,
    leave_rate,
    position,
    wait_moments,
)
from tests.kernel.scene import Scene, agent, channel, queue, skill, team

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


def test_the_mean_is_the_sum_of_the_waits_between_departures() -> None:
    """Σ 1/(sμ+iθ) and Σ 1/(sμ+iθ)², i = 0…Q (Ibrahim and Whitt)."""
    mean, variance = wait_moments(0.5, 0.1, 2)
    assert mean == pytest.approx(1 / 0.5 + 1 / 0.6 + 1 / 0.7)
    assert variance == pytest.approx(1 / 0.5**2 + 1 / 0.6**2 + 1 / 0.7**2)


def test_without_abandonment_it_is_the_plain_queue_length_estimate() -> None:
    mean, variance = wait_moments(0.25, 0.0, 9)
    assert (mean, variance) == (pytest.approx(40.0), pytest.approx(160.0))


@settings(max_examples=30)
@example(service=1.0, leave=1e-270, ahead=501)
@given(service=hs.floats(1e-6, 10.0), leave=hs.floats(0.0, 1.0), ahead=hs.integers(501, 2_000))
def test_long_sums_are_close_to_those_taken_term_by_term(
    service: float, leave: float, ahead: int
) -> None:
    rates = [service + i * leave for i in range(ahead + 1)]
    mean, variance = wait_moments(service, leave, ahead)
    assert mean == pytest.approx(math.fsum(1 / rate for rate in rates), rel=2e-3)
    assert variance == pytest.approx(math.fsum(1 / rate**2 for rate in rates), rel=2e-3)


@settings(max_examples=50)
@given(mean=hs.floats(1e3, 1e7), shape=hs.floats(1.0, 2_000.0))
def test_the_range_is_that_of_the_gamma_law(mean: float, shape: float) -> None:
    """Wilson and Hilferty's approximation is worst at the exponential law (shape 1)."""
    low, high = gamma_range(mean, mean * mean / shape)
    exact = [float(gamma.ppf(p, shape, scale=mean / shape)) for p in (0.5, 0.9)]  # pyright: ignore
    assert (low, high) == (pytest.approx(exact[0], rel=0.015), pytest.approx(exact[1], rel=0.011))


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
    assert expected_wait_of_queue(scene.state, "sales", "voice") == (0, 0)
    assert expected_wait_of_queue(scene.reload().state, "sales", "voice") == (0, 0)


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
