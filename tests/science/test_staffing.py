import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.science.erlang import erlang_b, erlang_c
from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.science.staffing import Demand, Goal, agents_needed, servers_needed

EIGHTY_IN_TWENTY = Goal(service_level=0.8)
FEW_GIVE_UP = Goal(abandoned_ratio_max=0.03)

demands = st.builds(
    Demand,
    calls_per_hour=st.floats(1, 5000),
    handle_time_s=st.floats(10, 1200),
    patience_s=st.one_of(st.none(), st.floats(5, 2000)),
)
goals = st.one_of(
    st.builds(
        Goal,
        target_s=st.floats(0, 120),
        service_level=st.floats(0.5, 0.99),
        formula=st.sampled_from(ServiceLevelFormula),
    ),
    st.builds(Goal, speed_of_answer_s_max=st.floats(1, 300)),
    st.builds(Goal, occupancy_ratio_max=st.floats(0.3, 0.95)),
)


@pytest.mark.parametrize(
    ("calls_per_hour", "handle_s", "patience_s", "patient", "impatient", "few_give_up"),
    [
        (100, 180, 120, 8, 7, 8),
        (360, 240, 120, 29, 26, 29),
        (1200, 300, 180, 108, 100, 104),
        (6000, 300, 180, 513, 475, 492),
    ],
)
def test_least_staff(
    calls_per_hour: float,
    handle_s: float,
    patience_s: float,
    patient: int,
    impatient: int,
    few_give_up: int,
) -> None:
    never_leave = Demand(calls_per_hour, handle_s)
    leave = Demand(calls_per_hour, handle_s, patience_s)
    assert agents_needed(never_leave, EIGHTY_IN_TWENTY) == patient
    assert agents_needed(leave, EIGHTY_IN_TWENTY) == impatient
    assert agents_needed(leave, FEW_GIVE_UP) == few_give_up


def test_ten_thousand_agents_are_reckoned_with() -> None:
    """Of 9,917 erlangs one in a hundred may go, so that slightly fewer agents than that will do."""
    demand = Demand(calls_per_hour=119_000, handle_time_s=300, patience_s=180)
    agents = agents_needed(demand, Goal(service_level=0.99))
    assert 0.99 * demand.load < agents < demand.load
    figures = demand.figures(agents, 20)
    carried = demand.load * (1 - figures.abandoned_ratio)
    assert figures.occupancy_ratio == pytest.approx(carried / agents, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(demands, goals)
def test_one_agent_less_would_not_do(demand: Demand, goal: Goal) -> None:
    agents = agents_needed(demand, goal)
    assert goal.met_by(demand.figures(agents, goal.target_s))
    assert agents == 1 or not goal.met_by(demand.figures(agents - 1, goal.target_s))


@settings(max_examples=60, deadline=None)
@given(demands, st.integers(1, 150), st.sampled_from(ServiceLevelFormula))
def test_every_figure_gets_better_with_each_agent(
    demand: Demand, agents: int, formula: ServiceLevelFormula
) -> None:
    fewer, more = (demand.figures(count, 20) for count in (agents, agents + 1))
    slack = 1e-9
    assert more.wait_ratio <= fewer.wait_ratio + slack
    assert more.abandoned_ratio <= fewer.abandoned_ratio + slack
    assert more.mean_wait_s <= fewer.mean_wait_s + slack
    assert more.occupancy_ratio <= fewer.occupancy_ratio + slack
    assert more.service_levels.by(formula) >= fewer.service_levels.by(formula) - slack


@given(st.floats(0.1, 500), st.integers(1, 600))
def test_who_waits_outnumbers_who_would_be_turned_away(load: float, servers: int) -> None:
    assert erlang_c(servers, load) >= erlang_b(servers, load)


@given(st.floats(0.1, 2000), st.floats(0.0001, 0.9))
def test_one_line_less_would_turn_too_many_away(load: float, blocking_max: float) -> None:
    servers = servers_needed(load, blocking_max)
    assert erlang_b(servers, load) <= blocking_max
    assert erlang_b(servers - 1, load) > blocking_max


@pytest.mark.parametrize(
    ("goal", "complaint"),
    [
        (Goal(), "must ask for something"),
        (Goal(service_level=1.0), "service_level must lie between 0 and 1"),
        (Goal(abandoned_ratio_max=0.0), "abandoned_ratio_max must lie between 0 and 1"),
        (Goal(speed_of_answer_s_max=-1), "speed_of_answer_s_max must be a positive number"),
        (Goal(service_level=0.8, target_s=math.inf), "target_s must be a time"),
    ],
)
def test_what_nobody_can_reach_is_refused(goal: Goal, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        agents_needed(Demand(100, 180), goal)
