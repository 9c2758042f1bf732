"""Bad days: whatever breaks, the centre goes on from what is durable; nothing is lost."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Awaitable, Callable

import pytest

from frontdesk.journal.errors import JournalUnavailable
from frontdesk.journal.faults import Fault, FaultyJournal
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import AnyCommand, SaveSetting
from frontdesk.kernel.events import AnyEvent, SettingSaved
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Skill
from frontdesk.kernel.state import dump
from frontdesk.runtime.bus import CutOff
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.errors import CommandFailed, Unavailable, UnavailableReason
from frontdesk.runtime.inbox import Outcome
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.runtime.writer import Mode

StartCentre = Callable[..., Awaitable[CentreRuntime]]
Until = Callable[[Callable[[], bool]], Awaitable[None]]
ANN = "agent:ann"


def save_skill(skill_id: str) -> SaveSetting:
    return SaveSetting(Skill(skill_id=skill_id, name=skill_id))


def saved_skills(store: MemoryStore[AnyEvent]) -> list[str]:
    return [
        e.event.entity.skill_id
        for e in store.envelopes
        if isinstance(e.event, SettingSaved) and isinstance(e.event.entity, Skill)
    ]


def fail_next(journal: FaultyJournal[AnyEvent], *faults: tuple[str, Fault]) -> None:
    """The next calls of these names fail, one by one in this order."""
    due = list(faults)

    def choose(call: str) -> Fault | None:
        if due and due[0][0] == call:
            return due.pop(0)[1]
        return None

    journal.choose_fault = choose


def is_serving(centre: CentreRuntime) -> Callable[[], bool]:
    return lambda: centre.status().mode is Mode.SERVING


async def test_an_append_that_never_arrived_is_refused_for_the_moment(
    start_centre: StartCentre,
    journal: FaultyJournal[AnyEvent],
    store: MemoryStore[AnyEvent],
    until: Until,
) -> None:
    centre = await start_centre()
    fail_next(journal, ("append", Fault.LOST_BEFORE))
    with pytest.raises(Unavailable) as caught:
        await centre.submit(save_skill("french"), ANN)
    assert caught.value.retryable
    assert not caught.value.outcome_unknown
    await until(is_serving(centre))
    assert saved_skills(store) == []
    assert centre.centre.state.settings.skills == {}
    assert isinstance(await centre.submit(save_skill("french"), ANN), Outcome)


async def test_an_append_whose_answer_was_lost_is_found_in_the_journal(
    start_centre: StartCentre,
    journal: FaultyJournal[AnyEvent],
    store: MemoryStore[AnyEvent],
) -> None:
    centre = await start_centre()
    fail_next(journal, ("append", Fault.LOST_AFTER))
    outcome = await centre.submit(save_skill("french"), ANN, command_id="once")
    assert isinstance(outcome, Outcome)
    assert saved_skills(store) == ["french"]
    again = await centre.submit(save_skill("french"), ANN, command_id="once")
    assert isinstance(again, Outcome)
    assert again.repeated
    assert centre.status().recoveries == 1
    assert centre.live.seq == 1


async def test_a_doubt_that_lasts_is_told(
    start_centre: StartCentre,
    journal: FaultyJournal[AnyEvent],
    store: MemoryStore[AnyEvent],
    clock: ManualClock,
    until: Until,
) -> None:
    centre = await start_centre()
    fail_next(journal, ("append", Fault.LOST_AFTER), *[("claim", Fault.LOST_BEFORE)] * 10)
    waiting = asyncio.ensure_future(centre.submit(save_skill("french"), ANN, command_id="once"))
    await until(lambda: centre.status().mode is Mode.RECOVERING)
    with pytest.raises(Unavailable) as refused:
        await centre.submit(save_skill("german"), ANN)
    assert refused.value.reason is UnavailableReason.RECOVERING
    for _ in range(100):
        clock.advance(100)
        await asyncio.sleep(0)
    with pytest.raises(Unavailable) as caught:
        await waiting
    assert caught.value.outcome_unknown
    clock.advance(60_000)
    await until(is_serving(centre))
    again = await centre.submit(save_skill("french"), ANN, command_id="once")
    assert isinstance(again, Outcome)
    assert again.repeated
    assert saved_skills(store) == ["french"]


async def test_subscribers_start_again_after_a_recovery(
    start_centre: StartCentre, journal: FaultyJournal[AnyEvent]
) -> None:
    centre = await start_centre()
    with centre.subscribe() as subscription:
        fail_next(journal, ("append", Fault.LOST_AFTER))
        await centre.submit(save_skill("french"), ANN)
        with pytest.raises(CutOff):
            await subscription.get()


async def test_an_idle_writer_notices_that_it_lost_the_centre(
    start_centre: StartCentre,
    store: MemoryStore[AnyEvent],
    clock: ManualClock,
    until: Until,
) -> None:
    centre = await start_centre()
    await asyncio.sleep(0)
    other = MemoryJournal(store)
    store.writer = None
    await other.claim()
    clock.advance(1_000)
    await until(lambda: centre.status().mode is Mode.HELD_ELSEWHERE)
    with pytest.raises(Unavailable, match="held by process") as caught:
        await centre.submit(save_skill("french"), ANN)
    assert caught.value.reason is UnavailableReason.HELD_ELSEWHERE
    await other.release()
    clock.advance(60_000)
    await until(is_serving(centre))


async def test_a_displaced_writer_takes_up_what_the_other_wrote(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], until: Until
) -> None:
    centre = await start_centre()
    await centre.submit(save_skill("french"), ANN)
    elsewhere = MemoryStore[AnyEvent]()
    side = CentreRuntime(MemoryJournal(elsewhere), clock=ManualClock())
    await side.start()
    for name in ("french", "german"):
        await side.submit(save_skill(name), "agent:eve")
    await side.stop()
    store.envelopes.append(elsewhere.envelopes[1])
    with pytest.raises(Unavailable):
        await centre.submit(save_skill("dutch"), ANN)
    await until(is_serving(centre))
    await centre.submit(save_skill("dutch"), ANN)
    assert saved_skills(store) == ["french", "german", "dutch"]


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a skill that the kernel can't decide without breaking, half way through."""
    decide = Centre.decide

    def break_down(self: Centre, command: AnyCommand, now_ms: int) -> list[AnyEvent] | Refusal:
        result = decide(self, command, now_ms)
        assert command != save_skill("poison"), "poisoned"
        return result

    monkeypatch.setattr(Centre, "decide", break_down)
    return "poison"


