"""Every ready flow is walked at random until every exit of every node was taken, and none fails."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.api.ready_flows.library import ReadyFlow, ready_flows
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.graph import exits_of
from frontdesk.kernel.flows.runs import Pending, Run
from tests.kernel.flows.storyteller import INTENT_IDS, INTENTS, LOOK_UPS, PEOPLE, save_ready_flows
from tests.kernel.moves import SeededChooser, chance, pick
from tests.kernel.scene import START_MS, Scene, queue

DAY_MS = 24 * 3_600_000
WALKS_MAX = 1_000
SERVED_AFTER = 20
"""Walks before anything is known of the queue's waits."""

HOURS = st.Hours(
    hours_id="hours",
    name="Hours",
    spans=tuple(st.OpeningSpan(day, 9 * 60, 17 * 60) for day in range(5)),
    exceptions=(st.DayException(date="2025-11-25", name="Holiday"),),
)
RESULTS: tuple[dict[str, Any] | None, ...] = (
    {"found": True, "balance": 12.5, "currency": "lei", "text": "on its way", "answer": "So."},
    {"found": False},
    None,
)
MUMBLED = "x" * 300
"""No flow understands it."""

WORDS = ("0", "1", "2", "5", "9", "yes", MUMBLED)
"""What is answered to questions that aren't menus, numbers or days."""


def words_for(node: doc.AnyNode) -> tuple[str, ...]:
    """What a customer may answer: something that fits, mostly."""
    match node:
        case doc.Ask(answer=doc.ChoiceAnswer(choices=choices)):
            keys = [choice.key or str(number) for number, choice in enumerate(choices, 1)]
            return (*keys, MUMBLED)
        case doc.Ask(answer=doc.DigitsAnswer()):
            return ("069123456", "12345", MUMBLED)
        case doc.Ask(answer=doc.DateAnswer()):
            return ("tomorrow", "29.11.2025", "1.12.2025", MUMBLED)
        case _:
            return WORDS


