"""A circuit breaker: an outside system that fails again and again is left alone for a while.

Asking a system that doesn't answer costs every customer the whole time limit, and
the system the chance to recover. So after some failures in a row nobody asks it;
when it has been left alone long enough, one question is let through to see.

    closed     questions pass
    open       none passes, until `OPEN_MS` are over
    half_open  one question is under way; none beside it passes

A failure is what another question would meet too: no connection, no answer in
time, a status of 429 or 5xx. A question that is called off half-way counts as one,
or a trial that nobody waits for would leave the breaker half open for ever.

Refused: a failure *rate* over a window. A look-up is asked now and then; a rate
needs many questions to mean anything, a row of failures needs few.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from enum import Enum
from typing import Final

from frontdesk.kernel.flows.resources import LookUp
from frontdesk.runtime.clock import Clock
from frontdesk.runtime.look_ups import BreakerOpen, LookUpError, LookUpFaulty

FAILURES_MAX: Final = 5
"""In a row, until it opens."""

OPEN_MS: Final = 30_000
BREAKERS_MAX: Final = 1_000
"""Look-ups that are watched; beyond it all are forgotten, and closed so."""


class BreakerState(Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Signal(Enum):
    """What a breaker hears of."""

    ANSWERED = "answered"
    FAILED = "failed"
    FAILED_AGAIN = "failed_again"
    """The last of too many failures in a row."""
    NOT_ASKED = "not_asked"
    """The question was faulty: nothing is known of the system."""
    LEFT_ALONE = "left_alone"


_CLOSED, _OPEN, _HALF_OPEN = BreakerState

TRANSITIONS: Final[dict[tuple[BreakerState, Signal], BreakerState]] = {
    (_CLOSED, Signal.ANSWERED): _CLOSED,
    (_CLOSED, Signal.FAILED): _CLOSED,
    (_CLOSED, Signal.FAILED_AGAIN): _OPEN,
    (_CLOSED, Signal.NOT_ASKED): _CLOSED,
    # what was asked before it opened comes back later
    (_OPEN, Signal.ANSWERED): _CLOSED,
    (_OPEN, Signal.FAILED): _OPEN,
    (_OPEN, Signal.FAILED_AGAIN): _OPEN,
    (_OPEN, Signal.NOT_ASKED): _OPEN,
    (_OPEN, Signal.LEFT_ALONE): _HALF_OPEN,
    (_HALF_OPEN, Signal.ANSWERED): _CLOSED,
    (_HALF_OPEN, Signal.FAILED): _OPEN,
    (_HALF_OPEN, Signal.FAILED_AGAIN): _OPEN,
    (_HALF_OPEN, Signal.NOT_ASKED): _OPEN,
}


class Breaker:
    """The breaker of one look-up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.state = BreakerState.CLOSED
        self._failures = 0
        self._opened_ms = 0

    @asynccontextmanager
    async def asking(self) -> AsyncGenerator[None]:
        """Watches one question. Raises BreakerOpen when it must not be asked."""
        self._let_through()
        signal = Signal.FAILED
        try:
            yield
            signal = Signal.ANSWERED
        except LookUpFaulty:
            signal = Signal.NOT_ASKED
            raise
        except LookUpError as error:
            signal = Signal.FAILED if error.retryable else Signal.ANSWERED
            raise
        finally:
            self._hear(signal)

    def _let_through(self) -> None:
        if self.state is BreakerState.CLOSED:
            return
        wait_ms = self._opened_ms + OPEN_MS - self._clock.now_ms()
        if self.state is BreakerState.HALF_OPEN or wait_ms > 0:
            raise BreakerOpen(max(1, wait_ms))
        self._hear(Signal.LEFT_ALONE)

    def _hear(self, signal: Signal) -> None:
        if signal is Signal.ANSWERED:
            self._failures = 0
        elif signal is Signal.FAILED:
            self._failures += 1
            if self._failures >= FAILURES_MAX:
                signal = Signal.FAILED_AGAIN
        before, self.state = self.state, TRANSITIONS[self.state, signal]
        opened = self.state is BreakerState.OPEN and before is not BreakerState.OPEN
        if opened and signal is not Signal.NOT_ASKED:
            self._opened_ms = self._clock.now_ms()


class Breakers:
    """A breaker for each look-up; one that was changed begins anew."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._breakers: dict[str, tuple[LookUp, Breaker]] = {}

    def get(self, look_up: LookUp) -> Breaker:
        known = self._breakers.get(look_up.look_up_id)
        if known is not None and known[0] == look_up:
            return known[1]
        if len(self._breakers) >= BREAKERS_MAX:
            self._breakers.clear()
        breaker = Breaker(self._clock)
        self._breakers[look_up.look_up_id] = (look_up, breaker)
        return breaker
