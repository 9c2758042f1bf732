"""Walks a run from node to node until it waits for something or is over.

Every kind of node has one function, which either passes to the next node, or
makes the run pending, or ends it. A step that can't be taken raises FlowFaulted,
which ends the run where the flow's fallback says: a contact is never lost to a
faulty flow.
"""

from collections.abc import Callable
from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel.announcing import announce_wait
from frontdesk.kernel.contact_deadlines import channel_rule
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse, Text, Value
from frontdesk.kernel.flows.endings import describe_contact, finish_run, leave, move_to_queue
from frontdesk.kernel.flows.expressions import compile_expression, evaluate, evaluate_condition
from frontdesk.kernel.flows.faults import FlowFault, FlowFaulted
from frontdesk.kernel.flows.first_values import first_values
from frontdesk.kernel.flows.names import find_value
from frontdesk.kernel.flows.promises import promise_callback
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind
from frontdesk.kernel.flows.questions import prompt_for_question
from frontdesk.kernel.flows.runs import Run
from frontdesk.kernel.flows.texts import fill, word
from frontdesk.kernel.hours import is_holiday, is_open
from frontdesk.kernel.queueing import close_contact, enqueue, post_bot_message
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn

STEPS_MAX = 10_000
"""Steps of one run."""

STEPS_AT_ONCE_MAX = 200
"""Steps of one run in one decision, without waiting for anything."""

DEPTH_MAX = 8
"""Flows within flows."""

CLASSIFY_MS_MAX = 5_000
"""How long a classification is waited for."""

RUNS_AT_ONCE_MAX = 1_000
"""Runs gone on with in one decision."""


def go_on(turn: Turn) -> None:
    """Walks every run that can go on."""
    for _ in range(RUNS_AT_ONCE_MAX):
        if not turn.ready:
            return
        run = turn.state.runs.get(turn.ready.pop(0))
        if run is not None and run.pending is None:
            _walk(turn, run)
    assert not turn.ready, "flows and queues send contacts in a circle"


def _walk(turn: Turn, run: Run) -> None:
    try:
        _take_steps(turn, run)
    except FlowFaulted as fault:
        fail_run(turn, run, fault)


def _take_steps(turn: Turn, run: Run) -> None:
    for _ in range(STEPS_AT_ONCE_MAX):
        if run.steps >= STEPS_MAX:
            raise FlowFaulted(FlowFault.STEPS, f"The run has taken {STEPS_MAX} steps.")
        frame = run.frames[-1]
        node = turn.state.get_node(frame.flow_id, frame.version, frame.node_id)
        if not _HANDLERS[type(node)](turn, run, node):
            return
    detail = f"{STEPS_AT_ONCE_MAX} steps were taken without waiting for anything."
    raise FlowFaulted(FlowFault.STEPS, detail)


def fail_run(turn: Turn, run: Run, fault: FlowFaulted) -> None:
    """Ends the run where the fallback says."""
    frame = run.frame
    first = run.frames[0]
    flow = turn.state.get_flow(first.flow_id, first.version)
    contact = turn.state.contacts[run.contact_id]
    turn.emit(
        ev.FlowFailed(
            run.run_id,
            run.contact_id,
            frame.flow_id,
            frame.node_id,
            fault.fault,
            fault.detail,
        )
    )
    turn.end_run(contact, ev.FlowResult.FAILED)
    if run.callback_id is not None:
        close_contact(turn, contact, ev.ClosedBy.CALLBACK, served=False)
    elif run.use is FlowUse.AFTER:
        close_contact(turn, contact, ev.ClosedBy.AGENT, served=False)
    elif run.use is FlowUse.ENTRY:
        _fall_back(turn, contact, flow, run.language)


def _fall_back(turn: Turn, contact: Contact, flow: doc.Flow, language: str) -> None:
    text = word(flow.fallback_text, language, flow.languages[0])
    if text:
        post_bot_message(turn, contact, text)
    queues = turn.state.settings.queues
    queue_id = flow.fallback_queue_id
    if queue_id not in queues:
        queue_id = next(iter(queues), None)
    if queue_id is None:
        close_contact(turn, contact, ev.ClosedBy.SYSTEM, served=False)
    else:
        enqueue(turn, contact, queue_id, ev.QueuedCause.FLOW)


# -- what every node needs


def pass_on(
    turn: Turn,
    run: Run,
    exit_: str,
    to_node_id: str | None,
    values: dict[str, Value] | None = None,
) -> bool:
    """The run goes to the next node. Raises FlowFaulted when the exit leads nowhere."""
    frame = run.frames[-1]
    if to_node_id is None:
        detail = f"Nothing follows «{exit_}» of {frame.node_id}."
        raise FlowFaulted(FlowFault.NO_EXIT, detail)
    turn.emit(
        ev.NodePassed(
            run.run_id,
            run.contact_id,
            frame.flow_id,
            frame.node_id,
            exit_,
            to_node_id,
            values or {},
        )
    )
    return True


def compute(turn: Turn, run: Run, text: str) -> Value:
    """An expression's value. Raises FlowFaulted."""
    expression = compile_expression(text)
    return evaluate(expression, _names(turn, run, expression.reads))


