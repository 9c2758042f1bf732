"""Presence: set at once or after the work in hand; desks that come and go."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import LUNCH, Scene, agent, channel, kinds, only, queue

CHATS = st.CentreSettings(channels=(channel("webchat", 50),), disconnect_grace_ms=60_000)


def floor(**rest: object) -> Scene:
    scene = Scene(LUNCH, CHATS, queue(**rest), agent("ann"), agent("bob"))
    scene.available("ann")
    return scene


def lunch(when_free: bool = False) -> cmd.SetPresence:
    return cmd.SetPresence("ann", Presence.BREAK, "lunch", when_free=when_free)


def test_who_is_offline_or_on_a_break_is_offered_nothing() -> None:
    scene = floor()
    scene.does(lunch())
    contact_id = scene.open()
    assert scene.offered_to(contact_id) is None
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE))
    assert scene.offered_to(contact_id) == "ann"


def test_the_same_presence_again_is_nothing() -> None:
    scene = floor()
    assert scene.does(cmd.SetPresence("ann", Presence.AVAILABLE)) == []
    scene.does(lunch())
    assert scene.does(lunch()) == []


def test_a_break_has_a_reason_that_is_known() -> None:
    scene = floor()
    without = cmd.SetPresence("ann", Presence.BREAK)
    assert scene.refuses(without) is RefusalReason.INVALID
    unknown = cmd.SetPresence("ann", Presence.BREAK, "siesta")
    assert scene.refuses(unknown) is RefusalReason.NOT_FOUND
    nobody = cmd.SetPresence("nobody", Presence.AVAILABLE)
    assert scene.refuses(nobody) is RefusalReason.NOT_FOUND


def test_a_break_keeps_the_contacts_and_gives_back_the_offers() -> None:
    scene = floor()
    in_hand = scene.engage(channel="webchat")
    offered = scene.open(channel="webchat")
    scene.does(lunch())
    assert scene.contact(in_hand).agent_id == "ann"
    assert scene.offered_to(offered) is None


def test_a_next_presence_follows_the_work_in_hand() -> None:
    scene = floor()
    first, second = scene.engage(channel="webchat"), scene.engage(channel="webchat")
    assert scene.does(lunch(when_free=True)) == [ev.NextPresenceSet("ann", Presence.BREAK, "lunch")]
    assert scene.does(lunch(when_free=True)) == []
    scene.end(first)
    assert scene.offered_to(scene.open(channel="webchat")) is None, "nothing new comes"
    changed = only(scene.end(second), ev.PresenceChanged)
    assert (changed.presence, changed.cause) == (Presence.BREAK, ev.PresenceCause.QUEUED)


def test_a_next_presence_waits_for_wrap_up_too() -> None:
    scene = floor(wrap_up_time_ms=10_000)
    contact_id = scene.engage()
    scene.does(lunch(when_free=True))
    scene.end(contact_id)
    assert scene.agent("ann").presence is Presence.AVAILABLE
    scene.wait(10_000)
    assert scene.agent("ann").presence is Presence.BREAK


@pytest.mark.parametrize("answer", ["decline", "expire", "leave"])
def test_a_next_presence_follows_an_offer_that_comes_to_nothing(answer: str) -> None:
    scene = floor()
    contact_id = scene.open()
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE, when_free=True))
    if answer == "decline":
        scene.decline(contact_id)
    elif answer == "leave":
        scene.does(cmd.EndContact(contact_id, cmd.Author.CUSTOMER))
    else:
        scene.wait(30_000)
    expected = Presence.BREAK if answer == "expire" else Presence.OFFLINE
    assert scene.agent("ann").presence is expected


def test_without_work_in_hand_it_follows_at_once() -> None:
    scene = floor()
    assert kinds(scene.does(lunch(when_free=True))) == ["PresenceChanged"]


def test_who_stays_on_after_all_is_offered_who_waits() -> None:
    """Found by random commands: the work was left waiting."""
    scene = floor()
    scene.engage(channel="webchat")
    scene.does(lunch(when_free=True))
    waiting = scene.open(channel="webchat")
    assert scene.offered_to(waiting) is None
    events = scene.does(cmd.CancelNextPresence("ann"))
    assert kinds(events) == ["NextPresenceSet", "ContactOffered"]
    assert scene.does(cmd.CancelNextPresence("ann")) == []


@pytest.mark.parametrize("when_free", [False, True])
def test_to_ask_for_the_presence_one_has_is_to_stay_on(when_free: bool) -> None:
    """Found by random commands: *available when free* kept the available from working."""
    scene = floor()
    scene.engage(channel="webchat")
    scene.does(lunch(when_free=True))
    waiting = scene.open(channel="webchat")
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE, when_free=when_free))
    assert scene.offered_to(waiting) == "ann"
    assert scene.agent("ann").next_presence is None


def test_offline_with_work_in_hand_is_refused() -> None:
    scene = floor()
    scene.engage()
    refusal = scene.refusal(cmd.SetPresence("ann", Presence.OFFLINE))
    assert refusal.reason is RefusalReason.WRONG_STATE
    assert refusal.detail.startswith("1 contact(s) are still in hand")


def test_or_the_work_goes_back_to_its_queue() -> None:
    scene = floor()
    contact_id = scene.engage()
    opened_ms = scene.contact(contact_id).age_from_ms
    scene.wait(60_000)
    scene.available("bob")
    events = scene.does(cmd.SetPresence("ann", Presence.OFFLINE, return_contacts=True))
    assert kinds(events) == [
        "PresenceChanged",
        "EngagementEnded",
        "ContactQueued",
        "ContactOffered",
    ]
    assert only(events, ev.ContactQueued).cause is ev.QueuedCause.RETURNED
    assert only(events, ev.EngagementEnded).wrap_up_until_ms is None
    assert scene.contact(contact_id).age_from_ms == opened_ms
    assert scene.offered_to(contact_id) == "bob"


def test_a_desk_that_comes_back_in_time_has_lost_nothing() -> None:
    scene = floor()
    contact_id = scene.engage()
    scene.does(cmd.ConnectAgent("ann"))
    assert scene.does(cmd.ConnectAgent("ann")) == []
    scene.does(cmd.DisconnectAgent("ann"))
    assert scene.does(cmd.DisconnectAgent("ann")) == []
    assert scene.wait(59_999) == []
    scene.does(cmd.ConnectAgent("ann"))
    assert scene.wait(600_000) == []
    assert scene.contact(contact_id).agent_id == "ann"


def test_a_desk_that_does_not_come_back_gives_up_its_work() -> None:
    scene = floor()
    contact_id = scene.engage()
    scene.available("bob")
    scene.does(cmd.ConnectAgent("ann"))
    scene.does(cmd.DisconnectAgent("ann"))
    events = scene.wait(60_000)
    assert only(events, ev.PresenceChanged).cause is ev.PresenceCause.LOST
    assert scene.agent("ann").presence is Presence.OFFLINE
    assert scene.offered_to(contact_id) == "bob"


def test_whose_desk_is_gone_may_also_leave_by_other_means() -> None:
    scene = floor()
    scene.does(cmd.ConnectAgent("ann"))
    scene.does(cmd.DisconnectAgent("ann"))
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    assert scene.wait(60_000) == []


def test_agents_who_are_not_there() -> None:
    scene = floor()
    for command in (
        cmd.ConnectAgent("nobody"),
        cmd.DisconnectAgent("nobody"),
        cmd.CancelNextPresence("nobody"),
    ):
        assert scene.refuses(command) is RefusalReason.NOT_FOUND
