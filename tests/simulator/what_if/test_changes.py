import msgspec
import pytest

from frontdesk.kernel.settings import (
    Hours,
    OpeningSpan,
    Overflow,
    OverflowWhen,
    Queue,
    RoutingStep,
    Skill,
    Strategy,
)
from frontdesk.simulator.laws import Fixed
from frontdesk.simulator.ledger import Count
from frontdesk.simulator.scenario import Scenario, SelfService
from frontdesk.simulator.scenario_file import ScenarioError
from frontdesk.simulator.what_if.changes import (
    CallbackChange,
    Change,
    ContainmentChange,
    HandleTimeChange,
    HoursChange,
    RoutingChange,
    SkillChange,
    StaffChange,
    VolumeChange,
    changed,
)
from tests.simulator.scenarios import run, total
from tests.simulator.what_if.week import real_week

OPEN = Hours(hours_id="open", name="Open", spans=(OpeningSpan(0, 9 * 60, 17 * 60),))


def day() -> Scenario:
    """The real week's Monday, with hours that some come after."""
    week = real_week()
    calls, chats = week.queues
    closed = Overflow(when=OverflowWhen.CLOSED, message="Closed")
    return msgspec.structs.replace(
        week,
        duration_min=24 * 60.0,
        hours=(msgspec.structs.replace(OPEN, time_zone=week.time_zone),),
        skills=(Skill(skill_id="gold", name="Gold"),),
        queues=(msgspec.structs.replace(calls, hours_id="open", overflows=(closed,)), chats),
    )


def shifts_of(scenario: Scenario, team_id: str) -> int:
    return sum(
        shift.agents for one in scenario.staff if one.team_id == team_id for shift in one.shifts
    )


def counted(scenario: Scenario, count: Count, *changes: Change) -> float:
    return total(run(changed(scenario, changes)), count)


def queue_of(scenario: Scenario, queue_id: str) -> Queue:
    return next(queue for queue in scenario.queues if queue.queue_id == queue_id)


def test_half_as_many_contacts_again() -> None:
    before = counted(day(), Count.OFFERED)
    assert counted(day(), Count.OFFERED, VolumeChange(ratio=1.5)) == pytest.approx(
        1.5 * before, rel=0.05
    )
    only_chats = counted(day(), Count.OFFERED, VolumeChange(ratio=1.5, queue_id="chats"))
    assert before < only_chats < 1.25 * before


def test_shorter_contacts() -> None:
    before, after = (counted(day(), Count.HANDLE, *c) for c in ((), (HandleTimeChange(ratio=0.8),)))
    assert after == pytest.approx(0.8 * before, rel=0.05)


def one_by_one(scenario: Scenario) -> Scenario:
    """Each agent with a shift of one's own, as a rebuilt past has it."""
    return msgspec.structs.replace(
        scenario,
        staff=tuple(
            msgspec.structs.replace(
                one,
                shifts=tuple(
                    msgspec.structs.replace(shift, agents=1)
                    for shift in one.shifts
                    for _ in range(shift.agents)
                ),
            )
            for one in scenario.staff
        ),
    )


def test_agents_more_and_fewer_work_as_their_colleagues_do() -> None:
    week = one_by_one(real_week())
    more = changed(week, (StaffChange(count=3, team_id="front"),))
    assert shifts_of(more, "front") == shifts_of(week, "front") + 5 * 3
    assert shifts_of(more, "all") == shifts_of(week, "all")
    fewer = changed(week, (StaffChange(count=-2),))
    assert sum(shifts_of(fewer, team) for team in ("front", "all")) == 5 * (14 - 2)
    nobody = changed(week, (StaffChange(count=-100, team_id="front"),))
    assert shifts_of(nobody, "front") == 0
    assert total(run(nobody), Count.ABANDONED) > total(run(week), Count.ABANDONED)


def test_a_team_learns_to_serve_another_queue() -> None:
    before = counted(day(), Count.ABANDONED)
    assert counted(day(), Count.ABANDONED, SkillChange(team_id="front", queue_id="chats")) != before
    skilled = changed(day(), (SkillChange(team_id="front", skill_id="gold", proficiency=4),))
    assert skilled.staff[0].skills == {"gold": 4}


def test_other_routing() -> None:
    steps = (RoutingStep(duration_ms=20_000, team_ids=("all",)), RoutingStep())
    route = RoutingChange(queue_id="calls", steps=steps, strategy=Strategy.MOST_SKILLED)
    other = queue_of(changed(day(), (route,)), "calls")
    assert (other.steps, other.strategy) == (steps, Strategy.MOST_SKILLED)
    assert other.hours_id == "open", "what isn't given stays"
    assert counted(day(), Count.WAIT, route) > counted(day(), Count.WAIT)


def test_open_longer() -> None:
    before = counted(day(), Count.TURNED_AWAY)
    assert before > 0
    assert counted(day(), Count.TURNED_AWAY, HoursChange(hours_id="open", earlier_min=60)) == 0
    assert counted(day(), Count.TURNED_AWAY, HoursChange(hours_id="open", later_min=-60)) > before


def test_callbacks_on_and_off() -> None:
    offered = CallbackChange(offered=True, queue_id="calls", after_s=15, taken_ratio=0.5)
    with_callbacks = changed(day(), (offered,))
    assert total(run(with_callbacks), Count.CALLED_BACK) > 0
    assert counted(with_callbacks, Count.CALLED_BACK, CallbackChange(offered=False)) == 0


def with_bot(scenario: Scenario) -> Scenario:
    bot = SelfService(flow_id="bot", contained_ratio=0.2, left_ratio=0.08, time=Fixed(value_s=40))
    calls, chats = scenario.customers
    calls = msgspec.structs.replace(calls, self_service="bot")
    return msgspec.structs.replace(scenario, flows=(bot,), customers=(calls, chats))


def test_a_bot_that_contains_more() -> None:
    more = changed(with_bot(day()), (ContainmentChange(flow_id="bot", contained_ratio=0.5),))
    (bot,) = more.flows
    assert bot.left_ratio == pytest.approx(0.05), "a tenth of the others goes away, as before"
    assert total(run(more), Count.OFFERED) < 0.85 * counted(with_bot(day()), Count.OFFERED)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (VolumeChange(ratio=2, queue_id="faxes"), "nobody came to this queue"),
        (StaffChange(count=1, team_id="night"), "nobody of this team was at work"),
        (SkillChange(team_id="front"), "give either a queue or a skill"),
        (SkillChange(team_id="night", queue_id="chats"), "nobody of this team was at work"),
        (SkillChange(team_id="front", queue_id="faxes"), "'faxes' is not defined"),
        (RoutingChange(queue_id="faxes", priority=1), "there is no queue 'faxes'"),
        (HoursChange(hours_id="never"), "there are no hours 'never'"),
        (ContainmentChange(flow_id="bot", contained_ratio=0.5), "nobody met the flow 'bot'"),
        (
            RoutingChange(queue_id="calls", steps=(RoutingStep(team_ids=("night",)),)),
            "the centre refuses this setting",
        ),
    ],
)
def test_what_is_not_there_cannot_be_changed(change: Change, complaint: str) -> None:
    with pytest.raises(ScenarioError, match=complaint):
        changed(day(), (change,))
