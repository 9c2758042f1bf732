"""Holds every estimator of waits against what happens, in a replication that knows nothing of it.

Whenever a contact begins to wait, every estimator is asked; when the contact is answered, the wait
is known. Ratios are learnt here for every estimator, as the kernel learns them for its own.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from frontdesk.kernel import events as ev
from frontdesk.kernel.estimators.points import ESTIMATORS, wait_moments
from frontdesk.kernel.estimators.ranges import WaitRangeMs, gamma_range
from frontdesk.kernel.estimators.ratios import Ratios, find_range, learn_ratio
from frontdesk.kernel.estimators.situation import Situation
from frontdesk.kernel.state import State
from frontdesk.kernel.waiting import find_situation
from frontdesk.simulator.ledger import frame_of
from frontdesk.simulator.replication import Replication
from frontdesk.simulator.scenario import Scenario


class Forecast(NamedTuple):
    """What one estimator says, and the range learnt for it (None: too little has been learnt)."""

    point_ms: float
    range: WaitRangeMs | None


class Waited(NamedTuple):
    """One contact that waited and was answered."""

    queue_id: str
    at_ms: int
    wait_ms: int
    situation: Situation
    law: WaitRangeMs
    """The range of the gamma law."""
    forecasts: dict[str, Forecast]


class WaitProbe:
    """`waited` is what has been seen, in the order of answers."""

    def __init__(self) -> None:
        self.waited: list[Waited] = []
        self._open: dict[int, Waited] = {}
        self._ratios: dict[tuple[str, str], Ratios] = {}

    def see_queued(self, state: State, event: ev.ContactQueued, now_ms: int) -> None:
        """Asks every estimator, if the contact waits."""
        self._open.pop(event.contact_id, None)
        if event.contact_id not in state.lanes.place:
            return
        situation = self.find_situation(state, event.contact_id, now_ms)
        if situation is not None:
            self._open[event.contact_id] = self._ask(event.queue_id, now_ms, situation)

    def find_situation(self, state: State, contact_id: int, now_ms: int) -> Situation | None:
        """What the kernel knows by then; nothing is estimated from None."""
        return find_situation(state, state.contacts[contact_id], now_ms)

    def _ask(self, queue_id: str, now_ms: int, situation: Situation) -> Waited:
        forecasts: dict[str, Forecast] = {}
        ahead = situation.ahead
        for name, estimate in ESTIMATORS.items():
            point_ms = estimate(situation)
            ratios = self._ratios.setdefault((queue_id, name), {})
            forecasts[name] = Forecast(point_ms, find_range(ratios, ahead, point_ms))
        law = gamma_range(*wait_moments(situation.service_rate, situation.leave_rate, ahead))
        return Waited(queue_id, now_ms, 0, situation, law, forecasts)

    def see_accepted(self, _state: State, event: ev.OfferAccepted, now_ms: int) -> None:
        """The wait is over, and known."""
        asked = self._open.pop(event.contact_id, None)
        if asked is None:
            return
        waited = asked._replace(wait_ms=now_ms - asked.at_ms)
        self.waited.append(waited)
        for name, forecast in waited.forecasts.items():
            ratios = self._ratios[waited.queue_id, name]
            learn_ratio(ratios, waited.situation.ahead, round(forecast.point_ms), waited.wait_ms)


class ProbedReplication(Replication):
    """A replication whose waiting contacts a probe follows."""

    def __init__(self, scenario: Scenario, number: int, probe: WaitProbe) -> None:
        super().__init__(scenario, number, frame_of(scenario))
        self._show(ev.ContactQueued, probe.see_queued)
        self._show(ev.OfferAccepted, probe.see_accepted)

    def _show(self, kind: type[ev.Event], see: Callable[[State, Any, int], None]) -> None:
        """Shows the events of a kind; of contacts that are answered on arrival there is nothing."""
        react = self.reactions.get(kind)

        def show(event: ev.AnyEvent, at: float) -> None:
            see(self.centre.state, event, self.base_ms + int(at))
            if react is not None:
                react(event, at)

        self.reactions[kind] = show
