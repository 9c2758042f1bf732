"""Who of the free agents is asked first, by each strategy."""

from __future__ import annotations

from collections import Counter

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.routing import DRAWS_MAX
from frontdesk.kernel.settings import Strategy
from tests.kernel.scene import Scene, agent, only, queue, skill

CHATS = st.CentreSettings(channels=(st.ChannelRule(channel="webchat", units=50),))


def floor(strategy: Strategy, *agents: st.AgentProfile, **rest: object) -> Scene:
    scene = Scene(
        skill("french"),
        skill("german"),
        queue(strategy=strategy, **rest),
        queue("other"),
        CHATS,
        *agents,
    )
    scene.available(*(a.agent_id for a in agents))
    return scene


def served_by(scene: Scene, queue_id: str = "sales", wait_ms: int = 1_000) -> str:
    """A contact comes and is served for a while; returns the agent."""
    contact_id = scene.engage(queue_id)
    agent_id = scene.contact(contact_id).agent_id
    scene.wait(wait_ms)
    scene.end(contact_id)
    assert agent_id is not None
    return agent_id


def test_longest_idle() -> None:
    scene = floor(Strategy.LONGEST_IDLE, agent("ann"), agent("bob"), agent("eve"))
    assert [served_by(scene) for _ in range(6)] == ["ann", "bob", "eve"] * 2


def test_the_less_loaded_come_before_the_longest_idle() -> None:
    scene = floor(Strategy.LONGEST_IDLE, agent("ann"), agent("bob"))
    contact_ids = [scene.open(channel="webchat") for _ in range(4)]
    assert [scene.offered_to(id_) for id_ in contact_ids] == ["ann", "bob", "ann", "bob"]


def test_load_is_a_share_of_the_capacity() -> None:
    scene = floor(Strategy.LONGEST_IDLE, agent("ann", capacity_units=400), agent("bob"))
    contact_ids = [scene.open(channel="webchat") for _ in range(5)]
    assert [scene.offered_to(id_) for id_ in contact_ids] == ["ann", "bob", "ann", "ann", "ann"]


def test_least_occupied() -> None:
    scene = floor(Strategy.LEAST_OCCUPIED, agent("ann"), agent("bob"))
    assert served_by(scene, wait_ms=60_000) == "ann"
    assert [served_by(scene) for _ in range(3)] == ["bob"] * 3


def test_round_robin_by_queue() -> None:
    everywhere = ("sales", "other")
    scene = floor(Strategy.ROUND_ROBIN, agent("ann", *everywhere), agent("bob", *everywhere))
    scene.save(queue("other", strategy=Strategy.ROUND_ROBIN))
    assert [served_by(scene) for _ in range(3)] == ["ann", "bob", "ann"]
    assert served_by(scene, "other") == "ann", "each queue goes round on its own"
    assert served_by(scene) == "bob"


def test_round_robin_gives_turns_whatever_the_load() -> None:
    scene = floor(Strategy.ROUND_ROBIN, agent("ann", capacity_units=200), agent("bob"))
    first = scene.engage(channel="webchat")
    scene.engage(channel="webchat")
    assert scene.contact(first).agent_id == "ann"
    assert scene.offered_to(scene.open(channel="webchat")) == "ann"


def test_most_skilled_in_what_is_asked_for() -> None:
    steps = (st.RoutingStep(skills=(st.SkillNeed("french", 2),)),)
    scene = floor(
        Strategy.MOST_SKILLED,
        agent("ann", skills={"french": 2, "german": 5}),
        agent("bob", skills={"french": 4}),
        steps=steps,
    )
    assert served_by(scene) == "bob"


def test_least_skilled_keeps_the_flexible_free() -> None:
    scene = floor(
        Strategy.LEAST_SKILLED,
        agent("ann", skills={"french": 1, "german": 1}),
        agent("bob", skills={"french": 5}),
        agent("eve", skills={"french": 3}),
    )
    contact_ids = [scene.open() for _ in range(3)]
    assert [scene.offered_to(id_) for id_ in contact_ids] == ["eve", "bob", "ann"]


def test_random_gives_everybody_the_same_share() -> None:
    scene = floor(Strategy.RANDOM, agent("ann"), agent("bob"), agent("eve"))
    shares = Counter(served_by(scene, wait_ms=1) for _ in range(300))
    assert set(shares) == {"ann", "bob", "eve"}
    assert all(70 <= share <= 130 for share in shares.values()), shares


def test_random_gives_the_few_who_are_free_among_many_the_same_share() -> None:
    """More agents than numbers are drawn for: whoever is free is found, and none more often."""
    crowd = [agent(f"a{number}") for number in range(DRAWS_MAX)]
    scene = Scene(queue(strategy=Strategy.RANDOM), *crowd)
    scene.available("a7", "a30", "a31")
    shares = Counter(served_by(scene, wait_ms=1) for _ in range(300))
    assert set(shares) == {"a7", "a30", "a31"}
    assert all(70 <= share <= 130 for share in shares.values()), shares


def test_random_passes_by_whoever_refused() -> None:
    scene = floor(Strategy.RANDOM, agent("ann"), agent("bob"))
    contact_id = scene.open()
    first = scene.offered_to(contact_id)
    scene.decline(contact_id)
    assert {first, scene.offered_to(contact_id)} == {"ann", "bob"}
    scene.decline(contact_id)
    assert scene.offered_to(contact_id) is None


def test_random_within_the_home_team_first() -> None:
    """The order of the groups holds for every strategy."""
    scene = Scene(
        st.Team(team_id="north", name="North"),
        queue(
            strategy=Strategy.RANDOM,
            group_order=st.GroupOrder.HOME_FIRST,
            home_team_ids=("north",),
        ),
        agent("ann"),
        agent("bob"),
        agent("eve", team_id="north"),
        agent("joe", team_id="north"),
    )
    scene.available("ann", "bob", "eve", "joe")
    contact_ids = [scene.open() for _ in range(4)]
    offered = [scene.offered_to(contact_id) for contact_id in contact_ids]
    assert set(offered[:2]) == {"eve", "joe"}
    assert set(offered[2:]) == {"ann", "bob"}


def test_a_random_choice_does_not_depend_on_how_the_index_came_about() -> None:
    """Found by random commands: after a reload some agents were twice as likely."""
    scene = floor(Strategy.RANDOM, *(agent(f"a{i}") for i in range(7)))
    for _ in range(20):
        command = cmd.OpenContact(channel="voice", channel_ref="", queue_id="sales")
        reloaded = scene.reload()
        events = scene.does(command)
        assert reloaded.decide(command, scene.now_ms) == events
        scene.does(cmd.EndContact(only(events, ev.ContactOpened).contact_id, cmd.Author.CUSTOMER))
