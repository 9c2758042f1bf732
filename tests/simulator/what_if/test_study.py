"""A week lived through in virtual time is rebuilt from its journal, validated, and changed."""

import msgspec
import pytest

from frontdesk.kernel.events import SettingRemoved
from frontdesk.simulator.cast import start_ms
from frontdesk.simulator.experiment import gather, run_in_step
from frontdesk.simulator.scenario_file import ScenarioError
from frontdesk.simulator.what_if.changes import (
    ContainmentChange,
    HandleTimeChange,
    StaffChange,
    VolumeChange,
    changed,
)
from frontdesk.simulator.what_if.judging import Difference, Likeness, compare
from frontdesk.simulator.what_if.measures import Measure, Money, Reading
from frontdesk.simulator.what_if.reading import find_seq, read_past
from frontdesk.simulator.what_if.rebuild import TooLittle, rebuild
from frontdesk.simulator.what_if.study import (
    VALIDATED,
    Asked,
    Effect,
    Stopped,
    Study,
    study,
)
from tests.simulator.what_if.week import (
    DAY_MS,
    envelopes,
    journal_of,
    more_agents,
    real_week,
    rebuilt,
)

MONEY = Money(cost_per_hour=20, value_per_contact=5)
REPLICATIONS = 16


def figure(effect: Effect, measure: Measure) -> Difference:
    return next(one for one in effect.figures if one.measure is measure)


async def test_the_past_is_met_and_two_agents_more_do_what_was_foretold() -> None:
    """The promise of the whole: first the week itself, then the week that nobody had seen."""
    past = await rebuilt(real_week())
    asked = Asked(replications=REPLICATIONS)
    plain = msgspec.structs.replace(past.scenario, replications=REPLICATIONS)
    more = changed(plain, (StaffChange(count=2, team_id="front"),))
    base, foretold = (
        Reading(sample, asked.formula, MONEY) for sample in run_in_step([plain, more], 1)
    )

    lived = Reading(gather(plain, [past.real], stopped=False), asked.formula, MONEY)
    assert {compare(one, lived, base, None).likeness for one in VALIDATED} == {Likeness.SAME}

    with_two_more = await rebuilt(more_agents(2))
    real = Reading(
        gather(with_two_more.scenario, [with_two_more.real], stopped=False), asked.formula, MONEY
    )
    for measure in VALIDATED:
        compared = compare(measure, real, foretold, None)
        assert compared.low is not None
        assert compared.low <= (compared.real or 0) <= (compared.high or 0), compared


async def test_a_study_tells_what_the_change_alone_does() -> None:
    past = await rebuilt(real_week())
    asked = Asked(
        changes=(StaffChange(count=2, team_id="front"),), money=MONEY, replications=REPLICATIONS
    )
    found = study(past, asked, 1)
    assert found.validation.holds
    assert found.effect is not None
    level = figure(found.effect, Measure.SERVICE_LEVEL).difference
    assert level.low is not None
    assert level.low > 0.01
    alone = figure(found.effect, Measure.SERVICE_LEVEL).after
    assert (level.high or 1) - level.low < ((alone.high or 1) - (alone.low or 0))
    offered = figure(found.effect, Measure.OFFERED).difference
    assert (offered.low, offered.high) == (0, 0), "the same customers come"
    hours = figure(found.effect, Measure.AGENT_HOURS).difference.value
    cost = figure(found.effect, Measure.COST).difference.value
    assert hours == pytest.approx(5 * 2 * 8.125, abs=2)
    assert cost == pytest.approx(20 * (hours or 0))
    assert [queue.queue_id for queue in found.effect.queues] == ["calls", "chats"]
    assert len(found.validation.intervals) == 5 * 24


async def test_the_same_question_has_the_same_answer() -> None:
    past = await rebuilt(real_week())
    asked = Asked(changes=(VolumeChange(ratio=1.5),), replications=3)
    assert study(past, asked, 1) == study(past, asked, 1)


async def test_a_study_can_be_stopped_and_keeps_what_is_done() -> None:
    past = await rebuilt(real_week())
    seen: list[tuple[int, int]] = []

    def run(until: int) -> Study:
        seen.clear()
        return study(
            past,
            Asked(changes=(VolumeChange(ratio=1.1),), replications=10),
            1,
            lambda done, of: seen.append((done, of)),
            lambda: len(seen) >= until,
        )

    found = run(7)
    assert found.stopped
    assert found.replications == 3, "pairs that are whole"
    assert seen[-1] == (7, 20)
    with pytest.raises(Stopped):
        run(2)


async def test_changes_of_what_is_not_there_are_named() -> None:
    past = await rebuilt(real_week())
    asked = Asked(
        changes=(VolumeChange(ratio=2), ContainmentChange(flow_id="bot", contained_ratio=0.5))
    )
    with pytest.raises(ScenarioError, match=r"changes\[1\]: nobody met the flow 'bot'"):
        study(past, asked, 1)


async def test_a_time_without_contacts_says_so() -> None:
    scenario = real_week()
    journal = journal_of(scenario)
    last_ms = journal.store.envelopes[-1].at_ms
    past = await read_past(journal, last_ms + DAY_MS, last_ms + 2 * DAY_MS)
    with pytest.raises(TooLittle, match="fewer than 50 contacts"):
        rebuild(past, last_ms + DAY_MS, last_ms + 2 * DAY_MS)


async def test_the_place_of_an_instant_in_a_journal() -> None:
    journal = journal_of(real_week())
    events = journal.store.envelopes
    assert await find_seq(journal, events[0].at_ms) == 0
    assert await find_seq(journal, events[-1].at_ms + 1) == len(events)
    middle = events[len(events) // 2].at_ms
    seq = await find_seq(journal, middle)
    assert events[seq - 1].at_ms < middle <= events[seq].at_ms


async def test_a_past_that_is_not_understood_is_not_taken_for_one_that_is() -> None:
    past = await rebuilt(real_week())
    slower = changed(past.scenario, (HandleTimeChange(ratio=1.15),))
    misread = msgspec.structs.replace(past, scenario=slower)
    validation = study(misread, Asked(replications=REPLICATIONS), 1).validation
    assert not validation.holds
    differing = {one.measure for one in validation.figures if one.likeness is Likeness.DIFFERS}
    assert {Measure.HANDLE_TIME_S, Measure.OCCUPANCY_RATIO} <= differing


async def test_what_is_gone_by_the_end_of_the_days_is_left_out() -> None:
    """The chats' queue is removed, and with it the people who served it: what they did stays."""
    scenario = real_week()
    journal = journal_of(scenario)
    kept = journal.store.envelopes
    gone = [SettingRemoved("agent_profile", f"all-{n:04d}") for n in range(1, 21)]
    gone += [SettingRemoved("queue", "chats"), SettingRemoved("team", "all")]
    kept.extend(envelopes(gone, len(kept) + 1, kept[-1].at_ms))
    from_ms, until_ms = start_ms(scenario), kept[-1].at_ms + 1
    past = rebuild(await read_past(journal, from_ms, until_ms), from_ms, until_ms)
    assert past.left_out > 1_000
    assert {one.team_id for one in past.scenario.staff} == {None, "front"}
    assert {one.queue_id for one in past.scenario.customers} == {"calls"}
    assert study(past, Asked(replications=2), 1).left_out == past.left_out