def _names(turn: Turn, run: Run, reads: frozenset[str]) -> dict[str, Value]:
    return {name: find_value(turn.state, run, name, turn.now_ms) for name in reads}


SAYS_WAIT = "{queue.wait"
"""What is in a text that tells the expected wait: `{queue.wait}`, `{queue.wait_high_minutes}`."""


def put(turn: Turn, run: Run, text: Text) -> str:
    """A text in the run's language, its variables put in. Raises FlowFaulted.

    The first wait that is told goes on record, to be held against what comes.
    """
    first = run.frames[0]
    flow = turn.state.get_flow(first.flow_id, first.version)
    wording = word(text, run.language, flow.languages[0])
    if SAYS_WAIT in wording:
        announce_wait(turn, turn.state.contacts[run.contact_id])
    return fill(wording, run.language, lambda name: find_value(turn.state, run, name, turn.now_ms))


def say(turn: Turn, run: Run, text: Text, prompt: Prompt | None = None) -> None:
    said = put(turn, run, text)
    if said or prompt is not None:
        post_bot_message(turn, turn.state.contacts[run.contact_id], said, prompt)


def wait_for_answer(turn: Turn, run: Run, time_ms: int) -> bool:
    until_ms = turn.now_ms + time_ms
    turn.emit(ev.AnswerAsked(run.run_id, run.contact_id, run.frame.node_id, until_ms))
    return False


# -- the kinds of nodes


def _say(turn: Turn, run: Run, node: doc.Say) -> bool:
    say(turn, run, node.text)
    return pass_on(turn, run, "next", node.next)


def _pause(turn: Turn, run: Run, node: doc.Pause) -> bool:
    until_ms = turn.now_ms + node.duration_ms
    turn.emit(ev.PauseBegun(run.run_id, run.contact_id, node.node_id, until_ms))
    return False


def _ask(turn: Turn, run: Run, node: doc.Ask) -> bool:
    say(turn, run, node.text, prompt_for(run, node.answer))
    return wait_for_answer(turn, run, node.time_ms)


def prompt_for(run: Run, answer: doc.AnyAnswer) -> Prompt:
    """What is asked for, in the run's language."""
    match answer:
        case doc.ChoiceAnswer(choices=choices):
            shown = tuple(
                PromptChoice(c.value, word(c.label, run.language), c.key or str(number))
                for number, c in enumerate(choices, 1)
            )
            return Prompt(PromptKind.CHOICE, shown)
        case doc.DigitsAnswer(digits_max=most, digits_min=least):
            return Prompt(PromptKind.DIGITS, digits_max=most, digits_min=least)
        case _:
            return Prompt(PromptKind(type(answer).__struct_config__.tag))


def _decide(turn: Turn, run: Run, node: doc.Decide) -> bool:
    for number, branch in enumerate(node.branches):
        expression = compile_expression(branch.when)
        if evaluate_condition(expression, _names(turn, run, expression.reads)):
            return pass_on(turn, run, f"branch:{number}", branch.next)
    return pass_on(turn, run, "otherwise", node.otherwise)


def _look_up(turn: Turn, run: Run, node: doc.AskOutside) -> bool:
    look_up = turn.state.settings.look_ups.get(node.look_up_id)
    if look_up is None:
        raise FlowFaulted(FlowFault.GONE, f"There is no look-up {node.look_up_id} any more.")
    parameters = {name: compute(turn, run, text) for name, text in node.parameters.items()}
    turn.emit(
        ev.LookUpAsked(
            run.run_id,
            run.contact_id,
            node.node_id,
            run.request_id + 1,
            node.look_up_id,
            parameters,
            turn.now_ms + look_up.time_ms_max,
        )
    )
    return False


def _classify(turn: Turn, run: Run, node: doc.Classify) -> bool:
    text = compute(turn, run, node.text)
    turn.emit(
        ev.ClassificationAsked(
            run.run_id,
            run.contact_id,
            node.node_id,
            run.request_id + 1,
            text if isinstance(text, str) else "",
            run.language,
            turn.now_ms + CLASSIFY_MS_MAX,
        )
    )
    return False


def _check_hours(turn: Turn, run: Run, node: doc.CheckHours) -> bool:
    hours = turn.state.settings.hours.get(node.hours_id)
    if hours is None:
        raise FlowFaulted(FlowFault.GONE, f"There are no hours {node.hours_id} any more.")
    if is_open(hours, turn.now_ms):
        return pass_on(turn, run, "open", node.open)
    if node.holiday is not None and is_holiday(hours, turn.now_ms):
        return pass_on(turn, run, "holiday", node.holiday)
    return pass_on(turn, run, "closed", node.closed)


def _set(turn: Turn, run: Run, node: doc.SetVariables) -> bool:
    values: dict[str, Value] = {}
    for name, text in node.values.items():
        expression = compile_expression(text)
        names = _names(turn, run, expression.reads - values.keys())
        known = {name: values[name] for name in expression.reads & values.keys()}
        values[name] = evaluate(expression, names | known)
    return pass_on(turn, run, "next", node.next, values)


