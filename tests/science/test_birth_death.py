import pytest

from frontdesk.science.birth_death import birth_death_law, solve_limited
from frontdesk.science.erlang import erlang_b, solve_erlang_c


def test_no_waiting_place_is_erlang_b() -> None:
    figures = solve_limited(120, 300, 10, 0, 20)
    assert figures.turned_away_ratio == pytest.approx(erlang_b(10, 10), rel=1e-13)
    assert figures.wait_ratio == 0


def test_a_large_waiting_room_is_erlang_c() -> None:
    limited = solve_limited(200, 180, 14, 400, 20)
    endless = solve_erlang_c(200, 180, 14, 20)
    assert limited.mean_wait_s == pytest.approx(endless.mean_wait_s, rel=1e-12)
    assert limited.answered_in_time_ratio == pytest.approx(
        endless.service_levels.answered_of_offered, rel=1e-12
    )


def test_one_agent_one_place_by_hand() -> None:
    """Load 1: three states of equal weight."""
    figures = solve_limited(60, 60, 1, 1, 0)
    assert figures.turned_away_ratio == pytest.approx(1 / 3)
    assert figures.wait_ratio == pytest.approx(1 / 3)
    assert figures.mean_wait_s == pytest.approx(30)
    assert figures.answered_in_time_ratio == pytest.approx(0.5)
    assert figures.occupancy_ratio == pytest.approx(2 / 3)


def test_law_of_a_thousand_states_sums_to_one() -> None:
    law = birth_death_law([950.0] * 1000, [float(busy) for busy in range(1, 1001)])
    assert law.sum() == pytest.approx(1)
    assert law[-1] == pytest.approx(0.00364929368894241, rel=1e-11)
