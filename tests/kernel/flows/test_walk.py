"""How flows go: from node to node, by what is said, chosen, looked up, and by the clock."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author
from frontdesk.kernel.entities import Stage as Place
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from tests.kernel.flows.stage import LANGUAGES, Stage, choice, end, flow, menu, to_sales
from tests.kernel.scene import agent, only

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
