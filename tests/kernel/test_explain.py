"""Why this agent, and why not that one: every verdict, and the order of those in the running."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.explain import (
    Candidate,
    Explanation,
    Verdict,
    explain_arrival,
    explain_contact,
)
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.kernel.settings import GroupOrder, Strategy
from tests.kernel.scene import LUNCH, Scene, agent, queue, skill, team

FRENCH = st.SkillNeed("french", 3)


def arrival(queue_id: str = "sales", **rest: object) -> cmd.OpenContact:
    return cmd.OpenContact("voice", "", queue_id, **rest)  # pyright: ignore[reportArgumentType]


def dry_run(scene: Scene, **rest: object) -> Explanation:
    explanation = explain_arrival(scene.state, arrival(**rest), scene.now_ms)  # pyright: ignore
    assert isinstance(explanation, Explanation)
    return explanation


def why(scene: Scene, contact_id: int) -> Explanation:
    explanation = explain_contact(scene.state, contact_id, scene.now_ms)
    assert isinstance(explanation, Explanation)
    return explanation


def verdicts(explanation: Explanation) -> dict[str, Verdict]:
    return {c.agent_id: c.verdict for c in explanation.candidates}


def candidate(explanation: Explanation, agent_id: str) -> Candidate:
    return next(c for c in explanation.candidates if c.agent_id == agent_id)


def full_house() -> Scene:
    """Somebody for every verdict, seen from the queue `sales` that asks for French."""
    able = {"skills": {"french": 5}, "team_id": "north"}
    steps = (st.RoutingStep(skills=(FRENCH,), team_ids=("north", "south")),)
    scene = Scene(
        LUNCH,
        skill("french"),
        team("north"),
        team("south", reserve_idle=1),
        team("east"),
        queue(steps=steps, home_team_ids=("north",)),
        queue("other"),
        agent("offline", **able),
        agent("on_break", **able),
        agent("leaving", "sales", "other", **able),
        agent("no_capacity", "sales", "other", **able),
        agent("other_team", skills={"french": 5}, team_id="east"),
        agent("lacks_skill", skills={"french": 2}, team_id="north"),
        agent("not_in_queue", "other", **able),
        agent("kept_back", skills={"french": 5}, team_id="south"),
        agent("chosen", **able),
        agent("next", **able),
    )
    scene.available("no_capacity")
    scene.engage("other")
    scene.available("leaving")
    scene.engage("other")
    scene.does(cmd.SetPresence("leaving", Presence.OFFLINE, when_free=True))
    scene.available("other_team", "lacks_skill", "not_in_queue", "kept_back", "chosen", "next")
    scene.does(cmd.SetPresence("on_break", Presence.BREAK, "lunch"))
    return scene


def test_every_agent_has_a_verdict() -> None:
    explanation = dry_run(full_house())
    assert verdicts(explanation) == {
        v.value: v for v in Verdict if v not in (Verdict.REFUSED, Verdict.NOT_THE_ONE)
    }
    assert explanation.chosen_agent_id == "chosen"
    ranks = {c.agent_id: c.rank for c in explanation.candidates if c.rank is not None}
    assert ranks == {"chosen": 1, "next": 2}
    assert candidate(explanation, "lacks_skill").lacking == (FRENCH,)


def test_those_in_the_running_come_first_and_the_others_by_their_nearness() -> None:
    shown = [c.verdict for c in dry_run(full_house()).candidates]
    assert shown == sorted(shown, key=list(Verdict).index)


def test_who_refused_is_told_so() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    contact_id = scene.open()
    scene.decline(contact_id)
    assert verdicts(why(scene, contact_id)) == {"ann": Verdict.REFUSED}


def test_all_others_are_not_the_one() -> None:
    scene = Scene(queue(previous_agent_wait_ms=10_000), agent("ann"), agent("bob"))
    scene.available("ann", "bob")
    scene.engage(previous_agent_id="bob")
    explanation = why(scene, scene.open(previous_agent_id="bob"))
    assert explanation.for_agent_id == "bob"
    assert verdicts(explanation) == {"ann": Verdict.NOT_THE_ONE, "bob": Verdict.NO_CAPACITY}


def test_a_dry_run_looks_at_the_previous_agent() -> None:
    """Found by random commands: it named the one who would have come first otherwise."""
    scene = Scene(queue(previous_agent_wait_ms=10_000), agent("ann"), agent("bob"))
    scene.available("ann", "bob")
    explanation = dry_run(scene, previous_agent_id="bob")
    assert explanation.chosen_agent_id == "bob"
    assert scene.offered_to(scene.open(previous_agent_id="bob")) == "bob"


def test_what_is_asked_for_is_told() -> None:
    steps = (
        st.RoutingStep(duration_ms=5_000),
        st.RoutingStep(skills=(st.SkillNeed("german"),), priority_boost=2, team_ids=("north",)),
    )
    scene = Scene(skill("french"), skill("german"), team("north"), queue(steps=steps, priority=10))
    contact_id = scene.open(skills=(FRENCH,), priority=1)
    scene.wait(8_000)
    told = why(scene, contact_id)
    assert told.skills == (FRENCH, st.SkillNeed("german"))
    assert (told.step_index, told.step_count, told.team_ids) == (1, 2, ("north",))
    assert (told.priority, told.wait_ms, told.units) == (13, 8_000, 100)
    assert told.chosen_agent_id is None


@pytest.mark.parametrize("strategy", [s for s in Strategy if s is not Strategy.RANDOM])
@pytest.mark.parametrize("group_order", GroupOrder)
def test_ranks_are_the_order_in_which_agents_are_asked(
    strategy: Strategy, group_order: GroupOrder
) -> None:
    names = ("ann", "bob", "eve", "joe")
    scene = Scene(
        skill("french"),
        team("north", base_weight=1.5),
        team("south"),
        queue(strategy=strategy, group_order=group_order, home_team_ids=("south",)),
        *(
            agent(name, team_id=("north", "south")[i % 2], skills={"french": 5 - i})
            for i, name in enumerate(names)
        ),
    )
    scene.available(*reversed(names))
    for _ in range(2):
        scene.end(scene.engage())
    ranks = {c.rank: c.agent_id for c in dry_run(scene).candidates}
    asked: list[str | None] = []
    for _ in names:
        chosen = dry_run(scene).chosen_agent_id
        asked.append(scene.offered_to(scene.open()))
        assert asked[-1] == chosen
    if group_order is not GroupOrder.WEIGHTED:  # where a team's weight goes with its head
        assert asked == [ranks[rank] for rank in (1, 2, 3, 4)]


def test_at_random_nobody_is_chosen_beforehand() -> None:
    scene = Scene(queue(strategy=Strategy.RANDOM), agent("ann"), agent("bob"))
    scene.available("ann", "bob")
    told = dry_run(scene)
    assert told.chosen_agent_id is None
    assert verdicts(told) == {"ann": Verdict.NEXT, "bob": Verdict.NEXT}
    assert {c.rank for c in told.candidates} == {None}


def test_only_so_many_candidates_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.kernel.explain.CANDIDATES_MAX", 2)
    scene = Scene(queue(), *(agent(f"a{i}") for i in range(5)))
    scene.available("a4")
    told = dry_run(scene)
    assert [c.agent_id for c in told.candidates] == ["a4", "a0"]


def test_what_can_not_be_explained() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    engaged = scene.engage()

    def reason(outcome: Explanation | Refusal) -> RefusalReason:
        assert isinstance(outcome, Refusal)
        return outcome.reason

    nowhere = explain_arrival(scene.state, arrival("nowhere"), scene.now_ms)
    assert reason(nowhere) is RefusalReason.NOT_FOUND
    assert reason(explain_contact(scene.state, 99, 0)) is RefusalReason.NOT_FOUND
    assert reason(explain_contact(scene.state, engaged, 0)) is RefusalReason.WRONG_STATE
