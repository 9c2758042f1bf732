"""Decides what a run waits for: answers of customers and outside systems, and time run out."""

from collections.abc import Callable

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.answers import read_answer, read_verdict
from frontdesk.kernel.flows.document import FlowUse, Value
from frontdesk.kernel.flows.expressions import bound_value
from frontdesk.kernel.flows.faults import FlowFault, FlowFaulted
from frontdesk.kernel.flows.first_values import ANSWER
from frontdesk.kernel.flows.names import local_time
from frontdesk.kernel.flows.promises import deliver_message
from frontdesk.kernel.flows.questions import prompt_for_question
from frontdesk.kernel.flows.runs import Pending, Run
from frontdesk.kernel.flows.walk import (
    change_language,
    fail_run,
    pass_on,
    prompt_for,
    say,
    wait_for_answer,
)
from frontdesk.kernel.refusals import Refusal, RefusalReason, not_found
from frontdesk.kernel.turn import Turn

QUESTION_MISSES_MAX = 2
"""Answers to a survey's question that may be misunderstood before the survey ends."""


def take_answer(turn: Turn, contact: Contact, text: str, choice: str | None) -> None:
    """The customer has written, chosen or said something: an answer, if the flow waits for one."""
    run = turn.state.runs.get(contact.run_id or 0)
    if run is None or run.pending is not Pending.ANSWER:
        return
    _go_on_by(turn, run, lambda node: _answer(turn, run, node, text, choice))


def _answer(turn: Turn, run: Run, node: doc.AnyNode, text: str, choice: str | None) -> None:
    match node:
        case doc.Ask():
            _answer_ask(turn, run, node, text, choice)
        case doc.Survey():
            _answer_survey(turn, run, node, text, choice)
        case doc.TakeMessage():
            _answer_message(turn, run, node, text)
        case _:
            raise AssertionError("only asking nodes wait for answers")


def _go_on_by(turn: Turn, run: Run, take: Callable[[doc.AnyNode], object]) -> None:
    """Takes the step that the node waited for; a fault in it leads to the fallback."""
    frame = run.frame
    node = turn.state.get_node(frame.flow_id, frame.version, frame.node_id)
    try:
        take(node)
    except FlowFaulted as fault:
        fail_run(turn, run, fault)
    if run.run_id in turn.state.runs and run.pending is None:
        turn.ready.append(run.run_id)


def _answer_ask(turn: Turn, run: Run, node: doc.Ask, text: str, choice: str | None) -> None:
    today = local_time(turn.state, turn.now_ms).date()
    understood = read_answer(node.answer, text, choice, today)
    if understood is None:
        _miss(turn, run, node, text)
        return
    values: dict[str, Value] = {ANSWER: text, node.save_as: understood.value}
    chosen = understood.choice
    if chosen is not None:
        pass_on(turn, run, f"choice:{chosen.value}", chosen.next or node.next, values)
    else:
        pass_on(turn, run, "next", node.next, values)


def _miss(turn: Turn, run: Run, node: doc.Ask, text: str) -> None:
    """Asks again, so many times. Who waits in a queue may write what they like."""
    if run.use is FlowUse.WAITING and isinstance(node.answer, doc.ChoiceAnswer):
        return
    turn.emit(ev.AnswerMissed(run.run_id, run.contact_id, node.node_id, run.misses + 1))
    if run.misses > node.retries:
        pass_on(turn, run, "no_match", node.no_match, {ANSWER: text})
        return
    say(turn, run, node.again or node.text, prompt_for(run, node.answer))
    wait_for_answer(turn, run, node.time_ms)


def _answer_survey(turn: Turn, run: Run, node: doc.Survey, text: str, choice: str | None) -> None:
    question = node.questions[run.question_index]
    verdict = read_verdict(question.kind, text, choice)
    if verdict is None:
        _miss_question(turn, run, node, question)
        return
    contact = turn.state.contacts[run.contact_id]
    score, words = verdict
    turn.emit(
        ev.SurveyAnswered(
            run.run_id,
            run.contact_id,
            run.frame.flow_id,
            node.node_id,
            question.question_id,
            question.kind,
            score,
            words,
            contact.queue_id,
            run.agent_id,
        )
    )


