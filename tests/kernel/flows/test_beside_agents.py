"""Flows beside the wait, after the agent, and on the way back from an agent."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author
from frontdesk.kernel.contact_deadlines import OVERFLOWS_MAX
from frontdesk.kernel.entities import Stage as Place
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from tests.kernel.flows.stage import Stage, end, flow, to_sales
from tests.kernel.scene import agent, only, queue


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
    assert stage.offered_to(contact.contact_id) == "ann", "who sent it may have it back"


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
