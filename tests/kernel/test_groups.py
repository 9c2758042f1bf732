"""Teams: home first with some kept back, or by weight of wait and idleness."""

from __future__ import annotations

from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.settings import GroupOrder, Pull
from tests.kernel.scene import Scene, agent, only, queue, team

BOTH = ("french", "german")


def x_design(reserve_idle: int = 0, group_order: GroupOrder = GroupOrder.HOME_FIRST) -> Scene:
    """Two teams of two, each at home in one queue and able to help in the other."""
    return Scene(
        team("north", reserve_idle=reserve_idle),
        team("south", reserve_idle=reserve_idle),
        queue("french", home_team_ids=("north",), group_order=group_order),
        queue("german", home_team_ids=("south",), group_order=group_order),
        *(agent(id_, *BOTH, team_id="north") for id_ in ("n1", "n2")),
        *(agent(id_, *BOTH, team_id="south") for id_ in ("s1", "s2")),
    )


def offered(scene: Scene, queue_id: str, count: int) -> list[str | None]:
    return [scene.offered_to(scene.open(queue_id)) for _ in range(count)]


def test_together_the_longest_idle_of_all() -> None:
    scene = x_design(group_order=GroupOrder.TOGETHER)
    scene.available("s1", "n1", "n2", "s2")
    assert offered(scene, "french", 4) == ["s1", "n1", "n2", "s2"]


def test_home_first_then_all_others() -> None:
    scene = x_design()
    scene.available("s1", "n1", "n2", "s2")
    assert offered(scene, "french", 5) == ["n1", "n2", "s1", "s2", None]


def test_home_teams_in_their_order() -> None:
    scene = Scene(
        team("north"),
        team("south"),
        queue(home_team_ids=("south", "north"), group_order=GroupOrder.HOME_FIRST),
        agent("n1", team_id="north"),
        agent("s1", team_id="south"),
        agent("x1"),
    )
    scene.available("x1", "n1", "s1")
    assert offered(scene, "sales", 3) == ["s1", "n1", "x1"]


def test_some_idle_agents_are_kept_back_for_their_home_queue() -> None:
    scene = x_design(reserve_idle=1)
    scene.available("s1", "n1", "n2", "s2")
    assert offered(scene, "french", 4) == ["n1", "n2", "s1", None]
    assert offered(scene, "german", 1) == ["s2"]


def test_one_more_idle_agent_lets_another_one_go() -> None:
    """Who becomes idle need not be who is asked: the team is over its reserve, that is all."""
    scene = Scene(
        team("north"),
        team("south", reserve_idle=1),
        queue("french", home_team_ids=("north",)),
        queue("german", home_team_ids=("south",)),
        agent("s1", "french", team_id="south"),
        agent("s2", "german", team_id="south"),
    )
    scene.available("s1")
    contact_id = scene.open("french")
    assert scene.offered_to(contact_id) is None
    assert only(scene.available("s2"), ev.ContactOffered).agent_id == "s1"
    assert scene.offered_to(contact_id) == "s1"


def test_a_smaller_reserve_is_felt_at_once() -> None:
    scene = x_design(reserve_idle=1)
    scene.available("s1")
    contact_id = scene.open("french")
    assert scene.offered_to(contact_id) is None
    scene.save(team("south"))
    assert scene.offered_to(contact_id) == "s1"


def test_a_freed_agent_leaves_the_others_work_while_the_reserve_is_short() -> None:
    scene = x_design(reserve_idle=2)
    contact_id = scene.open("french")
    scene.available("s1", "s2")
    assert scene.offered_to(contact_id) is None
    scene.available("n1")
    assert scene.offered_to(contact_id) == "n1"


def test_weighted_by_idleness_and_base() -> None:
    scene = Scene(
        team("north", base_weight=100.0, idle_weight=0.0),
        team("south", idle_weight=10.0),
        queue(group_order=GroupOrder.WEIGHTED),
        agent("n1", team_id="north"),
        agent("s1", team_id="south"),
    )
    scene.available("s1", "n1")
    first = scene.open()
    assert scene.offered_to(first) == "n1", "100 against 10 for each of two seconds"
    scene.accept(first)
    scene.end(first)
    scene.wait(9_000)
    assert offered(scene, "sales", 2) == ["s1", "n1"]


def test_weighted_on_both_sides() -> None:
    """A freed agent takes the contact with the greatest weight, after priority."""
    scene = Scene(
        team("north", pull=Pull.WEIGHTED),
        queue("slow", wait_weight=1.0),
        queue("urgent", base_weight=20.0, wait_weight=2.0),
        agent("ann", "slow", "urgent", team_id="north"),
    )
    slow = scene.open("slow")
    scene.wait(30_000)
    urgent = scene.open("urgent")
    assert only(scene.available("ann"), ev.ContactOffered).contact_id == slow
    scene.accept(slow)
    scene.wait(10_000)
    other = scene.open("slow")
    scene.end(slow)
    assert scene.offered_to(urgent) == "ann"
    assert scene.offered_to(other) is None


def test_the_weights_of_a_team_can_be_changed() -> None:
    scene = Scene(
        team("north", base_weight=5.0, idle_weight=0.0),
        team("south", idle_weight=0.0),
        queue(group_order=GroupOrder.WEIGHTED),
        agent("n1", team_id="north"),
        agent("s1", team_id="south"),
    )
    scene.available("n1", "s1")
    scene.save(st.Team(team_id="south", name="South", base_weight=6.0, idle_weight=0.0))
    assert offered(scene, "sales", 2) == ["s1", "n1"]
