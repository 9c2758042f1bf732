"""Commands at random about flows and callbacks; most flows made up here are sound, some are not."""

from __future__ import annotations

from typing import Any

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import AttemptResult, Author
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.resources import Intent, KnowledgeSource, LookUp
from frontdesk.kernel.flows.runs import Run
from frontdesk.kernel.state import State
from tests.kernel import moves
from tests.kernel.moves import Chooser, Move, any_contact, chance, engaged, pick

FLOWS = {"f1": FlowUse.ENTRY, "f2": FlowUse.WAITING, "f3": FlowUse.AFTER, "f4": FlowUse.PART}
NODES = ("n1", "n2", "n3", "n4", "n5", "n6")
EXPRESSIONS = ("1", "'a'", "answer", "x + 1", "contact.priority", "queue.position", "1 / 0")
CONDITIONS = ("true", "false", "x == 1", "queue.waiting > 1", "answer == 'a'", "answer > 1")
TEXTS = ("Hello.", "You are number {queue.position}, {customer.name}.", "{x} {now.date|date}", "")
TIMES_MS = (1_000, 5_000, 60_000)
SILENT = doc.End(node_id="n6")


def first_settings() -> list[cmd.AnyCommand]:
    """What flows ask for, and one flow of each use."""
    question = ("question",)
    look_up = LookUp(
        look_up_id="l1", name="Knowledge", parameters=question, source=KnowledgeSource()
    )
    entities: list[st.SettingsEntity] = [Intent(intent_id="i1", name="Intent"), look_up]
    for flow_id, use in FLOWS.items():
        entities.append(build_flow(flow_id, use, 1, (doc.Say(node_id="n1", text="", next="n6"),)))
    return [cmd.SaveSetting(entity) for entity in entities]


def build_flow(flow_id: str, use: FlowUse, version: int, nodes: tuple[doc.AnyNode, ...]) -> Flow:
    return Flow(
        flow_id=flow_id,
        name="A flow",
        use=use,
        version=version,
        start="n1",
        nodes=(*nodes, SILENT),
        variables={"x": 0},
        fallback_queue_id="q1" if use is FlowUse.ENTRY else None,
    )


def node(chooser: Chooser, node_id: str) -> doc.AnyNode:
    """A node of any kind, leading anywhere."""

    def to() -> str:
        return pick(chooser, NODES)

    def maybe() -> str | None:
        return pick(chooser, (None, to()))

    at = {"node_id": node_id}
    expression = pick(chooser, EXPRESSIONS)
    makers: tuple[Any, ...] = (
        lambda: doc.Say(**at, text=pick(chooser, TEXTS), next=to()),
        lambda: doc.Pause(**at, duration_ms=pick(chooser, TIMES_MS), next=to()),
        lambda: ask(chooser, node_id, to(), maybe()),
        lambda: ask(chooser, node_id, to(), maybe()),
        lambda: doc.Decide(
            **at, branches=(doc.Branch(when=pick(chooser, CONDITIONS), next=to()),), otherwise=to()
        ),
        lambda: doc.AskOutside(
            **at, look_up_id="l1", parameters={"question": expression}, next=to(), failed=maybe()
        ),
        lambda: doc.Classify(
            **at, routes=(doc.IntentRoute(intent_id="i1", next=to()),), unsure=to()
        ),
        lambda: doc.CheckHours(**at, hours_id="h1", open=to(), closed=to(), holiday=maybe()),
        lambda: doc.SetVariables(**at, values={"x": expression}, next=to()),
        lambda: doc.EnterQueue(**at, queue_id=pick(chooser, moves.QUEUES), show={"x": "X"}),
        lambda: doc.CallBack(
            **at,
            address=pick(chooser, ("'069'", "answer", "''")),
            at=pick(chooser, ("", "'2026-01-01T10:00'", "'nonsense'")),
            queue_id=pick(chooser, moves.QUEUES),
            retry_ms=pick(chooser, TIMES_MS),
            expires_ms=pick(chooser, (5_000, 600_000)),
            next=to(),
            refused=maybe(),
        ),
        lambda: doc.TakeMessage(
            **at,
            text="Your message?",
            queue_id="q1",
            agent_id=pick(chooser, (None, "a1")),
            next=to(),
        ),
        lambda: doc.TransferOutside(**at, address="'069'", text="Call 069.", next=to()),
        lambda: doc.Survey(**at, questions=QUESTIONS, time_ms=5_000, next=to()),
        lambda: doc.Subflow(
            **at, flow_id="f4", parameters={"x": expression}, results={"y": "x"}, next=to()
        ),
        lambda: doc.ChangeLanguage(**at, language=pick(chooser, ("'ro'", "'xx'", "1")), next=to()),
        lambda: doc.End(**at, text=pick(chooser, TEXTS)),
    )
    return pick(chooser, makers)()


QUESTIONS = tuple(
    doc.Question(question_id=kind.value, kind=kind, text="?") for kind in doc.QuestionKind
)


