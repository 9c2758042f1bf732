"""Published instances with printed results, as scenarios of the real kernel.

All are from the examples of Université de Montréal's ContactCenters library (github.com/
umontreal-simul/contactcenters, doc/examples, Apache-2.0), each over 1,000 replications: their
standard errors follow from the printed deviations, and the printing's rounding is added to them.
"""

import math
from typing import Final

from frontdesk.kernel.settings import (
    ChannelRule,
    GroupOrder,
    Overflow,
    OverflowWhen,
    Queue,
    ServiceTarget,
    Strategy,
    Team,
)
from frontdesk.simulator.check import measures as m
from frontdesk.simulator.check.comparison import Case, Expectation
from frontdesk.simulator.laws import (
    Endless,
    Exponential,
    Fixed,
    Gamma,
    Law,
    Mixture,
    Part,
    Uniform,
)
from frontdesk.simulator.ledger import Count
from frontdesk.simulator.scenario import (
    Customers,
    Level,
    Period,
    Retry,
    Scenario,
    Staff,
    clock_text,
)

PUBLISHED_REPLICATIONS: Final = 1000
VOICE: Final = (ChannelRule(channel="voice", units=100),)
WEEK: Final = 5
"""Days in a week of the Bilingual instance; its days are independent and alike."""


def known(
    label: str, value: float, deviation: float, step: float, measure: m.Measure
) -> Expectation:
    """A printed mean with its standard deviation over replications and its last digit's worth."""
    error = math.hypot(deviation / math.sqrt(PUBLISHED_REPLICATIONS), step / math.sqrt(12))
    return Expectation(label, value, measure, error)


def published_cases(replications: int, seed: int = 1) -> list[Case]:
    """Every instance, over so many days."""
    builders = (
        w_case,
        bilingual_case,
        single_queue_case,
        plain_case,
        abandoning_case,
        blocked_case,
    )
    return [build(replications, seed + at) for at, build in enumerate(builders)]


# -- W design: three types, two groups, one of the types served by both

W_RATES: Final = ((4.2, 5.3, 3.2), (5.1, 4.3, 4.8), (6.3, 5.2, 4.8))
W_SERVICE_RATES: Final = (0.5, 0.6, 0.4)
W_ABANDON_RATES: Final = (0.3, 0.4, 0.2)
W_STAFF: Final = ((12, 18, 9), (15, 20, 11))
W_HOMES: Final = ((0,), (0, 1), (1,))
W_BUSYNESS: Final = 28.7
W_PERIOD_MIN: Final = 120
W_IN_TARGET: Final = (
    ((170.154, 93.722), (599.334, 83.392), (15.490, 27.520)),
    ((262.936, 134.377), (511.648, 86.571), (34.697, 55.230)),
    ((259.806, 155.150), (613.732, 99.046), (24.888, 44.327)),
)


def w_case(replications: int, seed: int) -> Case:
    """SimpleMSK: three periods of two hours, one busyness factor a day, per-minute rates."""
    starts = [clock_text(period * W_PERIOD_MIN) for period in range(3)]
    scenario = Scenario(
        name="W design (SimpleMSK)",
        seed=seed,
        replications=replications,
        duration_min=3 * W_PERIOD_MIN,
        interval_min=W_PERIOD_MIN,
        channels=VOICE,
        teams=tuple(Team(team_id=f"group-{group}", name=f"Group {group}") for group in range(2)),
        queues=tuple(w_queue(kind) for kind in range(3)),
        busyness={"day": Gamma(mean_s=1, variation=W_BUSYNESS**-0.5)},
        customers=tuple(
            Customers(
                queue_id=f"type-{kind}",
                busyness="day",
                handle_time=Exponential(mean_s=60 / W_SERVICE_RATES[0]),
                periods=tuple(
                    Period(
                        start=start,
                        per_hour=W_RATES[kind][period] * 60,
                        patience=Exponential(mean_s=60 / W_ABANDON_RATES[period]),
                        handle_time=Exponential(mean_s=60 / W_SERVICE_RATES[period]),
                    )
                    for period, start in enumerate(starts)
                ),
            )
            for kind in range(3)
        ),
        staff=tuple(
            Staff(
                staff_id=f"group-{group}",
                team_id=f"group-{group}",
                queue_ids=tuple(f"type-{kind}" for kind in range(3) if group in W_HOMES[kind]),
                levels=tuple(
                    Level(start=start, agents=W_STAFF[group][period])
                    for period, start in enumerate(starts)
                ),
            )
            for group in range(2)
        ),
    )
    expectations = (
        known("served", 4297.305, 437.605, 1e-3, m.total(Count.ANSWERED)),
        known("abandoned", 910.335, 551.164, 1e-3, m.total(Count.ABANDONED)),
        known("service level", 0.501, 0.128, 1e-3, m.less_short_abandons()),
        known("occupancy of group 0", 0.881, 0.058, 1e-3, m.occupancy(0, after_end=True)),
        *(
            known(
                f"in target, type {kind}, period {period}",
                mean,
                deviation,
                1e-3,
                m.total_in_time_by_arrival(kind, period),
            )
            for kind, row in enumerate(W_IN_TARGET)
            for period, (mean, deviation) in enumerate(row)
        ),
    )
    return Case(scenario.name, "ContactCenters, SimpleMSK.res", scenario, expectations)


