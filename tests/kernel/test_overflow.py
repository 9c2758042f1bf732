"""Where a contact goes that its queue can't take: closed, full, waited, unstaffed."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import OverflowWhen
from tests.kernel.scene import Scene, agent, kinds, only, queue

NEVER = st.Hours(hours_id="never", name="Never")
ALWAYS = st.Hours(
    hours_id="always", name="Always", spans=tuple(st.OpeningSpan(d, 0, 1_440) for d in range(7))
)


def rule(when: OverflowWhen, queue_id: str | None = "backup", **rest: object) -> st.Overflow:
    return st.Overflow(when=when, queue_id=queue_id, **rest)  # pyright: ignore[reportArgumentType]


def opened(scene: Scene, queue_id: str = "sales") -> list[ev.AnyEvent]:
    return scene.does(cmd.OpenContact(channel="webchat", channel_ref="", queue_id=queue_id))


@pytest.mark.parametrize(("hours_id", "queue_id"), [("never", "backup"), ("always", "sales")])
def test_closed(hours_id: str, queue_id: str) -> None:
    sales = queue(hours_id=hours_id, overflows=(rule(OverflowWhen.CLOSED),))
    scene = Scene(NEVER, ALWAYS, queue("backup"), sales)
    assert only(opened(scene), ev.ContactQueued).queue_id == queue_id


def test_closed_with_a_message_ends_the_contact() -> None:
    closed = rule(OverflowWhen.CLOSED, None, message="We are closed.")
    scene = Scene(NEVER, queue(hours_id="never", overflows=(closed,)))
    events = opened(scene)
    assert kinds(events) == [
        "ContactOpened",
        "ContactOverflowed",
        "MessagePosted",
        "ContactClosed",
    ]
    posted = only(events, ev.MessagePosted)
    assert (posted.author, posted.text) == (Author.SYSTEM, "We are closed.")
    assert only(events, ev.ContactClosed) == ev.ContactClosed(1, ev.ClosedBy.OVERFLOW)


def test_hours_without_a_rule_keep_nobody_out() -> None:
    scene = Scene(NEVER, queue(hours_id="never"))
    assert only(opened(scene), ev.ContactQueued).queue_id == "sales"


def test_full() -> None:
    full = rule(OverflowWhen.FULL)
    scene = Scene(queue("backup"), queue(waiting_max=1, overflows=(full,)))
    opened(scene)
    events = opened(scene)
    assert only(events, ev.ContactOverflowed).when is OverflowWhen.FULL
    assert scene.contact(2).queue_id == "backup"


def test_full_without_a_rule_ends_the_contact() -> None:
    scene = Scene(queue(waiting_max=1))
    opened(scene)
    events = opened(scene)
    assert only(events, ev.ContactClosed).by is ev.ClosedBy.FULL


def test_a_queue_that_lets_nobody_wait_still_serves() -> None:
    scene = Scene(queue(waiting_max=0), agent("ann", capacity_units=33))
    scene.available("ann")
    assert scene.offered_to(scene.open(channel="webchat")) == "ann"
    assert only(opened(scene), ev.ContactClosed).by is ev.ClosedBy.FULL


def test_a_full_queue_takes_back_whom_it_has_served() -> None:
    scene = Scene(queue("first"), queue(waiting_max=0), agent("ann", "first"))
    scene.available("ann")
    contact_id = scene.engage("first")
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="sales"))
    assert scene.contact(contact_id).queue_id == "sales"


def test_waited() -> None:
    waited = rule(OverflowWhen.WAITED, wait_ms=60_000)
    scene = Scene(queue("backup"), queue(overflows=(waited,)))
    contact_id = scene.open()
    arrived_ms = scene.contact(contact_id).age_from_ms
    assert scene.wait(59_999) == []
    assert kinds(scene.wait(1)) == ["ContactOverflowed", "ContactQueued"]
    contact = scene.contact(contact_id)
    assert (contact.queue_id, contact.overflow_count) == ("backup", 1)
    assert contact.age_from_ms == arrived_ms, "its age goes along"


def test_waited_does_not_strike_while_it_rings() -> None:
    waited = rule(OverflowWhen.WAITED, wait_ms=10_000)
    scene = Scene(queue("backup"), queue(overflows=(waited,)), agent("ann"), agent("bob"))
    scene.available("ann")
    contact_id = scene.open()
    assert scene.wait(15_000) == []
    scene.decline(contact_id)
    assert kinds(scene.wait(0)) == ["ContactOverflowed", "ContactQueued"]


def test_waited_with_a_message_ends_the_contact() -> None:
    waited = rule(OverflowWhen.WAITED, None, wait_ms=10_000, message="Sorry.")
    scene = Scene(queue(overflows=(waited,)))
    scene.open()
    assert kinds(scene.wait(10_000)) == ["ContactOverflowed", "MessagePosted", "ContactClosed"]
    assert scene.state.contacts == {}


def test_a_rule_that_is_new_counts_for_those_who_wait() -> None:
    scene = Scene(queue("backup"), queue())
    contact_id = scene.open()
    scene.wait(30_000)
    scene.save(queue(overflows=(rule(OverflowWhen.WAITED, wait_ms=10_000),)))
    scene.wait(0)
    assert scene.contact(contact_id).queue_id == "backup"


def test_a_rule_that_is_gone_counts_no_more() -> None:
    scene = Scene(queue("backup"), queue(overflows=(rule(OverflowWhen.WAITED, wait_ms=10_000),)))
    scene.open()
    scene.save(queue())
    assert scene.wait(60_000) == []


def test_unstaffed() -> None:
    scene = Scene(queue("backup"), queue(overflows=(rule(OverflowWhen.UNSTAFFED),)), agent("ann"))
    opened(scene)
    assert scene.contact(1).queue_id == "backup"
    scene.available("ann")
    scene.engage(channel="voice")
    opened(scene)
    assert scene.contact(3).queue_id == "sales", "a busy agent is staff"


def test_unstaffed_when_all_are_leaving() -> None:
    scene = Scene(queue("backup"), queue(overflows=(rule(OverflowWhen.UNSTAFFED),)), agent("ann"))
    scene.available("ann")
    scene.engage()
    scene.does(cmd.SetPresence("ann", Presence.OFFLINE, when_free=True))
    opened(scene)
    assert scene.contact(2).queue_id == "backup"


def test_one_queue_after_another() -> None:
    scene = Scene(
        NEVER,
        queue("third"),
        queue("second", hours_id="never", overflows=(rule(OverflowWhen.CLOSED, "third"),)),
        queue("first", overflows=(rule(OverflowWhen.UNSTAFFED, "second"),)),
    )
    opened(scene, "first")
    assert scene.contact(1).queue_id == "third"
    assert scene.contact(1).overflow_count == 1, "the second never took it"


def test_a_contact_is_sent_on_only_so_often() -> None:
    waited = [
        queue(f"q{i}", overflows=(rule(OverflowWhen.WAITED, f"q{i + 1}", wait_ms=1_000),))
        for i in reversed(range(8))
    ]
    scene = Scene(queue("q8"), *waited)
    contact_id = scene.open("q0")
    scene.wait(60_000)
    assert scene.contact(contact_id).queue_id == "q5"
    assert scene.centre.next_wakeup_ms() is None


def test_rules_that_lead_in_a_circle_are_refused() -> None:
    scene = Scene(queue("a"), queue("b", overflows=(rule(OverflowWhen.FULL, "a"),)))
    in_circle = queue("a", overflows=(rule(OverflowWhen.UNSTAFFED, "b"),))
    assert scene.refuses(cmd.SaveSetting(in_circle)) is RefusalReason.INVALID
    to_itself = queue("a", overflows=(rule(OverflowWhen.FULL, "a"),))
    assert scene.refuses(cmd.SaveSetting(to_itself)) is RefusalReason.INVALID


@pytest.mark.parametrize(
    "overflows",
    [
        (rule(OverflowWhen.FULL), rule(OverflowWhen.FULL, None)),
        (rule(OverflowWhen.WAITED),),
        (rule(OverflowWhen.FULL, wait_ms=1_000),),
        (rule(OverflowWhen.WAITED, wait_ms=0),),
        (rule(OverflowWhen.CLOSED),),
    ],
)
def test_rules_are_sound(overflows: tuple[st.Overflow, ...]) -> None:
    scene = Scene(queue("backup"))
    command = cmd.SaveSetting(queue(overflows=overflows))
    assert scene.refuses(command) is RefusalReason.INVALID


def test_a_rule_to_a_queue_that_is_not_there_is_refused() -> None:
    command = cmd.SaveSetting(queue(overflows=(rule(OverflowWhen.FULL, "nowhere"),)))
    assert Scene().refuses(command) is RefusalReason.NOT_FOUND
