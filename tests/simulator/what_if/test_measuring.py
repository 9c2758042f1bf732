import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.simulator.laws import Endless, Measured, draw
from frontdesk.simulator.what_if.measuring import CUTS, censored_law, measured_law

times = st.lists(st.floats(0.1, 1e4), min_size=1, max_size=300)
DRAWS = 20_000


@given(times)
def test_a_measured_law_has_the_mean_of_what_was_measured(found: list[float]) -> None:
    law = measured_law(found)
    assert isinstance(law, Measured)
    values = np.array(law.values_s)
    mean = float(np.mean((values[1:] + values[:-1]) / 2))
    assert mean == pytest.approx(float(np.mean(found)), rel=1e-9)


@given(times)
def test_where_nothing_was_cut_short_the_product_limit_is_the_share_that_is_over(
    found: list[float],
) -> None:
    law = censored_law(found, [True] * len(found), ends=True)
    assert isinstance(law, Measured)
    assert law.shares[-1] == pytest.approx(1)
    if len(found) <= CUTS:
        shares = [np.mean(np.array(found) <= value) for value in law.values_s]
        assert all(a <= b + 1e-9 for a, b in zip(law.shares, shares, strict=True))


def test_kaplan_and_meier_by_hand() -> None:
    """Ends at 1, 3 and 4; cut short at 2 and 5: survival 4/5, 4/5 · 2/3, 4/5 · 2/3 · 1/2."""
    law = censored_law([1, 2, 3, 4, 5], [True, False, True, True, False], ends=True)
    assert isinstance(law, Measured)
    ends = dict(zip(law.values_s, law.shares, strict=True))
    assert ends == pytest.approx({1: 1 / 5, 3: 1 - 8 / 15, 4: 1 - 4 / 15})
    assert law.beyond_mean_s == pytest.approx(15 / 3)


def test_patience_is_found_though_most_are_answered_first() -> None:
    generator = np.random.default_rng(4)
    patience = generator.exponential(120, 30_000)
    answered = generator.exponential(40, 30_000)
    waits = np.minimum(patience, answered)
    law = censored_law(waits.tolist(), (patience < answered).tolist(), ends=True)
    drawn = draw(law, generator, DRAWS)
    for at_s in (20, 60, 120):
        assert np.mean(drawn > at_s) == pytest.approx(math.exp(-at_s / 120), abs=0.02)
    assert np.mean(drawn) == pytest.approx(120, rel=0.06)


def test_where_nobody_gave_up_nobody_does() -> None:
    assert censored_law([5.0, 9.0], [False, False], ends=True) == Endless()


def test_those_who_never_ask_never_do() -> None:
    law = censored_law([10.0] * 90 + [20.0] * 10, [False] * 90 + [True] * 10, ends=False)
    drawn = draw(law, np.random.default_rng(1), DRAWS)
    assert np.mean(np.isinf(drawn)) == pytest.approx(0, abs=0.01)
    some = censored_law([10.0] * 10 + [20.0] * 90, [True] * 10 + [False] * 90, ends=False)
    assert np.mean(np.isinf(draw(some, np.random.default_rng(1), DRAWS))) == pytest.approx(
        0.9, abs=0.01
    )
