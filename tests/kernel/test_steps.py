"""Routing steps: who is asked for, for how long, and what is relaxed next."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.decide_settings import STEPS_MAX
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, kinds, queue, skill, team

FRENCH_WELL, FRENCH = st.SkillNeed("french", 4), st.SkillNeed("french", 1)


def step(duration_ms: int | None = None, **rest: object) -> st.RoutingStep:
    return st.RoutingStep(duration_ms=duration_ms, **rest)  # pyright: ignore[reportArgumentType]


def test_what_a_step_asks_for_is_relaxed_by_the_next() -> None:
    steps = (step(10_000, skills=(FRENCH_WELL,)), step(20_000, skills=(FRENCH,)), step())
    scene = Scene(
        skill("french"),
        queue(steps=steps),
        agent("ann"),
        agent("bob", skills={"french": 2}),
        agent("eve", skills={"french": 5}),
    )
    scene.available("ann", "bob", "eve")
    first, second, third = scene.open(), scene.open(), scene.open()
    assert scene.offered_to(first) == "eve"
    scene.accept(first)
    assert kinds(scene.wait(9_999)) == []
    assert kinds(scene.wait(1)) == ["StepAdvanced", "ContactOffered", "StepAdvanced"]
    assert (scene.offered_to(second), scene.offered_to(third)) == ("bob", None)
    scene.accept(second)
    scene.wait(20_000)
    assert scene.offered_to(third) == "ann"


def test_the_contact_s_own_skills_are_asked_for_until_a_step_drops_them() -> None:
    steps = (step(10_000), step(drop_contact_skills=True))
    scene = Scene(skill("french"), queue(steps=steps), agent("ann"))
    scene.available("ann")
    contact_id = scene.open(skills=(FRENCH,))
    assert scene.offered_to(contact_id) is None
    scene.wait(10_000)
    assert scene.offered_to(contact_id) == "ann"


def test_the_stricter_of_two_needs_counts() -> None:
    scene = Scene(
        skill("french"),
        queue(steps=(step(skills=(FRENCH,)),)),
        agent("ann", skills={"french": 3}),
        agent("bob", skills={"french": 4}),
    )
    scene.available("ann", "bob")
    assert scene.offered_to(scene.open(skills=(FRENCH_WELL,))) == "bob"


def test_a_step_may_ask_for_teams() -> None:
    steps = (step(5_000, team_ids=("north",)), step())
    scene = Scene(team("north"), queue(steps=steps), agent("ann"), agent("bob", team_id="north"))
    scene.available("ann")
    contact_id = scene.open()
    assert scene.offered_to(contact_id) is None
    scene.available("bob")
    assert scene.offered_to(contact_id) == "bob"


def test_a_step_may_raise_the_priority() -> None:
    scene = Scene(queue(steps=(step(5_000), step(priority_boost=5))), agent("ann"))
    early = scene.open()
    scene.wait(5_000)
    late = scene.open(priority=3)
    scene.available("ann")
    assert scene.offered_to(early) == "ann"
    scene.accept(early)
    scene.end(early)
    assert scene.offered_to(late) == "ann"


def test_steps_run_on_while_it_rings() -> None:
    steps = (step(5_000, skills=(FRENCH,)), step())
    scene = Scene(
        skill("french"), queue(steps=steps), agent("ann", skills={"french": 1}), agent("bob")
    )
    scene.available("ann", "bob")
    contact_id = scene.open()
    assert kinds(scene.wait(5_000)) == ["StepAdvanced"]
    scene.decline(contact_id)
    assert scene.offered_to(contact_id) == "bob"


def test_an_engaged_contact_has_no_steps() -> None:
    scene = Scene(queue(steps=(step(5_000), step())), agent("ann"))
    scene.available("ann")
    scene.engage()
    assert scene.wait(60_000) == []


def test_a_late_advance_gives_each_step_its_time() -> None:
    scene = Scene(queue(steps=(step(1_000), step(2_000), step())))
    contact_id = scene.open()
    scene.now_ms += 60_000
    assert scene.does(cmd.Advance()) == [ev.StepAdvanced(contact_id, 1)]
    assert scene.centre.next_wakeup_ms() == scene.now_ms + 2_000


def test_whoever_waits_goes_by_new_steps() -> None:
    scene = Scene(queue(steps=(step(1_000), step(2_000), step())), agent("ann"))
    contact_id = scene.open()
    scene.wait(3_000)
    assert scene.contact(contact_id).step_index == 2
    scene.save(queue(steps=(step(4_000), step())))
    assert scene.contact(contact_id).step_index == 1
    scene.save(queue(steps=(step(4_000), step(5_000), step())))
    assert kinds(scene.wait(5_000)) == ["StepAdvanced"]


def test_steps_are_sound() -> None:
    scene = Scene(skill("french"))

    def refuses(*steps: st.RoutingStep) -> None:
        assert scene.refuses(cmd.SaveSetting(queue(steps=steps))) is RefusalReason.INVALID

    refuses()
    refuses(*[step(1)] * STEPS_MAX, step())
    refuses(step(), step())
    refuses(step(1))
    refuses(step(0), step())
    refuses(step(-1), step())
    refuses(step(8 * 86_400_000), step())
    refuses(step(skills=(st.SkillNeed("french", 6),)))