def ask(chooser: Chooser, node_id: str, to: str, maybe: str | None) -> doc.Ask:
    answers: tuple[doc.AnyAnswer, ...] = (
        doc.ChoiceAnswer(choices=(choice("a", to), choice("b", None))),
        doc.DigitsAnswer(digits_max=3),
        doc.TextAnswer(),
        doc.DateAnswer(),
        doc.AmountAnswer(),
    )
    return doc.Ask(
        node_id=node_id,
        text="?",
        answer=pick(chooser, answers),
        next=to,
        retries=chooser.integer(0, 2),
        time_ms=pick(chooser, TIMES_MS),
        no_match=maybe,
        no_answer=maybe,
    )


def choice(value: str, to: str | None) -> doc.Choice:
    return doc.Choice(value=value, label=value, next=to)


def save_flow(state: State, chooser: Chooser) -> cmd.AnyCommand:
    flow_id = pick(chooser, tuple(FLOWS))
    before = state.settings.flows.get(flow_id)
    version = 1 if before is None else before.version + 1
    nodes = tuple(node(chooser, node_id) for node_id in NODES[:-1])
    return cmd.SaveSetting(build_flow(flow_id, FLOWS[flow_id], version, nodes))


def lead_queue(state: State, chooser: Chooser) -> cmd.AnyCommand:
    """A queue with flows beside, after and instead of the wait."""
    when = pick(chooser, (st.OverflowWhen.SHUT, st.OverflowWhen.UNSTAFFED, st.OverflowWhen.WAITED))
    wait_ms = 5_000 if when is st.OverflowWhen.WAITED else None
    return cmd.SaveSetting(
        st.Queue(
            queue_id=pick(chooser, moves.QUEUES),
            name="A queue",
            shut=chance(chooser, 4),
            waiting_flow_id=pick(chooser, (None, "f2")),
            after_flow_id=pick(chooser, (None, "f3")),
            overflows=(st.Overflow(when=when, flow_id="f1", wait_ms=wait_ms),)
            if chance(chooser, 3)
            else (),
        )
    )


def open_in_flow(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.OpenContact(
        channel=pick(chooser, moves.CHANNELS),
        channel_ref=pick(chooser, ("", "", "r3")),
        flow_id="f1",
        language=pick(chooser, ("", "en", "ro")),
    )


def any_run(state: State, chooser: Chooser) -> Run | None:
    return pick(chooser, tuple(state.runs.values())) if state.runs else None


def answer_flow(state: State, chooser: Chooser) -> cmd.AnyCommand:
    run = any_run(state, chooser)
    contact_id = run.contact_id if run is not None else any_contact(state, chooser)
    return cmd.PostMessage(
        contact_id,
        Author.CUSTOMER,
        client_id=f"f{chooser.integer(1, 1_000_000)}",
        text=pick(chooser, ("a", "b", "1", "7", "yes", "069", "tomorrow", "hm", "1,5")),
        choice=pick(chooser, (None, None, "a", "b", "no")),
    )


def answer_look_up(state: State, chooser: Chooser) -> cmd.AnyCommand:
    run = any_run(state, chooser)
    if run is None:
        return cmd.AnswerLookUp(999, 1, {})
    result = pick(chooser, ({"found": True, "answer": "x"}, {}, None))
    return cmd.AnswerLookUp(run.run_id, run.request_id + chance(chooser, 5), result)


def answer_classification(state: State, chooser: Chooser) -> cmd.AnyCommand:
    run = any_run(state, chooser)
    if run is None:
        return cmd.AnswerClassification(999, 1)
    intents = pick(chooser, ((("i1", 0.9),), (("i1", 0.1),), (("i2", 0.9),), ()))
    return cmd.AnswerClassification(run.run_id, run.request_id, intents)


def transfer_into_flow(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.TransferContact(*engaged(state, chooser), to_flow_id=pick(chooser, ("f1", "f2")))


def request_callback(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.RequestCallback(
        queue_id=pick(chooser, moves.QUEUES),
        address=pick(chooser, ("069", "079", "")),
        attempts_max=chooser.integer(1, 2),
        retry_ms=60_000,
        expires_after_ms=600_000,
    )


def any_callback(state: State, chooser: Chooser) -> int:
    open_ = [c.contact_id for c in state.contacts.values() if c.callback is not None]
    return pick(chooser, open_) if open_ else any_contact(state, chooser)


def reschedule_callback(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.RescheduleCallback(any_callback(state, chooser), None)


def record_attempt(state: State, chooser: Chooser) -> cmd.AnyCommand:
    contact_id = any_callback(state, chooser)
    contact = state.contacts.get(contact_id)
    agent_id = (contact.agent_id if contact is not None else None) or pick(chooser, moves.AGENTS)
    return cmd.RecordAttempt(contact_id, agent_id, pick(chooser, tuple(AttemptResult)))


FLOW_SETTINGS_MOVES: tuple[Move, ...] = (save_flow, save_flow, save_flow, lead_queue)
FLOW_MOVES: tuple[Move, ...] = (
    open_in_flow,
    open_in_flow,
    answer_flow,
    answer_flow,
    answer_flow,
    answer_look_up,
    answer_classification,
    transfer_into_flow,
    request_callback,
    reschedule_callback,
    record_attempt,
)
