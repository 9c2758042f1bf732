"""What flows ask outside is asked, answered once, in time or not at all; nobody is stuck for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from frontdesk.answers.flow_questions import AnswerClassifications, AnswerLookUps
from frontdesk.answers.understanding.lessons import Lessons
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.resources import Intent, LookUp
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Queue
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.effects import EffectFailure, EffectHandler, EffectRunner
from frontdesk.runtime.look_ups import NotReachable
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.runtime.understanding import NotTrained, Understood
from tests.kernel.flows.stage import INTENTS, LOOK_UP, end, flow, to_sales

TURNS_MAX = 10_000

ORDERS = flow(
    doc.AskOutside(
        node_id="ask",
        look_up_id="orders",
        parameters={"number": "'7'"},
        save_as="order",
        next="told",
        failed="sales",
    ),
    end("told", text="It is {order.status}."),
    to_sales(),
)
TOPICS = flow(
    doc.Classify(
        node_id="listen",
        text="'My balance, please'",
        routes=(doc.IntentRoute(intent_id="balance", next="told"),),
        unsure="sales",
    ),
    end("told", text="You have 5."),
    to_sales(),
    flow_id="topics",
)


class Effects:
    """Handlers' progress and failures, in memory."""

    def __init__(self) -> None:
        self.cursors: dict[str, int] = {}
        self.failures: list[EffectFailure] = []

    async def find_cursor(self, handler: str) -> int | None:
        return self.cursors.get(handler)

    async def save_cursor(self, handler: str, seq: int) -> None:
        self.cursors[handler] = seq

    async def record_failure(self, failure: EffectFailure) -> None:
        self.failures.append(failure)

    async def list_failures(self, failures_max: int) -> list[EffectFailure]:
        return self.failures[:failures_max]


class Outside:
    """An outside system and a classifier, which can be made slow or broken."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, int]] = []
        self.held: asyncio.Event | None = None
        self.fault: Exception | None = None

    async def _answer(self) -> None:
        if self.held is not None:
            await self.held.wait()
        if self.fault is not None:
            raise self.fault

    async def ask(
        self, look_up: LookUp, parameters: Mapping[str, doc.Value], time_ms: int
    ) -> dict[str, doc.Value]:
        self.asked.append((dict(parameters), time_ms))
        await self._answer()
        return {"status": "sent"}

    async def understand(self, text: str, language: str) -> Understood:
        self.asked.append((text, 0))
        await self._answer()
        return Understood((("balance", 0.9),), {}, "en")


class Bench:
    """A centre in memory with those who answer its flows."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.store: MemoryStore[ev.AnyEvent] = MemoryStore()
        self.effects = Effects()
        self.outside = Outside()
        self.runtime = self._build()

    def _build(self) -> CentreRuntime:
        runtime = CentreRuntime(MemoryJournal(self.store), clock=self.clock)
        handlers: list[EffectHandler] = [
            AnswerLookUps(runtime, self.outside),
            AnswerClassifications(runtime, self.outside),
        ]
        for handler in handlers:
            limits = RuntimeSettings(effect_attempts_max=3)
            runner = EffectRunner(handler, self.effects, self.clock, limits, from_start=False)
            runtime.add_follower(runner)
        return runtime

    async def restart(self) -> None:
        await self.runtime.stop()
        self.runtime = self._build()
        await self.runtime.start()

    async def furnish(self) -> None:
        for entity in (Queue(queue_id="sales", name="Sales"), LOOK_UP, *INTENTS, ORDERS, TOPICS):
            await self.obey(cmd.SaveSetting(entity))

    async def obey(self, command: cmd.AnyCommand) -> list[ev.AnyEvent]:
        answer = await self.runtime.submit(command, "test")
        assert not isinstance(answer, Refusal), answer
        return answer.events

    async def arrives(self, flow_id: str = "hotline") -> int:
        ref = f"chat-{self.runtime.position.seq}"
        opened = await self.obey(cmd.OpenContact("webchat", ref, flow_id=flow_id))
        return next(e.contact_id for e in opened if isinstance(e, ev.ContactOpened))

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(TURNS_MAX):
            if condition():
                return
            await asyncio.sleep(0)
        raise AssertionError("the condition never held")

    async def settle(self) -> None:
        """Until everybody has dealt with all that has happened."""
        await self.until(lambda: not any(self.runtime.status().followers.values()))

    async def passed(self) -> list[str]:
        """The nodes and exits of all runs, in order."""
        reader = MemoryJournal(self.store).read(0, self.runtime.position.seq)
        events = [envelope.event async for chunk in reader for envelope in chunk]
        return [f"{e.node_id}/{e.exit}" for e in events if isinstance(e, ev.NodePassed)]

    @property
    def runs(self) -> int:
        return len(self.runtime.centre.state.runs)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    await made.runtime.start()
    await made.furnish()
    yield made
    await made.runtime.stop()


@pytest.mark.parametrize(("flow_id", "path"), [("hotline", "ask/next"), ("topics", "listen/")])
async def test_the_answer_lets_the_flow_go_on(bench: Bench, flow_id: str, path: str) -> None:
    await bench.arrives(flow_id)
    await bench.settle()
    assert bench.runs == 0
    assert (await bench.passed())[0].startswith(path)
    assert len(bench.outside.asked) == 1