async def test_a_broken_invariant_fails_its_own_command_alone(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], poison: str
) -> None:
    centre = await start_centre()
    names = ["french", poison, "german"]
    answers = await asyncio.gather(
        *(centre.submit(save_skill(name), ANN) for name in names), return_exceptions=True
    )
    assert [type(a) for a in answers] == [Outcome, CommandFailed, Outcome]
    assert saved_skills(store) == ["french", "german"]
    assert set(centre.centre.state.settings.skills) == {"french", "german"}


async def test_stopping_in_the_middle_of_a_recovery(
    start_centre: StartCentre, journal: FaultyJournal[AnyEvent], until: Until
) -> None:
    centre = await start_centre()
    journal.choose_fault = lambda _call: Fault.LOST_BEFORE
    waiting = asyncio.ensure_future(centre.submit(save_skill("french"), ANN))
    await until(lambda: centre.status().mode is Mode.RECOVERING)
    await centre.stop()
    with pytest.raises(Unavailable) as caught:
        await waiting
    assert caught.value.outcome_unknown
    assert centre.status().mode is Mode.STOPPED


async def test_a_start_without_a_journal_says_so(
    start_centre: StartCentre, journal: FaultyJournal[AnyEvent]
) -> None:
    journal.choose_fault = lambda _call: Fault.LOST_BEFORE
    with pytest.raises(JournalUnavailable):
        await start_centre()


@pytest.mark.parametrize("seed", range(20))
async def test_random_faults_lose_nothing_and_double_nothing(
    start_centre: StartCentre,
    journal: FaultyJournal[AnyEvent],
    store: MemoryStore[AnyEvent],
    clock: ManualClock,
    seed: int,
) -> None:
    """Clients send again until they hear; each command must be in the journal exactly once."""
    dice = random.Random(seed)
    centre = await start_centre(
        settings=RuntimeSettings(snapshot_every_events=7, snapshot_pause_ratio_max=math.inf)
    )
    fault_ratio = dice.choice([0.02, 0.1, 0.3])
    journal.choose_fault = lambda _call: (
        dice.choice(list(Fault)) if dice.random() < fault_ratio else None
    )
    done = asyncio.Event()

    async def send(name: str) -> None:
        for _ in range(dice.randrange(5)):
            await asyncio.sleep(0)
        while True:
            try:
                answer = await centre.submit(save_skill(name), ANN, command_id=f"id-{name}")
            except Unavailable:
                await asyncio.sleep(0)
                continue
            assert isinstance(answer, Outcome)
            assert [e.actor for e in answer.envelopes] == [ANN]
            return

    async def pass_time() -> None:
        while not done.is_set():
            clock.advance(dice.randrange(200))
            await asyncio.sleep(0)

    time_passes = asyncio.ensure_future(pass_time())
    names = [f"s{n}" for n in range(60)]
    for start in range(0, len(names), 10):
        await asyncio.gather(*(send(name) for name in names[start : start + 10]))
    done.set()
    await time_passes
    journal.choose_fault = lambda _call: None
    assert sorted(saved_skills(store)) == sorted(names)
    assert [e.seq for e in store.envelopes] == list(range(1, len(names) + 1))
    rebuilt = Centre()
    for envelope in store.envelopes:
        rebuilt.evolve(envelope.event, envelope.at_ms)
    loaded = await centre.load_at(len(names))
    assert dump(rebuilt.state) == dump(loaded.centre.state)
