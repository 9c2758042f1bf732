"""What must hold of one kind of node alone, whatever the flow around it."""

from collections.abc import Callable, Iterator

from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.texts import wordings

CHOICES_MAX = 50
BRANCHES_MAX = 50
QUESTIONS_MAX = 20
TIME_MS_MAX = 7 * 24 * 3_600_000


def _check_ask(settings: Settings, flow: Flow, node: doc.Ask) -> Iterator[str]:
    if not any(wordings(node.text)):
        yield "A question needs a text."
    if not 0 <= node.retries <= 10:
        yield "A question is asked again 0 to 10 times."
    yield from _check_time(node.time_ms)
    match node.answer:
        case doc.ChoiceAnswer(choices=choices):
            yield from _check_choices(choices)
        case doc.DigitsAnswer(digits_min=least, digits_max=most):
            if not 1 <= least <= most <= 100:
                yield "An answer has 1 to 100 digits, the least not above the most."
        case doc.TextAnswer(chars_max=most) | doc.SpeechAnswer(chars_max=most):
            if not 1 <= most <= 10_000:
                yield "A text has 1 to 10,000 characters."
        case _:
            return


def _check_choices(choices: tuple[doc.Choice, ...]) -> Iterator[str]:
    if not 1 <= len(choices) <= CHOICES_MAX:
        yield f"A menu has 1 to {CHOICES_MAX} choices."
    values = [choice.value for choice in choices]
    keys = [choice.key or str(number) for number, choice in enumerate(choices, 1)]
    if len(set(values)) != len(values):
        yield "Two choices have the same value."
    if len(set(keys)) != len(keys):
        yield "Two choices have the same key."
    if not all(values) or not all(any(wordings(choice.label)) for choice in choices):
        yield "A choice has a value and a label."


def _check_pause(settings: Settings, flow: Flow, node: doc.Pause) -> Iterator[str]:
    yield from _check_time(node.duration_ms)


def _check_time(time_ms: int) -> Iterator[str]:
    if not 1_000 <= time_ms <= TIME_MS_MAX:
        yield "A time is between a second and 7 days."


def _check_decide(settings: Settings, flow: Flow, node: doc.Decide) -> Iterator[str]:
    if not 1 <= len(node.branches) <= BRANCHES_MAX:
        yield f"A decision has 1 to {BRANCHES_MAX} branches."


def _check_classify(settings: Settings, flow: Flow, node: doc.Classify) -> Iterator[str]:
    if not 0 <= node.confidence_min <= 1:
        yield "A confidence lies between 0 and 1."


def _check_look_up(settings: Settings, flow: Flow, node: doc.AskOutside) -> Iterator[str]:
    look_up = settings.look_ups.get(node.look_up_id)
    if look_up is not None:
        missing = set(look_up.parameters) - node.parameters.keys()
        unknown = node.parameters.keys() - set(look_up.parameters)
        yield from (f"The look-up needs the parameter {name}." for name in sorted(missing))
        yield from (f"The look-up has no parameter {name}." for name in sorted(unknown))


def _check_queue(settings: Settings, flow: Flow, node: doc.EnterQueue) -> Iterator[str]:
    if node.away is not None and node.agent_id is None:
        yield "Say which agent may be away."
    yield from _check_agent(settings, node)


def _check_message(settings: Settings, flow: Flow, node: doc.TakeMessage) -> Iterator[str]:
    yield from _check_agent(settings, node)


def _check_agent(settings: Settings, node: doc.EnterQueue | doc.TakeMessage) -> Iterator[str]:
    profile = settings.agents.get(node.agent_id or "")
    if profile is not None and node.queue_id not in profile.queue_ids:
        yield f"{profile.name} doesn't serve the queue {node.queue_id!r}."


def _check_call_back(settings: Settings, flow: Flow, node: doc.CallBack) -> Iterator[str]:
    if not 1 <= node.attempts_max <= 20:
        yield "A callback is tried 1 to 20 times."
    if node.queue_id is None and flow.use is FlowUse.ENTRY:
        yield "Before a contact is in a queue, say for which queue it is called back."
    yield from _check_time(node.retry_ms)
    yield from _check_time(node.expires_ms)


def _check_survey(settings: Settings, flow: Flow, node: doc.Survey) -> Iterator[str]:
    ids = [question.question_id for question in node.questions]
    if not 1 <= len(ids) <= QUESTIONS_MAX or len(set(ids)) != len(ids):
        yield f"A survey has 1 to {QUESTIONS_MAX} questions with ids of their own."
    yield from _check_time(node.time_ms)


def _check_subflow(settings: Settings, flow: Flow, node: doc.Subflow) -> Iterator[str]:
    inner = settings.flows.get(node.flow_id)
    if inner is not None and inner.use not in (FlowUse.PART, FlowUse.ENTRY):
        yield "Flows beside a wait or after an agent can't be run inside others."


NODE_CHECKS: dict[type[doc.Node], Callable[..., Iterator[str]]] = {
    doc.Ask: _check_ask,
    doc.Pause: _check_pause,
    doc.Decide: _check_decide,
    doc.Classify: _check_classify,
    doc.AskOutside: _check_look_up,
    doc.EnterQueue: _check_queue,
    doc.CallBack: _check_call_back,
    doc.TakeMessage: _check_message,
    doc.Survey: _check_survey,
    doc.Subflow: _check_subflow,
}
