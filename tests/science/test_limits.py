import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.science.erlang import erlang_a, erlang_c
from frontdesk.science.limits import garnett, halfin_whitt, safety_for, square_root_agents


def safety(agents: int, load: float) -> float:
    return (agents - load) / math.sqrt(load)


@pytest.mark.parametrize(
    ("agents", "load", "limit", "exact"),
    [(50, 48, 0.683582, 0.694456), (1050, 1000, 0.071195, 0.074402)],
)
def test_halfin_and_whitt(agents: int, load: float, limit: float, exact: float) -> None:
    assert halfin_whitt(safety(agents, load)) == pytest.approx(limit, abs=5e-7)
    assert erlang_c(agents, load) == pytest.approx(exact, abs=5e-7)


def test_garnett_mandelbaum_and_reiman() -> None:
    assert garnett(safety(100, 95), 180 / 300) == pytest.approx(0.267316, abs=5e-7)
    assert garnett(0, 1) == pytest.approx(0.5, rel=1e-12)


def test_exact_figures_tend_to_the_limit_as_the_pool_grows() -> None:
    gaps = [
        abs(erlang_a(square_root_agents(load, 1.0), load, 0.6) / garnett(1.0, 0.6) - 1)
        for load in (100.0, 400.0, 1_600.0, 6_400.0)
    ]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.02


@given(st.floats(0.001, 0.999), st.floats(0.01, 100))
def test_the_safety_gives_the_share_it_was_asked_for(wait_ratio: float, patience: float) -> None:
    assert garnett(safety_for(wait_ratio, patience), patience) == pytest.approx(wait_ratio)
    assert halfin_whitt(safety_for(wait_ratio)) == pytest.approx(wait_ratio)


@given(st.floats(0.01, 5), st.floats(0.01, 5))
def test_more_spare_agents_let_fewer_wait_and_impatience_fewer_still(
    beta: float, more: float
) -> None:
    assert halfin_whitt(beta + more) <= halfin_whitt(beta)
    assert garnett(beta, 1e9) == pytest.approx(halfin_whitt(beta), rel=1e-3)
    assert garnett(beta, 1) <= halfin_whitt(beta)
