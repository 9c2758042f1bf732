"""A faulty flow is refused when it is saved, with the node named."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.check import Severity, check_flow
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.expressions import compile_expression, evaluate
from frontdesk.kernel.flows.faults import FlowFaulted
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.flows.stage import Stage, choice, end, flow, menu, to_sales
from tests.kernel.scene import agent

SAY = doc.Say(node_id="say", text="Hello.", next="end")


def decide(when: str) -> Flow:
    branches = (doc.Branch(when=when, next="end"),)
    return flow(doc.Decide(node_id="bad", branches=branches, otherwise="end"), end())


FAULTY: dict[str, tuple[Flow, str]] = {
    "unknown node": (flow(doc.Say(node_id="bad", text="Hello.", next="nowhere")), "nowhere"),
    "no start": (flow(SAY, end(), start="nowhere"), "starts at"),
    "id twice": (flow(end("bad"), end("bad")), "Two nodes"),
    "no fallback": (flow(end(), fallback_queue_id=None), "when something fails"),
    "unknown queue": (flow(doc.EnterQueue(node_id="bad", queue_id="x")), "no queue"),
    "unknown hours": (
        flow(doc.CheckHours(node_id="bad", hours_id="x", open="end", closed="end"), end()),
        "no hours",
    ),
    "dead end": (
        flow(
            menu(choice("a", "end"), choice("b"), node_id="bad"),
            end(),
        ),
        "Nothing follows the choice 'b'",
    ),
    "busy loop": (
        flow(
            doc.Say(node_id="bad", text="a", next="b"),
            doc.SetVariables(node_id="b", values={"x": "1"}, next="bad"),
        ),
        "circle",
    ),
    "no way out": (
        flow(
            doc.Pause(node_id="bad", duration_ms=1_000, next="b"),
            doc.Say(node_id="b", text="a", next="bad"),
        ),
        "no way leads to an end",
    ),
    "away from whom": (flow(to_sales("bad", away="end"), end()), "which agent"),
    "an agent of another queue": (
        flow(to_sales("bad", agent_id="ben", away="end"), end()),
        "doesn't serve the queue 'sales'",
    ),
    "a message to nobody": (
        flow(
            doc.TakeMessage(node_id="bad", text="?", queue_id="sales", agent_id="zoe", next="end"),
            end(),
        ),
        "no agent-profile 'zoe'",
    ),
    "a waiting flow inside": (
        flow(doc.Subflow(node_id="bad", flow_id="beside", next="end"), end()),
        "can't be run inside others",
    ),
    "syntax": (decide("1 +"), "1 +"),
    "unknown variable": (decide("nobody == 1"), "no variable nobody"),
    "loops within loops": (decide("[1].all(a, [1].all(b, a == b))"), "once at most"),
    "endless expression": (decide("1 + " * 200 + "1 == 1"), "at most 500"),
    "unknown in a text": (
        flow(doc.Say(node_id="bad", text="Hello {nobody}", next="end"), end()),
        "no variable nobody",
    ),
    "first language missing": (
        flow(doc.Say(node_id="bad", text={"ru": "Да"}, next="end"), end(), languages=("en", "ru")),
        "first language",
    ),
    "same key": (
        flow(menu(choice("a", "end", key="2"), choice("b", "end"), node_id="bad"), end()),
        "same key",
    ),
    "itself": (
        flow(doc.Subflow(node_id="bad", flow_id="hotline", next="end"), end()),
        "runs itself",
    ),
    "look-up's parameters": (
        flow(doc.AskOutside(node_id="bad", look_up_id="orders", next="end", failed="end"), end()),
        "needs the parameter number",
    ),
    "variable with a system's name": (
        flow(doc.SetVariables(node_id="bad", values={"queue": "1"}, next="end"), end()),
        "can't be the name",
    ),
    "callback without queue": (
        flow(doc.CallBack(node_id="bad", address="'1'", next="end"), end()),
        "which queue",
    ),
}


@pytest.mark.parametrize(("faulty", "detail"), FAULTY.values(), ids=FAULTY.keys())
def test_a_faulty_flow_is_refused_with_its_node(faulty: Flow, detail: str) -> None:
    beside = flow(end(), flow_id="beside", use=FlowUse.WAITING)
    stage = Stage(agent("ben", "support"), beside)
    problems = check_flow(stage.state.settings, faulty)
    refusal = stage.refusal(cmd.SaveSetting(faulty))
    assert refusal.reason is RefusalReason.INVALID
    assert detail in refusal.detail
    assert any(detail in problem.detail for problem in problems)
    if any(node.node_id == "bad" for node in faulty.nodes):
        assert "bad" in refusal.detail


def test_a_sound_flow_has_no_problems_and_what_is_only_odd_is_a_warning() -> None:
    stage = Stage()
    assert check_flow(stage.state.settings, flow(SAY, end())) == []
    odd = flow(
        doc.Say(node_id="say", text={"en": "Hi"}, next="end"),
        end(),
        to_sales("lost"),
        languages=("en", "ro"),
    )
    problems = check_flow(stage.state.settings, odd)
    assert {p.node_id for p in problems} == {"say", "lost"}
    assert {p.severity for p in problems} == {Severity.WARNING}
    stage.save(odd)


def test_the_next_version_follows_the_one_in_force() -> None:
    stage = Stage()
    stage.refuses(cmd.SaveSetting(flow(end(), version=2)))
    stage.save(flow(end()))
    assert stage.save(flow(end())) == []
    refusal = stage.refusal(cmd.SaveSetting(flow(SAY, end())))
    assert "Version 1" in refusal.detail
    stage.save(flow(SAY, end(), version=2))


def test_a_flow_in_use_can_not_go() -> None:
    stage = Stage(flow(menu(choice("a", "end")), end()))
    stage.arrives()
    assert stage.refuses(cmd.RemoveSetting("flow", "hotline")) is RefusalReason.IN_USE
    stage.wait(300_000)
    stage.save(st.Widget(widget_id="w", name="W", topics=(topic("hotline"),)))
    assert stage.refuses(cmd.RemoveSetting("flow", "hotline")) is RefusalReason.IN_USE


def topic(flow_id: str | None = None, queue_id: str = "") -> st.WidgetTopic:
    return st.WidgetTopic(topic_id="t", name="Topic", queue_id=queue_id, flow_id=flow_id)


def test_a_flow_stands_where_it_is_for() -> None:
    waiting = flow(
        doc.Pause(node_id="a", duration_ms=1_000, next="a"), use=FlowUse.WAITING, flow_id="w"
    )
    stage = Stage(flow(end()), waiting)
    for wrong in (
        st.Queue(queue_id="q", name="Q", waiting_flow_id="hotline"),
        st.Queue(queue_id="q", name="Q", after_flow_id="w"),
        st.Widget(widget_id="x", name="X", topics=(topic("w"),)),
        st.Widget(widget_id="x", name="X", topics=(topic(),)),
        st.Widget(widget_id="x", name="X", topics=(topic("hotline", "sales"),)),
    ):
        stage.refuses(cmd.SaveSetting(wrong))
    stage.refuses(cmd.OpenContact("webchat", "x", flow_id="w"))
    stage.refuses(cmd.OpenContact("webchat", "x", "sales", flow_id="hotline"))


def test_overflow_through_a_flow_back_to_the_queue_is_refused() -> None:
    stage = Stage(flow(SAY, to_sales("end")))
    back = st.Overflow(when=st.OverflowWhen.UNSTAFFED, flow_id="hotline")
    refusal = stage.refusal(
        cmd.SaveSetting(st.Queue(queue_id="sales", name="Sales", overflows=(back,)))
    )
    assert "lead back" in refusal.detail


OPERATORS = ("+", "-", "*", "/", "%", "==", "<", "in", "&&", "||")
NAMES = {"a": 1, "b": {"c": "d"}, "list": [1, 2, 3]}


@given(some.text(max_size=120))
def test_no_text_does_harm_as_an_expression(text: str) -> None:
    with suppress(FlowFaulted):
        evaluate(compile_expression(text), NAMES)


@given(
    some.recursive(
        some.sampled_from(["a", "b.c", "list", "'x'", "1", "2.5", "true", "null", "b['c']"]),
        lambda inner: some.one_of(
            some.tuples(
                inner,
                some.sampled_from(OPERATORS),
                inner,
            ).map(lambda parts: f"({' '.join(parts)})"),
            inner.map(lambda part: f"size({part})"),
            inner.map(lambda part: f"string({part})"),
            inner.map(lambda part: f"{part}.matches('(a+)+$')"),
            inner.map(lambda part: f"list.map(i, {part})"),
        ),
        max_leaves=8,
    )
)
def test_no_expression_does_harm(text: str) -> None:
    with suppress(FlowFaulted):
        evaluate(compile_expression(text), NAMES)
