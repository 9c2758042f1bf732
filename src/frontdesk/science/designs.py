"""Exact solutions of skill designs: several contact types, several groups, fixed priorities.

With one handle rate for everybody the state is (busy agents by group, waiting by type). Arrivals
try the groups of their type in order; a freed agent pulls the types of its group in order.
N: one group is flexible. X: both are. M: two dedicated groups and a shared one.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from frontdesk.science.chains import State, StationaryLaw, solve_chain

QUEUE_TAIL: Final = 1e-14


class Design(msgspec.Struct, frozen=True):
    """A design in rates per unit of time. routes[type] and pulls[group] are in order of trial."""

    name: str
    arrival_rates: tuple[float, ...]
    group_sizes: tuple[int, ...]
    routes: tuple[tuple[int, ...], ...]
    pulls: tuple[tuple[int, ...], ...]
    service_rate: float = 0.5
    abandon_rate: float = 0.5

    @property
    def type_count(self) -> int:
        return len(self.arrival_rates)

    @property
    def group_count(self) -> int:
        return len(self.group_sizes)


class DesignFigures(msgspec.Struct, frozen=True):
    """Shares of offered contacts by type; occupancy by group."""

    abandoned_ratios: tuple[float, ...]
    wait_ratios: tuple[float, ...]
    occupancy_ratios: tuple[float, ...]


N_PULLS_OWN_FIRST: Final = Design(
    "N, flexible group pulls its own type first",
    (2.4, 1.8),
    (5, 5),
    routes=((0, 1), (1,)),
    pulls=((0,), (1, 0)),
)
N_PULLS_OTHER_FIRST: Final = Design(
    "N, flexible group pulls the other type first",
    (2.4, 1.8),
    (5, 5),
    routes=((0, 1), (1,)),
    pulls=((0,), (0, 1)),
)
N_FLEXIBLE_FIRST: Final = Design(
    "N, arrivals try the flexible group first",
    (2.4, 1.8),
    (5, 5),
    routes=((1, 0), (1,)),
    pulls=((0,), (1, 0)),
)
X_HOME_FIRST: Final = Design(
    "X, home first both ways",
    (2.4, 1.8),
    (5, 5),
    routes=((0, 1), (1, 0)),
    pulls=((0, 1), (1, 0)),
)
M_DEDICATED_FIRST: Final = Design(
    "M, dedicated groups first",
    (2.4, 1.8),
    (4, 3, 3),
    routes=((0, 2), (1, 2)),
    pulls=((0,), (1,), (0, 1)),
)
DESIGNS: Final = (
    N_PULLS_OWN_FIRST,
    N_PULLS_OTHER_FIRST,
    N_FLEXIBLE_FIRST,
    X_HOME_FIRST,
    M_DEDICATED_FIRST,
)


def solve_design(design: Design) -> DesignFigures:
    """Solve the chain; queues are cut where their probability is beyond double precision."""
    queue_max = queue_limit(sum(design.arrival_rates), design.abandon_rate)
    empty = (0,) * (design.group_count + design.type_count)
    law = solve_chain(empty, lambda state: design_transitions(design, queue_max, state))
    return design_figures(design, law)


def queue_limit(arrival_rate: float, abandon_rate: float) -> int:
    """A queue is never longer than a Poisson count of mean arrivals x patience; cut its tail."""
    mean = arrival_rate / abandon_rate
    term, length = 1.0, 0
    while term > QUEUE_TAIL or length < mean:
        length += 1
        term *= mean / length if length > mean else 1.0
    return length


def design_transitions(
    design: Design, queue_max: int, state: State
) -> Iterator[tuple[State, float]]:
    """Every way out of a state: an arrival, an impatient departure, an agent made free."""
    groups = design.group_count
    for kind, rate in enumerate(design.arrival_rates):
        target = after_arrival(design, queue_max, state, kind)
        if target is not None:
            yield target, rate
        waiting = state[groups + kind]
        if waiting:
            yield changed(state, groups + kind, -1), waiting * design.abandon_rate
    for group in range(groups):
        if state[group]:
            yield after_service(design, state, group), state[group] * design.service_rate


def after_arrival(design: Design, queue_max: int, state: State, kind: int) -> State | None:
    """Where a contact of this type goes; None where the cut-off queue is full."""
    for group in design.routes[kind]:
        if state[group] < design.group_sizes[group]:
            return changed(state, group, 1)
    place = design.group_count + kind
    return changed(state, place, 1) if state[place] < queue_max else None


def after_service(design: Design, state: State, group: int) -> State:
    """What an agent of this group does next."""
    for kind in design.pulls[group]:
        if state[design.group_count + kind]:
            return changed(state, design.group_count + kind, -1)
    return changed(state, group, -1)


def changed(state: State, place: int, by: int) -> State:
    """The state with one count changed."""
    return (*state[:place], state[place] + by, *state[place + 1 :])


def design_figures(design: Design, law: StationaryLaw) -> DesignFigures:
    """Poisson arrivals see the long-run law, so waiting is the chance that every route is full."""
    groups = design.group_count
    sizes = design.group_sizes

    def waits(state: State, kind: int) -> bool:
        return all(state[group] == sizes[group] for group in design.routes[kind])

    return DesignFigures(
        abandoned_ratios=tuple(
            law.mean(lambda state, kind=kind: state[groups + kind]) * design.abandon_rate / rate
            for kind, rate in enumerate(design.arrival_rates)
        ),
        wait_ratios=tuple(
            law.mean(lambda state, kind=kind: waits(state, kind))
            for kind in range(design.type_count)
        ),
        occupancy_ratios=tuple(
            law.mean(lambda state, group=group: state[group]) / size
            for group, size in enumerate(sizes)
        ),
    )
