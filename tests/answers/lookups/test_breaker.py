"""The circuit breaker: opens after failures in a row, lets one through, closes when it answers."""

from __future__ import annotations

from itertools import product

import pytest

from frontdesk.answers.lookups.breaker import (
    FAILURES_MAX,
    OPEN_MS,
    TRANSITIONS,
    Breaker,
    Breakers,
    BreakerState,
    Signal,
)
from frontdesk.kernel.flows.resources import KnowledgeSource, LookUp
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.look_ups import (
    BadStatus,
    BreakerOpen,
    LookUpError,
    MissingParameter,
    NotReadable,
    TimedOut,
)


async def ask(breaker: Breaker, error: BaseException | None = None) -> None:
    async with breaker.asking():
        if error is not None:
            raise error


async def fail(breaker: Breaker, error: BaseException | None = None, times: int = 1) -> None:
    for _ in range(times):
        failure = error or TimedOut(1)
        with pytest.raises(type(failure)):
            await ask(breaker, failure)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def breaker(clock: ManualClock) -> Breaker:
    return Breaker(clock)


def test_every_state_knows_every_signal_but_one() -> None:
    possible = set(product(BreakerState, Signal))
    impossible = {(state, Signal.LEFT_ALONE) for state in BreakerState} - {
        (BreakerState.OPEN, Signal.LEFT_ALONE)
    }
    assert set(TRANSITIONS) == possible - impossible


async def test_it_opens_after_failures_in_a_row(breaker: Breaker) -> None:
    await fail(breaker, times=FAILURES_MAX - 1)
    await ask(breaker)
    await fail(breaker, times=FAILURES_MAX)
    with pytest.raises(BreakerOpen) as refused:
        await ask(breaker)
    assert refused.value.wait_ms == OPEN_MS


async def test_one_is_let_through_and_closes_it(breaker: Breaker, clock: ManualClock) -> None:
    await fail(breaker, times=FAILURES_MAX)
    clock.advance(OPEN_MS)
    async with breaker.asking():
        with pytest.raises(BreakerOpen):
            await ask(breaker)
    await ask(breaker)
    assert breaker.state is BreakerState.CLOSED


async def test_a_trial_that_fails_opens_it_anew(breaker: Breaker, clock: ManualClock) -> None:
    await fail(breaker, times=FAILURES_MAX)
    clock.advance(OPEN_MS)
    await fail(breaker)
    clock.advance(OPEN_MS - 1)
    with pytest.raises(BreakerOpen):
        await ask(breaker)


async def test_a_trial_called_off_does_not_hold_it_half_open(
    breaker: Breaker, clock: ManualClock
) -> None:
    await fail(breaker, times=FAILURES_MAX)
    clock.advance(OPEN_MS)
    await fail(breaker, GeneratorExit())
    assert breaker.state is BreakerState.OPEN


async def test_a_faulty_question_says_nothing_of_the_system(
    breaker: Breaker, clock: ManualClock
) -> None:
    await fail(breaker, MissingParameter("order"), times=FAILURES_MAX)
    assert breaker.state is BreakerState.CLOSED
    await fail(breaker, times=FAILURES_MAX)
    clock.advance(OPEN_MS)
    await fail(breaker, MissingParameter("order"))
    assert breaker.state is BreakerState.OPEN
    await ask(breaker)
    assert breaker.state is BreakerState.CLOSED


@pytest.mark.parametrize("error", [BadStatus(400), NotReadable("no JSON")])
async def test_an_answer_that_is_no_use_is_an_answer(breaker: Breaker, error: LookUpError) -> None:
    await fail(breaker, error, times=FAILURES_MAX)
    assert breaker.state is BreakerState.CLOSED


async def test_each_look_up_has_its_own_and_a_changed_one_begins_anew(clock: ManualClock) -> None:
    breakers = Breakers(clock)
    look_up = LookUp(look_up_id="a", name="A", source=KnowledgeSource())
    await fail(breakers.get(look_up), times=FAILURES_MAX)
    assert breakers.get(look_up).state is BreakerState.OPEN
    other = LookUp(look_up_id="b", name="B", source=KnowledgeSource())
    assert breakers.get(other).state is BreakerState.CLOSED
    changed = LookUp(look_up_id="a", name="A", source=KnowledgeSource(score_min=0.5))
    assert breakers.get(changed).state is BreakerState.CLOSED
