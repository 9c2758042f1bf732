"""Makes a scenario of a past: the same arrivals, customers and working times, as laws and shifts.

What came of it for real is tallied by the simulator's own code, so that both sides of every figure
mean the same.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from frontdesk.kernel.events import FlowResult
from frontdesk.kernel.settings import ChannelRule, Queue, SkillNeed, default_rule
from frontdesk.simulator.demand import FlowCount
from frontdesk.simulator.laws import Endless, Fixed, Law
from frontdesk.simulator.ledger import (
    NO_TEAM,
    Frame,
    Ledger,
    Outcome,
    Tallies,
    TeamTime,
    frame_of,
    tally,
)
from frontdesk.simulator.scenario import Customers, Period, Scenario, SelfService, clock_text
from frontdesk.simulator.what_if.measuring import censored_law, measured_law
from frontdesk.simulator.what_if.past import FlowPass, Past, Visit
from frontdesk.simulator.what_if.working import staff_of, team_of

MINUTE_MS: Final = 60_000
ARRIVAL_INTERVAL_MIN: Final = 30
SAMPLES_MIN: Final = 25
"""Fewer ends than this say too little of a law; what is like it is asked instead."""

ANSWERED_MIN: Final = 50
SPAN_DAYS_MAX: Final = 31


class TooLittle(ValueError):
    """The span has too few answered contacts, or nobody at work, to rebuild anything from."""


class StreamKey(NamedTuple):
    """What tells streams of customers apart."""

    queue_id: str
    channel: str
    flow_id: str
    skills: tuple[SkillNeed, ...]
    priority: int


class Rebuilt(msgspec.Struct, frozen=True):
    """A past as a scenario, and what really came of it. `left_out`: visits of queues long gone."""

    scenario: Scenario
    real: Tallies
    left_out: int


class Span(NamedTuple):
    """In the journal's ms."""

    from_ms: int
    until_ms: int

    @property
    def minutes(self) -> float:
        return (self.until_ms - self.from_ms) / MINUTE_MS

    def holds(self, at_ms: int) -> bool:
        return self.from_ms <= at_ms < self.until_ms


def rebuild(past: Past, from_ms: int, until_ms: int) -> Rebuilt:
    """Raises TooLittle."""
    span = Span(from_ms, until_ms)
    seen = [v for v in past.visits if span.holds(v.entered_ms)]
    known = [v for v in seen if v.queue_id in past.settings.queues]
    visits = [v for v in known if not v.is_promised]
    if sum(visit.outcome is Outcome.ANSWERED for visit in visits) < ANSWERED_MIN:
        raise TooLittle(f"fewer than {ANSWERED_MIN} contacts were answered in this time")
    passes = [one for one in past.passes if span.holds(one.met_ms)]
    streams = streams_of(visits, past.settings.skills.keys())
    scenario = scenario_of(past, span, streams, passes)
    if not scenario.staff:
        raise TooLittle("no agent was at work in this time")
    frame = frame_of(scenario)
    ledger = ledger_of(past, span, frame, scenario, streams, passes)
    return Rebuilt(scenario, tally(scenario, frame, ledger), len(seen) - len(known))


def streams_of(visits: Iterable[Visit], skills: Collection[str]) -> dict[StreamKey, list[Visit]]:
    """Visits by what they ask for (of skills, those that still are), in an order of their own."""
    streams: dict[StreamKey, list[Visit]] = defaultdict(list)
    for visit in visits:
        asked = tuple(need for need in visit.skills if need.skill_id in skills)
        flow_id = visit.flow_id or ""
        key = StreamKey(visit.queue_id, visit.channel, flow_id, asked, visit.priority)
        streams[key].append(visit)
    return dict(sorted(streams.items()))


