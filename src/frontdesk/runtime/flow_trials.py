"""A flow tried out before anybody meets it: the kernel's own steps, in a centre made for it.

What the flow says is shown as the channel would put it (`views/prompts`). The centre has the real
one's settings and nobody at work in it, and its time stands unless the customer who is played lets
it pass. Outside systems are really asked: a balance that is looked up
is the real one. Nothing is kept, so every try begins anew with all that was said so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

import msgspec

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.book import AlarmBook
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows.document import Flow, FlowUse, Value
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Queue
from frontdesk.kernel.state import Snapshot, State
from frontdesk.runtime.flow_replies import reply_to_classification, reply_to_look_up
from frontdesk.runtime.look_ups import LookUps
from frontdesk.runtime.refused import Refused
from frontdesk.runtime.understanding import Understanding
from frontdesk.views.prompts.abilities import find_abilities
from frontdesk.views.prompts.rendering import Rendered, render
from frontdesk.views.prompts.spoken import find_keys, read_pressed

QUESTIONS_MAX: Final = 50
"""Questions to outside systems in one try."""

WAKEUPS_MAX: Final = 100
"""Deadlines that pass in one silence before the flow does something."""

CUSTOMER = CustomerCard(customer_id="trial", name="Ann Lind", address="+37322000000")


class TrialInput(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the customer does next.

    Writes (or says) a text, clicks a choice by its value, presses keys, or lets the time pass in
    silence.
    """

    text: str | None = None
    choice: str | None = None
    keys: str | None = None
    silence: bool = False


class TrialState(Enum):
    """How it stands with the flow after all inputs."""

    WAITING_FOR_ANSWER = "waiting_for_answer"
    PAUSING = "pausing"
    QUEUED = "queued"
    """The contact has gone to a queue."""
    ENDED = "ended"
    FAILED = "failed"
    """Something went wrong; the fallback was taken."""


class TrialMessage(msgspec.Struct, frozen=True):
    """`shown`: how the channel puts what the flow says; null of the customer's own."""

    author: Author
    text: str
    shown: Rendered | None


class FlowTrial(msgspec.Struct, frozen=True):
    """What has happened. `passed`: node, exit and next node of every step of the flow's own.

    `outcome` is the flow's own word for how it ended, the queue, or what went wrong.
    """

    messages: list[TrialMessage]
    node_id: str
    state: TrialState
    outcome: str
    passed: list[tuple[str, str, str]]
    variables: dict[str, Value]


async def try_flow(
    settings: Settings,
    flow: Flow,
    channel: str,
    language: str,
    inputs: Sequence[TrialInput],
    look_ups: LookUps,
    understanding: Understanding | None,
    now_ms: int,
) -> FlowTrial:
    """What a customer meets who says all this. The flow must have passed its check.

    Without `understanding` every text is one that the flow is not sure of. Raises Refused when
    the kernel refuses an input.
    """
    trial = _Trial(settings, flow, channel, look_ups, understanding, now_ms)
    await trial.do(trial.opening(language))
    for number, given in enumerate(inputs):
        if trial.is_over:
            break
        if given.silence:
            await trial.pass_time()
        else:
            await trial.say(given, f"trial-{number}")
    return trial.result()


