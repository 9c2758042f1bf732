"""A promise to call back holds the place, is kept at its time, tried again, and given up."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import AttemptResult, Author
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.entities import Stage as Place
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.flows.stage import Stage, choice, end, flow, menu
from tests.kernel.scene import START_MS, agent, only

HOUR_MS = 3_600_000
HOURS = st.Hours(
    hours_id="office",
    name="Office",
    spans=tuple(st.OpeningSpan(day, 8 * 60, 17 * 60) for day in range(5)),
)

TREATMENT = flow(
    menu(choice("later", "number"), choice("wait", "rest"), node_id="offer"),
    doc.Ask(
        node_id="number",
        text="Which number?",
        answer=doc.DigitsAnswer(),
        save_as="number",
        next="promise",
    ),
    doc.CallBack(
        node_id="promise",
        address="number",
        attempts_max=2,
        retry_ms=600_000,
        expires_ms=4 * HOUR_MS,
        next="end",
        duplicate="known",
        show={"number": "Number"},
    ),
    doc.Pause(node_id="rest", duration_ms=60_000, next="offer"),
    doc.Say(node_id="known", text="We have your number.", next="end"),
    end(text="We will call you."),
    use=FlowUse.WAITING,
    flow_id="treatment",
)


def hot(*entities: st.SettingsEntity, **rest: Any) -> Stage:
    """A queue whose waiting customers may be called back instead."""
    queue = st.Queue(queue_id="hot", name="Hot", waiting_flow_id="treatment", **rest)
    return Stage(HOURS, TREATMENT, queue, agent("ann", "hot"), *entities)


def waiting(stage: Stage, ref: str) -> Contact:
    contact_id = stage.open("hot", "webchat", channel_ref=ref)
    return stage.contact(contact_id)


def promised(stage: Stage, contact: Contact, number: str = "069123456") -> Contact:
    """The contact's customer takes a callback; returns that."""
    stage.writes(contact, "later")
    stage.writes(contact, number)
    return stage.contact(only(stage.last, ev.CallbackPromised).contact_id)


def test_a_callback_keeps_the_place_while_later_ones_wait() -> None:
    stage = hot()
    first = waiting(stage, "a")
    stage.wait(1_000)
    later = waiting(stage, "b")
    stage.wait(1_000)
    callback = promised(stage, first)
    assert stage.said() == ["We will call you."]
    closed = [e for e in stage.last if isinstance(e, ev.ContactClosed)]
    assert [(e.contact_id, e.by) for e in closed] == [(first.contact_id, ev.ClosedBy.CALLBACK)]
    assert callback.age_from_ms == START_MS
    assert callback.attributes["Number"] == "069123456"
    stage.available("ann")
    assert stage.offered_to(callback.contact_id) == "ann"
    assert later.stage is Place.WAITING


def test_taking_a_callback_is_not_abandoning() -> None:
    stage = hot()
    contact = waiting(stage, "a")
    promised(stage, contact)
    assert not [e for e in stage.last if isinstance(e, ev.ContactAbandoned)]


def test_an_offer_that_rings_is_taken_back_and_the_agent_gets_the_callback() -> None:
    stage = hot(agent("bob", "hot"))
    stage.available("ann")
    contact = waiting(stage, "a")
    assert contact.stage is Place.OFFERED
    callback = promised(stage, contact)
    withdrawn = only(stage.last, ev.OfferWithdrawn)
    assert withdrawn.reason is ev.WithdrawnReason.CALLBACK
    assert stage.offered_to(callback.contact_id) == "ann"


def test_the_same_number_is_known_and_promised_once() -> None:
    stage = hot()
    callback = promised(stage, waiting(stage, "a"))
    again = waiting(stage, "b")
    stage.writes(again, "later")
    stage.writes(again, "069 123 456")
    assert stage.said() == ["We have your number.", "We will call you."]
    assert again.stage is Place.WAITING
    assert [c.contact_id for c in stage.state.contacts.values() if c.callback] == [
        callback.contact_id
    ]


def engaged(stage: Stage) -> Contact:
    callback = promised(stage, waiting(stage, "a"))
    stage.available("ann")
    stage.accept(callback.contact_id)
    return callback


def attempt(callback: Contact, result: AttemptResult, **rest: Any) -> cmd.RecordAttempt:
    return cmd.RecordAttempt(callback.contact_id, "ann", result, **rest)


def test_who_is_not_reached_is_tried_again_and_given_up_in_the_end() -> None:
    stage = hot()
    callback = engaged(stage)
    stage.does(attempt(callback, AttemptResult.NO_ANSWER))
    assert callback.stage is Place.PROMISED
    assert stage.agent("ann").load_units == 0
    stage.wait(599_999)
    assert callback.stage is Place.PROMISED
    stage.wait(1)
    assert stage.offered_to(callback.contact_id) == "ann"
    stage.accept(callback.contact_id)
    events = stage.does(attempt(callback, AttemptResult.BUSY))
    assert only(events, ev.CallbackAttempted).number == 2
    assert only(events, ev.ContactClosed).by is ev.ClosedBy.UNREACHED


def test_who_is_reached_is_served_like_anybody() -> None:
    stage = hot()
    callback = engaged(stage)
    stage.does(attempt(callback, AttemptResult.REACHED))
    assert callback.stage is Place.ENGAGED
    events = stage.end(callback.contact_id)
    assert only(events, ev.ContactClosed).by is ev.ClosedBy.AGENT