def scenario_of(
    past: Past, span: Span, streams: dict[StreamKey, list[Visit]], passes: list[FlowPass]
) -> Scenario:
    """The span as it was."""
    settings = past.settings
    zone = ZoneInfo(settings.centre.time_zone)
    local = dt.datetime.fromtimestamp(span.from_ms / 1000, zone)
    start_min = local.hour * 60 + local.minute + local.second / 60
    flows = flows_of(passes)
    everybody = [visit for group in streams.values() for visit in group]
    edges = edges_of([visit.came_ms for visit in everybody], span)
    laws = Laws(everybody, settings.queues)
    return Scenario(
        name=f"{local:%Y-%m-%d %H:%M}, {span.minutes / 60:g} h",
        date=local.date().isoformat(),
        start=clock_text(start_min),
        duration_min=span.minutes,
        interval_min=30 if span.minutes <= 2 * 24 * 60 else 60,
        time_zone=settings.centre.time_zone,
        channels=channels_of(settings.centre.channels, streams),
        skills=tuple(settings.skills.values()),
        hours=tuple(settings.hours.values()),
        teams=tuple(settings.teams.values()),
        queues=tuple(plain_queue(queue) for queue in settings.queues.values()),
        flows=tuple(flows.values()),
        take_off_after_missed=settings.centre.take_off_after_missed,
        customers=tuple(
            customers_of(key, visits, span, edges, start_min, flows, laws)
            for key, visits in streams.items()
        ),
        staff=staff_of(past, span.from_ms, span.until_ms, start_min),
    )


def plain_queue(queue: Queue) -> Queue:
    """Without the flows and codes that nobody simulated meets."""
    return msgspec.structs.replace(
        queue,
        waiting_flow_id=None,
        after_flow_id=None,
        disposition_ids=(),
        overflows=tuple(msgspec.structs.replace(one, flow_id=None) for one in queue.overflows),
    )


def channels_of(
    rules: tuple[ChannelRule, ...], streams: Iterable[StreamKey]
) -> tuple[ChannelRule, ...]:
    """Every channel that somebody came over has a rule, that of callbacks included."""
    named = {rule.channel for rule in rules}
    seen = dict.fromkeys(["callback", *(key.channel for key in streams)])
    return (*rules, *(default_rule(channel) for channel in seen if channel not in named))


def flows_of(passes: list[FlowPass]) -> dict[str, SelfService]:
    """Each flow's shares and times, of those who are through with it."""
    by_flow: dict[str, list[FlowPass]] = defaultdict(list)
    for one in passes:
        if one.result is not None:
            by_flow[one.flow_id].append(one)
    return {flow_id: self_service_of(flow_id, done) for flow_id, done in sorted(by_flow.items())}


def self_service_of(flow_id: str, done: list[FlowPass]) -> SelfService:
    results = [one.result for one in done]
    contained = results.count(FlowResult.CONTAINED)
    queued = results.count(FlowResult.QUEUED)
    return SelfService(
        flow_id=flow_id,
        contained_ratio=contained / len(done),
        left_ratio=(len(done) - contained - queued) / len(done),
        time=measured_law(
            [(one.ended_ms or one.met_ms) / 1000 - one.met_ms / 1000 for one in done]
        ),
    )


class Laws:
    """Laws of what customers bring, of those alike where there are enough of them.

    First the same queue and channel, then the channel, then everybody.
    """

    def __init__(self, visits: list[Visit], queues: dict[str, Queue]) -> None:
        self.queues = queues
        self.groups: dict[tuple[str, ...], list[Visit]] = defaultdict(list)
        for visit in visits:
            for group in ((visit.queue_id, visit.channel), (visit.channel,), ()):
                self.groups[group].append(visit)

    def alike(self, key: StreamKey) -> list[list[Visit]]:
        """The nearest first."""
        groups = ((key.queue_id, key.channel), (key.channel,), ())
        return [self.groups[group] for group in groups]

    def handle_time(self, key: StreamKey) -> Law:
        return first_enough([conversations_s(group) for group in self.alike(key)])

    def wrap_up(self, key: StreamKey) -> Law:
        if not self.queues[key.queue_id].wrap_up_time_ms:
            return Fixed(value_s=0)
        return first_enough([wrap_ups_s(group) for group in self.alike(key)])

    def patience(self, key: StreamKey) -> Law:
        """Of people who never had to wait long nothing is known; nobody of the channel gives up."""
        for group in self.alike(key)[:2]:
            waits, left = waits_s(group, Outcome.ABANDONED)
            if sum(left) >= SAMPLES_MIN or (sum(left) and group is self.groups[key.channel,]):
                return censored_law(waits, left, ends=True)
        return Endless()

    def callback_after(self, key: StreamKey) -> Law | None:
        """None where nobody took a callback instead of waiting."""
        waits, left = waits_s(self.alike(key)[0], Outcome.CALLED_BACK)
        return censored_law(waits, left, ends=False) if any(left) else None