class _Trial:
    def __init__(
        self,
        settings: Settings,
        flow: Flow,
        channel: str,
        look_ups: LookUps,
        understanding: Understanding | None,
        now_ms: int,
    ) -> None:
        self._channel = channel
        self._settings = _settings_for(settings, flow)
        self._flow = self._settings.flows[flow.flow_id]
        self._centre = Centre(State(_empty(self._settings)))
        self._look_ups = look_ups
        self._understanding = understanding
        self._now_ms = now_ms
        self._questions = 0
        self._messages: list[TrialMessage] = []
        self._prompt: Prompt | None = None
        self._language = ""
        self._passed: list[tuple[str, str, str]] = []
        self._variables: dict[str, Value] = {}
        self._state = TrialState.ENDED
        self._outcome = ""
        self.is_over = False

    def opening(self, language: str) -> cmd.OpenContact:
        waits = self._flow.use is FlowUse.WAITING
        return cmd.OpenContact(
            self._channel,
            "trial",
            queue_id=next(iter(self._settings.queues)) if waits else "",
            customer=CUSTOMER,
            flow_id=None if waits else self._flow.flow_id,
            language=language,
        )

    async def say(self, given: TrialInput, client_id: str) -> None:
        text = given.text or self._pressed(given.keys) or self._label_of(given.choice)
        message = cmd.PostMessage(1, Author.CUSTOMER, client_id, text, choice=given.choice)
        await self.do(message)

    async def pass_time(self) -> None:
        """Until the flow does something of its own: what else falls due is let pass."""
        before = (len(self._messages), len(self._passed), self.is_over)
        for _ in range(WAKEUPS_MAX):
            due_ms = self._centre.next_wakeup_ms()
            if due_ms is None or before != (len(self._messages), len(self._passed), self.is_over):
                return
            self._now_ms = max(self._now_ms, due_ms)
            await self.do(cmd.Advance())

    def _pressed(self, pressed: str | None) -> str | None:
        keys = find_keys(self._prompt) if self._prompt is not None else None
        return pressed if pressed is None or keys is None else read_pressed(keys, pressed)

    def _label_of(self, value: str | None) -> str:
        choices = self._prompt.choices if self._prompt is not None else ()
        return next((choice.label for choice in choices if choice.value == value), value or "…")

    async def do(self, command: cmd.AnyCommand) -> None:
        """The command, and whatever the flow asks of outside systems because of it."""
        open_commands = [command]
        while open_commands:
            decided = self._centre.decide(open_commands.pop(0), self._now_ms)
            if isinstance(decided, Refusal):
                raise Refused(decided)
            for event in decided:
                self._note_talk(event)
                self._note(event)
                answer = await self._answer(event)
                if answer is not None:
                    open_commands.append(answer)

    async def _answer(self, event: ev.AnyEvent) -> cmd.AnyCommand | None:
        match event:
            case ev.LookUpAsked():
                return await self._ask(event)
            case ev.ClassificationAsked():
                return await self._understand(event)
            case _:
                return None

    def _may_ask(self) -> bool:
        self._questions += 1
        return self._questions <= QUESTIONS_MAX

    async def _ask(self, event: ev.LookUpAsked) -> cmd.AnswerLookUp:
        if not self._may_ask():
            return cmd.AnswerLookUp(event.run_id, event.request_id, None, "Asked too often")
        look_up = self._settings.look_ups.get(event.look_up_id)
        time_ms = event.until_ms - self._now_ms
        return await reply_to_look_up(self._look_ups, look_up, event, time_ms)

    async def _understand(self, event: ev.ClassificationAsked) -> cmd.AnswerClassification:
        if self._understanding is None or not self._may_ask():
            error = "Nobody understands it"
            return cmd.AnswerClassification(event.run_id, event.request_id, error=error)
        time_ms = event.until_ms - self._now_ms
        return await reply_to_classification(self._understanding, event, time_ms)

    def _note(self, event: ev.AnyEvent) -> None:
        flow_id = self._flow.flow_id
        match event:
            case ev.FlowStarted(variables=variables) if event.flow_id == flow_id:
                self._variables = dict(variables)
            case ev.NodePassed() if event.flow_id == flow_id:
                self._passed.append((event.node_id, event.exit, event.to_node_id))
                self._variables |= event.values
            case ev.AnswerAsked():
                self._state = TrialState.WAITING_FOR_ANSWER
            case ev.PauseBegun():
                self._state = TrialState.PAUSING
            case ev.FlowFailed(detail=detail):
                self._end(TrialState.FAILED, detail)
            case ev.ContactQueued(queue_id=queue_id) if self._state is TrialState.QUEUED:
                self._outcome = self._settings.queues[queue_id].name
            case ev.FlowEnded(result=result, outcome=outcome):
                self._note_end(result, outcome)
            case _:
                return

    def _note_talk(self, event: ev.AnyEvent) -> None:
        match event:
            case ev.FlowStarted(language=language) | ev.LanguageChanged(language=language):
                self._language = language
            case ev.MessagePosted(author=Author.CUSTOMER, text=text):
                self._messages.append(TrialMessage(Author.CUSTOMER, text, None))
            case ev.MessagePosted(author=author, text=text, prompt=prompt):
                self._prompt = prompt
                shown = render(text, prompt, self._language, find_abilities(self._channel))
                self._messages.append(TrialMessage(author, text, shown))
            case _:
                return

    def _note_end(self, result: ev.FlowResult, outcome: str) -> None:
        if result in (ev.FlowResult.QUEUED, ev.FlowResult.MOVED):
            self._end(TrialState.QUEUED, "")
        elif result is not ev.FlowResult.FAILED:
            self._end(TrialState.ENDED, outcome or result.value)

    def _end(self, state: TrialState, outcome: str) -> None:
        self.is_over = True
        self._state = state
        self._outcome = outcome

    def result(self) -> FlowTrial:
        at = self._passed[-1][2] if self._passed else self._flow.start
        return FlowTrial(
            self._messages, at, self._state, self._outcome, self._passed, self._variables
        )


def _settings_for(settings: Settings, flow: Flow) -> Settings:
    """The settings with the flow in force, where contacts can begin in it.

    There are no agents, and nothing raises an alarm.
    """
    queues = settings.queues
    first = next(iter(queues.values()), None)
    if flow.use is FlowUse.WAITING and first is not None:
        queues = {**queues, first.queue_id: _queue_beside(first, flow)}
    else:
        flow = msgspec.structs.replace(flow, use=FlowUse.ENTRY)
    flows = {**settings.flows, flow.flow_id: flow}
    return msgspec.structs.replace(settings, agents={}, queues=queues, flows=flows, alarm_rules={})


def _queue_beside(queue: Queue, flow: Flow) -> Queue:
    return msgspec.structs.replace(
        queue, waiting_flow_id=flow.flow_id, hours_id=None, shut=False, overflows=()
    )


def _empty(settings: Settings) -> Snapshot:
    return Snapshot(settings, {}, {}, {}, {}, {}, {}, [], 1, 1, 1, {}, {}, 1, AlarmBook())