def w_queue(kind: int) -> Queue:
    """Arrivals go to the homes in order; a freed agent takes whoever has waited longest."""
    return Queue(
        queue_id=f"type-{kind}",
        name=f"Type {kind}",
        group_order=GroupOrder.HOME_FIRST,
        home_team_ids=tuple(f"group-{group}" for group in W_HOMES[kind]),
    )


# -- M design: two languages, a bilingual group, retrials


def bilingual_case(replications: int, seed: int) -> Case:
    """Bilingual: a day of it, 8 to 17, since the week is five of them.

    Its 40 lines are left out: with 18 agents and two minutes of patience they are never full.
    """
    languages = ("english", "spanish")
    groups = (("english", 7), ("spanish", 7), ("bilingual", 4))
    times: tuple[Law, Law] = (Uniform(low_s=180, high_s=420), Uniform(low_s=240, high_s=360))
    scenario = Scenario(
        name="M design with retrials (Bilingual)",
        seed=seed,
        replications=replications,
        start="08:00",
        duration_min=540,
        interval_min=60,
        channels=VOICE,
        teams=tuple(Team(team_id=group, name=group.title()) for group, _ in groups),
        queues=tuple(
            Queue(
                queue_id=language,
                name=language.title(),
                strategy=Strategy.RANDOM,
                target=ServiceTarget(answer_ms=60_000),
                overflows=(Overflow(when=OverflowWhen.UNSTAFFED),),
            )
            for language in languages
        ),
        customers=tuple(
            Customers(
                queue_id=language,
                periods=(
                    Period(start="08:00", per_hour=100),
                    Period(start="09:00", per_hour=50),
                ),
                patience=Exponential(mean_s=120),
                handle_time=times[kind],
                retry=Retry(ratio=0.75, after=Fixed(value_s=1200), attempts_max=1000),
            )
            for kind, language in enumerate(languages)
        ),
        staff=tuple(
            Staff(
                staff_id=group,
                team_id=group,
                queue_ids=languages if group == "bilingual" else (group,),
                levels=(Level(start="08:00", agents=agents), Level(start="17:00", agents=0)),
            )
            for group, agents in groups
        ),
    )
    expectations = (
        known("arrivals a week", 5110.161, 83.029, 1e-3, m.total(Count.OFFERED, scale=WEEK)),
        known("retrials a week", 107.168, 21.377, 1e-3, m.total(Count.RETRIES, scale=WEEK)),
        known("served a week", 4967.235, 69.111, 1e-3, m.total(Count.ANSWERED, scale=WEEK)),
        known("abandoned a week", 142.868, 26.740, 1e-3, m.total(Count.ABANDONED, scale=WEEK)),
        *(
            known(
                f"occupancy, {group}",
                percent / 100,
                deviation / 100,
                1e-5,
                m.busy_of_planned(team, agents * 540 * 60_000),
            )
            for team, ((group, agents), percent, deviation) in enumerate(
                zip(groups, (47.624, 47.639, 63.254), (0.977, 0.962, 0.908), strict=True)
            )
        ),
    )
    return Case(scenario.name, "ContactCenters, Bilingual.res", scenario, expectations)


# -- one queue with a day's profile

CALL_CENTRE_AGENTS: Final = (4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4)
CALL_CENTRE_RATES: Final = (100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60)
CALL_CENTRE_EXPECTED: Final = 1660
"""Calls a day, in the mean; the published ratios divide by it, not by the calls of the day."""


