"""Models with exact solutions, as scenarios of the real kernel.

Steady state is reached by a warm-up that is not counted, from an empty centre; a cool-down keeps
customers coming until the last counted one is gone. Replications are independent.
"""

import math
from collections.abc import Iterable

from frontdesk.kernel.settings import (
    ChannelRule,
    GroupOrder,
    Pull,
    Queue,
    ServiceTarget,
    Team,
)
from frontdesk.science.birth_death import solve_limited
from frontdesk.science.concurrency import ChatDesign, solve_chat
from frontdesk.science.designs import Design, solve_design
from frontdesk.science.erlang import HOUR_S, DelayFigures, solve_erlang_a, solve_erlang_c
from frontdesk.simulator.check import measures as m
from frontdesk.simulator.check.comparison import Case, Expectation
from frontdesk.simulator.laws import Endless, Exponential, Law
from frontdesk.simulator.ledger import Count
from frontdesk.simulator.scenario import Customers, Scenario, Staff

FOREVER_MIN = 1e6
"""An interval longer than any run: one row for all."""

COUNTED_BY_DEFAULT = 400_000
WARM_UP = 8
"""Relaxation times before counting: what is left of the empty start is then e^-8 of it."""
COOL_DOWN = 2

REPLICATIONS = 48
REPLICATIONS_MIN = 16
"""Fewer and longer ones where warm-ups are long; with fewer still, errors are too uncertain."""


def steady(
    name: str,
    queues: tuple[Queue, ...],
    customers: tuple[Customers, ...],
    staff: tuple[Staff, ...],
    *,
    relaxation_s: float,
    contacts: float,
    seed: int,
    teams: tuple[Team, ...] = (),
    channels: tuple[ChannelRule, ...] | None = None,
) -> Scenario:
    """A scenario in its steady state.

    `relaxation_s` is how long the system takes to forget; the warm-up is eight of them. `contacts`
    are counted over all replications.
    """
    rate = sum(one.per_hour or 0.0 for one in customers) / 60
    warm_up_min = WARM_UP * relaxation_s / 60
    cool_down_min = COOL_DOWN * relaxation_s / 60
    bearable = int(contacts / (rate * warm_up_min))
    replications = max(REPLICATIONS_MIN, min(REPLICATIONS, bearable))
    return Scenario(
        name=name,
        seed=seed,
        replications=replications,
        duration_min=warm_up_min + contacts / replications / rate + cool_down_min,
        warm_up_min=warm_up_min,
        cool_down_min=cool_down_min,
        interval_min=FOREVER_MIN,
        teams=teams,
        queues=queues,
        customers=customers,
        staff=staff,
        channels=channels or (ChannelRule(channel="voice", units=100),),
    )


def single_queue(
    name: str,
    calls_per_hour: float,
    handle_time_s: float,
    patience: Law,
    agents: int,
    target_s: float,
    *,
    relaxation_s: float,
    contacts: float,
    seed: int,
    waiting_max: int = 10_000,
) -> Scenario:
    """One queue, one group of equal agents."""
    queue = Queue(
        queue_id="queue",
        name="Queue",
        waiting_max=waiting_max,
        target=ServiceTarget(answer_ms=round(target_s * 1000)),
    )
    customers = Customers(
        queue_id="queue",
        per_hour=calls_per_hour,
        patience=patience,
        handle_time=Exponential(mean_s=handle_time_s),
    )
    staff = Staff(staff_id="agent", queue_ids=("queue",), agents=agents)
    return steady(
        name,
        (queue,),
        (customers,),
        (staff,),
        relaxation_s=relaxation_s,
        contacts=contacts,
        seed=seed,
    )


def erlang_a_case(
    calls_per_hour: float,
    handle_time_s: float,
    patience_s: float,
    agents: int,
    target_s: float,
    *,
    contacts: float = COUNTED_BY_DEFAULT,
    seed: int = 1,
) -> Case:
    """M/M/n+M for any numbers. Raises ValueError for numbers that mean nothing."""
    target_s = whole_ms(target_s)
    known = solve_erlang_a(calls_per_hour, handle_time_s, patience_s, agents, target_s)
    name = f"M/M/{agents}+M, {calls_per_hour:g}/h, {handle_time_s:g} s, patience {patience_s:g} s"
    scenario = single_queue(
        name,
        calls_per_hour,
        handle_time_s,
        Exponential(mean_s=patience_s),
        agents,
        target_s,
        relaxation_s=relaxation_a(calls_per_hour, handle_time_s, patience_s, agents),
        contacts=contacts,
        seed=seed,
    )
    return Case(name, "Palm's formula", scenario, tuple(delay_expectations(known, abandons=True)))


def whole_ms(time_s: float) -> float:
    """A target as the kernel knows it: in whole milliseconds."""
    return round(time_s * 1000) / 1000 if math.isfinite(time_s) else time_s


