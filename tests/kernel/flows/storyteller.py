"""Tells what customers meet in the ready flows: turn by turn, and how it ends.

A story is a table. Each turn is what the customer does and what the flow says to it; the ending is
read off the events in plain words (`tell_end`). Outside systems answer from the tables below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from frontdesk.answers.understanding.entities import find_entities
from frontdesk.answers.understanding.languages import tell_language
from frontdesk.api.ready_flows.library import fill_in, ready_flows
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.flows.document import Flow, FlowUse, Subflow, Value
from frontdesk.kernel.flows.resources import HttpSource, Intent, KnowledgeSource, LookUp
from tests.kernel.scene import Scene, queue

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

HOURS = st.Hours(
    hours_id="usual",
    name="Usual",
    spans=tuple(st.OpeningSpan(day, 9 * 60, 17 * 60) for day in range(5)),
    exceptions=(st.DayException(date="2025-11-25", name="Holiday"),),
)

PEOPLE = (
    st.AgentProfile(agent_id="ann", name="Ann Lind", queue_ids=("sales",)),
    st.AgentProfile(agent_id="ben", name="Ben Ode", queue_ids=("sales",)),
)


def look_up(look_up_id: str, *parameters: str, **source: Any) -> LookUp:
    return LookUp(
        look_up_id=look_up_id,
        name=look_up_id,
        parameters=parameters,
        source=HttpSource(url="https://shop.example/"),
        **source,
    )


LOOK_UPS = (
    look_up("order_status", "order", "language"),
    look_up("balance", "account"),
    LookUp(
        look_up_id="common_questions",
        name="Common questions",
        parameters=("question", "language"),
        source=KnowledgeSource(),
    ),
)
ORDERS = {"1042": "it is on its way.", "VH-1043": "it waits for you in the shop."}
BALANCES = {"5002": (1250.5, "lei")}
ARTICLES = {
    "en": {"return": "You can return anything unused within 30 days.", "open": "From 9 to 17."},
    "ru": {"вернуть": "Вернуть товар можно в течение 30 дней."},
    "ro": {"return": "Puteți returna în 30 de zile."},
}
INTENT_IDS = ("order_status", "balance", "person", "complaint", "opening_hours", "return_goods")
INTENTS = tuple(Intent(intent_id=intent_id, name=intent_id) for intent_id in INTENT_IDS)

Understand = Callable[[str], tuple[tuple[str, float], ...]]


def answer_look_up(look_up_id: str, parameters: dict[str, Value]) -> dict[str, Value]:
    """What the systems of these stories know."""
    match look_up_id:
        case "order_status":
            text = ORDERS.get(str(parameters["order"]))
            return {"found": text is not None, "text": text}
        case "balance":
            balance, currency = BALANCES.get(str(parameters["account"]), (None, None))
            return {"found": balance is not None, "balance": balance, "currency": currency}
        case _:
            question = str(parameters["question"]).lower()
            articles = ARTICLES[str(parameters["language"])]
            answer = next((text for word, text in articles.items() if word in question), "")
            return {"found": bool(answer), "answer": answer}


# -- what a customer does


@dataclass(frozen=True)
class Click:
    """A button."""

    value: str


@dataclass(frozen=True)
class Silence:
    """Nothing, for so long."""

    ms: int = 5 * MINUTE_MS


Doing = str | Click | Silence | None
Turn = tuple[Doing, tuple[str, ...]]


def turn(doing: Doing, *said: str) -> Turn:
    """What the customer does (a str is written; None: comes), and all that is said to it."""
    return doing, said


@dataclass(frozen=True)
class Story:
    name: str
    turns: tuple[Turn, ...]
    end: tuple[str, ...]
    """All that `tell_end` tells."""
    flow: str
    given: dict[str, Any] = field(default_factory=dict)
    """`channel`, `language`, `address`; `later_ms` after Monday, 9 o'clock; `fails`: the look-ups
    that give no answer; `at_work`: agents."""


def told(
    flow: str,
    name: str,
    *turns: Turn,
    end: str | Iterable[str],
    given: dict[str, Any] | None = None,
) -> Story:
    """A story of a flow, by what makes it one."""
    return Story(name, turns, (end,) if isinstance(end, str) else tuple(end), flow, given or {})


# -- telling it


def save_ready_flows(scene: Scene) -> None:
    """All of them; those that run others come after them."""
    settings = scene.state.settings
    filled = [fill_in(ready, settings, "en").flow for ready in ready_flows()]
    flows = [msgspec.convert(flow, Flow) for flow in filled]
    scene.save(*sorted(flows, key=lambda flow: any(isinstance(n, Subflow) for n in flow.nodes)))


class Teller:
    """One customer in one flow. All ready flows are in force, so that they find each other."""

    def __init__(self, story: Story, understand: Understand) -> None:
        self.story = story
        self.scene = Scene(
            queue("sales", hours_id=None),
            HOURS,
            *PEOPLE,
            *LOOK_UPS,
            *INTENTS,
        )
        self.events: list[ev.AnyEvent] = []
        self.contact_id = 0
        self.language = story.given.get("language", "en")
        self._understand = understand
        self._save_flows()
        self.scene.available(*story.given.get("at_work", ()))
        self.scene.wait(story.given.get("later_ms", 0))

    def _save_flows(self) -> None:
        save_ready_flows(self.scene)
        use = self.scene.state.settings.flows[self.story.flow].use
        beside: dict[FlowUse, dict[str, Any]] = {
            FlowUse.WAITING: {"waiting_flow_id": self.story.flow},
            FlowUse.AFTER: {"after_flow_id": self.story.flow},
        }
        self.scene.save(queue("sales", hours_id="usual", **beside.get(use, {})))

    def tell(self) -> tuple[list[Turn], list[str]]:
        """What came of it: the turns as they went, and the ending."""
        turns: list[Turn] = []
        for number, (doing, _) in enumerate(self.story.turns):
            before = len(self.events)
            self._do(doing, number)
            turns.append((doing, tuple(self.said_since(before))))
        return turns, list(tell_end(self.events, self.contact_id))

    def said_since(self, number: int) -> list[str]:
        return [
            event.text
            for event in self.events[number:]
            if isinstance(event, ev.MessagePosted)
            and event.contact_id == self.contact_id
            and event.author is Author.BOT
        ]

    def _do(self, doing: Doing, number: int) -> None:
        match doing:
            case None:
                self._come()
            case Silence(ms=ms):
                self._see(self.scene.wait(ms))
            case Click(value=value):
                self._post(number, "…", value)
            case str():
                self._post(number, doing, None)

    def _come(self) -> None:
        given = self.story.given
        flow = self.scene.state.settings.flows[self.story.flow]
        entry = flow.use is FlowUse.ENTRY
        self.contact_id = self.scene.state.next_contact_id
        opening = cmd.OpenContact(
            given.get("channel", "webchat"),
            "",
            "" if entry else "sales",
            customer=CustomerCard("c1", "Ion", given.get("address", "")),
            flow_id=flow.flow_id if entry else None,
            language=self.language,
        )
        self._see(self.scene.does(opening))
        if flow.use is FlowUse.AFTER:
            self._see(self.scene.accept(self.contact_id))
            self._see(self.scene.end(self.contact_id))

    def _post(self, number: int, text: str, choice: str | None) -> None:
        self._see(
            self.scene.does(
                cmd.PostMessage(self.contact_id, Author.CUSTOMER, f"m{number}", text, choice=choice)
            )
        )

    def _see(self, events: list[ev.AnyEvent]) -> None:
        self.events += events
        for event in events:
            match event:
                case ev.LookUpAsked():
                    fails = event.look_up_id in self.story.given.get("fails", ())
                    result = None if fails else answer_look_up(event.look_up_id, event.parameters)
                    answer = cmd.AnswerLookUp(event.run_id, event.request_id, result)
                    self._see(self.scene.does(answer))
                case ev.ClassificationAsked(text=text):
                    answer = cmd.AnswerClassification(
                        event.run_id,
                        event.request_id,
                        self._understand(text),
                        find_entities(text, datetime.fromtimestamp(0, UTC).date()),
                        tell_language(text, fallback=event.language),
                    )
                    self._see(self.scene.does(answer))
                case _:
                    pass


def tell_end(events: Iterable[ev.AnyEvent], contact_id: int) -> Iterator[str]:
    """What became of the contact and because of it, a sentence each, in order."""
    texts: dict[int, str] = {}
    described = ""
    for event in events:
        match event:
            case ev.ContactDescribed():
                described = _tell_description(event)
            case ev.MessagePosted(author=Author.CUSTOMER):
                texts[event.contact_id] = event.text
            case ev.MessageTaken():
                whom = event.agent_id or event.queue_id
                yield f"message for {whom}: {texts[event.message_contact_id]}"
            case ev.ContactQueued() if event.contact_id == contact_id:
                first = f", {event.for_agent_id} first" if event.for_agent_id else ""
                yield f"waits for {event.queue_id}{first}{described}"
            case _:
                yield from _tell_outcome(event, contact_id)


def _tell_description(event: ev.ContactDescribed) -> str:
    topic = f" as «{event.topic}»" if event.topic else ""
    shown = "; ".join(f"{label}: {value}" for label, value in event.attributes.items())
    return topic + (f" ({shown})" if shown else "")


def _tell_outcome(event: ev.AnyEvent, contact_id: int) -> Iterator[str]:
    match event:
        case ev.CallbackPromised():
            due = "at its turn" if event.due_ms is None else _tell_time(event.due_ms)
            yield f"callback to {event.address} {due}"
        case ev.TransferredOutside():
            yield f"passed on to {event.address}"
        case ev.SurveyAnswered():
            yield f"{event.question_kind.value}: {event.text or event.score}"
        case ev.FlowEnded(result=result) if event.contact_id == contact_id:
            if result not in (ev.FlowResult.QUEUED, ev.FlowResult.MOVED):
                yield f"{result.value}: {event.outcome}".rstrip(": ")
        case ev.FlowFailed(detail=detail):
            yield f"failed: {detail}"
        case _:
            return


def _tell_time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("on %A at %H:%M")
