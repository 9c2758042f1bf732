"""The agent who served the customer last comes first, for as long as the queue says."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.settings import Strategy
from tests.kernel.scene import LUNCH, Scene, agent, kinds, only, queue, team


def floor(**rest: object) -> Scene:
    """Ann is idle the longest; Bob was the last to serve."""
    rest.setdefault("previous_agent_wait_ms", 20_000)
    scene = Scene(queue(**rest), queue("other"), agent("ann"), agent("bob"), agent("eve", "other"))
    scene.available("ann", "bob", "eve")
    return scene


def test_the_previous_agent_comes_first_whatever_the_strategy() -> None:
    for strategy in Strategy:
        scene = floor(strategy=strategy)
        events = scene.does(
            cmd.OpenContact("voice", "", "sales", previous_agent_id="bob", priority=1)
        )
        assert only(events, ev.ContactOffered).agent_id == "bob"
        assert only(events, ev.ContactOffered).why.previous_agent


def test_a_busy_previous_agent_is_waited_for() -> None:
    scene = floor()
    in_hand = scene.engage(previous_agent_id="bob")
    contact_id = scene.open(previous_agent_id="bob")
    assert scene.offered_to(contact_id) is None, "although Ann is free"
    scene.wait(19_999)
    scene.end(in_hand)
    assert scene.offered_to(contact_id) == "bob"


def test_after_the_wait_anybody_will_do() -> None:
    scene = floor()
    scene.engage(previous_agent_id="bob")
    contact_id = scene.open(previous_agent_id="bob")
    assert scene.wait(19_999) == []
    assert kinds(scene.wait(1)) == ["ContactReleased", "ContactOffered"]
    assert scene.offered_to(contact_id) == "ann"


def test_a_previous_agent_who_declines_is_not_waited_for() -> None:
    scene = floor()
    contact_id = scene.open(previous_agent_id="bob")
    assert kinds(scene.decline(contact_id)) == [
        "OfferDeclined",
        "ContactReleased",
        "ContactOffered",
    ]
    assert scene.offered_to(contact_id) == "ann"


def test_a_previous_agent_who_is_away_is_not_waited_for() -> None:
    scene = floor()
    scene.save(LUNCH)
    scene.does(cmd.SetPresence("bob", Presence.BREAK, "lunch"))
    assert scene.offered_to(scene.open(previous_agent_id="bob")) == "ann"


def test_a_previous_agent_of_another_queue_or_of_none_is_not_waited_for() -> None:
    scene = floor()
    assert scene.offered_to(scene.open(previous_agent_id="eve")) == "ann"
    assert scene.offered_to(scene.open(previous_agent_id="nobody")) == "bob"


def test_a_queue_may_not_care_who_was_last() -> None:
    scene = floor(previous_agent_wait_ms=0)
    assert scene.offered_to(scene.open(previous_agent_id="bob")) == "ann"


def test_a_queue_changed_while_one_agent_is_waited_for() -> None:
    """Found by random commands: the lane of the one agent was dropped twice."""
    scene = floor()
    scene.engage(previous_agent_id="bob")
    contact_id = scene.open(previous_agent_id="bob")
    scene.save(queue(previous_agent_wait_ms=20_000, priority=3))
    assert scene.contact(contact_id).for_agent_id == "bob"
    scene.wait(20_000)
    assert scene.offered_to(contact_id) == "ann"


def test_a_previous_agent_who_is_removed_is_waited_for_no_longer_than_any() -> None:
    scene = floor()
    in_hand = scene.engage(previous_agent_id="bob")
    contact_id = scene.open(previous_agent_id="bob")
    scene.does(cmd.SetPresence("bob", Presence.OFFLINE, when_free=True))
    scene.end(in_hand)
    scene.does(cmd.RemoveSetting("agent_profile", "bob"))
    scene.wait(20_000)
    assert scene.offered_to(contact_id) == "ann"


def test_the_reserve_of_a_team_is_not_kept_from_who_asks_for_one_agent() -> None:
    scene = Scene(
        team("north"),
        team("south", reserve_idle=1),
        queue(previous_agent_wait_ms=5_000, home_team_ids=("north",)),
        agent("bob", team_id="south"),
    )
    scene.available("bob")
    assert scene.offered_to(scene.open()) is None
    assert scene.offered_to(scene.open(previous_agent_id="bob")) == "bob"


def test_skills_asked_for_do_not_count_against_the_previous_agent() -> None:
    steps = (st.RoutingStep(skills=(st.SkillNeed("french", 5),)),)
    scene = Scene(
        st.Skill(skill_id="french", name="French"),
        queue(previous_agent_wait_ms=5_000, steps=steps),
        agent("ann"),
    )
    scene.available("ann")
    assert scene.offered_to(scene.open(previous_agent_id="ann")) == "ann"
