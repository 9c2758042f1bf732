"""Stationary laws of finite Markov chains in continuous time, given by their transitions."""

from collections.abc import Callable, Iterable
from typing import cast

import msgspec
import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

State = tuple[int, ...]
Transitions = Callable[[State], Iterable[tuple[State, float]]]


class StationaryLaw(msgspec.Struct, frozen=True):
    """Probabilities of the states of an irreducible chain."""

    states: list[State]
    weights: np.ndarray

    def mean(self, value: Callable[[State], float]) -> float:
        """Long-run average of a function of the state."""
        return float(self.weights @ np.array([value(state) for state in self.states]))


def solve_chain(start: State, transitions: Transitions) -> StationaryLaw:
    """Find every state reachable from `start` and solve the balance equations.

    One balance equation is redundant; the first state's probability is set to one in its place and
    the whole is scaled afterwards, which keeps the system sparse and well conditioned.
    """
    states, rows, columns, rates = explore(start, transitions)
    size = len(states)
    outflow = np.bincount(columns, weights=rates, minlength=size)
    rows_all = np.concatenate((rows, np.arange(size)))
    columns_all = np.concatenate((columns, np.arange(size)))
    flows = csc_array((np.concatenate((rates, -outflow)), (rows_all, columns_all)), (size, size))
    inner = csc_array(flows[1:, 1:])
    inflow = -np.asarray(flows[1:, [0]].todense()).ravel()
    others = cast(np.ndarray, splu(inner).solve(inflow))
    law = np.concatenate(([1.0], others))
    return StationaryLaw(states, law / law.sum())


def explore(
    start: State, transitions: Transitions
) -> tuple[list[State], np.ndarray, np.ndarray, np.ndarray]:
    """States in order of discovery, and the rate into `rows` from `columns`."""
    numbers = {start: 0}
    states = [start]
    rows: list[int] = []
    columns: list[int] = []
    rates: list[float] = []
    for number, state in enumerate(states):
        for target, rate in transitions(state):
            if target not in numbers:
                numbers[target] = len(states)
                states.append(target)
            rows.append(numbers[target])
            columns.append(number)
            rates.append(rate)
    return states, np.array(rows), np.array(columns), np.array(rates)