def single_queue_case(replications: int, seed: int) -> Case:
    """CallCC: thirteen hours, one busyness factor a day; a tenth of callers won't wait at all."""
    hours = [clock_text(60.0 * (8 + hour)) for hour in range(13)]
    patience = Mixture(
        parts=(Part(0.1, Fixed(value_s=0)), Part(0.9, Exponential(mean_s=1000))),
    )
    scenario = Scenario(
        name="Single queue over a day (CallCC)",
        seed=seed,
        replications=replications,
        start="08:00",
        duration_min=13 * 60,
        interval_min=60,
        channels=VOICE,
        queues=(Queue(queue_id="calls", name="Calls", target=ServiceTarget(answer_ms=20_000)),),
        busyness={"day": Gamma(mean_s=1, variation=10**-0.5)},
        customers=(
            Customers(
                queue_id="calls",
                busyness="day",
                patience=patience,
                handle_time=Exponential(mean_s=100),
                periods=tuple(
                    Period(start=start, per_hour=rate)
                    for start, rate in zip(hours, CALL_CENTRE_RATES, strict=True)
                ),
            ),
        ),
        staff=(
            Staff(
                staff_id="agent",
                queue_ids=("calls",),
                levels=tuple(
                    Level(start=start, agents=agents)
                    for start, agents in zip(hours, CALL_CENTRE_AGENTS, strict=True)
                ),
            ),
        ),
    )
    each = 1 / CALL_CENTRE_EXPECTED
    expectations = (
        known("arrivals", 1639.507, 513.189, 1e-3, m.total(Count.OFFERED)),
        known("mean wait, s", 11.834, 34.078, 1e-3, m.total(Count.WAIT, scale=each / 1000)),
        known("waits below 20 s", 0.853, 0.169, 1e-3, m.total_waits_in_time(each)),
        known("lost", 0.0342, 0.0608, 1e-4, m.total(Count.ABANDONED, scale=each)),
    )
    return Case(scenario.name, "ContactCenters, CallCC.res", scenario, expectations)


# -- eight hours of M/M/12 from empty, also with abandonment, also with five waiting places


def eight_hours(
    name: str, replications: int, seed: int, patience: Law, waiting_max: int = 10_000
) -> Scenario:
    """4.2 calls a minute, two minutes each, twelve agents."""
    return Scenario(
        name=name,
        seed=seed,
        replications=replications,
        duration_min=480,
        interval_min=480,
        channels=VOICE,
        queues=(Queue(queue_id="calls", name="Calls", waiting_max=waiting_max),),
        customers=(
            Customers(
                queue_id="calls",
                per_hour=252,
                patience=patience,
                handle_time=Exponential(mean_s=120),
            ),
        ),
        staff=(Staff(staff_id="agent", queue_ids=("calls",), agents=12),),
    )


def plain_case(replications: int, seed: int) -> Case:
    """MMC."""
    scenario = eight_hours("M/M/12 for eight hours (MMC)", replications, seed, Endless())
    expectations = (
        known("in target", 1816.158, 57.043, 1e-3, m.total(Count.ANSWERED_IN_TIME)),
        known("service level", 0.902, 0.033, 1e-3, m.answered_of_answered()),
        known("speed of answer, min", 0.099, 0.045, 1e-3, m.speed_of_answer_min()),
        known("occupancy", 0.695, 0.023, 1e-3, m.occupancy()),
    )
    return Case(scenario.name, "ContactCenters, MMC.res", scenario, expectations)


def abandoning_case(replications: int, seed: int) -> Case:
    """MMCAb: patience one minute."""
    scenario = eight_hours(
        "M/M/12+M for eight hours (MMCAb)", replications, seed, Exponential(mean_s=60)
    )
    expectations = (
        known("abandoned", 58.609, 15.295, 1e-3, m.total(Count.ABANDONED)),
        known("in target", 1906.008, 35.828, 1e-3, m.total(Count.ANSWERED_IN_TIME)),
        known("service level", 0.975, 0.0079, 1e-3, m.answered_of_answered()),
        known("service level less short abandons", 0.968, 0.0099, 1e-3, m.less_short_abandons()),
        known("speed of answer, min", 0.024, 0.006, 1e-3, m.speed_of_answer_min()),
        known("occupancy", 0.675, 0.019, 1e-3, m.occupancy()),
    )
    return Case(scenario.name, "ContactCenters, MMCAb.res", scenario, expectations)


def blocked_case(replications: int, seed: int) -> Case:
    """MMCBlocked: five waiting places."""
    scenario = eight_hours(
        "M/M/12/17 for eight hours (MMCBlocked)", replications, seed, Endless(), waiting_max=5
    )
    expectations = (
        known("turned away", 18.655, 9.831, 1e-3, m.total(Count.TURNED_AWAY)),
        known("in target", 1854.284, 42.176, 1e-3, m.total(Count.ANSWERED_IN_TIME)),
        known("service level", 0.929, 0.019, 1e-3, m.answered_of_answered()),
        known("service level of all", 0.920, 0.022, 1e-3, m.answered_of_offered()),
        known("speed of answer, min", 0.060, 0.016, 1e-3, m.speed_of_answer_min()),
        known("occupancy", 0.689, 0.021, 1e-3, m.occupancy()),
    )
    return Case(scenario.name, "ContactCenters, MMCBlocked.res", scenario, expectations)
