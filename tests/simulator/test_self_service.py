"""Self-service before the queue: measured shares go in, and come out again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import frontdesk.simulator
from frontdesk.simulator.demand import FlowCount, draw_demand
from frontdesk.simulator.experiment import run_scenarios
from frontdesk.simulator.laws import Endless, Exponential, Fixed, Law
from frontdesk.simulator.report import report_of
from frontdesk.simulator.scenario import Scenario, SelfService
from frontdesk.simulator.scenario_file import ScenarioError, read_scenario, require_sense
from frontdesk.simulator.tables import as_csv
from frontdesk.views.report_documents import ContainmentDay
from tests.simulator.scenarios import small, with_customers

EXAMPLE = Path(frontdesk.simulator.__file__).parent / "scenarios" / "self_service.toml"


def behind(flow: SelfService, **changes: object) -> Scenario:
    """A small centre whose customers meet the flow first."""
    return with_customers(small(flows=(flow,), **changes), self_service=flow.flow_id)


def hotline(contained: float, left: float = 0.0, time: Law | None = None) -> SelfService:
    return SelfService(
        flow_id="hotline",
        contained_ratio=contained,
        left_ratio=left,
        time=time or Exponential(mean_s=40),
    )


def test_what_the_report_measured_comes_out_of_the_simulation() -> None:
    measured = ContainmentDay(
        flow_id="hotline",
        day=None,
        met=1_010,
        under_way=10,
        contained=430,
        messages=0,
        callbacks=0,
        queued=450,
        transferred=0,
        left=120,
        failed=0,
        containment_ratio=0.43,
        left_ratio=0.12,
        mean_time_ms=42_000,
    )
    assert measured.containment_ratio is not None
    assert measured.left_ratio is not None
    assert measured.mean_time_ms is not None
    time = Exponential(mean_s=measured.mean_time_ms / 1_000)
    flow = hotline(measured.containment_ratio, measured.left_ratio, time)
    report = report_of(run_scenarios([behind(flow, replications=40)], 1)[0])
    (found,) = report.flows
    for figure, known in (
        (found.whole.containment_ratio, measured.containment_ratio),
        (found.whole.left_ratio, measured.left_ratio),
        (found.whole.time_s, measured.mean_time_ms / 1_000),
    ):
        assert figure.value is not None
        assert figure.standard_error is not None
        assert abs(figure.value - known) < 4 * figure.standard_error
    assert report.total.offered.value == pytest.approx(
        found.whole.met.value - found.whole.contained.value - found.whole.left.value,  # type: ignore[operator]
        rel=0.02,  # Who is in the flow at the end comes to the queue after it.
    )
    assert "flow,hotline,00:00,02:00,containment_ratio," in as_csv(report)


def test_everybody_is_contained_leaves_or_comes_to_the_queue_later() -> None:
    time = Fixed(value_s=30)
    plain = draw_demand(small(), 0)
    passed = draw_demand(behind(hotline(0.3, 0.1, time)), 0)
    met, contained, left, spent_ms = (passed.flows[0, count] for count in FlowCount)
    assert met == len(plain.arrive)
    assert met - contained - left == len(passed.arrive)
    assert spent_ms == 30_000 * met
    assert set(passed.arrive) <= set(plain.arrive + 30_000)
    assert set(passed.work) <= set(plain.work)


def test_a_flow_that_does_nothing_changes_nothing() -> None:
    nothing = behind(hotline(0.0, 0.0, Fixed(value_s=0)))
    through, plain = run_scenarios([nothing, small()], 1)
    assert through.queues.tobytes() == plain.queues.tobytes()


@pytest.mark.parametrize(
    ("flow", "place"),
    [
        (hotline(0.8, 0.3), "flows[0]"),
        (hotline(-0.1), "flows[0]"),
        (hotline(0.5, time=Endless()), "flows[0].time"),
    ],
)
def test_shares_that_make_no_sense_are_refused_by_their_place(
    flow: SelfService, place: str
) -> None:
    with pytest.raises(ScenarioError, match=place.replace("[", r"\[")):
        require_sense(behind(flow))


def test_a_flow_that_nothing_describes_is_refused() -> None:
    with pytest.raises(ScenarioError, match="'hotline' is not defined"):
        require_sense(with_customers(small(), self_service="hotline"))


def test_the_example_runs() -> None:
    scenario = msgspec.structs.replace(read_scenario(EXAMPLE), replications=2)
    (flow,) = report_of(run_scenarios([scenario], 1)[0]).flows
    assert flow.whole.containment_ratio.value == pytest.approx(0.3, abs=0.05)
