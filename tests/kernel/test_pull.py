"""Which of those who wait a freed agent takes: priority, then age, home or weight."""

from __future__ import annotations

from frontdesk.kernel.settings import Pull
from tests.kernel.scene import Scene, agent, queue, team


def pulled(scene: Scene, agent_id: str, count: int) -> list[int]:
    """The contacts that the agent takes, one after the other."""
    taken: list[int] = []
    scene.available(agent_id)
    for _ in range(count):
        offer_id = scene.agent(agent_id).offer_ids[0]
        contact_id = scene.state.offers[offer_id].contact_id
        scene.accept(contact_id)
        scene.end(contact_id)
        taken.append(contact_id)
    return taken


def test_the_oldest_first_whatever_its_queue() -> None:
    scene = Scene(queue("a"), queue("b"), agent("ann", "a", "b"))
    contact_ids: list[int] = []
    for queue_id in ("a", "b", "b", "a"):
        contact_ids.append(scene.open(queue_id))
        scene.wait(10)
    assert pulled(scene, "ann", 4) == contact_ids


def test_those_who_came_at_the_same_instant_go_by_number() -> None:
    scene = Scene(queue(), agent("ann"))
    contact_ids = [scene.open() for _ in range(3)]
    assert pulled(scene, "ann", 3) == contact_ids


def test_priority_of_queue_and_contact_before_age() -> None:
    scene = Scene(queue("a"), queue("vip", priority=2), agent("ann", "a", "vip"))
    plain = scene.open("a")
    scene.wait(10)
    lifted = scene.open("a", priority=3)
    vip = scene.open("vip")
    lowered = scene.open("vip", priority=-3)
    assert pulled(scene, "ann", 4) == [lifted, vip, plain, lowered]


def test_a_queue_s_new_priority_counts_for_those_who_wait() -> None:
    scene = Scene(queue("a"), queue("b"), agent("ann", "a", "b"))
    first, second = scene.open("a"), scene.open("b")
    scene.save(queue("b", priority=1))
    assert pulled(scene, "ann", 2) == [second, first]


def test_home_first_before_age_and_after_priority() -> None:
    scene = Scene(
        team("north", pull=Pull.HOME_FIRST),
        queue("home", home_team_ids=("north",)),
        team("south"),
        queue("away", home_team_ids=("south",)),
        agent("ann", "home", "away", team_id="north"),
    )
    away = scene.open("away")
    scene.wait(10)
    home = scene.open("home")
    urgent = scene.open("away", priority=1)
    assert pulled(scene, "ann", 3) == [urgent, home, away]


def test_weighted_after_priority() -> None:
    scene = Scene(
        team("north", pull=Pull.WEIGHTED),
        queue("a", base_weight=100.0),
        queue("b"),
        agent("ann", "a", "b", team_id="north"),
    )
    old = scene.open("b")
    scene.wait(50_000)
    weighty = scene.open("a")
    urgent = scene.open("b", priority=1)
    assert pulled(scene, "ann", 3) == [urgent, weighty, old]


def test_an_agent_looks_past_those_who_were_declined() -> None:
    scene = Scene(queue(), agent("ann"))
    first, second, third = scene.open(), scene.open(), scene.open()
    scene.available("ann")
    scene.decline(first)
    scene.decline(second)
    assert scene.offered_to(third) == "ann"
