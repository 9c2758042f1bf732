"""Answers what flows ask: asks outside, and tells the centre what came.

A run waits for an answer until a moment that the kernel has set, and then goes on by itself. So
nothing here need be certain: what would come too late isn't asked for, and an answer that is too
late is refused by the centre, which is no error. After a restart a question may be asked again;
the centre takes one answer to each.
"""

from __future__ import annotations

from collections.abc import Hashable

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent, ClassificationAsked, LookUpAsked
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.effects import EffectFailed
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.flow_replies import reply_to_classification, reply_to_look_up
from frontdesk.runtime.look_ups import LookUps
from frontdesk.runtime.understanding import Understanding

Question = LookUpAsked | ClassificationAsked


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
                look_up = self._runtime.centre.state.settings.look_ups.get(event.look_up_id)
                reply = await reply_to_look_up(self._look_ups, look_up, event, time_ms)
                await self._runtime.submit(reply, f"system:{self.name}", cause=envelope)
        except Unavailable as error:
            raise EffectFailed(str(error)) from error


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
                reply = await reply_to_classification(self._understanding, event, time_ms)
                await self._runtime.submit(reply, f"system:{self.name}", cause=envelope)
        except Unavailable as error:
            raise EffectFailed(str(error)) from error


def _find_time_ms(runtime: CentreRuntime, event: Question) -> int:
    """How long the run still waits for the answer; 0: it doesn't any more. Raises Unavailable."""
    run = runtime.centre.state.runs.get(event.run_id)
    if run is None or run.pending is None or run.request_id != event.request_id:
        return 0
    return max(0, event.until_ms - runtime.clock.now_ms())