class Tour:
    """One centre in which a flow is met again and again, each time answered otherwise."""

    def __init__(self, ready: ReadyFlow) -> None:
        self.scene = Scene(queue("sales", hours_id=None), *PEOPLE, HOURS, *LOOK_UPS, *INTENTS)
        save_ready_flows(self.scene)
        flow_id = ready.template_id
        self.flow = self.scene.state.settings.flows[flow_id]
        beside = {
            FlowUse.WAITING: {"waiting_flow_id": flow_id, "hours_id": "hours"},
            FlowUse.AFTER: {"after_flow_id": flow_id},
        }.get(self.flow.use, {"hours_id": "hours"})
        self.scene.save(queue("sales", **beside))
        self.ways_in = [flow_id, *find_callers(self.scene, flow_id)]
        self.passed: set[tuple[str, str]] = set()
        self.failed: list[ev.FlowFailed] = []

    def missing(self) -> set[tuple[str, str]]:
        """Exits that nobody has taken yet."""
        return {
            (node.node_id, exit_)
            for node in self.flow.nodes
            for exit_, to in exits_of(node)
            if to is not None and not is_alias(self.flow, node, exit_)
        } - self.passed

    def serve_some(self) -> None:
        """The queue learns how long its contacts take, and an agent is at work: waits are known."""
        for contact_id in list(self.scene.state.contacts):
            self.scene.does(cmd.EndContact(contact_id, Author.SYSTEM))
        self.scene.available("ann")
        for _ in range(4):
            contact_id = self.scene.engage(channel="voice")
            self.scene.wait(60_000)
            self.scene.end(contact_id)
        self.scene.engage(channel="voice")

    def walk(self, chooser: SeededChooser) -> None:
        """One contact, soon after the last or on another day, who answers as it comes."""
        self.scene.now_ms += pick(chooser, (60_000, 60_000, chooser.integer(1, DAY_MS)))
        self.see(self.scene.does(cmd.Advance()))
        contact_id = self.begin(chooser)
        for step in range(40):
            contact = self.scene.state.contacts.get(contact_id)
            run = None if contact is None else self.scene.state.runs.get(contact.run_id or 0)
            if run is None:
                break
            self.answer(run, chooser, step)
        contact = self.scene.state.contacts.get(contact_id)
        if contact is not None and contact.stage.value in ("waiting", "offered", "self_service"):
            self.see(self.scene.does(cmd.EndContact(contact_id, Author.CUSTOMER)))

    def begin(self, chooser: SeededChooser) -> int:
        scene = self.scene
        channel = pick(chooser, ("webchat", "sms", "voice"))
        customer = CustomerCard("c1", "Ion", pick(chooser, ("", "ion@example.org")))
        if self.flow.use is FlowUse.ENTRY:
            flow_id = pick(chooser, self.ways_in)
            events = scene.does(
                cmd.OpenContact(channel, "", customer=customer, flow_id=flow_id, language="ro")
            )
        elif self.flow.use is FlowUse.WAITING:
            events = scene.does(cmd.OpenContact(channel, "", "sales", customer=customer))
        else:
            scene.available("ann")
            contact_id = scene.engage(channel=channel)
            events = scene.end(contact_id)
            self.see(events)
            scene.does(cmd.SetPresence("ann", cmd.Presence.OFFLINE))
            return contact_id
        self.see(events)
        return next(e for e in events if isinstance(e, ev.ContactOpened)).contact_id

    def answer(self, run: Run, chooser: SeededChooser, step: int) -> None:
        if run.pending is Pending.LOOK_UP:
            command = cmd.AnswerLookUp(run.run_id, run.request_id, pick(chooser, RESULTS))
            self.see(self.scene.does(command))
        elif run.pending is Pending.CLASSIFICATION:
            intents = ((pick(chooser, INTENT_IDS), pick(chooser, (0.9, 0.1))),)
            entities = pick(chooser, ({}, {"number": "12345"}))
            command = cmd.AnswerClassification(run.run_id, run.request_id, intents, entities)
            self.see(self.scene.does(command))
        elif run.pending is Pending.ANSWER and not chance(chooser, 6):
            frame = run.frame
            node = self.scene.state.get_node(frame.flow_id, frame.version, frame.node_id)
            mumbles = run.misses > 0 and not chance(chooser, 4)
            text = MUMBLED if mumbles else pick(chooser, words_for(node))
            client_id = f"{run.run_id}/{step}"
            command = cmd.PostMessage(run.contact_id, Author.CUSTOMER, client_id, text)
            self.see(self.scene.does(command))
        else:
            self.see(self.scene.wait(300_000))

    def see(self, events: list[ev.AnyEvent]) -> None:
        for event in events:
            if isinstance(event, ev.NodePassed) and event.flow_id == self.flow.flow_id:
                self.passed.add((event.node_id, event.exit))
            elif isinstance(event, ev.FlowFailed):
                self.failed.append(event)


def find_callers(scene: Scene, flow_id: str) -> list[str]:
    """The flows that run this one inside."""
    return [
        flow.flow_id
        for flow in scene.state.settings.flows.values()
        if any(isinstance(node, doc.Subflow) and node.flow_id == flow_id for node in flow.nodes)
    ]


def is_alias(flow: Flow, node: doc.AnyNode, exit_: str) -> bool:
    """Exits that only stand for another one, or that can't be taken where the flow stands."""
    match node:
        case doc.Ask(answer=doc.ChoiceAnswer()):  # who waits may write what they like
            return exit_ == "no_match" and flow.use is FlowUse.WAITING
        case doc.CheckHours(holiday=None):
            return exit_ == "holiday"
        case doc.CallBack(refused=refused):
            return exit_ == "refused" and refused is not None and not node.at
        case doc.Classify(otherwise=None):
            return exit_ == "otherwise"
        case _:
            return False


@pytest.mark.parametrize("ready", ready_flows(), ids=lambda ready: ready.template_id)
def test_every_exit_of_a_ready_flow_is_taken_and_none_fails(ready: ReadyFlow) -> None:
    tour = Tour(ready)
    chooser = SeededChooser(7)
    for number in range(WALKS_MAX):
        if not tour.missing():
            break
        if number == SERVED_AFTER and tour.flow.use is FlowUse.WAITING:
            tour.serve_some()
        tour.walk(chooser)
    assert not tour.missing()
    assert not tour.failed


def test_the_tours_begin_on_a_day_between_open_and_closed() -> None:
    """Else some exits could never be taken."""
    assert START_MS % DAY_MS == 9 * 3_600_000
