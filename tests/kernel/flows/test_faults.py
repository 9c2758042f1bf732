"""A fault at run time leads to the fallback, never to a lost contact."""

from __future__ import annotations

from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel.entities import Stage as Place
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.faults import FlowFault
from tests.kernel.flows.stage import Stage, choice, end, flow, menu
from tests.kernel.scene import only


def failing(**rest: Any) -> Stage:
    stage = Stage(
        flow(
            doc.Decide(
                node_id="faulty",
                branches=(doc.Branch(when="answer > 3", next="end"),),
                otherwise="end",
            ),
            end(),
            fallback_text="One moment, please.",
            **rest,
        )
    )
    stage.arrives()
    return stage


def test_a_fault_leads_to_the_fallback_never_to_a_lost_contact() -> None:
    stage = failing()
    failed = only(stage.last, ev.FlowFailed)
    assert (failed.node_id, failed.fault) == ("faulty", FlowFault.EXPRESSION)
    assert stage.said() == ["One moment, please."]
    contact = next(iter(stage.state.contacts.values()))
    assert (contact.stage, contact.queue_id) == (Place.WAITING, "sales")


def test_a_run_that_lasts_too_long_falls_back() -> None:
    stage = Stage(flow(menu(choice("a", "end")), end(), time_ms_max=10_000))
    contact = stage.arrives()
    stage.waits(10_000)
    assert only(stage.last, ev.FlowFailed).fault is FlowFault.TIME
    assert contact.queue_id == "sales"


def test_a_run_that_takes_too_many_steps_falls_back() -> None:
    stage = Stage(
        flow(
            menu(choice("more", "loop"), choice("no", "end"), retries=0),
            doc.SetVariables(node_id="loop", values={"n": "1"}, next="menu"),
            end(),
        )
    )
    contact = stage.arrives()
    run = stage.state.runs[contact.run_id or 0]
    run.steps = 9_999
    stage.witness.state.runs[run.run_id].steps = 9_999
    stage.writes(contact, "more")
    assert only(stage.last, ev.FlowFailed).fault is FlowFault.STEPS
    assert contact.queue_id == "sales"
