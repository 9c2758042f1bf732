"""How flows go: from node to node, by what is said, chosen, looked up, and by the clock."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author
from frontdesk.kernel.contact_deadlines import OVERFLOWS_MAX
from frontdesk.kernel.entities import Stage as Place
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.flows.faults import FlowFault
from tests.kernel.flows.stage import LANGUAGES, Stage, choice, end, flow, menu, to_sales
from tests.kernel.scene import agent, only, queue

MENU = flow(
    menu(
        choice("balance", "balance", words=("money",)),
        choice("person", "sales", key="0"),
        again="Please choose.",
        no_match="sales",
        no_answer="end",
        retries=1,
    ),
    doc.Say(node_id="balance", text="It is {answer}, {customer.name}.", next="end"),
    to_sales(topic="{answer}"),
    end(text="Bye."),
)


def test_a_flow_greets_asks_and_ends() -> None:
    stage = Stage(MENU)
    contact = stage.arrives()
    assert contact.stage is Place.SELF_SERVICE
    assert stage.said() == ["What is it?"]
    stage.writes(contact, "Balance", choice="balance")
    assert stage.said() == ["It is balance, Ion.", "Bye."]
    assert only(stage.last, ev.FlowEnded).result is ev.FlowResult.CONTAINED
    assert only(stage.last, ev.ContactClosed).by is ev.ClosedBy.FLOW


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("Balance", "balance"), ("1", None), ("balance!", None), ("my MONEY please", None)],
)
def test_button_key_word_and_sentence_take_the_same_path(text: str, chosen: str | None) -> None:
    stage = Stage(MENU)
    stage.writes(stage.arrives(), text, choice=chosen)
    assert stage.path() == ["menu/choice:balance", "balance/next"]


def test_who_is_not_understood_is_asked_again_and_then_goes_on() -> None:
    stage = Stage(MENU)
    contact = stage.arrives()
    stage.writes(contact, "blue")
    assert stage.said() == ["Please choose."]
    stage.writes(contact, "green")
    assert stage.path() == ["menu/no_match"]
    assert contact.stage is Place.WAITING
    assert contact.queue_id == "sales"


def test_who_is_silent_goes_on_too() -> None:
    stage = Stage(MENU)
    stage.arrives()
    stage.waits(300_000)
    assert stage.path() == ["menu/no_answer"]
    assert stage.said() == ["Bye."]


def test_who_leaves_a_flow_has_not_abandoned() -> None:
    stage = Stage(MENU)
    contact = stage.arrives()
    events = stage.does(cmd.EndContact(contact.contact_id, Author.CUSTOMER))
    assert only(events, ev.FlowEnded).result is ev.FlowResult.LEFT
    assert not [event for event in events if isinstance(event, ev.ContactAbandoned)]


def test_what_the_flow_knows_goes_to_the_agent() -> None:
    stage = Stage(
        flow(
            doc.Ask(node_id="order", text="Which order?", answer=doc.DigitsAnswer(), next="sales"),
            to_sales(topic="An order", priority=3, show={"answer": "Order number"}),
        ),
        agent("ann"),
    )
    stage.available("ann")
    contact = stage.arrives()
    stage.writes(contact, "12-34")
    assert (contact.topic, contact.priority) == ("An order", 3)
    assert contact.attributes == {"Order number": "1234"}
    assert contact.stage is Place.OFFERED


def test_decisions_go_by_the_first_that_holds() -> None:
    branches = (
        doc.Branch(when="amount > 100.0", next="sales"),
        doc.Branch(when="amount > 10.0", next="end"),
    )
    stage = Stage(
        flow(
            doc.Ask(
                node_id="ask",
                text="How much?",
                answer=doc.AmountAnswer(),
                save_as="amount",
                next="decide",
            ),
            doc.Decide(node_id="decide", branches=branches, otherwise="ask"),
            to_sales(),
            end(),
        )
    )
    contact = stage.arrives()
    stage.writes(contact, "5 lei")
    assert stage.path() == ["ask/next", "decide/otherwise"]
    stage.writes(contact, "1.234,50")
    assert stage.path() == ["ask/next", "decide/branch:0"]


def test_variables_are_set_one_after_the_other() -> None:
    values = {"first": "1 + 1", "second": "first * 10"}
    stage = Stage(
        flow(
            doc.SetVariables(node_id="set", values=values, next="say"),
            doc.Say(node_id="say", text="{second}", next="end"),
            end(),
        )
    )
    stage.arrives()
    assert stage.said() == ["20"]


# -- outside


ORDER = flow(
    doc.Ask(node_id="ask", text="Which?", answer=doc.DigitsAnswer(), save_as="number", next="look"),
    doc.AskOutside(
        node_id="look",
        look_up_id="orders",
        parameters={"number": "number"},
        save_as="order",
        next="say",
        failed="sales",
    ),
    doc.Say(node_id="say", text="It is {order.status}.", next="end"),
    to_sales(),
    end(),
)


def test_an_outside_system_is_asked_and_its_answer_told() -> None:
    stage = Stage(ORDER)
    stage.writes(stage.arrives(), "77")
    asked = only(stage.last, ev.LookUpAsked)
    assert (asked.look_up_id, asked.parameters) == ("orders", {"number": "77"})
    stage.answers_look_up({"status": "on its way"})
    assert stage.said() == ["It is on its way."]


@pytest.mark.parametrize("is_silent", [True, False])
def test_a_look_up_that_fails_or_hangs_goes_another_way(is_silent: bool) -> None:
    stage = Stage(ORDER)
    contact = stage.arrives()
    stage.writes(contact, "77")
    if is_silent:
        stage.waits(5_000)
    else:
        stage.answers_look_up(None, "not reachable")
    assert stage.path() == ["look/failed"]
    assert contact.queue_id == "sales"


def test_an_answer_that_comes_too_late_changes_nothing() -> None:
    stage = Stage(ORDER)
    stage.writes(stage.arrives(), "77")
    run = next(iter(stage.state.runs.values()))
    stage.refuses(cmd.AnswerLookUp(run.run_id, run.request_id + 1, {}))
    stage.waits(5_000)
    stage.refuses(cmd.AnswerLookUp(run.run_id, run.request_id, {}))


CLASSIFY = flow(
    doc.Ask(node_id="ask", text="Tell me.", answer=doc.TextAnswer(), next="classify"),
    doc.Classify(
        node_id="classify",
        routes=(doc.IntentRoute(intent_id="balance", next="end"),),
        confidence_min=0.5,
        unsure="ask",
        otherwise="sales",
    ),
    to_sales(show={"intent": "Intent"}),
    end(),
)


@pytest.mark.parametrize(
    ("intents", "exit_"),
    [
        ((("balance", 0.9), ("order", 0.1)), "intent:balance"),
        ((("order", 0.8),), "otherwise"),
        ((("balance", 0.49),), "unsure"),
        ((), "unsure"),
    ],
)
def test_an_intent_leads_on_and_an_honest_doubt_asks_back(
    intents: tuple[tuple[str, float], ...], exit_: str
) -> None:
    stage = Stage(CLASSIFY)
    stage.writes(stage.arrives(), "how much have I got")
    assert only(stage.last, ev.ClassificationAsked).text == "how much have I got"
    stage.takes_for(*intents)
    assert stage.path() == [f"classify/{exit_}"]


def test_a_classifier_that_is_silent_is_unsure() -> None:
    stage = Stage(CLASSIFY)
    stage.writes(stage.arrives(), "hm")
    stage.waits(5_000)
    assert stage.path() == ["classify/unsure"]


# -- languages and parts


def test_it_speaks_the_customers_language_and_can_change_it() -> None:
    texts = {"en": "Hello", "ru": "Здравствуйте", "ro": "Bună ziua"}
    stage = Stage(
        flow(
            doc.Say(node_id="a", text=texts, next="b"),
            doc.ChangeLanguage(node_id="b", language="'ro'", next="c"),
            doc.Say(node_id="c", text=texts, next="end"),
            end(),
            languages=LANGUAGES,
        )
    )
    stage.arrives(language="ru")
    assert stage.said() == ["Здравствуйте", "Bună ziua"]


def test_a_part_runs_with_variables_of_its_own_and_gives_back_what_is_asked() -> None:
    part = flow(
        doc.SetVariables(node_id="double", values={"twice": "given * 2"}, next="end"),
        end(),
        use=FlowUse.PART,
        flow_id="part",
        variables={"given": 0},
    )
    whole = flow(
        doc.Subflow(
            node_id="run",
            flow_id="part",
            parameters={"given": "21"},
            results={"answered": "twice"},
            next="say",
        ),
        doc.Say(node_id="say", text="{answered}", next="end"),
        end(),
    )
    stage = Stage(part, whole)
    stage.arrives()
    assert stage.said() == ["42"]


def test_contacts_under_way_finish_on_the_version_they_began_with() -> None:
    stage = Stage(MENU)
    early = stage.arrives()
    stage.save(flow(doc.Say(node_id="say", text="New.", next="end"), end(), version=2))
    stage.arrives()
    assert stage.said() == ["New."]
    assert len(stage.state.kept_flows) == 1
    stage.writes(early, "1")
    assert stage.said() == ["It is balance, Ion.", "Bye."]
    assert not stage.state.kept_flows


# -- faults


def failing(**rest: Any) -> Stage:
    stage = Stage(
        flow(
            doc.Decide(
                node_id="faulty",
                branches=(doc.Branch(when="answer > 3", next="end"),),
                otherwise="end",
            ),
            end(),
            fallback_text="One moment, please.",
            **rest,
        )
    )
    stage.arrives()
    return stage


def test_a_fault_leads_to_the_fallback_never_to_a_lost_contact() -> None:
    stage = failing()
    failed = only(stage.last, ev.FlowFailed)
    assert (failed.node_id, failed.fault) == ("faulty", FlowFault.EXPRESSION)
    assert stage.said() == ["One moment, please."]
    contact = next(iter(stage.state.contacts.values()))
    assert (contact.stage, contact.queue_id) == (Place.WAITING, "sales")


def test_a_run_that_lasts_too_long_falls_back() -> None:
    stage = Stage(flow(menu(choice("a", "end")), end(), time_ms_max=10_000))
    contact = stage.arrives()
    stage.waits(10_000)
    assert only(stage.last, ev.FlowFailed).fault is FlowFault.TIME
    assert contact.queue_id == "sales"


def test_a_run_that_takes_too_many_steps_falls_back() -> None:
    stage = Stage(
        flow(
            menu(choice("more", "loop"), choice("no", "end"), retries=0),
            doc.SetVariables(node_id="loop", values={"n": "1"}, next="menu"),
            end(),
        )
    )
    contact = stage.arrives()
    run = stage.state.runs[contact.run_id or 0]
    run.steps = 9_999
    stage.witness.state.runs[run.run_id].steps = 9_999
    stage.writes(contact, "more")
    assert only(stage.last, ev.FlowFailed).fault is FlowFault.STEPS
    assert contact.queue_id == "sales"


# -- before, beside and after the agent


def test_an_agent_can_send_the_customer_into_a_flow_and_the_way_goes_on() -> None:
    reminder = flow(
        doc.Say(node_id="say", text="Please pay by {now.date}.", next="sales"),
        to_sales(),
        flow_id="reminder",
    )
    stage = Stage(reminder, agent("ann"))
    stage.available("ann")
    contact = stage.contact(stage.engage(channel="webchat"))
    stage.last = stage.does(cmd.TransferContact(contact.contact_id, "ann", to_flow_id="reminder"))
    assert only(stage.last, ev.FlowStarted).agent_id == "ann"
    assert stage.said() == ["Please pay by 2025-11-24."]
    assert contact.queue_id == "sales"


def test_treatment_goes_on_beside_the_wait_and_ends_with_it() -> None:
    treatment = flow(
        doc.Say(node_id="say", text="You are number {queue.position}.", next="pause"),
        doc.Pause(node_id="pause", duration_ms=60_000, next="say"),
        use=FlowUse.WAITING,
        flow_id="treatment",
    )
    stage = Stage(treatment, st.Queue(queue_id="hot", name="hot", waiting_flow_id="treatment"))
    stage.save(agent("ann", "hot"))
    stage.last = stage.does(cmd.OpenContact("webchat", "x", "hot"))
    contact = next(iter(stage.state.contacts.values()))
    assert stage.said() == ["You are number 1."]
    stage.waits(120_000)
    assert stage.said() == ["You are number 1."] * 2
    stage.available("ann")
    assert contact.stage is Place.OFFERED
    assert contact.run_id is not None
    events = stage.accept(contact.contact_id)
    assert only(events, ev.FlowEnded).result is ev.FlowResult.SERVED


def test_a_survey_follows_the_agent_and_knows_whom_it_is_about() -> None:
    questions = (
        doc.Question(question_id="q1", kind=doc.QuestionKind.CSAT, text="How was it?"),
        doc.Question(question_id="q2", kind=doc.QuestionKind.RESOLVED, text="Is it solved?"),
        doc.Question(question_id="q3", kind=doc.QuestionKind.TEXT, text="Anything else?"),
    )
    survey = flow(
        doc.Survey(node_id="survey", questions=questions, next="end"),
        end(text="Thank you."),
        use=FlowUse.AFTER,
        flow_id="survey",
    )
    stage = Stage(survey, st.Queue(queue_id="hot", name="hot", after_flow_id="survey"))
    stage.save(agent("ann", "hot"))
    stage.available("ann")
    stage.does(cmd.OpenContact("webchat", "x", "hot"))
    contact = next(iter(stage.state.contacts.values()))
    stage.accept(contact.contact_id)
    stage.last = stage.does(cmd.EndContact(contact.contact_id, Author.AGENT, "ann"))
    assert stage.said() == ["How was it?"]
    answers = []
    for text in ("5", "nope", "no", "Be quicker."):
        stage.writes(contact, text)
        answers += [e for e in stage.last if isinstance(e, ev.SurveyAnswered)]
    assert [(a.question_id, a.score, a.text) for a in answers] == [
        ("q1", 5, ""),
        ("q2", 0, ""),
        ("q3", None, "Be quicker."),
    ]
    assert {(a.queue_id, a.agent_id) for a in answers} == {("hot", "ann")}
    assert only(stage.last, ev.ContactClosed).by is ev.ClosedBy.AGENT


def test_a_wait_that_is_told_goes_on_record_once() -> None:
    """Whoever is told nothing has nothing on record: a call whose treatment doesn't speak of it."""
    told = flow(
        doc.Say(node_id="place", text="Number {queue.position}.", next="wait"),
        doc.Say(
            node_id="wait", text="{queue.wait}, at most {queue.wait_high_minutes}.", next="end"
        ),
        end(),
        flow_id="told",
        use=FlowUse.WAITING,
    )
    silent = flow(
        doc.Say(node_id="place", text="Number {queue.position}.", next="end"),
        end(),
        flow_id="silent",
        use=FlowUse.WAITING,
    )
    stage = Stage(told, silent)
    stage.save(queue("told", waiting_flow_id="told"), queue("silent", waiting_flow_id="silent"))
    stage.save(agent("ann", "told", "silent"))
    stage.available("ann")
    for queue_id in ("told", "silent"):
        for _ in range(5):
            contact_id = stage.engage(queue_id)
            stage.waits(300_000)
            stage.end(contact_id)
    stage.engage("told")
    opened = {
        queue_id: stage.does(cmd.OpenContact("voice", f"call-{queue_id}", queue_id))
        for queue_id in ("told", "silent")
    }
    announced = [e for e in opened["told"] if isinstance(e, ev.WaitAnnounced)]
    assert [e.queue_id for e in announced] == ["told"]
    assert announced[0].likely_ms < announced[0].high_ms
    said = [e.text for e in opened["told"] if isinstance(e, ev.MessagePosted)]
    assert said == ["Number 1.", "between 3 and 15 minutes, at most 15."]
    assert not [e for e in opened["silent"] if isinstance(e, ev.WaitAnnounced)]


def test_a_treatment_that_sends_on_at_once_goes_in_no_circle() -> None:
    """Found by random flows: a waiting flow led back into its own queue for ever."""
    circle = flow(
        doc.EnterQueue(node_id="back", queue_id="sales"), use=FlowUse.WAITING, flow_id="circle"
    )
    stage = Stage(circle)
    stage.save(queue(waiting_flow_id="circle"))
    contact = stage.contact(stage.open("sales", "webchat"))
    assert (contact.stage, contact.queue_id) == (Place.WAITING, "sales")
    assert contact.overflow_count == OVERFLOWS_MAX
