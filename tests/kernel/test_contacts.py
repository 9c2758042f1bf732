"""Contacts arrive, wait, are served and end; nobody is counted twice, nothing closed comes back."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author
from frontdesk.kernel.decide_contacts import (
    ATTRIBUTE_CHARS_MAX,
    ATTRIBUTES_MAX,
    PRIORITY_MAX,
    SKILLS_MAX,
    TEXT_CHARS_MAX,
)
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.state import CLOSED_REFS_MAX
from tests.kernel.scene import START_MS, Scene, agent, kinds, only, queue, skill

LONG = "x" * (TEXT_CHARS_MAX + 1)


def test_a_contact_that_finds_nobody_waits() -> None:
    scene = Scene(queue(), agent("ann"))
    events = scene.does(cmd.OpenContact(channel="voice", channel_ref="x1", queue_id="sales"))
    assert kinds(events) == ["ContactOpened", "ContactQueued"]
    assert only(events, ev.ContactQueued) == ev.ContactQueued(
        1, "sales", ev.QueuedCause.OPENED, START_MS
    )
    assert scene.contact(1).stage is Stage.WAITING


def test_a_contact_that_finds_a_free_agent_is_offered_at_once() -> None:
    scene = Scene(queue(offer_time_ms=20_000), agent("ann"))
    scene.available("ann")
    events = scene.does(cmd.OpenContact(channel="voice", channel_ref="", queue_id="sales"))
    offered = only(events, ev.ContactOffered)
    assert (offered.agent_id, offered.expires_ms) == ("ann", scene.now_ms + 20_000)
    assert offered.why == ev.OfferWhy(ev.OfferTrigger.CONTACT_ARRIVED, 0, 0, 1)


def test_an_agent_who_becomes_free_is_offered_who_waits() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.open()
    scene.open()
    scene.wait(5_000)
    offered = only(scene.available("ann"), ev.ContactOffered)
    assert offered.contact_id == 1
    assert offered.why == ev.OfferWhy(ev.OfferTrigger.AGENT_FREED, 0, 5_000, 2)


def test_the_next_contact_follows_the_end_of_the_last() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    first = scene.engage()
    second = scene.open()
    events = scene.end(first)
    assert kinds(events) == ["EngagementEnded", "ContactClosed", "ContactOffered"]
    assert scene.offered_to(second) == "ann"
    assert first not in scene.state.contacts


def test_the_same_channel_ref_is_the_same_contact_open_or_closed() -> None:
    scene = Scene(queue(), agent("ann"))
    command = cmd.OpenContact(channel="voice", channel_ref="x1", queue_id="sales")
    scene.does(command)
    refusal = scene.refusal(command)
    assert (refusal.reason, refusal.existing_id) == (RefusalReason.ALREADY_DONE, 1)
    scene.does(cmd.EndContact(1, Author.CUSTOMER))
    assert scene.refusal(command).existing_id == 1


def test_a_channel_ref_means_nothing_on_another_channel() -> None:
    scene = Scene(queue())
    scene.open(channel="voice", channel_ref="x1")
    scene.open(channel="email", channel_ref="x1")
    assert len(scene.state.contacts) == 2


def test_only_so_many_closed_refs_are_remembered() -> None:
    scene = Scene(queue())
    scene.state.closed_refs.update({f"voice:{i}": -i for i in range(CLOSED_REFS_MAX)})
    scene.witness.state.closed_refs.update(scene.state.closed_refs)
    scene.open(channel_ref="new")
    scene.does(cmd.EndContact(1, Author.CUSTOMER))
    assert len(scene.state.closed_refs) == CLOSED_REFS_MAX
    assert "voice:0" not in scene.state.closed_refs
    assert scene.state.closed_refs["voice:new"] == 1


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ({"queue_id": "nowhere"}, RefusalReason.NOT_FOUND),
        ({"priority": PRIORITY_MAX + 1}, RefusalReason.INVALID),
        ({"priority": -PRIORITY_MAX - 1}, RefusalReason.INVALID),
        ({"channel": ""}, RefusalReason.INVALID),
        ({"channel_ref": LONG}, RefusalReason.INVALID),
        ({"topic": LONG}, RefusalReason.INVALID),
        ({"customer": cmd.CustomerCard(name=LONG)}, RefusalReason.INVALID),
        ({"skills": (st.SkillNeed("french"),) * (SKILLS_MAX + 1)}, RefusalReason.INVALID),
        ({"attributes": {"page": "x" * ATTRIBUTE_CHARS_MAX}}, RefusalReason.INVALID),
        ({"attributes": {f"a{i}": "" for i in range(ATTRIBUTES_MAX + 1)}}, RefusalReason.INVALID),
        ({"skills": (st.SkillNeed("latin"),)}, RefusalReason.NOT_FOUND),
        ({"skills": (st.SkillNeed("french", 0),)}, RefusalReason.INVALID),
        ({"skills": (st.SkillNeed("french", 6),)}, RefusalReason.INVALID),
    ],
)
def test_what_can_not_be_opened(rest: dict[str, object], reason: RefusalReason) -> None:
    scene = Scene(queue(), skill("french"))
    asked: dict[str, object] = {"channel": "voice", "channel_ref": "", "queue_id": "sales"}
    command = cmd.OpenContact(**(asked | rest))  # pyright: ignore[reportArgumentType]
    assert scene.refuses(command) is reason


def test_too_many_kinds_of_demand_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.kernel.lanes.LANES_MAX", 2)
    scene = Scene(queue(), *(skill(f"s{i}") for i in range(3)))
    first = scene.open(skills=(st.SkillNeed("s0"),))
    scene.open(skills=(st.SkillNeed("s1"),))
    third = cmd.OpenContact("voice", "", "sales", skills=(st.SkillNeed("s2"),))
    assert scene.refuses(third) is RefusalReason.LIMIT_REACHED
    scene.does(cmd.EndContact(first, Author.CUSTOMER))
    scene.does(third)


def test_a_customer_who_ends_while_waiting_has_abandoned() -> None:
    scene = Scene(queue())
    contact_id = scene.open()
    scene.wait(7_000)
    events = scene.does(cmd.EndContact(contact_id, Author.CUSTOMER))
    assert events == [
        ev.ContactAbandoned(contact_id, "sales", 7_000),
        ev.ContactClosed(contact_id, ev.ClosedBy.CUSTOMER),
    ]


def test_a_customer_who_ends_while_it_rings_has_abandoned_and_frees_the_agent() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    first, second = scene.open(), scene.open()
    events = scene.does(cmd.EndContact(first, Author.CUSTOMER))
    assert kinds(events) == [
        "OfferWithdrawn",
        "ContactAbandoned",
        "ContactClosed",
        "ContactOffered",
    ]
    assert only(events, ev.OfferWithdrawn).reason is ev.WithdrawnReason.CUSTOMER_LEFT
    assert scene.offered_to(second) == "ann"


def test_a_contact_ended_by_the_system_while_waiting_is_not_abandoned() -> None:
    scene = Scene(queue())
    events = scene.does(cmd.EndContact(scene.open(), Author.SYSTEM))
    assert kinds(events) == ["ContactClosed"]


def test_an_agent_ends_only_what_that_agent_has_accepted() -> None:
    scene = Scene(queue(), agent("ann"), agent("bob"))
    scene.available("ann", "bob")
    contact_id = scene.open()
    by_ann = cmd.EndContact(contact_id, Author.AGENT, "ann")
    assert scene.refuses(by_ann) is RefusalReason.WRONG_STATE
    scene.accept(contact_id)
    assert scene.refuses(cmd.EndContact(contact_id, Author.AGENT, "bob")) is RefusalReason.NOT_YOURS
    scene.does(by_ann)
    assert scene.refuses(by_ann) is RefusalReason.NOT_FOUND


def test_a_contact_that_is_closed_and_still_known_refuses_to_end_again() -> None:
    scene = Scene(queue(wrap_up_time_ms=10_000), agent("ann"))
    scene.available("ann")
    contact_id = scene.engage()
    scene.end(contact_id)
    assert scene.contact(contact_id).stage is Stage.CLOSED
    again = cmd.EndContact(contact_id, Author.CUSTOMER)
    assert scene.refuses(again) is RefusalReason.WRONG_STATE


def test_hold_and_resume() -> None:
    scene = Scene(queue(), agent("ann"), agent("bob"))
    scene.available("ann")
    contact_id = scene.open()
    hold, resume = cmd.HoldContact(contact_id, "ann"), cmd.ResumeContact(contact_id, "ann")
    assert scene.refuses(hold) is RefusalReason.WRONG_STATE
    scene.accept(contact_id)
    assert scene.refuses(resume) is RefusalReason.WRONG_STATE
    assert scene.refuses(cmd.HoldContact(contact_id, "bob")) is RefusalReason.NOT_YOURS
    assert scene.does(hold) == [ev.ContactHeld(contact_id, "ann")]
    assert scene.refuses(hold) is RefusalReason.WRONG_STATE
    scene.wait(4_000)
    assert scene.does(resume) == [ev.ContactResumed(contact_id, "ann")]
    scene.does(hold)
    scene.wait(1_000)
    engagement = scene.state.engagements[scene.contact(contact_id).engagement_id or 0]
    scene.does(cmd.EndContact(contact_id, Author.CUSTOMER))
    assert engagement.held_ms == 5_000
