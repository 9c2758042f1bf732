"""Traffic that overflows from one group of agents to another: moments, ERT, Hayward, exact.

Sources: R. I. Wilkinson, «Theories for toll traffic engineering in the U.S.A.», Bell System
Technical Journal 35, 1956 (moments after Riordan, the equivalent random method); Y. Rapp, «Planning
of junction network in a multi-exchange area», Ericsson Technics 20, 1964; A. A. Fredericks,
«Congestion in blocking systems: a simple approximation technique», Bell System Technical Journal
59, 1980 (Hayward).
"""

from collections.abc import Iterator

import msgspec
from scipy.optimize import brentq

from frontdesk.science.chains import State, solve_chain
from frontdesk.science.designs import changed
from frontdesk.science.erlang import erlang_b
from frontdesk.science.numbers import require_share
from frontdesk.science.staffing import least


class Stream(msgspec.Struct, frozen=True):
    """Mean and variance of a stream's traffic on an endless group, in erlangs."""

    mean: float
    variance: float

    @property
    def peakedness(self) -> float:
        return self.variance / self.mean

    def __add__(self, other: "Stream") -> "Stream":
        """Independent streams offered together."""
        return Stream(self.mean + other.mean, self.variance + other.variance)


def overflow(servers: float, load: float) -> Stream:
    """What a group loses (Riordan; Wilkinson 1956)."""
    mean = load * erlang_b(servers, load)
    return Stream(mean, mean * (1 - mean + load / (servers + 1 - load + mean)))


def hayward_blocking(servers: float, stream: Stream) -> float:
    """Hayward's approximation: scale both sides by the peakedness. Poor for small groups."""
    return erlang_b(servers / stream.peakedness, stream.mean / stream.peakedness)


class EquivalentGroup(msgspec.Struct, frozen=True):
    """The single group whose overflow has the stream's moments."""

    load: float
    servers: float

    def blocking(self, servers: float, stream: Stream) -> float:
        """Share of the stream lost by a further group."""
        lost = self.load * erlang_b(self.servers + servers, self.load)
        return lost / stream.mean


def rapp_group(stream: Stream) -> EquivalentGroup:
    """Rapp's starting values for the equivalent group (1964); biased by some per cent."""
    load = stream.variance + 3 * stream.peakedness * (stream.peakedness - 1)
    return EquivalentGroup(load, equivalent_servers(load, stream))


def equivalent_servers(load: float, stream: Stream) -> float:
    """Servers at which the peakedness formula holds for this load."""
    ahead = stream.mean + stream.peakedness
    return load * ahead / (ahead - 1) - stream.mean - 1


def equivalent_group(stream: Stream) -> EquivalentGroup:
    """The equivalent group solved exactly: its overflow has the very mean and variance."""
    guess = rapp_group(stream).load

    def excess(load: float) -> float:
        return load * erlang_b(equivalent_servers(load, stream), load) - stream.mean

    load = float(brentq(excess, guess * 0.7, guess * 1.3, xtol=1e-13, rtol=1e-14))
    return EquivalentGroup(load, equivalent_servers(load, stream))


def servers_for_overflow(stream: Stream, blocking_max: float) -> int:
    """The least further group that loses no larger share of the stream, by the exact ERT."""
    require_share(blocking_max=blocking_max)
    group = equivalent_group(stream)
    return least(lambda servers: group.blocking(servers, stream) <= blocking_max, 1)


def exact_overflow_losses(groups: tuple[tuple[int, float], ...], shared: int) -> list[float]:
    """Lost traffic of each (servers, load) group whose overflow shares one further group.

    Handle times are exponential with mean one; results are contacts lost per unit of time.
    """
    sizes = (*(servers for servers, _ in groups), shared)

    def transitions(state: State) -> Iterator[tuple[State, float]]:
        for group, (_, load) in enumerate(groups):
            place = next((at for at in (group, len(groups)) if state[at] < sizes[at]), None)
            if place is not None:
                yield changed(state, place, 1), load
        for at, busy in enumerate(state):
            if busy:
                yield changed(state, at, -1), float(busy)

    law = solve_chain((0,) * len(sizes), transitions)
    full = len(groups)
    return [
        load
        * law.mean(
            lambda state, group=group: state[group] == sizes[group] and state[full] == shared
        )
        for group, (_, load) in enumerate(groups)
    ]