def relaxation_a(
    calls_per_hour: float, handle_time_s: float, patience_s: float, agents: int
) -> float:
    """Time scale on which M/M/n+M forgets: that of service, or of patience once it overflows.

    Near full load the queue alone relaxes as slowly as 1 / (mu (sqrt(n) - sqrt(a))^2) where nobody
    ever leaves; impatience bounds that by the mean patience.
    """
    load = calls_per_hour * handle_time_s / HOUR_S
    gap = (math.sqrt(agents) - math.sqrt(load)) ** 2
    queue_s = min(patience_s, handle_time_s / gap if gap else math.inf)
    return max(handle_time_s, queue_s)


def erlang_c_case(
    calls_per_hour: float,
    handle_time_s: float,
    agents: int,
    target_s: float,
    *,
    contacts: float = COUNTED_BY_DEFAULT,
    seed: int = 1,
) -> Case:
    """M/M/n; the load must be less than the agents."""
    target_s = whole_ms(target_s)
    known = solve_erlang_c(calls_per_hour, handle_time_s, agents, target_s)
    load = calls_per_hour * handle_time_s / HOUR_S
    relaxation_s = handle_time_s * max(1.0, 1 / (math.sqrt(agents) - math.sqrt(load)) ** 2)
    name = f"M/M/{agents}, {calls_per_hour:g}/h, {handle_time_s:g} s"
    scenario = single_queue(
        name,
        calls_per_hour,
        handle_time_s,
        Endless(),
        agents,
        target_s,
        relaxation_s=relaxation_s,
        contacts=contacts,
        seed=seed,
    )
    return Case(name, "Erlang's formula", scenario, tuple(delay_expectations(known)))


def delay_expectations(known: DelayFigures, *, abandons: bool = False) -> Iterable[Expectation]:
    """What a delay formula says, figure by figure."""
    levels = known.service_levels
    yield share_expectation("P(wait)", known.wait_ratio, m.waited())
    if abandons:
        yield share_expectation("P(abandon)", known.abandoned_ratio, m.abandoned())
        yield wait_expectation(
            "mean wait of all, s", known.mean_wait_s, known.wait_ratio, m.mean_wait_s()
        )
    yield wait_expectation(
        "speed of answer, s", known.speed_of_answer_s, known.wait_ratio, m.speed_of_answer_s()
    )
    yield share_expectation(
        "answered_of_offered", levels.answered_of_offered, m.answered_of_offered()
    )
    if abandons:
        yield share_expectation(
            "answered_of_answered", levels.answered_of_answered, m.answered_of_answered()
        )
        yield share_expectation(
            "less_short_abandons", levels.less_short_abandons, m.less_short_abandons()
        )
        yield share_expectation(
            "short_abandons_met", levels.short_abandons_met, m.short_abandons_met()
        )
    yield Expectation("occupancy", known.occupancy_ratio, m.occupancy())


def share_expectation(label: str, value: float, measure: m.Measure) -> Expectation:
    """A share of contacts: each of them gives a yes or a no."""
    deviation = math.sqrt(max(0.0, value * (1 - value)))
    return Expectation(label, value, measure, deviation=deviation, share=True)


def wait_expectation(
    label: str, value: float, wait_ratio: float, measure: m.Measure
) -> Expectation:
    """A mean wait: few wait, and those about exponentially long."""
    deviation = value * math.sqrt(2 / wait_ratio) if wait_ratio else 0.0
    return Expectation(label, value, measure, deviation=deviation)


def limited_case(
    calls_per_hour: float,
    handle_time_s: float,
    agents: int,
    waiting_max: int,
    target_s: float,
    *,
    contacts: float = COUNTED_BY_DEFAULT,
    seed: int = 1,
) -> Case:
    """M/M/n/K: who finds the waiting room full is turned away."""
    target_s = whole_ms(target_s)
    known = solve_limited(calls_per_hour, handle_time_s, agents, waiting_max, target_s)
    name = f"M/M/{agents}/{agents + waiting_max}, {calls_per_hour:g}/h, {handle_time_s:g} s"
    scenario = single_queue(
        name,
        calls_per_hour,
        handle_time_s,
        Endless(),
        agents,
        target_s,
        relaxation_s=handle_time_s * max(1, waiting_max),
        contacts=contacts,
        seed=seed,
        waiting_max=waiting_max,
    )
    expectations = (
        share_expectation(
            "turned away", known.turned_away_ratio, m.share(Count.TURNED_AWAY, Count.OFFERED)
        ),
        share_expectation("P(wait)", known.wait_ratio, m.waited()),
        wait_expectation(
            "mean wait of admitted, s",
            known.mean_wait_s,
            known.wait_ratio,
            m.mean_wait_of_admitted_s(),
        ),
        share_expectation(
            "in time of admitted",
            known.answered_in_time_ratio,
            m.answered_in_time_of_admitted(),
        ),
        Expectation("occupancy", known.occupancy_ratio, m.occupancy()),
    )
    return Case(name, "birth-death chain", scenario, expectations)