async def test_an_outside_system_is_given_as_long_as_the_flow_waits(bench: Bench) -> None:
    await bench.arrives()
    await bench.settle()
    assert bench.outside.asked == [({"number": "7"}, LOOK_UP.time_ms_max)]


@pytest.mark.parametrize(
    ("flow_id", "fault", "path"),
    [
        ("hotline", NotReachable("it is away"), "ask/failed"),
        ("topics", NotTrained("no model"), "listen/unsure"),
    ],
)
async def test_a_failure_is_an_answer_too(
    bench: Bench, flow_id: str, fault: Exception, path: str
) -> None:
    bench.outside.fault = fault
    await bench.arrives(flow_id)
    await bench.settle()
    assert await bench.passed() == [path]
    assert bench.effects.failures == []


async def test_a_slow_system_holds_up_only_who_asked_it(bench: Bench) -> None:
    held = bench.outside.held = asyncio.Event()
    await bench.arrives()
    await bench.until(lambda: len(bench.outside.asked) == 1)
    bench.outside.held = None
    await bench.arrives()
    await bench.until(lambda: bench.runs == 1)
    held.set()
    await bench.settle()
    assert bench.runs == 0


async def test_an_answer_that_comes_too_late_is_no_failure(bench: Bench) -> None:
    held = bench.outside.held = asyncio.Event()
    await bench.arrives()
    await bench.until(lambda: len(bench.outside.asked) == 1)
    bench.clock.advance(LOOK_UP.time_ms_max)
    await bench.until(lambda: bench.runs == 0)
    held.set()
    await bench.settle()
    assert await bench.passed() == ["ask/failed"]
    assert bench.effects.failures == []


async def test_a_customer_who_leaves_meanwhile_is_no_failure(bench: Bench) -> None:
    held = bench.outside.held = asyncio.Event()
    contact_id = await bench.arrives()
    await bench.until(lambda: len(bench.outside.asked) == 1)
    await bench.obey(cmd.EndContact(contact_id, cmd.Author.CUSTOMER))
    held.set()
    await bench.settle()
    assert bench.effects.failures == []


async def test_a_broken_adapter_is_tried_again_while_somebody_waits(bench: Bench) -> None:
    bench.outside.fault = RuntimeError("a bug")
    await bench.arrives()
    await bench.until(lambda: len(bench.outside.asked) == 1)
    bench.outside.fault = None
    bench.clock.advance(RuntimeSettings().effect_retry_first_ms)
    await bench.settle()
    assert await bench.passed() == ["ask/next"]


async def test_a_restart_in_the_middle_of_a_look_up_asks_again(bench: Bench) -> None:
    bench.outside.held = asyncio.Event()
    await bench.arrives()
    await bench.until(lambda: len(bench.outside.asked) == 1)
    bench.outside.held = None
    await bench.restart()
    await bench.settle()
    assert await bench.passed() == ["ask/next"]
    assert len(bench.outside.asked) == 2


async def test_after_a_long_absence_nothing_is_asked_and_nobody_is_stuck(bench: Bench) -> None:
    bench.outside.held = asyncio.Event()
    contact_id = await bench.arrives()
    await bench.until(lambda: len(bench.outside.asked) == 1)
    await bench.runtime.stop()
    bench.clock.advance(LOOK_UP.time_ms_max + 1)
    await bench.restart()
    await bench.until(lambda: bench.runs == 0)
    await bench.settle()
    assert await bench.passed() == ["ask/failed"]
    assert len(bench.outside.asked) == 1
    contact = bench.runtime.live.find_contact(contact_id)
    assert contact is not None
    assert contact.queue_id == "sales"


async def test_who_answers_for_the_first_time_leaves_the_past_alone(bench: Bench) -> None:
    await bench.arrives()
    await bench.settle()
    bench.effects.cursors.clear()
    await bench.restart()
    await bench.settle()
    assert len(bench.outside.asked) == 1


async def test_the_classifier_learns_the_intents_in_force_and_every_change() -> None:
    taught: list[list[str]] = []

    class Pupil:
        def learn(self, intents: Any) -> None:
            taught.append([intent.intent_id for intent in intents])

    def find_intents() -> list[Intent]:
        settings = runtime.live.board.state.settings.values()
        return [entity for entity in settings if isinstance(entity, Intent)]

    store: MemoryStore[ev.AnyEvent] = MemoryStore()
    for _ in range(2):
        runtime = CentreRuntime(MemoryJournal(store), clock=ManualClock())
        lessons = Lessons(Pupil(), find_intents)
        runtime.add_follower(lessons)
        await runtime.start()
        for intent in () if taught else INTENTS:
            await runtime.submit(cmd.SaveSetting(intent), "test")
        for _ in range(TURNS_MAX):
            if lessons.seq == runtime.position.seq and taught:
                break
            await asyncio.sleep(0)
        await runtime.stop()
    assert taught[-1] == [intent.intent_id for intent in INTENTS]
    assert taught.count(taught[-1]) == 2
