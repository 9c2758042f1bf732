"""Inverses: how few agents, servers or lines reach what is wanted.

Every figure that may be asked for gets better with each agent, so the least number is found by
doubling a step and then halving the bracket, from a start near full load.
"""

import math
from collections.abc import Callable
from typing import Final

import msgspec

from frontdesk.science.erlang import (
    HOUR_S,
    DelayFigures,
    solve_erlang_a,
    solve_erlang_c,
)
from frontdesk.science.limits import safety_for, square_root_agents
from frontdesk.science.numbers import require_positive, require_share, require_time
from frontdesk.science.service_levels import ServiceLevelFormula

WAIT_RATIO_TO_START: Final = 0.3
AGENTS_MAX: Final = 1_000_000
"""More than any centre has; a search that comes here raises ValueError."""


class Demand(msgspec.Struct, frozen=True):
    """Contacts an hour, seconds each; without a patience customers wait as long as it takes."""

    calls_per_hour: float
    handle_time_s: float
    patience_s: float | None = None

    @property
    def load(self) -> float:
        """In erlangs."""
        return self.calls_per_hour * self.handle_time_s / HOUR_S

    def figures(self, agents: int, target_s: float) -> DelayFigures:
        """Erlang A, or C where nobody gives up."""
        if self.patience_s is None:
            return solve_erlang_c(self.calls_per_hour, self.handle_time_s, agents, target_s)
        return solve_erlang_a(
            self.calls_per_hour, self.handle_time_s, self.patience_s, agents, target_s
        )


class Goal(msgspec.Struct, frozen=True):
    """What has to be reached; all that is given has to be."""

    target_s: float = 20.0
    service_level: float | None = None
    formula: ServiceLevelFormula = ServiceLevelFormula.ANSWERED_OF_OFFERED
    abandoned_ratio_max: float | None = None
    speed_of_answer_s_max: float | None = None
    occupancy_ratio_max: float | None = None

    def met_by(self, figures: DelayFigures) -> bool:
        level = figures.service_levels.by(self.formula)
        return (
            (self.service_level is None or level >= self.service_level)
            and within(figures.abandoned_ratio, self.abandoned_ratio_max)
            and within(figures.speed_of_answer_s, self.speed_of_answer_s_max)
            and within(figures.occupancy_ratio, self.occupancy_ratio_max)
        )


def within(value: float, bound: float | None) -> bool:
    """Whether a bound, if there is one, is kept."""
    return bound is None or value <= bound


def require_reachable(goal: Goal) -> None:
    """Raises ValueError for a goal that no number of agents reaches, or that asks for nothing."""
    require_time(target_s=goal.target_s)
    shares = {
        "service_level": goal.service_level,
        "abandoned_ratio_max": goal.abandoned_ratio_max,
        "occupancy_ratio_max": goal.occupancy_ratio_max,
    }
    given = {name: share for name, share in shares.items() if share is not None}
    require_share(**given)
    if goal.speed_of_answer_s_max is not None:
        require_positive(speed_of_answer_s_max=goal.speed_of_answer_s_max)
    elif not given:
        raise ValueError("a goal must ask for something")


def agents_needed(demand: Demand, goal: Goal) -> int:
    """The least number of agents with whom the goal is met."""
    require_reachable(goal)
    ratio = math.inf if demand.patience_s is None else demand.patience_s / demand.handle_time_s
    start = square_root_agents(demand.load, safety_for(WAIT_RATIO_TO_START, ratio))
    return least(lambda agents: goal.met_by(demand.figures(agents, goal.target_s)), start)


def servers_needed(load: float, blocking_max: float) -> int:
    """The least number of lines at which no larger share is turned away (Erlang B)."""
    require_positive(load=load)
    require_share(blocking_max=blocking_max)
    servers, blocking = 0, 1.0
    while blocking > blocking_max:
        servers += 1
        blocking = load * blocking / (servers + load * blocking)
    return servers


def least(enough: Callable[[int], bool], start: int) -> int:
    """The least whole number of one or more that is enough, where every larger one is too."""
    low, high, step = start - 1, start, 1
    while not enough(high):
        if high > AGENTS_MAX:
            raise ValueError(f"the goal asks for more than {AGENTS_MAX:,} agents")
        low, high, step = high, high + step, step * 2
    step = 1
    while low > 0 and enough(low):
        low, high, step = max(0, low - step), low, step * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