def _miss_question(turn: Turn, run: Run, node: doc.Survey, question: doc.Question) -> None:
    turn.emit(ev.AnswerMissed(run.run_id, run.contact_id, node.node_id, run.misses + 1))
    if run.misses > QUESTION_MISSES_MAX:
        pass_on(turn, run, "next", node.next)
        return
    say(turn, run, question.text, prompt_for_question(question.kind, run.language))
    wait_for_answer(turn, run, node.time_ms)


def _answer_message(turn: Turn, run: Run, node: doc.TakeMessage, text: str) -> None:
    deliver_message(turn, run, node, text)
    pass_on(turn, run, "next", node.next, {ANSWER: text})


# -- answers from outside


def decide_answer_look_up(turn: Turn, command: cmd.AnswerLookUp) -> Refusal | None:
    run = turn.state.runs.get(command.run_id)
    if run is None:
        return not_found("run", command.run_id)
    if run.pending is not Pending.LOOK_UP or run.request_id != command.request_id:
        return _too_late(command.run_id)
    _go_on_by(turn, run, lambda node: _take_result(turn, run, node, command.result))
    return None


def _take_result(turn: Turn, run: Run, node: doc.AnyNode, result: dict[str, Value] | None) -> None:
    assert isinstance(node, doc.AskOutside), "only look-ups wait for look-ups"
    if result is None:
        pass_on(turn, run, "failed", node.failed)
    else:
        pass_on(turn, run, "next", node.next, {node.save_as: bound_value(result)})


def _too_late(run_id: int) -> Refusal:
    return Refusal(RefusalReason.WRONG_STATE, "The flow waits for this no longer.", f"run {run_id}")


def decide_answer_classification(turn: Turn, command: cmd.AnswerClassification) -> Refusal | None:
    run = turn.state.runs.get(command.run_id)
    if run is None:
        return not_found("run", command.run_id)
    if run.pending is not Pending.CLASSIFICATION or run.request_id != command.request_id:
        return _too_late(command.run_id)
    _go_on_by(turn, run, lambda node: _route_intent(turn, run, node, command))
    return None


def _route_intent(
    turn: Turn, run: Run, node: doc.AnyNode, command: cmd.AnswerClassification
) -> None:
    assert isinstance(node, doc.Classify), "only classifications wait for classifications"
    intent_id, confidence = command.intents[0] if command.intents else ("", 0.0)
    intent = turn.state.settings.intents.get(intent_id)
    values: dict[str, Value] = {
        "intent": intent_id,
        "intent_name": intent.name if intent is not None else "",
        "confidence": bound_value(float(confidence)),
        "entities": bound_value(command.entities),
    }
    if node.follow_language:
        change_language(turn, run, command.language)
    if command.error or confidence < node.confidence_min:
        pass_on(turn, run, "unsure", node.unsure, values)
        return
    for route in node.routes:
        if route.intent_id == intent_id:
            pass_on(turn, run, f"intent:{intent_id}", route.next, values)
            return
    pass_on(turn, run, "otherwise", node.otherwise or node.unsure, values)


# -- time


def run_out_of_time(turn: Turn, run: Run) -> None:
    """What the run waits for has not come."""
    _go_on_by(turn, run, lambda node: _pass_unanswered(turn, run, node))


def _pass_unanswered(turn: Turn, run: Run, node: doc.AnyNode) -> None:
    match node:
        case doc.Ask():
            pass_on(turn, run, "no_answer", node.no_answer)
        case doc.TakeMessage():
            pass_on(turn, run, "no_answer", node.no_answer or node.next)
        case doc.Survey() | doc.Pause():
            pass_on(turn, run, "next", node.next)
        case doc.AskOutside():
            pass_on(turn, run, "failed", node.failed)
        case doc.Classify():
            pass_on(
                turn,
                run,
                "unsure",
                node.unsure,
                {"intent": "", "intent_name": "", "confidence": 0.0},
            )
        case _:
            raise AssertionError(f"nothing is waited for at {node.node_id}")


def overstay_run(turn: Turn, run: Run) -> None:
    """The run has lasted longer than its flow allows."""
    fail_run(turn, run, FlowFaulted(FlowFault.TIME, "The flow took too long."))
