"""Effects: each at least once, in order within a lane, tried again, and given up in the open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.events import AnyEvent, SettingSaved
from frontdesk.kernel.settings import Skill
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.effect_store import PostgresEffectStore
from frontdesk.runtime.effects import EffectFailed, EffectFailure, EffectRunner, EffectStore
from frontdesk.runtime.settings import RuntimeSettings

StartCentre = Callable[..., Awaitable[CentreRuntime]]
Until = Callable[[Callable[[], bool]], Awaitable[None]]
SETTINGS = RuntimeSettings(effect_attempts_max=3)


class MemoryEffectStore:
    def __init__(self) -> None:
        self.cursors: dict[str, int] = {}
        self.failures: dict[tuple[str, int], EffectFailure] = {}

    async def find_cursor(self, handler: str) -> int | None:
        return self.cursors.get(handler)

    async def save_cursor(self, handler: str, seq: int) -> None:
        self.cursors[handler] = seq

    async def record_failure(self, failure: EffectFailure) -> None:
        self.failures[failure.handler, failure.seq] = failure

    async def list_failures(self, failures_max: int) -> list[EffectFailure]:
        newest = sorted(self.failures.values(), key=lambda f: (-f.failed_at_ms, -f.seq))
        return newest[:failures_max]


class Announcing:
    """Announces every saved skill; the first letter is the lane."""

    name = "announcing"
    types = frozenset({"SettingSaved"})

    def __init__(self) -> None:
        self.done: list[str] = []
        self.tried: list[str] = []
        self.failing: dict[str, EffectFailed] = {}
        self.held: dict[str, asyncio.Event] = {}

    def find_lane(self, envelope: Envelope[AnyEvent]) -> str:
        return skill_of(envelope)[0]

    async def handle(self, envelope: Envelope[AnyEvent]) -> None:
        skill_id = skill_of(envelope)
        self.tried.append(skill_id)
        if (error := self.failing.get(skill_id)) is not None:
            raise error
        if (held := self.held.get(skill_id)) is not None:
            await held.wait()
        self.done.append(skill_id)


def skill_of(envelope: Envelope[AnyEvent]) -> str:
    assert isinstance(envelope.event, SettingSaved)
    assert isinstance(envelope.event.entity, Skill)
    return envelope.event.entity.skill_id


async def save(centre: CentreRuntime, *skill_ids: str) -> None:
    for skill_id in skill_ids:
        await centre.submit(SaveSetting(Skill(skill_id=skill_id, name=skill_id)), "agent:ann")


@pytest.fixture
def effects() -> MemoryEffectStore:
    return MemoryEffectStore()


@pytest.fixture
def handler() -> Announcing:
    return Announcing()


@pytest.fixture
def runner(handler: Announcing, effects: MemoryEffectStore, clock: ManualClock) -> EffectRunner:
    return EffectRunner(handler, effects, clock, SETTINGS)


async def test_each_event_has_its_effect_in_order(
    start_centre: StartCentre,
    runner: EffectRunner,
    handler: Announcing,
    effects: MemoryEffectStore,
    until: Until,
) -> None:
    centre = await start_centre()
    await save(centre, "a1")
    await centre.stop()
    centre = await start_centre(followers=[runner])
    await save(centre, "a2", "a3")
    await until(lambda: effects.cursors.get("announcing") == 3)
    assert handler.done == ["a1", "a2", "a3"]
    assert centre.status().followers == {"announcing": 0}


async def test_lanes_do_not_wait_for_each_other(
    start_centre: StartCentre,
    runner: EffectRunner,
    handler: Announcing,
    effects: MemoryEffectStore,
    until: Until,
) -> None:
    handler.held["a1"] = asyncio.Event()
    centre = await start_centre(followers=[runner])
    await save(centre, "a1", "a2", "b1", "b2")
    await until(lambda: handler.done == ["b1", "b2"])
    assert effects.cursors["announcing"] == 0
    handler.held["a1"].set()
    await until(lambda: effects.cursors["announcing"] == 4)
    assert handler.done == ["b1", "b2", "a1", "a2"]


async def test_what_was_not_noted_is_done_again_after_a_crash(
    start_centre: StartCentre,
    handler: Announcing,
    effects: MemoryEffectStore,
    clock: ManualClock,
    until: Until,
) -> None:
    handler.held["a1"] = asyncio.Event()
    centre = await start_centre(followers=[EffectRunner(handler, effects, clock, SETTINGS)])
    await save(centre, "a1", "b1")
    await until(lambda: handler.done == ["b1"])
    await centre.stop()
    handler.held.clear()
    await start_centre(followers=[EffectRunner(handler, effects, clock, SETTINGS)])
    await until(lambda: effects.cursors["announcing"] == 2)
    assert handler.done == ["b1", "a1", "b1"]


async def test_a_failing_effect_is_tried_again_then_given_up(
    start_centre: StartCentre,
    runner: EffectRunner,
    handler: Announcing,
    effects: MemoryEffectStore,
    clock: ManualClock,
    until: Until,
) -> None:
    handler.failing["a1"] = EffectFailed("nobody answers")
    centre = await start_centre(followers=[runner])
    await save(centre, "a1", "a2")
    for attempts in (1, 2):
        await until(lambda n=attempts: len(handler.tried) == n)
        clock.advance(SETTINGS.effect_retry_last_ms)
    await until(lambda: handler.done == ["a2"])
    (failure,) = await effects.list_failures(10)
    assert (failure.seq, failure.type, failure.attempts) == (1, "SettingSaved", 3)
    assert failure.error == "nobody answers"


async def test_a_hopeless_effect_is_given_up_at_once(
    start_centre: StartCentre,
    runner: EffectRunner,
    handler: Announcing,
    effects: MemoryEffectStore,
    until: Until,
) -> None:
    handler.failing["a1"] = EffectFailed("no such address", retryable=False)
    centre = await start_centre(followers=[runner])
    await save(centre, "a1")
    await until(lambda: len(effects.failures) == 1)
    assert handler.tried == ["a1"]


async def test_a_new_handler_may_begin_with_what_comes(
    start_centre: StartCentre,
    handler: Announcing,
    effects: MemoryEffectStore,
    clock: ManualClock,
    until: Until,
) -> None:
    centre = await start_centre()
    await save(centre, "a1")
    await centre.stop()
    runner = EffectRunner(handler, effects, clock, SETTINGS, from_start=False)
    centre = await start_centre(followers=[runner])
    await until(lambda: "announcing" in effects.cursors)
    await save(centre, "a2")
    await until(lambda: handler.done == ["a2"])


class BreakingStore(MemoryEffectStore):
    """Fails to save the first progress."""

    broken = False

    async def save_cursor(self, handler: str, seq: int) -> None:
        if seq > 0 and not self.broken:
            self.broken = True
            raise OSError("the disk is full")
        await super().save_cursor(handler, seq)


async def test_a_follower_that_breaks_is_run_again(
    start_centre: StartCentre, handler: Announcing, clock: ManualClock
) -> None:
    effects = BreakingStore()
    centre = await start_centre(followers=[EffectRunner(handler, effects, clock, SETTINGS)])
    await save(centre, "a1")
    for _ in range(100):
        clock.advance(100)
        await asyncio.sleep(0)
    assert effects.broken
    assert effects.cursors["announcing"] == 1
    assert handler.done == ["a1", "a1"]


@pytest.fixture(params=["memory", "postgres"])
async def effect_store(request: pytest.FixtureRequest) -> EffectStore:
    if request.param == "memory":
        return MemoryEffectStore()
    return PostgresEffectStore(request.getfixturevalue("migrated_dsn"), "main")


async def test_a_store_keeps_cursors_and_failures(effect_store: EffectStore) -> None:
    assert await effect_store.find_cursor("mail") is None
    for seq in (3, 7):
        await effect_store.save_cursor("mail", seq)
    await effect_store.save_cursor("fax", 1)
    assert await effect_store.find_cursor("mail") == 7
    failures = [
        EffectFailure(
            handler="mail",
            seq=seq,
            type="A",
            contact_id=contact_id,
            attempts=3,
            error="no",
            failed_at_ms=100 + seq,
        )
        for seq, contact_id in ((1, None), (2, 8), (3, 9), (3, 9))
    ]
    for failure in failures:
        await effect_store.record_failure(failure)
    assert await effect_store.list_failures(2) == [failures[2], failures[1]]
    if isinstance(effect_store, PostgresEffectStore):
        await effect_store.close()