def first_enough(groups: list[list[float]]) -> Law:
    """Of the nearest that are enough; of all, where none is."""
    return measured_law(next((one for one in groups if len(one) >= SAMPLES_MIN), groups[-1]))


def conversations_s(visits: Iterable[Visit]) -> list[float]:
    return [
        (visit.conversation_ended_ms - visit.accepted_ms) / 1000
        for visit in visits
        if visit.accepted_ms is not None and visit.conversation_ended_ms is not None
    ]


def wrap_ups_s(visits: Iterable[Visit]) -> list[float]:
    return [
        (visit.ended_ms - visit.conversation_ended_ms) / 1000
        for visit in visits
        if visit.ended_ms is not None and visit.conversation_ended_ms is not None
    ]


def waits_s(visits: Iterable[Visit], ended: Outcome) -> tuple[list[float], list[bool]]:
    """Waits, and whether each came to this end; the others were cut short by something else."""
    known = [(visit.wait_ms, visit.outcome) for visit in visits if visit.wait_ms is not None]
    waits = [wait / 1000 for wait, outcome in known if outcome is not Outcome.TURNED_AWAY]
    ends = [outcome is ended for _, outcome in known if outcome is not Outcome.TURNED_AWAY]
    return waits, ends


def customers_of(
    key: StreamKey,
    visits: list[Visit],
    span: Span,
    edges: np.ndarray,
    start_min: float,
    flows: dict[str, SelfService],
    laws: Laws,
) -> Customers:
    """A stream; those who meet a flow first come to its entrance, the contained ones included."""
    flow = flows.get(key.flow_id)
    goes_on = 1.0 if flow is None else 1 - flow.contained_ratio - flow.left_ratio
    is_flow = flow is not None and goes_on > 0
    came = minutes_of([visit.came_ms if is_flow else visit.entered_ms for visit in visits], span)
    return Customers(
        queue_id=key.queue_id,
        channel=key.channel,
        periods=periods_of_arrivals(came, edges, start_min, 1 / goes_on if is_flow else 1.0),
        patience=laws.patience(key),
        handle_time=laws.handle_time(key),
        wrap_up=laws.wrap_up(key),
        callback_after=laws.callback_after(key),
        self_service=key.flow_id if is_flow else None,
        skills=key.skills,
        priority=key.priority,
    )


def edges_of(came_ms: Sequence[int], span: Span) -> np.ndarray:
    """Half-hours, in minutes; where a busy one follows on silence, from its first contact on.

    So whoever opens at ten past isn't taken to have fewer contacts an hour, and they don't come
    before there is anybody.
    """
    grid = np.array([*np.arange(0.0, span.minutes, ARRIVAL_INTERVAL_MIN), span.minutes])
    came = np.sort(minutes_of(came_ms, span))
    counts = np.histogram(came, grid)[0]
    edges = {float(edge) for edge in grid}
    for at in np.flatnonzero(counts >= SAMPLES_MIN):
        inside = came[(came >= grid[at]) & (came <= grid[at + 1])]
        if at == 0 or not counts[at - 1]:
            edges.add(math.floor(inside[0] * 60) / 60)
        if at == len(counts) - 1 or not counts[at + 1]:
            edges.add(min(float(grid[at + 1]), math.ceil(inside[-1] * 60 + 1) / 60))
    return np.array(sorted(edges))


