import msgspec
import pytest

from frontdesk.simulator.scenario import Scenario
from frontdesk.simulator.what_if.before_after import (
    BeforeAfter,
    BeforeAfterFigure,
    Cause,
    Unlike,
    before_and_after,
)
from frontdesk.simulator.what_if.changes import VolumeChange, changed
from frontdesk.simulator.what_if.measures import Measure
from frontdesk.simulator.what_if.study import Asked
from tests.simulator.what_if.week import more_agents, real_week, rebuilt

ASKED = Asked(replications=16)


def busier(scenario: Scenario) -> Scenario:
    """The week after: other customers, and a fifth more of them."""
    later = msgspec.structs.replace(scenario, seed=78, date="2026-01-12")
    return changed(later, (VolumeChange(ratio=1.2),))


def figure(found: BeforeAfter, measure: Measure) -> BeforeAfterFigure:
    return next(one for one in found.figures if one.measure is measure)


async def test_what_more_contacts_do_is_not_the_changes_fault() -> None:
    before, after = await rebuilt(real_week()), await rebuilt(busier(real_week()))
    found = before_and_after(before, after, ASKED, 1)
    level = figure(found, Measure.SERVICE_LEVEL)
    assert level.before is not None
    assert level.after is not None
    assert level.after < level.before - 0.03
    assert level.cause is Cause.CHANCE
    assert {one.cause for one in found.figures} == {Cause.CHANCE}


async def test_what_a_change_did_is_seen_though_it_was_busier() -> None:
    before, after = await rebuilt(real_week()), await rebuilt(busier(more_agents(3)))
    level = figure(before_and_after(before, after, ASKED, 1), Measure.SERVICE_LEVEL)
    assert level.cause is Cause.CHANGE
    assert level.by_change is not None
    assert level.by_change > 0.03


async def test_weeks_are_compared_with_weeks() -> None:
    before = await rebuilt(real_week())
    tuesday = msgspec.structs.replace(
        before, scenario=msgspec.structs.replace(before.scenario, date="2026-01-06")
    )
    with pytest.raises(Unlike, match="same day of the week"):
        before_and_after(before, tuesday, ASKED, 1)
    shorter = msgspec.structs.replace(
        before, scenario=msgspec.structs.replace(before.scenario, duration_min=60.0)
    )
    with pytest.raises(Unlike, match="equally long"):
        before_and_after(before, shorter, ASKED, 1)
