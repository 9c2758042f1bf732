import numpy as np
import pytest

from frontdesk.simulator.demand import draw_demand
from frontdesk.simulator.laws import Exponential, Fixed, Gamma
from frontdesk.simulator.scenario import Period
from tests.simulator.scenarios import small, with_customers

HOUR_MS = 3_600_000


def test_customers_come_in_order_and_within_the_run() -> None:
    demand = draw_demand(small(per_hour=300), 0)
    assert (np.diff(demand.arrive) >= 0).all()
    assert demand.arrive.min() >= 0
    assert demand.arrive.max() < 2 * HOUR_MS
    assert len(demand.arrive) == pytest.approx(600, abs=4 * 600**0.5)


def test_rates_follow_the_periods() -> None:
    periods = (Period(start="00:30", per_hour=2000), Period(start="01:00", per_hour=0))
    scenario = with_customers(small(), per_hour=None, periods=periods)
    arrive = draw_demand(scenario, 0).arrive
    assert arrive.min() >= HOUR_MS / 2
    assert arrive.max() < HOUR_MS
    assert len(arrive) == pytest.approx(1000, abs=130)


def test_laws_follow_the_periods() -> None:
    periods = (
        Period(start="00:00", per_hour=100, patience=Fixed(value_s=1)),
        Period(start="01:00", per_hour=100, patience=Fixed(value_s=2)),
    )
    demand = draw_demand(with_customers(small(), per_hour=None, periods=periods), 0)
    late = demand.arrive >= HOUR_MS
    assert np.array(demand.patience) == pytest.approx(np.where(late, 2000, 1000))


def test_more_staff_meets_the_same_customers() -> None:
    few, many = (draw_demand(small(agents=agents), 7) for agents in (1, 50))
    assert few.arrive.tobytes() == many.arrive.tobytes()
    assert few.work == many.work


def test_another_patience_leaves_arrivals_and_work_alone() -> None:
    short, long = (draw_demand(small(patience=Exponential(mean_s=mean)), 7) for mean in (10, 1000))
    assert short.work == long.work
    assert np.array(long.patience) == pytest.approx(100 * np.array(short.patience))


def test_a_higher_rate_brings_the_same_customers_sooner() -> None:
    slow, fast = (draw_demand(small(per_hour=rate), 7) for rate in (100, 200))
    assert fast.arrive[:50] == pytest.approx(slow.arrive[:50] / 2)


def test_replications_differ() -> None:
    first, second = (draw_demand(small(), number) for number in (0, 1))
    assert first.arrive.tobytes() != second.arrive.tobytes()


def test_busyness_multiplies_whole_replications() -> None:
    scenario = with_customers(
        small(per_hour=2000, busyness={"day": Gamma(mean_s=1, variation=0.5)}), busyness="day"
    )
    counts = [len(draw_demand(scenario, number).arrive) for number in range(300)]
    assert np.mean(counts) == pytest.approx(4000, rel=0.1)
    assert np.std(counts) == pytest.approx(2000, rel=0.15)
