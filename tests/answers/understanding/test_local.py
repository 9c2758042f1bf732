"""The old model serves while the next one is trained."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from frontdesk.answers.understanding.local import LocalUnderstanding
from frontdesk.answers.understanding.model import Model
from frontdesk.answers.understanding.training import train
from frontdesk.answers.understanding.worker import TrainingFailed, train_in_worker
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding import NotTrained
from tests.support.intents import BALANCE, HOURS, ORDER, SMALL


class HeldTraining:
    """Trains when it is let; fails when it is told to."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[tuple[Intent, ...]] = asyncio.Queue()
        self.let: asyncio.Queue[bool] = asyncio.Queue()
        self.urgent = False

    async def __call__(self, intents: tuple[Intent, ...], urgent: bool) -> Model | None:
        self.urgent = urgent
        await self.asked.put(intents)
        if not await self.let.get():
            raise TrainingFailed("killed")
        trained = train(intents)
        return None if trained is None else trained.model


@pytest.fixture
def training() -> HeldTraining:
    return HeldTraining()


@asynccontextmanager
async def running(local: LocalUnderstanding) -> AsyncGenerator[LocalUnderstanding]:
    task = asyncio.create_task(local.run())
    yield local
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def local(training: HeldTraining) -> AsyncGenerator[LocalUnderstanding]:
    day = date(2026, 11, 25)
    async with running(LocalUnderstanding(lambda: day, training, quiet_s=0)) as opened:
        yield opened


async def intents_of(local: LocalUnderstanding) -> set[str]:
    understood = await local.understand("something", "en")
    return {intent_id for intent_id, _ in understood.intents}


async def test_before_the_first_model_nothing_is_understood(
    local: LocalUnderstanding, training: HeldTraining
) -> None:
    local.learn(SMALL)
    await training.asked.get()
    with pytest.raises(NotTrained) as caught:
        await local.understand("where is my order", "en")
    assert caught.value.retryable
    assert training.urgent, "customers wait for it"


async def test_the_old_model_serves_until_the_new_one_is_there(
    local: LocalUnderstanding, training: HeldTraining
) -> None:
    training.let.put_nowait(True)
    local.learn([BALANCE, HOURS])
    await local.until_learnt()
    await training.asked.get()
    local.learn([ORDER])
    await training.asked.get()
    assert not training.urgent
    assert await intents_of(local) == {"balance", "hours"}
    training.let.put_nowait(True)
    await local.until_learnt()
    assert await intents_of(local) == {"order"}


async def test_changes_during_a_training_are_learnt_by_one_more(
    local: LocalUnderstanding, training: HeldTraining
) -> None:
    local.learn([BALANCE])
    await training.asked.get()
    for intents in ([HOURS], [ORDER], [ORDER, HOURS]):
        local.learn(intents)
    training.let.put_nowait(True)
    training.let.put_nowait(True)
    await local.until_learnt()
    assert await training.asked.get() == (ORDER, HOURS)
    assert training.asked.empty()
    assert await intents_of(local) == {"order", "hours"}


async def test_a_training_that_fails_leaves_the_old_model_and_is_told(
    local: LocalUnderstanding, training: HeldTraining, caplog: pytest.LogCaptureFixture
) -> None:
    training.let.put_nowait(True)
    local.learn([BALANCE])
    await local.until_learnt()
    training.let.put_nowait(False)
    local.learn([ORDER])
    with caplog.at_level(logging.WARNING):
        await local.until_learnt()
    assert await intents_of(local) == {"balance"}
    assert "could not be trained" in caplog.text
    training.let.put_nowait(True)
    local.learn([ORDER])
    await local.until_learnt()
    assert await intents_of(local) == {"order"}


async def test_the_worker_brings_the_model_that_would_be_trained_here() -> None:
    model = await train_in_worker(SMALL)
    here = train(SMALL)
    assert model is not None
    assert here is not None
    assert model.rank("where is my order") == here.model.rank("where is my order")


async def test_a_worker_with_nothing_to_learn_brings_no_model() -> None:
    assert await train_in_worker(()) is None


async def test_a_worker_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(TrainingFailed, match="can't be started"):
        await train_in_worker(SMALL)


async def test_a_training_that_is_called_off_leaves_no_process() -> None:
    before = set(_children())
    task = asyncio.create_task(train_in_worker(SMALL))
    async with asyncio.timeout(20):
        while not set(_children()) - before:  # noqa: ASYNC110 - nobody tells of a child
            await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert set(_children()) <= before


def _children() -> list[str]:
    tasks = Path("/proc/self/task").iterdir()
    return [child for task in tasks for child in (task / "children").read_text().split()]


async def test_intents_that_are_saved_together_are_learnt_together(training: HeldTraining) -> None:
    local = LocalUnderstanding(lambda: date(2026, 11, 25), training, quiet_s=0.05)
    async with running(local):
        local.learn([BALANCE])
        await asyncio.sleep(0)
        local.learn([BALANCE, HOURS])
        assert await training.asked.get() == (BALANCE, HOURS)
