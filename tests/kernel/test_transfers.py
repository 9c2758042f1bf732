"""An agent passes a contact on, to a queue or to another agent."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.decide_transfers import NOTE_CHARS_MAX
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.queueing import PERSONAL_WAIT_MS
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, kinds, only, queue


def floor(**sales: object) -> tuple[Scene, int]:
    """Ann has a contact of sales; Bob serves billing, Eve serves nothing."""
    scene = Scene(
        queue(**sales),
        queue("billing"),
        queue("other"),
        agent("ann", "sales", "billing"),
        agent("bob", "billing"),
        agent("eve", "other"),
    )
    scene.available("ann", "bob", "eve")
    return scene, scene.engage()


def test_to_a_queue() -> None:
    scene, contact_id = floor()
    events = scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="billing", note="VIP"))
    assert kinds(events) == [
        "ContactTransferred",
        "EngagementEnded",
        "ContactQueued",
        "ContactOffered",
    ]
    assert only(events, ev.ContactTransferred).note == "VIP"
    assert only(events, ev.EngagementEnded).reason is ev.EngagementEnd.TRANSFERRED
    assert scene.offered_to(contact_id) == "bob"


def test_age_goes_along_and_the_wait_begins_anew() -> None:
    scene, contact_id = floor()
    opened_ms = scene.contact(contact_id).age_from_ms
    scene.wait(60_000)
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="billing"))
    contact = scene.contact(contact_id)
    assert (contact.age_from_ms, contact.queued_ms) == (opened_ms, scene.now_ms)


def test_it_does_not_come_straight_back() -> None:
    scene, contact_id = floor()
    scene.does(cmd.SetPresence("bob", Presence.OFFLINE))
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="billing"))
    assert scene.offered_to(contact_id) is None, "although Ann is free and serves billing"
    scene.wait(30_000)
    assert scene.offered_to(contact_id) == "ann"


def test_the_agent_s_next_contact_follows() -> None:
    scene, contact_id = floor()
    following = scene.open()
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="billing"))
    assert scene.offered_to(following) == "ann"


def test_to_an_agent_whatever_the_queue() -> None:
    scene, contact_id = floor()
    events = scene.does(cmd.TransferContact(contact_id, "ann", to_agent_id="eve"))
    queued = only(events, ev.ContactQueued)
    assert (queued.queue_id, queued.for_agent_id) == ("sales", "eve")
    assert queued.for_agent_until_ms == scene.now_ms + PERSONAL_WAIT_MS
    assert scene.offered_to(contact_id) == "eve"


def test_a_busy_agent_is_waited_for_and_then_anybody() -> None:
    scene, contact_id = floor()
    scene.engage("other")
    scene.does(cmd.TransferContact(contact_id, "ann", "billing", "eve"))
    assert scene.offered_to(contact_id) is None
    scene.wait(PERSONAL_WAIT_MS)
    assert scene.offered_to(contact_id) == "bob"


def test_an_agent_who_declines_a_transfer_lets_it_go_to_the_queue() -> None:
    scene, contact_id = floor()
    scene.does(cmd.TransferContact(contact_id, "ann", "billing", "eve"))
    scene.decline(contact_id)
    assert scene.offered_to(contact_id) == "bob"


def test_an_agent_who_leaves_lets_it_go_too() -> None:
    scene, contact_id = floor()
    scene.does(cmd.TransferContact(contact_id, "ann", "billing", "eve"))
    scene.does(cmd.SetPresence("eve", Presence.OFFLINE))
    assert scene.offered_to(contact_id) == "bob"


def test_a_held_contact_is_off_hold_when_it_is_passed_on() -> None:
    scene, contact_id = floor()
    scene.does(cmd.HoldContact(contact_id, "ann"))
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="billing"))
    assert scene.contact(contact_id).held_since_ms is None


def test_one_wraps_up_while_the_other_already_serves() -> None:
    scene, contact_id = floor(wrap_up_time_ms=20_000)
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="billing"))
    scene.accept(contact_id)
    assert scene.contact(contact_id).stage is Stage.ENGAGED
    assert scene.contact(contact_id).wrap_up_count == 1
    scene.end(contact_id)
    assert scene.contact(contact_id).stage is Stage.CLOSED
    scene.wait(20_000)
    assert contact_id not in scene.state.contacts


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ({}, RefusalReason.INVALID),
        ({"to_queue_id": "nowhere"}, RefusalReason.NOT_FOUND),
        ({"to_agent_id": "nobody"}, RefusalReason.NOT_FOUND),
        ({"to_agent_id": "ann"}, RefusalReason.INVALID),
        ({"to_queue_id": "billing", "note": "x" * (NOTE_CHARS_MAX + 1)}, RefusalReason.INVALID),
        ({"agent_id": "bob", "to_queue_id": "billing"}, RefusalReason.NOT_YOURS),
        ({"contact_id": 99, "to_queue_id": "billing"}, RefusalReason.NOT_FOUND),
    ],
)
def test_what_can_not_be_passed_on(to: dict[str, object], reason: RefusalReason) -> None:
    scene, contact_id = floor()
    asked: dict[str, object] = {"contact_id": contact_id, "agent_id": "ann"}
    command = cmd.TransferContact(**(asked | to))  # pyright: ignore[reportArgumentType]
    assert scene.refuses(command) is reason


def test_not_to_an_agent_who_is_away_or_leaving() -> None:
    scene, contact_id = floor()
    command = cmd.TransferContact(contact_id, "ann", to_agent_id="eve")
    scene.engage("other")
    scene.does(cmd.SetPresence("eve", Presence.OFFLINE, when_free=True))
    assert scene.refuses(command) is RefusalReason.WRONG_STATE
    scene.does(cmd.SetPresence("eve", Presence.OFFLINE, return_contacts=True))
    assert scene.refuses(command) is RefusalReason.WRONG_STATE


def test_not_before_it_is_accepted() -> None:
    scene, _ = floor()
    contact_id = scene.open("billing")
    command = cmd.TransferContact(contact_id, "bob", to_queue_id="sales")
    assert scene.refuses(command) is RefusalReason.WRONG_STATE
