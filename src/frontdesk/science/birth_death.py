"""Birth-death chains: pools with a limited waiting room, with or without abandonment."""

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.special import gammainc

from frontdesk.science.erlang import HOUR_S
from frontdesk.science.numbers import require_positive, require_time


class LimitedFigures(msgspec.Struct, frozen=True):
    """Steady-state figures of M/M/n/K, whose last K - n places are waiting places.

    turned_away_ratio and wait_ratio: shares of all offered contacts.
    mean_wait_s and answered_in_time_ratio: over those who were let in.
    """

    turned_away_ratio: float
    wait_ratio: float
    mean_wait_s: float
    answered_in_time_ratio: float
    occupancy_ratio: float


def birth_death_law(births: Sequence[float], deaths: Sequence[float]) -> np.ndarray:
    """Stationary law of states 0..m; births[k] leads k -> k+1, deaths[k] leads k+1 -> k.

    Works on logarithms, so a thousand agents underflow nothing that matters.
    """
    steps = np.log(np.asarray(births, float)) - np.log(np.asarray(deaths, float))
    heights = np.concatenate(([0.0], np.cumsum(steps)))
    law = np.exp(heights - heights.max())
    return law / law.sum()


def solve_limited(
    calls_per_hour: float,
    handle_time_s: float,
    agents: int,
    waiting_max: int,
    target_s: float,
) -> LimitedFigures:
    """M/M/n/K with K = agents + waiting_max; who finds no place is turned away."""
    require_positive(calls_per_hour=calls_per_hour, handle_time_s=handle_time_s, agents=agents)
    require_time(target_s=target_s, waiting_max=waiting_max)
    arrival_rate = calls_per_hour / HOUR_S
    places = agents + waiting_max
    deaths = [min(busy, agents) / handle_time_s for busy in range(1, places + 1)]
    law = birth_death_law([arrival_rate] * places, deaths)
    let_in = 1 - law[-1]
    waiting_law = law[agents:-1]
    ahead = np.arange(len(waiting_law)) + 1
    pool_rate = agents / handle_time_s
    late = float(waiting_law @ (1 - gammainc(ahead, pool_rate * target_s)))
    busy = np.minimum(np.arange(places + 1), agents)
    return LimitedFigures(
        turned_away_ratio=float(law[-1]),
        wait_ratio=float(waiting_law.sum()),
        mean_wait_s=float(waiting_law @ ahead) / pool_rate / float(let_in),
        answered_in_time_ratio=1 - late / float(let_in),
        occupancy_ratio=float(busy @ law) / agents,
    )
