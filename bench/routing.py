"""Routing decisions a second in the kernel, by number of agents and of contacts waiting.

The floor: 50 queues, each with three routing steps that ask for one of 20 skills,
less and less of it; agents in five queues with five skills. Voice, so that an
agent has one contact at a time.

*Backlog*: all agents are busy and thousands of contacts wait. An agent ends a
contact and is offered the next (one decision), another contact arrives and takes
its place in the queue (another), half and half. *Slack*: one agent in ten is
idle and nobody waits; a contact arrives and is offered to one of the idle, an
agent ends a contact and becomes idle.

The clock runs as it would with contacts of five minutes; what falls due in
between (routing steps) and the acceptance of offers are done and not counted.
Time is the processor's own on one core, without what other programs take. The
anchor is a matcher without an index, which looks at everybody.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from random import Random
from time import thread_time_ns
from typing import TypeVar

from bench.harness import Figure, report
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.state import State

SKILLS, QUEUES, SKILLS_EACH, QUEUES_EACH = 20, 50, 5, 5
HANDLE_MS = 300_000
STEP_MS = 20_000
DECISIONS, REPEATS = 4_000, 5
ANCHOR_DECISIONS = 20
AIM_PER_S = 20_000

STRATEGIES = (
    st.Strategy.LONGEST_IDLE,
    st.Strategy.LEAST_OCCUPIED,
    st.Strategy.ROUND_ROBIN,
    st.Strategy.MOST_SKILLED,
    st.Strategy.LEAST_SKILLED,
)


@dataclass
class Floor:
    """A centre at work, and the agents who are in conversation, in no order."""

    centre: Centre
    random: Random
    now_ms: int = 0
    engaged: list[tuple[str, int]] = field(default_factory=list)
    opened: int = 0

    def obey(self, command: cmd.AnyCommand) -> list[ev.AnyEvent]:
        events = self.centre.decide(command, self.now_ms)
        assert not isinstance(events, Refusal), events
        return events

    def accept(self, events: list[ev.AnyEvent]) -> None:
        """Agents take up what they are offered."""
        for event in events:
            if isinstance(event, ev.ContactOffered):
                self.obey(cmd.AcceptOffer(event.offer_id, event.agent_id))
                self.engaged.append((event.agent_id, event.contact_id))

    def arrival(self) -> cmd.OpenContact:
        self.opened += 1
        queue_id = f"queue{self.random.randrange(QUEUES)}"
        return cmd.OpenContact(channel="voice", channel_ref=f"c{self.opened}", queue_id=queue_id)

    def end(self) -> cmd.EndContact:
        """One of the conversations ends."""
        at = self.random.randrange(len(self.engaged))
        self.engaged[at], self.engaged[-1] = self.engaged[-1], self.engaged[at]
        agent_id, contact_id = self.engaged.pop()
        return cmd.EndContact(contact_id, cmd.Author.AGENT, agent_id)

    def advance(self, wait_ms: int) -> None:
        """Lets time pass, and does what falls due."""
        self.now_ms += wait_ms
        while (wakeup_ms := self.centre.next_wakeup_ms()) is not None and wakeup_ms <= self.now_ms:
            self.accept(self.obey(cmd.Advance()))


F = TypeVar("F", bound=Floor)


def build_floor(agents: int, kind: type[F]) -> F:
    """Everybody signed in and idle, nobody waiting."""
    floor = kind(Centre(), Random(1))
    for entity in (*skills(), *queues(), *profiles(agents, floor.random)):
        floor.obey(cmd.SaveSetting(entity))
    for agent_id in list(floor.centre.state.agents):
        floor.obey(cmd.SetPresence(agent_id, cmd.Presence.AVAILABLE))
    return floor


def skills() -> list[st.Skill]:
    return [st.Skill(skill_id=f"skill{i}", name=f"Skill {i}") for i in range(SKILLS)]


def queues() -> list[st.Queue]:
    return [
        st.Queue(
            queue_id=f"queue{i}",
            name=f"Queue {i}",
            strategy=STRATEGIES[i % len(STRATEGIES)],
            steps=(
                st.RoutingStep(duration_ms=STEP_MS, skills=(need(i, 3),)),
                st.RoutingStep(duration_ms=STEP_MS, skills=(need(i, 1),)),
                st.RoutingStep(),
            ),
            waiting_max=1_000_000,
        )
        for i in range(QUEUES)
    ]


def need(queue: int, level: int) -> st.SkillNeed:
    return st.SkillNeed(f"skill{queue % SKILLS}", level)


def profiles(agents: int, random: Random) -> list[st.AgentProfile]:
    return [
        st.AgentProfile(
            agent_id=f"agent{i}",
            name=f"Agent {i}",
            skills={
                f"skill{s}": random.randint(1, 5) for s in random.sample(range(SKILLS), SKILLS_EACH)
            },
            queue_ids=tuple(f"queue{q}" for q in random.sample(range(QUEUES), QUEUES_EACH)),
        )
        for i in range(agents)
    ]


def fill(floor: Floor, waiting: int) -> None:
    """Keeps all agents busy, and so many contacts waiting, most of them past their steps."""
    agents = len(floor.centre.state.agents)
    while len(floor.engaged) < agents or len(floor.centre.state.lanes.place) < waiting:
        floor.accept(floor.obey(floor.arrival()))
        if floor.opened % 1_000 == 0:
            floor.advance(2 * STEP_MS)
    floor.advance(2 * STEP_MS)


@dataclass(frozen=True)
class Timing:
    per_s: float
    p50_us: float
    p99_us: float


def occupy(floor: Floor) -> None:
    """Nine agents in ten are busy, and nobody waits for long."""
    agents = len(floor.centre.state.agents)
    while len(floor.engaged) < agents * 9 // 10:
        floor.accept(floor.obey(floor.arrival()))
        floor.advance(2 * STEP_MS)


def time_decisions(floor: Floor) -> Timing:
    """The best of several runs: what else the machine does can only make one slower."""
    return max((time_run(floor) for _ in range(REPEATS)), key=lambda timing: timing.per_s)


def time_run(floor: Floor, decisions: int = DECISIONS) -> Timing:
    """Arrivals and ends in turn, at the pace at which contacts of five minutes end."""
    took = [0] * decisions
    gap_ms = HANDLE_MS / (2 * len(floor.centre.state.agents))
    start_ms = floor.now_ms
    for i in range(decisions):
        floor.advance(start_ms + round(i * gap_ms) - floor.now_ms)
        command = floor.end() if i % 2 else floor.arrival()
        took[i], events = timed(floor, command)
        floor.accept(events)
    return summary(took)


def timed(floor: Floor, command: cmd.AnyCommand) -> tuple[int, list[ev.AnyEvent]]:
    began = thread_time_ns()
    events = floor.centre.decide(command, floor.now_ms)
    ended = thread_time_ns()
    assert not isinstance(events, Refusal), events
    return ended - began, events


def summary(took_ns: list[int]) -> Timing:
    ordered = sorted(took_ns)
    count = len(ordered)
    return Timing(
        count / (sum(ordered) / 1e9), ordered[count // 2] / 1e3, ordered[count * 99 // 100] / 1e3
    )


def time_without_index(floor: Floor) -> Timing:
    """The anchor: an agent's next contact and a contact's agent, found by looking at all."""
    state = floor.centre.state
    random = Random(2)
    agent_ids = list(state.agents)
    took = [0] * ANCHOR_DECISIONS
    for i in range(ANCHOR_DECISIONS):
        began = thread_time_ns()
        if i % 2:
            oldest_for(state, random.choice(agent_ids))
        else:
            idlest_for(state, f"queue{random.randrange(QUEUES)}")
        took[i] = thread_time_ns() - began
    return summary(took)


def oldest_for(state: State, agent_id: str) -> int | None:
    profile = state.settings.agents[agent_id]
    served = set(profile.queue_ids)
    able = [
        (-contact.priority, contact.age_from_ms, contact.contact_id)
        for contact in state.contacts.values()
        if contact.stage is Stage.WAITING
        and contact.queue_id in served
        and suits(state, profile, contact.queue_id, contact.step_index)
    ]
    return min(able)[2] if able else None


def idlest_for(state: State, queue_id: str) -> str | None:
    able = [
        (agent.idle_since_ms, agent.number, agent.agent_id)
        for agent in state.agents.values()
        if agent.load_units == 0
        and queue_id in (profile := state.settings.agents[agent.agent_id]).queue_ids
        and suits(state, profile, queue_id, 0)
    ]
    return min(able)[2] if able else None


def suits(state: State, profile: st.AgentProfile, queue_id: str, step_index: int) -> bool:
    step = state.settings.queues[queue_id].steps[step_index]
    return all(profile.skills.get(n.skill_id, 0) >= n.proficiency_min for n in step.skills)


AGENTS = (100, 1_000, 10_000)
WAITING = (1_000, 10_000, 50_000)


def main() -> bool:
    figures = [*backlog_figures(), *slack_figures()]
    growth = grown(figures, "backlog, 10,000 agents, 1,000", "backlog, 10,000 agents, 50,000")
    figures.append(Figure("backlog: cost of a decision, 50 times the contacts", growth, "times"))
    growth = grown(figures, "backlog, 100 agents, 50,000", "backlog, 10,000 agents, 50,000")
    figures.append(Figure("backlog: cost of a decision, 100 times the agents", growth, "times"))
    return report("routing", figures)


def backlog_figures() -> list[Figure]:
    figures: list[Figure] = []
    for agents in AGENTS:
        floor = build_floor(agents, Floor)
        for waiting in WAITING if agents == AGENTS[-1] else WAITING[-1:]:
            fill(floor, waiting)
            settle()
            name = f"backlog, {agents:,} agents, {waiting:,} waiting"
            figures += told(name, time_decisions(floor), time_without_index(floor), agents)
    return figures


def slack_figures() -> list[Figure]:
    figures: list[Figure] = []
    for agents in AGENTS:
        floor = build_floor(agents, Floor)
        occupy(floor)
        settle()
        name = f"slack, {agents:,} agents"
        figures += told(name, time_decisions(floor), time_without_index(floor), agents)
    return figures


def told(name: str, timing: Timing, anchor: Timing, agents: int) -> list[Figure]:
    aimed = agents == AGENTS[-1]
    return [
        Figure(
            name,
            timing.per_s,
            "decisions/s",
            "without an index",
            anchor.per_s,
            f"over {AIM_PER_S:,}" if aimed else "",
            timing.per_s > AIM_PER_S if aimed else None,
        ),
        Figure(f"{name}, 99th percentile", timing.p99_us, "µs", "median", timing.p50_us),
    ]


def grown(figures: list[Figure], before: str, after: str) -> float:
    """How many times dearer a decision has become."""
    rates = {figure.name: figure.value for figure in figures}
    return rates[f"{before} waiting"] / rates[f"{after} waiting"]


def settle() -> None:
    """What has been built is old: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
