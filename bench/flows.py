"""Steps of flows in the kernel: nodes passed a second on one core, whatever kinds they are.

A contact meets a flow of every kind of node that needs nobody outside, answers its three
questions and leaves; a step is a node passed. The anchor is the CEL evaluator alone on the
expressions of the same steps: what the language itself costs.
"""

from __future__ import annotations

import statistics
import time

from bench.harness import Figure, report
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import Author
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.flows.expressions import compile_expression, evaluate
from frontdesk.kernel.refusals import Refusal

START_MS = 1_763_974_800_000
CONTACTS = 2_000
REPEATS = 7
AIM = 50_000
LOOP = 5
"""Rounds that each contact takes through the computing part."""

COMPUTE = "rounds + 1"
AGAIN = f"rounds < {LOOP}"


def build_flow() -> Flow:
    menu = doc.ChoiceAnswer(
        choices=(
            doc.Choice(value="go", label={"en": "Go on", "ru": "Дальше"}, next="number"),
            doc.Choice(value="stop", label={"en": "Stop", "ru": "Стоп"}, next="end"),
        )
    )
    nodes: tuple[doc.AnyNode, ...] = (
        doc.Say(node_id="hello", text={"en": "Hello, {customer.name}.", "ru": "Да."}, next="menu"),
        doc.Ask(node_id="menu", text="What now?", answer=menu, no_answer="end", no_match="end"),
        doc.Ask(node_id="number", text="Number?", answer=doc.DigitsAnswer(), next="hours"),
        doc.CheckHours(node_id="hours", hours_id="h", open="set", closed="set"),
        doc.SetVariables(node_id="set", values={"rounds": COMPUTE}, next="tell"),
        doc.Say(node_id="tell", text="Round {rounds} of {contact.channel}.", next="decide"),
        doc.Decide(
            node_id="decide", branches=(doc.Branch(when=AGAIN, next="part"),), otherwise="words"
        ),
        doc.Subflow(node_id="part", flow_id="part", parameters={"x": "rounds"}, next="pause"),
        doc.Pause(node_id="pause", duration_ms=1_000, next="set"),
        doc.Ask(node_id="words", text="Anything?", answer=doc.TextAnswer(), next="end"),
        doc.End(node_id="end", text="Bye."),
    )
    return Flow(
        flow_id="all",
        name="All",
        start="hello",
        languages=("en", "ru"),
        variables={"rounds": 0},
        nodes=nodes,
        fallback_queue_id="q",
    )


def build_centre() -> Centre:
    centre = Centre()
    part = Flow(
        flow_id="part",
        name="Part",
        use=doc.FlowUse.PART,
        start="a",
        variables={"x": 0},
        nodes=(
            doc.SetVariables(node_id="a", values={"y": "x * 2"}, next="end"),
            doc.End(node_id="end"),
        ),
    )
    settings = (
        st.Queue(queue_id="q", name="Q"),
        st.Hours(hours_id="h", name="H"),
        part,
        build_flow(),
    )
    for entity in settings:
        decide(centre, cmd.SaveSetting(entity), START_MS)
    return centre


def decide(centre: Centre, command: cmd.AnyCommand, now_ms: int) -> list[ev.AnyEvent]:
    events = centre.decide(command, now_ms)
    assert not isinstance(events, Refusal), events
    return events


def walk(centre: Centre, now_ms: int) -> list[ev.AnyEvent]:
    """One contact from the first word to the last; returns all that happened."""
    events = decide(centre, cmd.OpenContact("webchat", "", flow_id="all"), now_ms)
    opened = events[0]
    assert isinstance(opened, ev.ContactOpened)
    for client_id, text in (("1", "go"), ("2", "12345"), ("3", "no")):
        command = cmd.PostMessage(opened.contact_id, Author.CUSTOMER, client_id, text)
        events += decide(centre, command, now_ms)
        while (due_ms := centre.next_wakeup_ms()) is not None and due_ms <= now_ms + 2_000:
            now_ms = due_ms
            events += decide(centre, cmd.Advance(), now_ms)
    return events


def measure_steps(centre: Centre) -> tuple[float, float]:
    """Steps a second, and events a second, in processor time."""
    now_ms = START_MS
    counted = [walk(centre, now_ms)]
    steps = sum(isinstance(event, ev.NodePassed) for event in counted[0])
    started = time.process_time()
    for _ in range(CONTACTS):
        now_ms += 60_000
        walk(centre, now_ms)
    taken = time.process_time() - started
    return CONTACTS * steps / taken, CONTACTS * len(counted[0]) / taken


def measure_cel() -> float:
    """Evaluations a second of the flow's own expressions, with nothing around them."""
    pairs = [
        (compile_expression(COMPUTE), {"rounds": 3}),
        (compile_expression(AGAIN), {"rounds": 3}),
        (compile_expression("x * 2"), {"x": 3}),
    ]
    started = time.process_time()
    for _ in range(20_000):
        for expression, names in pairs:
            evaluate(expression, names)
    return 60_000 / (time.process_time() - started)


def main() -> bool:
    centre = build_centre()
    rounds = [(measure_steps(centre), measure_cel()) for _ in range(REPEATS)]
    steps = statistics.median(steps for (steps, _), _ in rounds)
    events = statistics.median(events for (_, events), _ in rounds)
    cel = statistics.median(cel for _, cel in rounds)
    return report(
        "flows",
        [
            Figure(
                "steps of flows",
                steps,
                "steps/s",
                "CEL expressions alone",
                cel,
                f"over {AIM:,}",
                steps > AIM,
            ),
            Figure("events of flows", events, "events/s"),
        ],
    )
