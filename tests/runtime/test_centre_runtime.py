"""A centre at work: commands become durable events once, in order, and everybody is told."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from frontdesk.journal.envelope import Envelope
from frontdesk.journal.errors import CentreHeld
from frontdesk.journal.faults import FaultyJournal
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import AnyCommand, OpenContact, RemoveSetting, SaveSetting
from frontdesk.kernel.events import AnyEvent, SettingSaved
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Queue, RoutingStep, Skill
from frontdesk.kernel.state import dump
from frontdesk.runtime.bus import CutOff
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.errors import Unavailable, UnavailableReason
from frontdesk.runtime.inbox import Outcome
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.runtime.writer import Mode

StartCentre = Callable[..., Awaitable[CentreRuntime]]
Until = Callable[[Callable[[], bool]], Awaitable[None]]
ANN = "agent:ann"


def save_skill(skill_id: str) -> SaveSetting:
    return SaveSetting(Skill(skill_id=skill_id, name=skill_id.title()))


async def obey(centre: CentreRuntime, command: AnyCommand, **given: Any) -> Outcome:
    answer = await centre.submit(command, ANN, **given)
    assert isinstance(answer, Outcome), answer
    return answer


async def test_a_command_becomes_durable_events(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], clock: ManualClock
) -> None:
    centre = await start_centre()
    outcome = await obey(centre, save_skill("french"), command_id="once")
    (envelope,) = store.envelopes
    assert list(outcome.envelopes) == [envelope]
    assert envelope == Envelope(
        seq=1,
        at_ms=clock.now_ms(),
        actor=ANN,
        command_id="once",
        command_seq=1,
        causation=None,
        correlation=1,
        event=SettingSaved(Skill(skill_id="french", name="French")),
    )
    assert centre.position.seq == 1
    assert "french" in centre.centre.state.settings.skills


async def test_an_answer_names_its_cause(
    start_centre: StartCentre, store: MemoryStore[AnyEvent]
) -> None:
    centre = await start_centre()
    await obey(centre, save_skill("french"))
    first = await obey(centre, save_skill("german"))
    second = await obey(centre, save_skill("dutch"), cause=first.envelopes[0])
    third = await obey(centre, save_skill("irish"), cause=second.envelopes[0])
    assert [(e.causation, e.correlation) for e in third.envelopes] == [(3, 2)]


async def test_a_refusal_is_an_answer_and_leaves_nothing(
    start_centre: StartCentre, store: MemoryStore[AnyEvent]
) -> None:
    centre = await start_centre()
    answer = await centre.submit(RemoveSetting("skill", "none"), ANN)
    assert isinstance(answer, Refusal)
    assert store.envelopes == []


async def test_what_waits_together_is_made_durable_together(
    start_centre: StartCentre, journal: FaultyJournal[AnyEvent]
) -> None:
    centre = await start_centre()
    appends: list[str] = []
    journal.choose_fault = lambda call: appends.append(call)
    await asyncio.gather(*(obey(centre, save_skill(f"s{n}")) for n in range(100)))
    assert appends.count("append") == 1


async def test_the_same_command_id_is_applied_once(
    start_centre: StartCentre, store: MemoryStore[AnyEvent]
) -> None:
    centre = await start_centre()
    together = await asyncio.gather(
        *(obey(centre, save_skill("french"), command_id="once") for _ in range(3))
    )
    later = await obey(centre, save_skill("german"), command_id="once")
    assert [o.repeated for o in together] == [False, True, True]
    assert later.repeated
    assert {o.last_seq for o in [*together, later]} == {1}
    assert len(store.envelopes) == 1


async def test_a_command_id_is_known_after_a_restart(
    start_centre: StartCentre, store: MemoryStore[AnyEvent]
) -> None:
    centre = await start_centre()
    first = await obey(centre, save_skill("french"), command_id="once")
    await centre.stop()
    centre = await start_centre()
    again = await obey(centre, save_skill("french"), command_id="once")
    assert again.repeated
    assert again.envelopes == first.envelopes


async def test_deadlines_are_met_without_being_asked(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], clock: ManualClock, until: Until
) -> None:
    centre = await start_centre()
    steps = (RoutingStep(duration_ms=5_000), RoutingStep())
    await obey(centre, SaveSetting(Queue(queue_id="q", name="Q", steps=steps)))
    await obey(centre, OpenContact(channel="webchat", channel_ref="1", queue_id="q"))
    before = centre.position
    clock.advance(4_999)
    await obey(centre, save_skill("french"))
    assert centre.position.seq == before.seq + 1
    clock.advance(1)
    await until(lambda: centre.position.seq > before.seq + 1)
    last = store.envelopes[-1]
    assert type(last.event).__name__ == "StepAdvanced"
    assert (last.at_ms, last.actor) == (before.at_ms + 5_000, "system:clock")


async def test_time_in_the_journal_never_runs_backwards(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], clock: ManualClock
) -> None:
    centre = await start_centre()
    await obey(centre, save_skill("french"))
    clock.advance(-60_000)
    await obey(centre, save_skill("german"))
    assert store.envelopes[1].at_ms == store.envelopes[0].at_ms


async def test_a_restart_brings_the_same_state_back(
    start_centre: StartCentre, store: MemoryStore[AnyEvent]
) -> None:
    centre = await start_centre()
    for name in ("french", "german"):
        await obey(centre, save_skill(name))
    before = dump(centre.centre.state)
    await centre.stop()
    assert [s.seq for s in store.snapshots] == [2]
    for _ in range(2):
        centre = await start_centre()
        assert dump(centre.centre.state) == before
        await centre.stop()
        store.snapshots.clear()


async def test_snapshots_are_kept_now_and_then(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], until: Until
) -> None:
    centre = await start_centre(
        settings=RuntimeSettings(snapshot_every_events=3, snapshot_pause_ratio_max=math.inf)
    )
    for n in range(7):
        await obey(centre, save_skill(f"s{n}"))
    await until(lambda: [s.seq for s in store.snapshots] == [3, 6])
    assert (await centre.load_at(6)).snapshot_seq == 6
    assert (await centre.load_at(5)).position.seq == 5


async def test_a_second_runtime_is_refused(
    start_centre: StartCentre, store: MemoryStore[AnyEvent]
) -> None:
    centre = await start_centre()
    with pytest.raises(CentreHeld, match="held by process"):
        await start_centre(journal=MemoryJournal(store))
    await obey(centre, save_skill("french"))


async def test_a_full_inbox_refuses_for_the_moment(start_centre: StartCentre) -> None:
    centre = await start_centre(settings=RuntimeSettings(inbox_max=2))
    answers = await asyncio.gather(
        *(centre.submit(save_skill(f"s{n}"), ANN) for n in range(3)), return_exceptions=True
    )
    assert [type(a) for a in answers] == [Outcome, Outcome, Unavailable]
    assert isinstance(answers[2], Unavailable)
    assert (answers[2].reason, answers[2].retryable) == (UnavailableReason.FULL, True)


async def test_a_stopped_centre_refuses(start_centre: StartCentre) -> None:
    centre = await start_centre()
    waiting = [asyncio.ensure_future(centre.submit(save_skill(f"s{n}"), ANN)) for n in range(3)]
    await asyncio.sleep(0)
    await centre.stop()
    assert [type(await a) for a in waiting] == [Outcome] * 3
    with pytest.raises(Unavailable) as caught:
        await centre.submit(save_skill("french"), ANN)
    assert caught.value.reason is UnavailableReason.STOPPED
    assert centre.status().mode is Mode.STOPPED


async def test_subscribers_hear_what_is_durable(start_centre: StartCentre) -> None:
    centre = await start_centre()
    with centre.subscribe() as subscription:
        await obey(centre, save_skill("french"))
        batch = await subscription.get()
    assert (batch.first_seq, batch.last_seq) == (1, 1)
    assert ("settings", "skill/french") in batch.changes or batch.changes
    assert centre.live.seq == 1


async def test_a_slow_subscriber_is_cut_off(start_centre: StartCentre) -> None:
    centre = await start_centre(settings=RuntimeSettings(subscription_batches_max=2))
    with centre.subscribe() as slow:
        for n in range(3):
            await obey(centre, save_skill(f"s{n}"))
        with pytest.raises(CutOff):
            await slow.get()
    assert centre.status().subscribers == 0


async def test_following_catches_up_and_goes_on(start_centre: StartCentre) -> None:
    centre = await start_centre(settings=RuntimeSettings(subscription_batches_max=2))
    for n in range(3):
        await obey(centre, save_skill(f"s{n}"))
    following = centre.follow(1)
    seqs = [e.seq for e in (await anext(following)).envelopes]
    for n in range(3, 9):
        await obey(centre, save_skill(f"s{n}"))
    while len(seqs) < 8:
        seqs += [e.seq for e in (await anext(following)).envelopes]
    assert seqs == list(range(2, 10))


class ClosingDown:
    """Says on every start that a skill has gone out of the world."""

    name = "skills"

    def __init__(self) -> None:
        self.asked = 0

    async def reconcile(self, centre: Centre) -> list[AnyCommand]:
        self.asked += 1
        return [RemoveSetting("skill", skill_id) for skill_id in centre.state.settings.skills]


async def test_the_world_is_reconciled_first(
    start_centre: StartCentre, store: MemoryStore[AnyEvent], until: Until
) -> None:
    centre = await start_centre()
    await obey(centre, save_skill("french"))
    await centre.stop()
    reconciler = ClosingDown()
    centre = await start_centre(reconcilers=[reconciler])
    await until(lambda: len(store.envelopes) == 2)
    assert reconciler.asked == 1
    assert store.envelopes[1].actor == "system:reconcile"
    assert centre.centre.state.settings.skills == {}
