"""Estimators against simulated waits: the theory's errors, and a range that keeps its promise."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from frontdesk.kernel.estimators.points import wait_moments
from frontdesk.kernel.estimators.situation import Situation
from frontdesk.kernel.state import State
from frontdesk.simulator.laws import Exponential
from frontdesk.simulator.ledger import digest_of, frame_of
from frontdesk.simulator.replication import Replication
from frontdesk.simulator.scenario import Scenario
from frontdesk.simulator.wait_probe import Forecast, ProbedReplication, Waited, WaitProbe
from tests.simulator.scenarios import small

AGENTS, HANDLE_S = 20, 60.0
BATCHES = 40

LOADED = msgspec.structs.replace(
    small(
        per_hour=1.4 * AGENTS * 3600 / HANDLE_S,
        agents=AGENTS,
        patience=Exponential(mean_s=HANDLE_S),
        handle_time=Exponential(mean_s=HANDLE_S),
    ),
    duration_min=15 * 60,
)
"""M/M/20+M at a load of 1.4: nearly everybody waits."""


class KnowingProbe(WaitProbe):
    """Knows the true rates, so that nothing but chance is left to err."""

    def find_situation(self, state: State, contact_id: int, now_ms: int) -> Situation | None:
        found = super().find_situation(state, contact_id, now_ms)
        rate = 1 / (HANDLE_S * 1000)
        return found and found._replace(service_rate=AGENTS * rate, leave_rate=rate)


def probe_with(probe: WaitProbe, scenario: Scenario) -> list[Waited]:
    ProbedReplication(scenario, 0, probe).run()
    return probe.waited[len(probe.waited) // 20 :]


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """The mean and its standard error, by batches, since neighbours wait alike."""
    means = np.array([batch.mean() for batch in np.array_split(values, BATCHES)])
    return float(means.mean()), float(means.std(ddof=1) / math.sqrt(BATCHES))


def squares(waited: list[Waited], name: str) -> np.ndarray:
    return np.array([(w.forecasts[name].point_ms - w.wait_ms) ** 2 for w in waited])


def test_errors_are_those_of_the_theory() -> None:
    """Var(W|Q) = Σ 1/(sμ+iθ)², and the head of the line errs by twice that."""
    waited = probe_with(KnowingProbe(), LOADED)
    variance = np.array(
        [
            wait_moments(w.situation.service_rate, w.situation.leave_rate, w.situation.ahead)[1]
            for w in waited
        ]
    )
    markov, head = squares(waited, "markov"), squares(waited, "head_of_line")
    ratio, error = mean_and_error(markov / variance)
    assert error < 0.03
    assert abs(ratio - 1) < 4 * error
    excess, error = mean_and_error((head - 2 * markov) / markov.mean())
    assert error < 0.06
    assert abs(excess) < 4 * error


def test_learnt_ranges_hold_for_eight_in_ten() -> None:
    waited = probe_with(WaitProbe(), LOADED)
    for name in ("markov", "logarithm", "queue_length", "head_of_line"):
        held, error = mean_and_error(np.array([holds(w, w.forecasts[name]) for w in waited]))
        assert abs(held - 0.8) < 0.02 + 3 * error, name


def holds(waited: Waited, forecast: Forecast) -> bool:
    found = forecast.range or waited.law
    return found.low_ms <= waited.wait_ms <= found.high_ms


def test_the_replication_does_not_know_that_it_is_probed() -> None:
    scenario = small(per_hour=400)
    plain = Replication(scenario, 3, frame_of(scenario)).run()
    probe = WaitProbe()
    assert digest_of(ProbedReplication(scenario, 3, probe).run()) == digest_of(plain)
    assert probe.waited
