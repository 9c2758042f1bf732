import msgspec
import pytest

from frontdesk.kernel.settings import Overflow, OverflowWhen, Team
from frontdesk.simulator.laws import Endless, Exponential, Fixed, Uniform
from frontdesk.simulator.ledger import Count, TeamTime
from frontdesk.simulator.scenario import Break, Level, Period, Retry, Scenario, Shift
from tests.simulator.scenarios import (
    minutes,
    run,
    small,
    total,
    with_customers,
    with_queue,
    with_staff,
)

OUTCOMES = (Count.ANSWERED, Count.ABANDONED, Count.TURNED_AWAY, Count.UNRESOLVED)
BUSY = small(per_hour=120)


def staggered() -> Scenario:
    """Agents who work by hand, in shifts with breaks, with wrap-up, retrials and misses."""
    scenario = with_queue(BUSY, wrap_up_time_ms=40_000)
    scenario = with_customers(
        scenario,
        wrap_up=Exponential(mean_s=30),
        retry=Retry(ratio=0.5, after=Exponential(mean_s=120)),
    )
    return with_staff(
        scenario,
        agents=None,
        accept_after=Uniform(low_s=1, high_s=6),
        miss_ratio=0.05,
        shifts=(
            Shift(
                start="00:00", until="01:30", agents=3, breaks=(Break(start="00:40", minutes=10),)
            ),
            Shift(start="00:30", until="02:00", agents=3),
        ),
    )


@pytest.mark.parametrize(
    "scenario",
    [
        BUSY,
        small(per_hour=0),
        with_queue(BUSY, waiting_max=1),
        with_staff(BUSY, pace_ratios=(1.0, 0.7, 0.6), capacity_units=300),
        staggered(),
    ],
    ids=["plain", "nobody", "small room", "concurrent", "staggered"],
)
def test_every_contact_has_one_outcome(scenario: Scenario) -> None:
    tallies = run(scenario)
    assert sum(total(tallies, outcome) for outcome in OUTCOMES) == total(tallies, Count.OFFERED)
    assert total(tallies, Count.OFFERED) == tallies.contacts
    assert total(tallies, Count.UNRESOLVED) == 0


def test_busy_time_is_handle_time() -> None:
    tallies = run(BUSY)
    assert minutes(tallies, TeamTime.BUSY) * 60_000 == pytest.approx(total(tallies, Count.HANDLE))


def test_patience_bounds_waits() -> None:
    scenario = small(per_hour=400, agents=1, patience=Fixed(value_s=7))
    tallies = run(scenario)
    lost = total(tallies, Count.ABANDONED)
    assert lost > 0
    answered_wait = total(tallies, Count.WAIT_OF_ANSWERED)
    assert total(tallies, Count.WAIT) == pytest.approx(7000 * lost + answered_wait)


def test_who_will_not_wait_leaves_at_once_but_takes_a_free_agent() -> None:
    tallies = run(small(per_hour=200, patience=Fixed(value_s=0)))
    assert total(tallies, Count.ABANDONED) > 0
    assert total(tallies, Count.ANSWERED) > 0
    assert total(tallies, Count.WAIT) == 0


def test_a_full_waiting_room_turns_away() -> None:
    tallies = run(with_queue(small(per_hour=200, patience=Endless()), waiting_max=2))
    assert total(tallies, Count.TURNED_AWAY) > 0
    assert total(tallies, Count.ABANDONED) == 0


def test_nobody_there_turns_away_by_the_queue_rule() -> None:
    closed = with_queue(BUSY, overflows=(Overflow(when=OverflowWhen.UNSTAFFED),))
    tallies = run(with_staff(closed, agents=None, levels=(Level(start="01:00", agents=30),)))
    first, second = tallies.queues[0, 0], tallies.queues[0, 1]
    assert first[Count.TURNED_AWAY] == first[Count.OFFERED] > 0
    assert second[Count.ANSWERED] == second[Count.OFFERED] > 0


def test_a_shrinking_level_lets_people_finish() -> None:
    scenario = with_staff(
        small(per_hour=2000, handle_time=Fixed(value_s=600), patience=Endless()),
        agents=None,
        levels=(Level(start="00:00", agents=4), Level(start="01:05", agents=1)),
    )
    scenario = with_customers(
        scenario,
        per_hour=None,
        periods=(Period(start="00:00", per_hour=2000), Period(start="00:10", per_hour=0)),
    )
    tallies = run(scenario)
    # All four are busy in turns of ten minutes from about the start, three leave after 01:05.
    assert minutes(tallies, TeamTime.STAFFED, 0) == pytest.approx(240, abs=0.1)
    assert 60 + 3 * 5 < minutes(tallies, TeamTime.STAFFED, 1) < 60 + 3 * 11
    assert total(tallies, Count.UNRESOLVED) == 0


def test_shifts_and_breaks_make_the_time_on_duty() -> None:
    breaks = (Break(start="00:30", minutes=10), Break(start="01:00", minutes=5))
    shift = Shift(start="00:15", until="01:45", agents=2, breaks=breaks)
    idle = with_staff(small(per_hour=0), agents=None, shifts=(shift,))
    assert minutes(run(idle), TeamTime.STAFFED) == pytest.approx(2 * (90 - 15))


def test_retries_are_attempts_of_their_own() -> None:
    hopeless = small(per_hour=60, agents=0, patience=Fixed(value_s=1))
    again = Retry(ratio=1.0, after=Fixed(value_s=30), attempts_max=3)
    tallies = run(with_customers(hopeless, retry=again))
    assert total(tallies, Count.RETRIES) == pytest.approx(total(tallies, Count.OFFERED) * 2 / 3)


def test_wrap_up_keeps_agents_but_not_beyond_the_limit() -> None:
    scenario = with_queue(small(handle_time=Fixed(value_s=10)), wrap_up_time_ms=20_000)
    for drawn_s, whole_s in ((5, 15), (500, 30)):
        tallies = run(with_customers(scenario, wrap_up=Fixed(value_s=drawn_s)))
        mean_s = total(tallies, Count.HANDLE) / total(tallies, Count.ANSWERED) / 1000
        assert mean_s == pytest.approx(whole_s, abs=0.01)


def test_accepting_by_hand_takes_its_time() -> None:
    scenario = with_staff(small(per_hour=20, agents=20), accept_after=Fixed(value_s=4))
    tallies = run(scenario)
    assert total(tallies, Count.WAIT) == pytest.approx(4000 * total(tallies, Count.OFFERED))


def test_a_slower_team_takes_longer() -> None:
    scenario = msgspec.structs.replace(
        with_staff(small(handle_time=Fixed(value_s=10)), team_id="away"),
        teams=(Team(team_id="away", name="Away"),),
    )
    tallies = run(with_customers(scenario, handle_ratio_by_team={"away": 1.5}))
    assert total(tallies, Count.HANDLE) == pytest.approx(15_000 * total(tallies, Count.ANSWERED))
