"""Who is in a scenario: the settings that are saved, the agents, and their working times."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import msgspec

from frontdesk.kernel.commands import CustomerCard, OpenContact
from frontdesk.kernel.flows.document import (
    Ask,
    CallBack,
    Choice,
    ChoiceAnswer,
    End,
    Flow,
    FlowUse,
)
from frontdesk.kernel.settings import (
    AgentProfile,
    BreakReason,
    CentreSettings,
    SettingsEntity,
)
from frontdesk.simulator.ledger import NO_TEAM, Frame
from frontdesk.simulator.scenario import Customers, Scenario, Staff, clock_min
from frontdesk.simulator.workers import Crew, Worker

BREAK = BreakReason(break_reason_id="break", name="Break")

CALL_ME = "call"
"""The answer of a waiting customer who would rather be called back."""

WAITING_FLOW = Flow(
    flow_id="simulated-waiting",
    name="Callback offered",
    use=FlowUse.WAITING,
    start="offer",
    nodes=(
        Ask(
            node_id="offer",
            text="Shall we call you back?",
            answer=ChoiceAnswer(choices=(Choice(value=CALL_ME, label="Yes", next="promise"),)),
            time_ms=24 * 3_600_000,
            no_match="end",
            no_answer="end",
        ),
        CallBack(
            node_id="promise",
            address="customer.address",
            next="end",
            duplicate="end",
            refused="end",
        ),
        End(node_id="end", outcome="callback"),
    ),
)
"""What waits beside the queues whose customers may ask for a callback: their place is kept."""


def start_ms(scenario: Scenario) -> int:
    """The kernel's time at the scenario's start."""
    midnight = dt.datetime.combine(
        dt.date.fromisoformat(scenario.date),
        dt.time(),
        ZoneInfo(scenario.time_zone),
    )
    start = midnight + dt.timedelta(minutes=clock_min(scenario.start))
    return int(start.timestamp() * 1000)


def crews_of(scenario: Scenario, frame: Frame) -> list[Crew]:
    """Every staff with its workers."""
    crews: list[Crew] = []
    for staff in scenario.staff:
        crew = Crew(staff)
        team = frame.team_ids.index(staff.team_id or NO_TEAM)
        crew.workers = [
            Worker(f"{staff.staff_id}-{number:04d}", team, crew)
            for number in range(1, headcount(staff) + 1)
        ]
        crews.append(crew)
    return crews


def headcount(staff: Staff) -> int:
    """How many different people a staff has."""
    if staff.shifts:
        return sum(shift.agents for shift in staff.shifts)
    return max([staff.agents or 0, *(level.agents for level in staff.levels)])


def settings_of(scenario: Scenario, crews: list[Crew]) -> Iterator[SettingsEntity]:
    """All entities, in an order in which each refers to earlier ones only."""
    yield CentreSettings(
        name=scenario.name,
        time_zone=scenario.time_zone,
        channels=scenario.channels,
        take_off_after_missed=scenario.take_off_after_missed,
    )
    yield BREAK
    yield from scenario.skills
    yield from scenario.hours
    yield from scenario.teams
    yield from queues_of(scenario)
    for crew in crews:
        yield from (profile_of(crew.staff, worker) for worker in crew.workers)


def queues_of(scenario: Scenario) -> Iterator[SettingsEntity]:
    """The queues; those with callbacks on offer have the flow beside them."""
    offering = {one.queue_id for one in scenario.customers if one.callback_after is not None}
    if offering:
        yield WAITING_FLOW
    for queue in scenario.queues:
        if queue.queue_id in offering:
            yield msgspec.structs.replace(queue, waiting_flow_id=WAITING_FLOW.flow_id)
        else:
            yield queue


def profile_of(staff: Staff, worker: Worker) -> AgentProfile:
    """An agent's settings."""
    return AgentProfile(
        agent_id=worker.agent_id,
        name=worker.agent_id,
        team_id=staff.team_id,
        skills=staff.skills,
        queue_ids=staff.queue_ids,
        capacity_units=staff.capacity_units,
        auto_accept=staff.accept_after is None,
    )


def opening_of(customers: Customers, address: str = "") -> OpenContact:
    """What a customer of this stream asks for. Without a channel id every one is a new contact."""
    return OpenContact(
        channel=customers.channel,
        channel_ref="",
        customer=CustomerCard(address=address),
        queue_id=customers.queue_id,
        skills=customers.skills,
        priority=customers.priority,
    )
