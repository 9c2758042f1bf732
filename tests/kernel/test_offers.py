"""Offers: accepted, declined, expired, withdrawn. A contact whose offer fails keeps its place."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, kinds, only, queue


def two_agents(**centre: int) -> Scene:
    scene = Scene(queue(), agent("ann"), agent("bob"), st.CentreSettings(**centre))
    scene.available("ann", "bob")
    return scene


def test_an_accepted_offer_becomes_the_engagement_of_the_same_id() -> None:
    scene = two_agents()
    contact_id = scene.open()
    offer_id, agent_id = scene.offer_of(contact_id)
    assert scene.does(cmd.AcceptOffer(offer_id, agent_id)) == [
        ev.OfferAccepted(offer_id, contact_id, agent_id)
    ]
    contact = scene.contact(contact_id)
    assert (contact.stage, contact.engagement_id, contact.agent_id) == (
        Stage.ENGAGED,
        offer_id,
        "ann",
    )


def test_accepting_twice_says_that_it_is_done() -> None:
    scene = two_agents()
    contact_id = scene.open()
    command = cmd.AcceptOffer(*scene.offer_of(contact_id))
    scene.does(command)
    refusal = scene.refusal(command)
    assert (refusal.reason, refusal.existing_id) == (RefusalReason.ALREADY_DONE, command.offer_id)


def test_an_offer_is_for_one_agent() -> None:
    scene = two_agents()
    offer_id, _ = scene.offer_of(scene.open())
    assert scene.refuses(cmd.AcceptOffer(offer_id, "bob")) is RefusalReason.NOT_YOURS
    assert scene.refuses(cmd.DeclineOffer(offer_id, "bob")) is RefusalReason.NOT_YOURS
    assert scene.refuses(cmd.AcceptOffer(99, "ann")) is RefusalReason.NOT_FOUND


def test_an_agent_with_auto_accept_is_engaged_at_once() -> None:
    scene = Scene(queue(), agent("ann", auto_accept=True))
    scene.available("ann")
    events = scene.does(cmd.OpenContact(channel="voice", channel_ref="", queue_id="sales"))
    assert kinds(events)[-2:] == ["ContactOffered", "OfferAccepted"]
    assert only(events, ev.ContactOffered).expires_ms is None


def test_a_declined_contact_goes_to_another_agent() -> None:
    scene = two_agents()
    contact_id = scene.open()
    events = scene.decline(contact_id)
    assert kinds(events) == ["OfferDeclined", "ContactOffered"]
    assert scene.offered_to(contact_id) == "bob"


def test_a_declined_contact_does_not_bounce_back_until_the_refusal_is_forgotten() -> None:
    scene = Scene(queue(), agent("ann"), st.CentreSettings(retry_refused_ms=30_000))
    scene.available("ann")
    contact_id = scene.open()
    assert kinds(scene.decline(contact_id)) == ["OfferDeclined"]
    assert scene.wait(29_999) == []
    assert kinds(scene.wait(1)) == ["RefusalsForgotten", "ContactOffered"]


def test_who_declined_is_offered_the_next_contact() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    first, second = scene.open(), scene.open()
    events = scene.decline(first)
    assert only(events, ev.ContactOffered).contact_id == second
    assert scene.offered_to(first) is None


def test_a_failed_offer_keeps_place_and_age() -> None:
    scene = Scene(queue(), agent("ann"), agent("bob"))
    scene.available("ann")
    first = scene.open()
    scene.wait(1_000)
    second = scene.open()
    scene.decline(first)
    assert scene.offered_to(second) == "ann"
    assert only(scene.available("bob"), ev.ContactOffered).contact_id == first
    assert scene.contact(first).age_from_ms < scene.contact(second).age_from_ms


def test_who_lets_an_offer_expire_is_taken_off() -> None:
    scene = two_agents()
    contact_id = scene.open()
    events = scene.wait(30_000)
    assert kinds(events) == ["OfferExpired", "PresenceChanged", "ContactOffered"]
    assert only(events, ev.PresenceChanged) == ev.PresenceChanged(
        "ann", Presence.BREAK, "not_answering", ev.PresenceCause.MISSED_OFFER
    )
    assert scene.offered_to(contact_id) == "bob"


def test_taken_off_only_after_so_many_in_a_row() -> None:
    scene = two_agents(take_off_after_missed=2)
    contact_id = scene.open()
    assert kinds(scene.wait(30_000)) == ["OfferExpired", "ContactOffered"]
    assert scene.agent("ann").presence is Presence.AVAILABLE
    scene.accept(contact_id)
    scene.open()
    assert "PresenceChanged" in kinds(scene.wait(30_000))
    assert scene.agent("ann").presence is Presence.BREAK


def test_an_answer_ends_the_row_of_missed_offers() -> None:
    scene = Scene(queue(), agent("ann"), st.CentreSettings(take_off_after_missed=2))
    scene.available("ann")
    contact_id = scene.open()
    scene.wait(30_000)
    assert scene.agent("ann").missed_offers == 1
    scene.wait(30_000)
    scene.decline(contact_id)
    assert scene.agent("ann").missed_offers == 0


def test_who_is_taken_off_gives_back_the_other_offers() -> None:
    chats = st.CentreSettings(channels=(st.ChannelRule(channel="webchat", units=50),))
    scene = Scene(queue(), agent("ann"), agent("bob"), chats)
    scene.available("ann")
    first = scene.open(channel="webchat")
    scene.wait(1_000)
    second = scene.open(channel="webchat")
    scene.does(cmd.SetPresence("bob", Presence.AVAILABLE))
    scene.wait(29_000)
    assert (scene.offered_to(first), scene.offered_to(second)) == ("bob", "bob")


@pytest.mark.parametrize("how", ["expire", "leave"])
def test_given_back_at_once_the_older_still_comes_first(how: str) -> None:
    """Found by reading: the one that had rung in vain came after those that rang beside it."""
    chats = st.CentreSettings(channels=(st.ChannelRule(channel="webchat", units=50),))
    scene = Scene(queue(), agent("ann"), agent("bob", capacity_units=50), chats)
    scene.available("ann")
    plain = scene.open(channel="webchat")
    urgent = scene.open(channel="webchat", priority=1)
    scene.does(cmd.SetPresence("bob", Presence.AVAILABLE))
    if how == "expire":
        scene.wait(30_000)
    else:
        scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    assert (scene.offered_to(urgent), scene.offered_to(plain)) == ("bob", None)


def test_an_agent_who_leaves_gives_the_offer_to_another() -> None:
    scene = two_agents()
    contact_id = scene.open()
    events = scene.does(cmd.SetPresence("ann", Presence.OFFLINE))
    assert kinds(events) == ["OfferWithdrawn", "PresenceChanged", "ContactOffered"]
    assert only(events, ev.OfferWithdrawn).reason is ev.WithdrawnReason.AGENT_LEFT
    assert scene.offered_to(contact_id) == "bob"
    assert scene.contact(contact_id).refused_by == (), "leaving is not declining"


def test_an_offer_that_is_late_to_expire_can_still_be_accepted() -> None:
    scene = two_agents()
    contact_id = scene.open()
    scene.now_ms += 60_000
    scene.accept(contact_id)
    assert scene.wait(0) == []


def test_a_refusal_outlives_an_overflow_and_not_its_time() -> None:
    """Found by random commands: after an overflow, the refusal was never forgotten."""
    waited = st.Overflow(when=st.OverflowWhen.WAITED, queue_id="backup", wait_ms=10_000)
    scene = Scene(queue("backup"), queue(overflows=(waited,)), agent("ann", "sales", "backup"))
    scene.available("ann")
    contact_id = scene.open()
    scene.decline(contact_id)
    scene.wait(10_000)
    assert scene.contact(contact_id).queue_id == "backup"
    assert scene.offered_to(contact_id) is None
    scene.wait(20_000)
    assert scene.offered_to(contact_id) == "ann"


def test_an_expired_offer_after_the_customer_left_is_nothing() -> None:
    scene = two_agents()
    contact_id = scene.open()
    scene.does(cmd.EndContact(contact_id, Author.CUSTOMER))
    assert scene.wait(60_000) == []
    assert scene.agent("ann").presence is Presence.AVAILABLE
