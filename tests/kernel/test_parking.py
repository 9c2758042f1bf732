"""A call is put aside for whoever takes it, and comes back if nobody does."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Overflow, OverflowWhen
from tests.kernel.flows.stage import end, flow
from tests.kernel.scene import Scene, agent, channel, kinds, only, queue

PARKING_MS = 120_000


def parked() -> tuple[Scene, int]:
    """Ann has parked a call of sales; Bob serves billing."""
    scene = Scene(queue(), queue("billing"), agent("ann"), agent("bob", "billing"))
    scene.available("ann", "bob")
    contact_id = scene.engage()
    events = scene.does(cmd.ParkContact(contact_id, "ann"))
    assert kinds(events) == ["EngagementEnded", "ContactParked"]
    return scene, contact_id


def test_whoever_takes_it_has_it() -> None:
    scene, contact_id = parked()
    assert scene.contact(contact_id).stage is Stage.PARKED
    assert scene.agent("ann").load_units == 0
    events = scene.does(cmd.TakeParked(contact_id, "bob"))
    assert only(events, ev.ContactTaken).cause is ev.TakenCause.PARKED
    assert scene.contact(contact_id).agent_id == "bob"
    assert scene.refuses(cmd.TakeParked(contact_id, "ann")) is RefusalReason.WRONG_STATE


def test_it_comes_back_to_who_parked_it() -> None:
    scene, contact_id = parked()
    scene.wait(PARKING_MS)
    assert scene.offered_to(contact_id) == "ann"


def test_or_to_its_queue_if_that_agent_is_away() -> None:
    scene, _ = parked()
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    events = scene.wait(PARKING_MS)
    queued = only(events, ev.ContactQueued)
    assert (queued.cause, queued.for_agent_id) == (ev.QueuedCause.RETURNED, None)


def test_or_where_its_queue_sends_it_on_meanwhile() -> None:
    scene, contact_id = parked()
    closed = flow(end())
    scene.save(closed)
    rule = Overflow(when=OverflowWhen.SHUT, flow_id=closed.flow_id)
    scene.save(queue(shut=True, overflows=(rule,)))
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    events = scene.wait(PARKING_MS)
    assert only(events, ev.ContactClosed).by is ev.ClosedBy.FLOW
    assert contact_id not in scene.state.contacts


def test_a_customer_who_goes_has_abandoned_nothing() -> None:
    scene, contact_id = parked()
    assert kinds(scene.does(cmd.EndContact(contact_id, Author.CUSTOMER))) == ["ContactClosed"]
    assert contact_id not in scene.state.contacts


def test_a_customer_whose_line_is_gone_goes_after_the_grace() -> None:
    scene, contact_id = parked()
    centre = scene.state.settings.centre
    scene.save(type(centre)(channels=(channel("voice", leave_grace_ms=5_000),)))
    scene.does(cmd.DisconnectCustomer(contact_id))
    scene.wait(5_000)
    assert contact_id not in scene.state.contacts


def test_who_can_not_park_or_take() -> None:
    scene, contact_id = parked()
    chat_id = scene.engage("sales", "webchat")
    assert scene.refuses(cmd.ParkContact(chat_id, "ann")) is RefusalReason.WRONG_STATE
    assert scene.refuses(cmd.ParkContact(chat_id, "bob")) is RefusalReason.NOT_YOURS
    assert scene.refuses(cmd.ParkContact(99, "ann")) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.TakeParked(99, "ann")) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.TakeParked(contact_id, "nobody")) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.TakeParked(contact_id, "ann")) is RefusalReason.WRONG_STATE, "full"
    scene.does(cmd.SetPresence("bob", Presence.OFFLINE))
    assert scene.refuses(cmd.TakeParked(contact_id, "bob")) is RefusalReason.WRONG_STATE