def design_case(design: Design, *, contacts: float = COUNTED_BY_DEFAULT, seed: int = 1) -> Case:
    """A skill design. Rates are per minute.

    What arrivals try first is the queue's order of home teams, what a freed agent pulls first is
    the queue's priority; a design whose groups disagree about that pulls its home queues first.
    """
    known = solve_design(design)
    scenario = steady(
        design.name,
        tuple(design_queue(design, kind) for kind in range(design.type_count)),
        tuple(design_customers(design, kind) for kind in range(design.type_count)),
        tuple(design_staff(design, group) for group in range(design.group_count)),
        teams=tuple(design_team(design, group) for group in range(design.group_count)),
        relaxation_s=60 / design.service_rate,
        contacts=contacts,
        seed=seed,
    )
    expectations = [
        *(
            share_expectation(f"P(lost) of type {kind}", value, m.abandoned(kind))
            for kind, value in enumerate(known.abandoned_ratios)
        ),
        *(
            share_expectation(f"P(wait) of type {kind}", value, m.waited(kind))
            for kind, value in enumerate(known.wait_ratios)
        ),
        *(
            Expectation(f"occupancy of group {group}", value, m.occupancy(group))
            for group, value in enumerate(known.occupancy_ratios)
        ),
    ]
    return Case(design.name, "exact Markov chain", scenario, tuple(expectations))


def pulls_by_priority(design: Design) -> bool:
    """Whether one order of types serves all groups that choose."""
    return len({pull for pull in design.pulls if len(pull) > 1}) == 1


def design_queue(design: Design, kind: int) -> Queue:
    """The queue of a type: where its arrivals go first, and its priority."""
    order = next(pull for pull in design.pulls if len(pull) > 1)
    priority = -order.index(kind) if pulls_by_priority(design) else 0
    return Queue(
        queue_id=f"type-{kind}",
        name=f"Type {kind}",
        group_order=GroupOrder.HOME_FIRST,
        home_team_ids=home_teams(design, kind),
        priority=priority,
    )


def home_teams(design: Design, kind: int) -> tuple[str, ...]:
    """The groups a type tries, in order; where pulling goes by home, its first alone."""
    groups = design.routes[kind] if pulls_by_priority(design) else design.routes[kind][:1]
    return tuple(f"group-{group}" for group in groups)


def design_customers(design: Design, kind: int) -> Customers:
    return Customers(
        queue_id=f"type-{kind}",
        per_hour=design.arrival_rates[kind] * 60,
        patience=Exponential(mean_s=60 / design.abandon_rate),
        handle_time=Exponential(mean_s=60 / design.service_rate),
    )


def design_staff(design: Design, group: int) -> Staff:
    return Staff(
        staff_id=f"group-{group}",
        team_id=f"group-{group}",
        queue_ids=tuple(f"type-{kind}" for kind in design.pulls[group]),
        agents=design.group_sizes[group],
    )


def design_team(design: Design, group: int) -> Team:
    pull = Pull.OLDEST if pulls_by_priority(design) else Pull.HOME_FIRST
    return Team(team_id=f"group-{group}", name=f"Group {group}", pull=pull)


def chat_case(design: ChatDesign, *, contacts: float = COUNTED_BY_DEFAULT, seed: int = 1) -> Case:
    """Several chats an agent, least loaded first. Rates are per minute."""
    known = solve_chat(design)
    alone = design.finish_rates[0]
    paces = tuple(rate / chats / alone for chats, rate in enumerate(design.finish_rates, start=1))
    places = design.places_per_agent
    scenario = steady(
        design.name,
        (Queue(queue_id="chats", name="Chats"),),
        (
            Customers(
                queue_id="chats",
                channel="webchat",
                per_hour=design.arrival_rate * 60,
                patience=Exponential(mean_s=design.patience_min * 60),
                handle_time=Exponential(mean_s=60 / alone),
            ),
        ),
        (
            Staff(
                staff_id="agent",
                queue_ids=("chats",),
                agents=design.agents,
                capacity_units=100,
                pace_ratios=paces,
            ),
        ),
        channels=(ChannelRule(channel="webchat", units=100 // places),),
        relaxation_s=known.chat_time_min * 60,
        contacts=contacts,
        seed=seed,
    )
    expectations = (
        share_expectation("P(wait)", known.wait_ratio, m.waited()),
        share_expectation("P(abandon)", known.abandoned_ratio, m.abandoned()),
        wait_expectation(
            "mean wait of all, s", known.mean_wait_min * 60, known.wait_ratio, m.mean_wait_s()
        ),
        Expectation(
            "chat time, s",
            known.chat_time_min * 60,
            m.share(Count.HANDLE, Count.ANSWERED, scale=1e-3),
        ),
        Expectation("idle agents", known.idle_ratio, m.idle_ratio()),
    )
    return Case(design.name, "exact Markov chain", scenario, expectations)