def test_a_promise_runs_out() -> None:
    stage = hot()
    callback = promised(stage, waiting(stage, "a"))
    events = stage.wait(4 * HOUR_MS)
    closed = only(events, ev.ContactClosed)
    assert (closed.contact_id, closed.by) == (callback.contact_id, ev.ClosedBy.EXPIRED)


@pytest.mark.parametrize("when", [st.OverflowWhen.FULL, st.OverflowWhen.CLOSED])
def test_neither_hours_nor_a_full_queue_turn_a_callback_away(when: st.OverflowWhen) -> None:
    away = st.Overflow(when=when, message="Not now.")
    stage = hot(hours_id="office", overflows=(away,), waiting_max=0)
    stage.wait(12 * HOUR_MS)
    events = stage.does(cmd.RequestCallback("hot", "069"))
    callback = stage.contact(only(events, ev.CallbackPromised).contact_id)
    assert callback.stage is Place.WAITING


# -- at a chosen time

CHOSEN = flow(
    doc.Ask(node_id="when", text="When?", answer=doc.TextAnswer(), save_as="wish", next="promise"),
    doc.CallBack(
        node_id="promise",
        address="'069123456'",
        at="wish",
        queue_id="hot",
        next="end",
        refused="when",
    ),
    end(),
)


@pytest.mark.parametrize(
    "wish",
    ["2025-11-24T20:00", "2025-11-29T10:00", "2025-11-24T08:59", "soon", "2026-03-02T10:00"],
)
def test_a_time_outside_the_hours_or_past_or_far_is_refused(wish: str) -> None:
    stage = hot(CHOSEN, hours_id="office")
    stage.writes(stage.arrives(), wish)
    assert stage.path() == ["when/next", "promise/refused"]
    assert stage.said() == ["When?"]


def test_at_the_chosen_time_it_enters_the_queue() -> None:
    stage = hot(CHOSEN, hours_id="office")
    contact = stage.arrives()
    stage.writes(contact, "2025-11-24T11:30")
    callback = stage.contact(only(stage.last, ev.CallbackPromised).contact_id)
    assert callback.stage is Place.PROMISED
    stage.wait(2 * HOUR_MS + HOUR_MS // 2 - 1)
    assert callback.stage is Place.PROMISED
    stage.wait(1)
    assert callback.stage is Place.WAITING


def test_when_it_is_closed_it_is_promised_for_the_next_opening() -> None:
    at_once = doc.CallBack(node_id="promise", address="'069'", queue_id="hot", next="end")
    stage = hot(flow(at_once, end()), hours_id="office")
    stage.wait(9 * HOUR_MS)
    stage.arrives()
    promise = only(stage.last, ev.CallbackPromised)
    assert promise.due_ms == START_MS + 23 * HOUR_MS


# -- asked for from outside


def test_one_asked_for_over_the_api_is_known_by_its_reference_and_address() -> None:
    stage = hot()
    command = cmd.RequestCallback("hot", "069 1", due_ms=START_MS + HOUR_MS)
    contact_id = only(stage.does(command), ev.CallbackPromised).contact_id
    refusal = stage.refusal(command)
    assert (refusal.reason, refusal.existing_id) == (RefusalReason.ALREADY_DONE, contact_id)
    stage.does(cmd.RescheduleCallback(contact_id, None))
    assert stage.contact(contact_id).stage is Place.WAITING
    stage.does(cmd.RescheduleCallback(contact_id, START_MS + 2 * HOUR_MS))
    assert stage.contact(contact_id).stage is Place.PROMISED
    stage.does(cmd.EndContact(contact_id, Author.SYSTEM))
    assert contact_id not in stage.state.contacts


@pytest.mark.parametrize(
    "changes",
    [
        {"address": " "},
        {"queue_id": "nowhere"},
        {"attempts_max": 0},
        {"retry_ms": 1},
        {"expires_after_ms": 1},
        {"due_ms": START_MS - 1},
        {"topic": "x" * 1_001},
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, Any]) -> None:
    given: dict[str, Any] = {"queue_id": "hot", "address": "069"}
    hot().refuses(cmd.RequestCallback(**given | changes))


def test_a_contact_that_is_no_callback_can_be_neither_put_off_nor_attempted() -> None:
    stage = Stage(agent("ann"))
    stage.available("ann")
    contact_id = stage.engage()
    stage.refuses(cmd.RescheduleCallback(contact_id, None))
    stage.refuses(cmd.RecordAttempt(contact_id, "ann", AttemptResult.BUSY))


# -- messages taken down


def test_a_message_waits_for_the_person_it_is_for() -> None:
    secretary = flow(
        doc.TakeMessage(
            node_id="take", text="Your message?", queue_id="sales", agent_id="bob", next="end"
        ),
        end(),
    )
    stage = Stage(agent("ann"), agent("bob"), secretary)
    stage.available("ann")
    stage.writes(stage.arrives(), "Please call me.")
    taken = only(stage.last, ev.MessageTaken)
    message = stage.contact(taken.message_contact_id)
    assert (message.stage, message.for_agent_id) == (Place.WAITING, "bob")
    stage.available("bob")
    assert stage.offered_to(message.contact_id) == "bob"