def minutes_of(came_ms: Sequence[int], span: Span) -> np.ndarray:
    """Minutes from the span's beginning; what lies outside comes at its edge."""
    return np.clip((np.array(came_ms) - span.from_ms) / MINUTE_MS, 0, span.minutes)


def periods_of_arrivals(
    came: np.ndarray, edges: np.ndarray, start_min: float, scale: float
) -> tuple[Period, ...]:
    """The rate in each interval is what came in it; intervals alike are one period."""
    rates = np.histogram(came, edges)[0] * scale / np.diff(edges) * 60
    periods: list[Period] = []
    for edge, rate in zip(edges, rates, strict=False):
        if not periods or periods[-1].per_hour != rate:
            periods.append(Period(start=clock_text(start_min + float(edge)), per_hour=float(rate)))
    return tuple(periods)


def ledger_of(
    past: Past,
    span: Span,
    frame: Frame,
    scenario: Scenario,
    streams: dict[StreamKey, list[Visit]],
    passes: list[FlowPass],
) -> Ledger:
    """What really happened, written down as a replication would have."""
    visits = [visit for group in streams.values() for visit in group]
    stream = np.repeat(np.arange(len(streams)), [len(group) for group in streams.values()])
    arrive = np.array([visit.entered_ms - span.from_ms for visit in visits], float)
    ledger = Ledger(stream, arrive, flow_counts(scenario, passes))
    for index, visit in enumerate(visits):
        ledger.outcome[index] = visit.outcome
        if visit.wait_ms is not None:
            ledger.wait[index] = visit.wait_ms
        if visit.accepted_ms is not None and visit.ended_ms is not None:
            ledger.handle[index] = visit.ended_ms - visit.accepted_ms
    write_spells(past, span, frame, ledger)
    return ledger


def flow_counts(scenario: Scenario, passes: list[FlowPass]) -> np.ndarray:
    """[flow, FlowCount] of those through with each flow."""
    counts = np.zeros((len(scenario.flows), len(FlowCount)))
    place = {flow.flow_id: index for index, flow in enumerate(scenario.flows)}
    for one in passes:
        if one.ended_ms is not None and one.result is not None:
            row = counts[place[one.flow_id]]
            row[FlowCount.MET] += 1
            row[FlowCount.CONTAINED] += one.result is FlowResult.CONTAINED
            row[FlowCount.LEFT] += one.result not in (FlowResult.CONTAINED, FlowResult.QUEUED)
            row[FlowCount.TIME] += one.ended_ms - one.met_ms
    return counts


def write_spells(past: Past, span: Span, frame: Frame, ledger: Ledger) -> None:
    """Agents' busy time, and their time on duty without breaks."""

    def add(kind: TeamTime, agent_id: str, from_ms: int, until_ms: int) -> None:
        profile = past.settings.agents.get(agent_id)
        team_id = (profile and team_of(profile, past.settings)) or NO_TEAM
        if until_ms > span.from_ms and from_ms < span.until_ms and team_id in frame.team_ids:
            team = frame.team_ids.index(team_id)
            ledger.spells[kind].add(team, from_ms - span.from_ms, until_ms - span.from_ms)

    for agent_id, from_ms, until_ms in past.busy:
        add(TeamTime.BUSY, agent_id, from_ms, until_ms)
    for session in past.sessions:
        at_ms = session.from_ms
        for pause in session.pauses:
            add(TeamTime.STAFFED, session.agent_id, at_ms, pause.from_ms)
            at_ms = pause.until_ms if pause.until_ms is not None else past.last_ms
        add(TeamTime.STAFFED, session.agent_id, at_ms, session.until_ms or span.until_ms)
