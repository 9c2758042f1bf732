import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.science.erlang import solve_erlang_a, solve_erlang_c, wait_law_a, wait_law_c

LOADS = st.tuples(st.floats(1, 3000), st.floats(10, 900), st.floats(5, 3000), st.integers(1, 200))


def test_the_law_of_patient_customers_is_exponential() -> None:
    law = wait_law_c(200, 180, 14)
    assert law.within(20) == pytest.approx(0.888350019179, rel=1e-11)
    assert law.quantile_s(0.888350019179) == pytest.approx(20, rel=1e-8)
    assert law.quantile_s(0.8) == 0, "83 of a hundred don't wait at all"


def test_a_pool_that_cannot_carry_its_load_keeps_people_for_ever() -> None:
    law = wait_law_c(120, 300, 10)
    assert law.longer(1e9) == 1
    assert math.isinf(law.quantile_s(0.5))


@given(LOADS)
def test_the_law_falls_from_the_share_that_waits(load: tuple[float, float, float, int]) -> None:
    law = wait_law_a(*load)
    points = [law.longer(wait_s) for wait_s in (0, 1, 10, 60, 600, 6000)]
    assert points[0] == pytest.approx(law.wait_ratio, rel=1e-12)
    assert points == sorted(points, reverse=True)
    assert points[-1] >= 0


@given(LOADS)
def test_the_law_has_the_mean_and_the_service_level_of_the_figures(
    load: tuple[float, float, float, int],
) -> None:
    """Who is answered or gives up within the target has ended the wait by then."""
    figures = solve_erlang_a(*load, 20)
    law = wait_law_a(*load)
    assert law.within(20) == pytest.approx(figures.service_levels.short_abandons_met, abs=1e-9)


@given(LOADS, st.floats(0.01, 0.99))
def test_quantile_and_law_are_inverse(load: tuple[float, float, float, int], share: float) -> None:
    law = wait_law_a(*load)
    wait_s = law.quantile_s(share)
    if wait_s == 0:
        assert law.within(0) >= share - 1e-12
    else:
        assert law.within(wait_s) == pytest.approx(share, abs=1e-7)


@given(LOADS)
def test_endless_patience_leads_to_erlang_c(load: tuple[float, float, float, int]) -> None:
    calls, handle_s, _, agents = load
    calls = min(calls, 0.95 * agents * 3600 / handle_s)
    endless = solve_erlang_c(calls, handle_s, agents, 20)
    patient = solve_erlang_a(calls, handle_s, 1e13, agents, 20)
    assert patient.wait_ratio == pytest.approx(endless.wait_ratio, rel=1e-6, abs=1e-15)
    assert patient.mean_wait_s == pytest.approx(endless.mean_wait_s, rel=1e-6, abs=1e-12)
    assert patient.service_levels.answered_of_offered == pytest.approx(
        endless.service_levels.answered_of_offered, abs=1e-6
    )
