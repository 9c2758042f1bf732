"""Agents who hold several chats at once and slow down: exact, by counting agents by load.

An agent with j chats finishes them at total rate g_j. The state is how many agents hold 0..K
chats, and how many customers wait once all n K places are taken. Models of this kind: J. Luo and
J. Zhang, «Staffing and control of instant messaging contact centers», Operations Research 61, 2013
(limited processor sharing).
"""

import math
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec
import numpy as np

from frontdesk.science.birth_death import birth_death_law
from frontdesk.science.chains import State, StationaryLaw, solve_chain
from frontdesk.science.designs import changed, queue_limit
from frontdesk.science.numbers import require_positive, require_share
from frontdesk.science.staffing import least


class ChatPolicy(StrEnum):
    """Whom a new chat goes to, among the agents with a free place."""

    LEAST_LOADED = "least_loaded"
    PACK = "pack"


class ChatDesign(msgspec.Struct, frozen=True):
    """A pool of chat agents; rates per minute. finish_rates[j - 1] is the total rate at j chats."""

    name: str
    agents: int
    arrival_rate: float
    finish_rates: tuple[float, ...]
    policy: ChatPolicy = ChatPolicy.LEAST_LOADED
    patience_min: float = 3.0

    @property
    def places_per_agent(self) -> int:
        return len(self.finish_rates)


class ChatFigures(msgspec.Struct, frozen=True):
    """chat_time_min: from an agent's acceptance to the end. idle_ratio: agents without a chat."""

    wait_ratio: float
    abandoned_ratio: float
    mean_wait_min: float
    chat_time_min: float
    idle_ratio: float


CHAT_DESIGNS: Final = (
    ChatDesign("5 agents, 3 chats each", 5, 1.3, (0.2, 0.32, 0.36)),
    ChatDesign("6 agents, 3 chats each", 6, 1.8, (0.2, 0.32, 0.36)),
    ChatDesign("8 agents, 2 chats each", 8, 2.0, (0.2, 0.32)),
    ChatDesign("4 agents, 4 chats each", 4, 1.1, (0.2, 0.32, 0.38, 0.40)),
    ChatDesign("6 agents, 3 chats each, no slowdown", 6, 1.8, (0.2, 0.4, 0.6)),
)


def solve_chat(design: ChatDesign) -> ChatFigures:
    """Solve the chain of load counts and waiting customers."""
    queue_max = queue_limit(design.arrival_rate, 1 / design.patience_min)
    start = (design.agents, *(0,) * design.places_per_agent, 0)
    law = solve_chain(start, lambda state: chat_transitions(design, queue_max, state))
    return chat_figures(design, law)


def solve_chat_balanced(design: ChatDesign) -> ChatFigures:
    """As if chats were shared out evenly at every moment: a birth-death chain of their number.

    Some 5 to 10 % too low in `wait_ratio`, since real loads drift apart; good for sizing, and for
    pools too large to count by load. The policy plays no part.
    """
    require_positive(arrival_rate=design.arrival_rate, patience_min=design.patience_min)
    places = design.agents * design.places_per_agent
    limit = places + queue_limit(design.arrival_rate, 1 / design.patience_min)
    chats = np.minimum(np.arange(limit + 1), places)
    waiting = np.arange(limit + 1) - chats
    rates = np.array([balanced_rate(design, int(count)) for count in chats])
    law = birth_death_law(
        [design.arrival_rate] * limit, (rates + waiting / design.patience_min)[1:].tolist()
    )
    abandoned = float(law @ waiting) / design.patience_min / design.arrival_rate
    idle = np.maximum(design.agents - chats, 0)
    return ChatFigures(
        wait_ratio=float(law[places:].sum()),
        abandoned_ratio=abandoned,
        mean_wait_min=abandoned * design.patience_min,
        chat_time_min=float(law @ chats) / (design.arrival_rate * (1 - abandoned)),
        idle_ratio=float(law @ idle) / design.agents,
    )


def balanced_rate(design: ChatDesign, chats: int) -> float:
    """At which rate chats end when no agent has two more than another."""
    base, more = divmod(chats, design.agents)
    rates = (0.0, *design.finish_rates, 0.0)
    return (design.agents - more) * rates[base] + more * rates[base + 1]


def chat_agents_needed(design: ChatDesign, abandoned_ratio_max: float) -> int:
    """The least agents at whom no larger share gives up, by the balanced chain.

    The design's own number of agents plays no part.
    """
    require_share(abandoned_ratio_max=abandoned_ratio_max)
    capacity = max(design.finish_rates)

    def enough(agents: int) -> bool:
        sized = msgspec.structs.replace(design, agents=agents)
        return solve_chat_balanced(sized).abandoned_ratio <= abandoned_ratio_max

    return least(enough, max(1, math.ceil(design.arrival_rate / capacity)))


def chat_transitions(
    design: ChatDesign, queue_max: int, state: State
) -> Iterator[tuple[State, float]]:
    """State: agents holding 0..K chats, then the customers waiting."""
    waiting = state[-1]
    load = receiving_load(design, state)
    if load is not None:
        yield moved(state, load, load + 1), design.arrival_rate
    elif waiting < queue_max:
        yield changed(state, len(state) - 1, 1), design.arrival_rate
    if waiting:
        yield changed(state, len(state) - 1, -1), waiting / design.patience_min
    for chats, rate in enumerate(design.finish_rates, start=1):
        if state[chats]:
            refilled = changed(state, len(state) - 1, -1)
            yield refilled if waiting else moved(state, chats, chats - 1), state[chats] * rate


def receiving_load(design: ChatDesign, state: State) -> int | None:
    """How many chats the agent holds who gets the next one; None when every place is taken."""
    loads = range(design.places_per_agent)
    ordered = loads if design.policy is ChatPolicy.LEAST_LOADED else reversed(loads)
    return next((load for load in ordered if state[load]), None)


def moved(state: State, start: int, end: int) -> State:
    """The state with one agent moved from one load to another."""
    return changed(changed(state, start, -1), end, 1)


def chat_figures(design: ChatDesign, law: StationaryLaw) -> ChatFigures:
    """Ratios by PASTA, times by Little's law."""
    abandon_rate = law.mean(lambda state: state[-1]) / design.patience_min
    abandoned = abandon_rate / design.arrival_rate
    held = law.mean(lambda state: sum(chats * count for chats, count in enumerate(state[:-1])))
    return ChatFigures(
        wait_ratio=law.mean(lambda state: receiving_load(design, state) is None),
        abandoned_ratio=abandoned,
        mean_wait_min=abandoned * design.patience_min,
        chat_time_min=held / (design.arrival_rate * (1 - abandoned)),
        idle_ratio=law.mean(lambda state: state[0]) / design.agents,
    )