def _queue(turn: Turn, run: Run, node: doc.EnterQueue) -> bool:
    if node.queue_id not in turn.state.settings.queues:
        raise FlowFaulted(FlowFault.GONE, f"There is no queue {node.queue_id} any more.")
    agent_id = node.agent_id
    if agent_id is not None and not _takes_contacts(turn.state, agent_id, node.queue_id):
        if node.away is not None:
            return pass_on(turn, run, "away", node.away)
        agent_id = None
    topic = put(turn, run, node.topic)
    describe_contact(turn, run, topic, node.priority, node.show)
    move_to_queue(turn, run, node.queue_id, agent_id)
    return False


def _takes_contacts(state: State, agent_id: str, queue_id: str) -> bool:
    slot = state.lanes.slots.get(agent_id)
    return slot is not None and slot.free and queue_id in slot.profile.queue_ids


def _call_back(turn: Turn, run: Run, node: doc.CallBack) -> bool:
    address = compute(turn, run, node.address)
    at = compute(turn, run, node.at) if node.at else None
    exit_ = promise_callback(turn, run, node, str(address or "").strip(), str(at or "").strip())
    ways = {"next": node.next, "duplicate": node.duplicate or node.next, "refused": node.refused}
    return pass_on(turn, run, exit_, ways[exit_])


def _take_message(turn: Turn, run: Run, node: doc.TakeMessage) -> bool:
    say(turn, run, node.text, Prompt(PromptKind.TEXT))
    return wait_for_answer(turn, run, node.time_ms)


def _transfer_outside(turn: Turn, run: Run, node: doc.TransferOutside) -> bool:
    contact = turn.state.contacts[run.contact_id]
    address = str(compute(turn, run, node.address))
    say(turn, run, node.text)
    if not channel_rule(turn.state, contact.channel).transfers_outside:
        return pass_on(turn, run, "next", node.next)
    turn.emit(ev.TransferredOutside(contact.contact_id, run.run_id, address))
    leave(turn, run, ev.FlowResult.TRANSFERRED, ev.ClosedBy.FLOW)
    return False


def _survey(turn: Turn, run: Run, node: doc.Survey) -> bool:
    if run.question_index >= len(node.questions):
        return pass_on(turn, run, "next", node.next)
    question = node.questions[run.question_index]
    say(turn, run, question.text, prompt_for_question(question.kind, run.language))
    return wait_for_answer(turn, run, node.time_ms)


def _subflow(turn: Turn, run: Run, node: doc.Subflow) -> bool:
    flow = turn.state.settings.flows.get(node.flow_id)
    if flow is None:
        raise FlowFaulted(FlowFault.GONE, f"There is no flow {node.flow_id} any more.")
    if len(run.frames) >= DEPTH_MAX:
        raise FlowFaulted(FlowFault.DEPTH, f"Flows are nested more than {DEPTH_MAX} deep.")
    given = {name: compute(turn, run, text) for name, text in node.parameters.items()}
    variables = first_values(flow) | given
    turn.emit(ev.SubflowEntered(run.run_id, run.contact_id, flow.flow_id, flow.version, variables))
    return True


def _language(turn: Turn, run: Run, node: doc.ChangeLanguage) -> bool:
    change_language(turn, run, compute(turn, run, node.language))
    return pass_on(turn, run, "next", node.next)


def change_language(turn: Turn, run: Run, language: Value) -> None:
    """Goes on in the language, if it is one that the flow speaks."""
    first = run.frames[0]
    spoken = turn.state.get_flow(first.flow_id, first.version).languages
    if isinstance(language, str) and language in spoken and language != run.language:
        turn.emit(ev.LanguageChanged(run.run_id, run.contact_id, language))


def _end(turn: Turn, run: Run, node: doc.End) -> bool:
    say(turn, run, node.text)
    if len(run.frames) == 1:
        finish_run(turn, run, node.outcome)
        return False
    inner = run.frame
    turn.emit(ev.SubflowLeft(run.run_id, run.contact_id, inner.flow_id, node.node_id, node.outcome))
    outer = run.frame
    caller = turn.state.get_node(outer.flow_id, outer.version, outer.node_id)
    assert isinstance(caller, doc.Subflow), "a subflow returns to the node that ran it"
    kept = {mine: inner.variables.get(theirs) for mine, theirs in caller.results.items()}
    return pass_on(turn, run, "next", caller.next, kept)


_HANDLERS: dict[type[doc.Node], Callable[[Turn, Run, Any], bool]] = {
    doc.Say: _say,
    doc.Pause: _pause,
    doc.Ask: _ask,
    doc.Decide: _decide,
    doc.AskOutside: _look_up,
    doc.Classify: _classify,
    doc.CheckHours: _check_hours,
    doc.SetVariables: _set,
    doc.EnterQueue: _queue,
    doc.CallBack: _call_back,
    doc.TakeMessage: _take_message,
    doc.TransferOutside: _transfer_outside,
    doc.Survey: _survey,
    doc.Subflow: _subflow,
    doc.ChangeLanguage: _language,
    doc.End: _end,
}
"""One function a kind; it returns whether the run goes on at once."""
