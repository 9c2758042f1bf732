"""Answers what flows ask: asks outside, and tells the centre what came.

A run waits for an answer until a moment that the kernel has set, and then goes on by itself. So
nothing here need be certain: what would come too late isn't asked for, and an answer that is too
late is refused by the centre, which is no error. After a restart a question may be asked again;
the centre takes one answer to each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.commands import AnswerClassification, AnswerLookUp
from frontdesk.kernel.entities import Settings
from frontdesk.kernel.events import AnyEvent, ClassificationAsked, LookUpAsked
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.effects import EffectFailed
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.look_ups import LookUpError, LookUps
from frontdesk.runtime.understanding import Understanding, UnderstandingError

Question = LookUpAsked | ClassificationAsked
Reply = AnswerLookUp | AnswerClassification


class AnswerLookUps:
    """An `EffectHandler`: asks outside systems."""

    name = "look_ups"
    types = frozenset({"LookUpAsked"})

    def __init__(self, runtime: CentreRuntime, look_ups: LookUps) -> None:
        self._runtime = runtime
        self._look_ups = look_ups

    def find_lane(self, envelope: Envelope[AnyEvent]) -> Hashable:
        return envelope.seq

    async def handle(self, envelope: Envelope[AnyEvent]) -> None:
        event = envelope.event
        assert isinstance(event, LookUpAsked), "no other type is asked for"
        try:
            time_ms = _find_time_ms(self._runtime, event)
            if time_ms > 0:
                reply = await self._ask(self._runtime.centre.state.settings, event, time_ms)
                await self._runtime.submit(reply, f"system:{self.name}", cause=envelope)
        except Unavailable as error:
            raise EffectFailed(str(error)) from error

    async def _ask(self, settings: Settings, event: LookUpAsked, time_ms: int) -> AnswerLookUp:
        look_up = settings.look_ups.get(event.look_up_id)
        if look_up is None:
            error = f"There is no look-up {event.look_up_id} any more"
            return AnswerLookUp(event.run_id, event.request_id, None, error)
        try:
            result = await self._look_ups.ask(look_up, event.parameters, time_ms)
        except LookUpError as error:
            return AnswerLookUp(event.run_id, event.request_id, None, str(error))
        return AnswerLookUp(event.run_id, event.request_id, result)


class AnswerClassifications:
    """An `EffectHandler`: has texts understood."""

    name = "classifications"
    types = frozenset({"ClassificationAsked"})

    def __init__(self, runtime: CentreRuntime, understanding: Understanding) -> None:
        self._runtime = runtime
        self._understanding = understanding

    def find_lane(self, envelope: Envelope[AnyEvent]) -> Hashable:
        return envelope.seq

    async def handle(self, envelope: Envelope[AnyEvent]) -> None:
        event = envelope.event
        assert isinstance(event, ClassificationAsked), "no other type is asked for"
        try:
            time_ms = _find_time_ms(self._runtime, event)
            if time_ms > 0:
                reply = await self._understand(event, time_ms)
                await self._runtime.submit(reply, f"system:{self.name}", cause=envelope)
        except Unavailable as error:
            raise EffectFailed(str(error)) from error

    async def _understand(self, event: ClassificationAsked, time_ms: int) -> AnswerClassification:
        try:
            async with asyncio.timeout(time_ms / 1_000):
                understood = await self._understanding.understand(event.text, event.language)
        except UnderstandingError as error:
            return AnswerClassification(event.run_id, event.request_id, error=str(error))
        except TimeoutError:
            error = f"It was not understood within {time_ms} ms"
            return AnswerClassification(event.run_id, event.request_id, error=error)
        return AnswerClassification(
            event.run_id,
            event.request_id,
            understood.intents,
            understood.entities,
            understood.language,
        )


def _find_time_ms(runtime: CentreRuntime, event: Question) -> int:
    """How long the run still waits for the answer; 0: it doesn't any more. Raises Unavailable."""
    run = runtime.centre.state.runs.get(event.run_id)
    if run is None or run.pending is None or run.request_id != event.request_id:
        return 0
    return max(0, event.until_ms - runtime.clock.now_ms())
