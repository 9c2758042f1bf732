"""Work after the contact: its time, its outcome code, and what comes next."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.decide_transfers import NOTE_CHARS_MAX
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, kinds, only, queue

DISPOSITIONS = [st.Disposition(disposition_id=id_, name=id_) for id_ in ("sold", "lost", "other")]


def wrapping_up(**sales: object) -> tuple[Scene, int]:
    """Ann has ended a contact and wraps it up; returns the engagement."""
    sales.setdefault("wrap_up_time_ms", 30_000)
    scene = Scene(*DISPOSITIONS, queue(**sales), agent("ann"), agent("bob"))
    scene.available("ann")
    contact_id = scene.engage()
    engagement_id = scene.contact(contact_id).engagement_id
    assert engagement_id is not None
    scene.end(contact_id)
    return scene, engagement_id


def test_wrap_up_follows_the_end_whoever_ends_it() -> None:
    for author in Author:
        scene = Scene(queue(wrap_up_time_ms=30_000), agent("ann"))
        scene.available("ann")
        agent_id = "ann" if author is Author.AGENT else None
        events = scene.does(cmd.EndContact(scene.engage(), author, agent_id))
        assert only(events, ev.EngagementEnded).wrap_up_until_ms == scene.now_ms + 30_000


def test_no_wrap_up_where_the_queue_has_none() -> None:
    scene, _ = wrapping_up(wrap_up_time_ms=0)
    assert scene.state.engagements == {}
    assert scene.agent("ann").load_units == 0


def test_completed_with_a_disposition_the_next_contact_comes() -> None:
    scene, engagement_id = wrapping_up()
    waiting = scene.open()
    command = cmd.CompleteWrapUp(engagement_id, "ann", "sold", "Two of them.")
    events = scene.does(command)
    assert events[0] == ev.WrapUpCompleted(
        engagement_id, 1, "ann", "sold", "Two of them.", timed_out=False
    )
    assert scene.offered_to(waiting) == "ann"
    assert scene.refuses(command) is RefusalReason.NOT_FOUND


def test_overstayed_it_ends_by_itself() -> None:
    scene, engagement_id = wrapping_up()
    waiting = scene.open()
    assert scene.wait(29_999) == []
    events = scene.wait(1)
    assert events[0] == ev.WrapUpCompleted(engagement_id, 1, "ann", None, "", timed_out=True)
    assert scene.offered_to(waiting) == "ann"


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ({"agent_id": "bob"}, RefusalReason.NOT_YOURS),
        ({"engagement_id": 99}, RefusalReason.NOT_FOUND),
        ({"disposition_id": "stolen"}, RefusalReason.NOT_FOUND),
        ({"note": "x" * (NOTE_CHARS_MAX + 1)}, RefusalReason.INVALID),
    ],
)
def test_what_can_not_be_completed(rest: dict[str, object], reason: RefusalReason) -> None:
    scene, engagement_id = wrapping_up()
    asked: dict[str, object] = {"engagement_id": engagement_id, "agent_id": "ann"}
    command = cmd.CompleteWrapUp(**(asked | rest))  # pyright: ignore[reportArgumentType]
    assert scene.refuses(command) is reason


def test_a_queue_may_name_its_dispositions_and_then_one_is_needed() -> None:
    scene, engagement_id = wrapping_up(disposition_ids=("sold", "lost"))
    none, other = (cmd.CompleteWrapUp(engagement_id, "ann", id_) for id_ in (None, "other"))
    assert scene.refuses(none) is RefusalReason.INVALID
    assert scene.refuses(other) is RefusalReason.INVALID
    scene.does(cmd.CompleteWrapUp(engagement_id, "ann", "lost"))


def test_a_conversation_that_goes_on_can_not_be_wrapped_up() -> None:
    scene = Scene(queue(wrap_up_time_ms=30_000), agent("ann"))
    scene.available("ann")
    engagement_id = scene.contact(scene.engage()).engagement_id or 0
    command = cmd.CompleteWrapUp(engagement_id, "ann")
    assert scene.refuses(command) is RefusalReason.WRONG_STATE


def test_an_agent_who_goes_offline_has_wrapped_up() -> None:
    scene, _ = wrapping_up()
    events = scene.does(cmd.SetPresence("ann", Presence.OFFLINE, return_contacts=True))
    assert kinds(events) == ["PresenceChanged", "WrapUpCompleted"]
    assert only(events, ev.WrapUpCompleted).timed_out


def test_a_queue_removed_during_wrap_up_leaves_nothing_behind() -> None:
    scene, engagement_id = wrapping_up()
    scene.save(agent("ann", "sales"), queue("other"), agent("ann", "other"), agent("bob", "other"))
    assert scene.refuses(cmd.RemoveSetting("queue", "sales")) is RefusalReason.IN_USE
    scene.does(cmd.CompleteWrapUp(engagement_id, "ann"))
    scene.does(cmd.RemoveSetting("queue", "sales"))
    assert "sales" not in scene.state.stats


def test_a_transferred_contact_does_not_hold_the_queue_it_was_in() -> None:
    """The queue may go while its last agent still wraps up, and is not learnt of any more."""
    scene = Scene(queue(wrap_up_time_ms=30_000), queue("other"), agent("ann"))
    scene.available("ann")
    contact_id = scene.engage()
    engagement_id = scene.contact(contact_id).engagement_id or 0
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="other"))
    scene.save(agent("ann", "other"))
    scene.does(cmd.RemoveSetting("queue", "sales"))
    scene.does(cmd.CompleteWrapUp(engagement_id, "ann"))
    assert "sales" not in scene.state.stats
