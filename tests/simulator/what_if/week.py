"""A week of a centre that really was, in virtual time: it leaves a journal as a served one does."""

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel.commands import AnyCommand
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Queue, ServiceTarget, Team
from frontdesk.simulator.cast import start_ms
from frontdesk.simulator.laws import Exponential, Lognormal, Uniform
from frontdesk.simulator.ledger import frame_of
from frontdesk.simulator.replication import Replication
from frontdesk.simulator.scenario import Break, Customers, Period, Scenario, Shift, Staff
from frontdesk.simulator.what_if.reading import read_past
from frontdesk.simulator.what_if.rebuild import Rebuilt, rebuild

DAYS = 5
DAY_MS = 24 * 3_600_000
HOURLY = (0.6, 1.0, 1.3, 1.2, 0.9, 1.0, 1.2, 1.0, 0.7)
"""A day's course from eight o'clock on."""


def clock(day: int, hour: int, minute: int = 0) -> str:
    return f"{day * 24 + hour:02d}:{minute:02d}"


def course(per_hour: float) -> tuple[Period, ...]:
    """The same on every day, and nobody at night."""
    return tuple(
        Period(start=clock(day, 8 + hour), per_hour=per_hour * level)
        for day in range(DAYS)
        for hour, level in enumerate((*HOURLY, 0.0))
    )


def shifts(early: int, late: int) -> tuple[Shift, ...]:
    return tuple(
        shift
        for day in range(DAYS)
        for shift in (
            Shift(
                start=clock(day, 8),
                until=clock(day, 16),
                agents=early,
                breaks=(Break(start=clock(day, 11, 30), minutes=30),),
            ),
            Shift(
                start=clock(day, 9),
                until=clock(day, 17, 15),
                agents=late,
                breaks=(Break(start=clock(day, 13), minutes=30),),
            ),
        )
    )


def real_week(early: int = 5, late: int = 5) -> Scenario:
    """Calls and written contacts; one team does both, the other calls alone."""
    return Scenario(
        name="A real week",
        seed=77,
        replications=2,
        duration_min=DAYS * 24 * 60,
        interval_min=60,
        time_zone="Europe/Chisinau",
        teams=(Team(team_id="front", name="Front"), Team(team_id="all", name="All-rounders")),
        queues=(
            Queue(
                queue_id="calls",
                name="Calls",
                wrap_up_time_ms=90_000,
                target=ServiceTarget(answer_ms=20_000),
            ),
            Queue(queue_id="chats", name="Chats", target=ServiceTarget(answer_ms=60_000)),
        ),
        customers=(
            Customers(
                queue_id="calls",
                periods=course(100),
                patience=Lognormal(mean_s=150, variation=1.1),
                handle_time=Lognormal(mean_s=190, variation=0.8),
                wrap_up=Exponential(mean_s=25),
            ),
            Customers(
                queue_id="chats",
                channel="webchat",
                periods=course(30),
                patience=Exponential(mean_s=400),
                handle_time=Lognormal(mean_s=300, variation=0.6),
            ),
        ),
        staff=(
            Staff(
                staff_id="front",
                team_id="front",
                queue_ids=("calls",),
                shifts=shifts(early, late),
                accept_after=Uniform(low_s=1, high_s=4),
                miss_ratio=0.01,
                miss_break_s=60,
            ),
            Staff(
                staff_id="all",
                team_id="all",
                queue_ids=("calls", "chats"),
                shifts=shifts(2, 2),
                accept_after=Uniform(low_s=1, high_s=4),
            ),
        ),
    )


def one_day() -> Scenario:
    """Its Monday alone."""
    return msgspec.structs.replace(real_week(), duration_min=24 * 60)


def journal_of(scenario: Scenario, number: int = 0) -> MemoryJournal[AnyEvent]:
    """Lives the scenario through once, and writes every decision down."""
    store: MemoryStore[AnyEvent] = MemoryStore()
    run = Replication(scenario, number, frame_of(scenario))
    decide = run.decide

    def decide_and_keep(command: AnyCommand, now_ms: int) -> object:
        decision = decide(command, now_ms)
        if not isinstance(decision, Refusal):
            store.envelopes.extend(envelopes(decision, len(store.envelopes) + 1, now_ms))
        return decision

    run.decide = decide_and_keep
    run.run()
    return MemoryJournal(store)


def envelopes(events: list[AnyEvent], seq: int, at_ms: int) -> list[Envelope[AnyEvent]]:
    """A command's events, as the writer would append them."""
    return [
        Envelope(
            seq=seq + place,
            at_ms=at_ms,
            actor="system",
            command_id=None,
            command_seq=seq,
            causation=None,
            correlation=seq,
            event=event,
        )
        for place, event in enumerate(events)
    ]


def more_agents(count: int) -> Scenario:
    """The same week with more agents at the front, half of them in each shift."""
    return real_week(early=5 + count // 2, late=5 + count - count // 2)


async def rebuilt(scenario: Scenario) -> Rebuilt:
    """What is found in the journal of a week."""
    from_ms = start_ms(scenario)
    until_ms = from_ms + DAYS * DAY_MS
    return rebuild(await read_past(journal_of(scenario), from_ms, until_ms), from_ms, until_ms)
