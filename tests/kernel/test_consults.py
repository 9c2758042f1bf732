"""An agent asks a colleague or an outside expert, brings them together, and passes the call on."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, kinds, only, queue

EXPERT = "+37322000000"


def floor(**sales: object) -> tuple[Scene, int]:
    """Ann talks with a customer of sales; Bob knows about bills."""
    scene = Scene(queue(**sales), queue("billing"), agent("ann"), agent("bob", "billing"))
    scene.available("ann", "bob")
    return scene, scene.engage()


def ask_bob(scene: Scene, contact_id: int) -> int:
    """Ann asks Bob's queue, and he answers; returns the consult's id."""
    events = scene.does(cmd.BeginConsult(contact_id, "ann", to_queue_id="billing", note="Bill?"))
    consult_id = only(events, ev.ConsultBegun).consult_id
    assert consult_id is not None
    scene.accept(consult_id)
    return consult_id


def ask_expert(scene: Scene, contact_id: int) -> None:
    scene.does(cmd.BeginConsult(contact_id, "ann", address=EXPERT))
    scene.does(cmd.ReportConsult(contact_id))


def test_a_colleague_is_found_like_for_any_contact_and_the_customer_holds() -> None:
    scene, contact_id = floor()
    events = scene.does(cmd.BeginConsult(contact_id, "ann", to_queue_id="billing", note="Bill?"))
    assert kinds(events) == [
        "ContactHeld",
        "ContactOpened",
        "ConsultBegun",
        "ContactQueued",
        "ContactOffered",
    ]
    opened = only(events, ev.ContactOpened)
    assert (opened.channel, opened.customer) == (st.CONSULT, scene.contact(contact_id).customer)
    assert scene.offered_to(opened.contact_id) == "bob"


def test_opening_hours_and_overflow_are_for_customers() -> None:
    closed = queue("billing", overflows=(st.Overflow(when=st.OverflowWhen.UNSTAFFED),))
    scene = Scene(queue(), closed, agent("ann"), agent("bob", "billing"))
    scene.available("ann")
    contact_id = scene.engage()
    events = scene.does(cmd.BeginConsult(contact_id, "ann", to_queue_id="billing"))
    consult_id = only(events, ev.ContactOpened).contact_id
    assert scene.contact(consult_id).stage is Stage.WAITING


def test_the_colleague_goes_on_with_the_customer_without_being_asked_again() -> None:
    scene, contact_id = floor(wrap_up_time_ms=10_000)
    consult_id = ask_bob(scene, contact_id)
    events = scene.does(cmd.TransferConsult(contact_id, "ann", note="Wants a refund."))
    assert only(events, ev.ConsultEnded).end is ev.ConsultEnd.TRANSFERRED
    taken = only(events, ev.ContactTaken)
    assert (taken.agent_id, taken.queue_id) == ("bob", "billing")
    contact = scene.contact(contact_id)
    assert (contact.stage, contact.agent_id, contact.consult) == (Stage.ENGAGED, "bob", None)
    assert consult_id not in scene.state.contacts
    assert scene.agent("ann").engagement_ids, "Ann wraps up"
    scene.end(contact_id)
    scene.wait(10_000)
    assert contact_id not in scene.state.contacts


def test_a_colleague_on_the_way_to_a_break_may_still_take_it_over() -> None:
    scene, contact_id = floor()
    scene.save(st.BreakReason(break_reason_id="lunch", name="Lunch"))
    ask_bob(scene, contact_id)
    scene.does(cmd.SetPresence("bob", Presence.BREAK, "lunch", when_free=True))
    scene.does(cmd.TransferConsult(contact_id, "ann"))
    assert scene.agent("bob").presence is Presence.AVAILABLE
    scene.end(contact_id)
    assert scene.agent("bob").presence is Presence.BREAK


def test_whoever_asks_may_let_it_be() -> None:
    scene, contact_id = floor()
    consult_id = ask_bob(scene, contact_id)
    scene.does(cmd.CancelConsult(contact_id, "ann"))
    assert consult_id not in scene.state.contacts
    assert scene.contact(contact_id).held_since_ms is not None, "resumed when Ann says so"
    assert scene.agent("bob").load_units == 0


def test_a_consult_that_waits_is_nobody_s_abandonment() -> None:
    scene, contact_id = floor()
    scene.does(cmd.SetPresence("bob", Presence.OFFLINE))
    scene.does(cmd.BeginConsult(contact_id, "ann", to_queue_id="billing"))
    events = scene.does(cmd.CancelConsult(contact_id, "ann"))
    assert "ContactAbandoned" not in kinds(events)


def test_all_three_talk_and_then_one_leaves() -> None:
    scene, contact_id = floor()
    consult_id = ask_bob(scene, contact_id)
    events = scene.does(cmd.BeginConference(contact_id, "ann"))
    assert kinds(events) == ["ConferenceBegun", "ContactResumed"]
    scene.does(cmd.EndContact(consult_id, Author.AGENT, "bob"))
    contact = scene.contact(contact_id)
    assert (contact.agent_id, contact.consult) == ("ann", None)


def test_when_the_customer_goes_nobody_is_asked_any_more() -> None:
    scene, contact_id = floor()
    consult_id = ask_bob(scene, contact_id)
    scene.does(cmd.EndContact(contact_id, Author.CUSTOMER))
    assert not {contact_id, consult_id} & scene.state.contacts.keys()
    assert scene.agent("bob").load_units == 0


def test_no_survey_and_no_wrap_up_follow_a_consult() -> None:
    scene, contact_id = floor()
    scene.save(queue("billing", wrap_up_time_ms=10_000))
    consult_id = ask_bob(scene, contact_id)
    events = scene.does(cmd.EndContact(consult_id, Author.AGENT, "bob"))
    assert kinds(events) == ["EngagementEnded", "ConsultEnded", "ContactClosed"]
    assert scene.agent("bob").load_units == 0


def test_when_the_agent_is_lost_so_is_the_consult() -> None:
    scene, contact_id = floor()
    consult_id = ask_bob(scene, contact_id)
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE, return_contacts=True))
    assert consult_id not in scene.state.contacts
    assert scene.contact(contact_id).stage is Stage.WAITING


def test_an_expert_outside_is_asked_and_given_the_customer() -> None:
    scene, contact_id = floor()
    events = scene.does(cmd.BeginConsult(contact_id, "ann", address=EXPERT))
    assert kinds(events) == ["ContactHeld", "ConsultBegun"]
    assert scene.refuses(cmd.TransferConsult(contact_id, "ann")) is RefusalReason.WRONG_STATE
    assert kinds(scene.does(cmd.ReportConsult(contact_id))) == ["ConsultAnswered"]
    assert scene.does(cmd.ReportConsult(contact_id)) == []
    events = scene.does(cmd.TransferConsult(contact_id, "ann"))
    outside = only(events, ev.TransferredOutside)
    assert (outside.address, outside.run_id) == (EXPERT, None)
    assert only(events, ev.ContactClosed).by is ev.ClosedBy.AGENT


@pytest.mark.parametrize(
    ("answered", "end"), [(False, ev.ConsultEnd.FAILED), (True, ev.ConsultEnd.LEFT)]
)
def test_an_expert_who_is_not_reached_or_goes(answered: bool, end: ev.ConsultEnd) -> None:
    scene, contact_id = floor()
    scene.does(cmd.BeginConsult(contact_id, "ann", address=EXPERT))
    if answered:
        scene.does(cmd.ReportConsult(contact_id))
    events = scene.does(cmd.ReportConsult(contact_id, gone=True, detail="486 Busy here"))
    assert only(events, ev.ConsultEnded) == ev.ConsultEnded(contact_id, end, "486 Busy here")
    assert scene.contact(contact_id).stage is Stage.ENGAGED


def test_the_customer_is_passed_on_outside_without_asking() -> None:
    scene, contact_id = floor()
    following = scene.open()
    events = scene.does(cmd.TransferOutside(contact_id, "ann", EXPERT))
    assert only(events, ev.EngagementEnded).reason is ev.EngagementEnd.TRANSFERRED
    assert contact_id not in scene.state.contacts
    assert scene.offered_to(following) == "ann"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({}, RefusalReason.INVALID),
        ({"to_queue_id": "billing", "address": EXPERT}, RefusalReason.INVALID),
        ({"address": ""}, RefusalReason.INVALID),
        ({"address": EXPERT, "note": "x" * 10_001}, RefusalReason.INVALID),
        ({"to_queue_id": "billing", "note": "x" * 10_001}, RefusalReason.INVALID),
        ({"to_queue_id": "nowhere"}, RefusalReason.NOT_FOUND),
        ({"to_agent_id": "nobody"}, RefusalReason.NOT_FOUND),
        ({"to_agent_id": "ann"}, RefusalReason.INVALID),
        ({"agent_id": "bob", "address": EXPERT}, RefusalReason.NOT_YOURS),
        ({"contact_id": 99, "address": EXPERT}, RefusalReason.NOT_FOUND),
    ],
)
def test_who_can_not_be_asked(asked: dict[str, object], reason: RefusalReason) -> None:
    scene, contact_id = floor()
    whole = {"contact_id": contact_id, "agent_id": "ann"} | asked
    assert scene.refuses(cmd.BeginConsult(**whole)) is reason  # pyright: ignore[reportArgumentType]


def test_one_is_asked_at_a_time_and_only_about_calls() -> None:
    scene, contact_id = floor()
    ask_expert(scene, contact_id)
    again = cmd.BeginConsult(contact_id, "ann", to_queue_id="billing")
    assert scene.refuses(again) is RefusalReason.WRONG_STATE
    assert scene.refuses(cmd.CancelConsult(contact_id, "bob")) is RefusalReason.NOT_YOURS
    scene.does(cmd.CancelConsult(contact_id, "ann"))
    for command in (
        cmd.CancelConsult(contact_id, "ann"),
        cmd.BeginConference(contact_id, "ann"),
        cmd.TransferConsult(contact_id, "ann"),
        cmd.ReportConsult(contact_id),
    ):
        assert scene.refuses(command) is RefusalReason.WRONG_STATE
    chat_id = scene.engage("billing", "webchat")
    about_chat = cmd.BeginConsult(chat_id, "bob", to_queue_id="sales")
    assert scene.refuses(about_chat) is RefusalReason.WRONG_STATE
    outside = cmd.TransferOutside(chat_id, "bob", EXPERT)
    assert scene.refuses(outside) is RefusalReason.WRONG_STATE
