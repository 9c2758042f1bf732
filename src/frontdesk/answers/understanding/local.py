"""Understands by a model of the company's own examples, which is trained anew when they change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Final

import msgspec

from frontdesk.answers.understanding.entities import find_entities
from frontdesk.answers.understanding.languages import tell_language
from frontdesk.answers.understanding.model import Model
from frontdesk.answers.understanding.worker import TrainingFailed, train_in_worker
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.clock import Clock, SystemClock
from frontdesk.runtime.understanding import TEXT_CHARS_MAX, NotTrained, Understood
from frontdesk.runtime.understanding_report import ModelReadiness, ModelState

log = logging.getLogger(__name__)

MODEL: Final = "local"
QUIET_S: Final = 0.5
"""How long examples must stay as they are: who saves several intents means them all."""

Training = Callable[[tuple[Intent, ...], bool], Awaitable[Model | None]]
"""Intents, and whether customers wait for the model: there is none yet."""


class LocalUnderstanding:
    """Serves with the model it has while the next one is trained.

    `run` must run beside. Examples that change during a training are learnt by the next one,
    however often they changed meanwhile. `today` tells the day in the centre's time zone.
    """

    def __init__(
        self,
        today: Callable[[], date],
        training: Training = train_in_worker,
        clock: Clock | None = None,
        quiet_s: float = QUIET_S,
    ) -> None:
        self._today = today
        self._training = training
        self._clock = clock or SystemClock()
        self._quiet_s = quiet_s
        self._state = ModelState(model=MODEL)
        self._wanted: tuple[Intent, ...] = ()
        self._model: Model | None = None
        self._ready = False
        self._asked = asyncio.Event()
        self._settled = asyncio.Event()

    async def understand(self, text: str, language: str) -> Understood:
        """What the text is about. Raises NotTrained until there is a first model."""
        if not self._ready:
            raise NotTrained("No model has been trained yet")
        text = text[:TEXT_CHARS_MAX]
        known = text.strip() and self._model
        return Understood(
            intents=known.rank(text) if known else (),
            entities=find_entities(text, self._today()),
            language=tell_language(text, fallback=language),
        )

    def state(self) -> ModelState:
        """The model as it is now."""
        return self._state

    def learn(self, intents: Sequence[Intent]) -> None:
        """Wants a model of these intents and no others."""
        self._wanted = tuple(intents)
        self._settled.clear()
        self._asked.set()
        self._tell(ModelReadiness.TRAINING)

    async def until_learnt(self) -> None:
        """Returns when the last `learn` has been obeyed, or could not be."""
        await self._settled.wait()

    async def run(self) -> None:
        """Trains whenever something new is to be learnt, until it is cancelled.

        A training that fails is logged and leaves the old model; it is tried again when the
        examples change next: the same would fail the same way.
        """
        while True:
            await self._until_quiet()
            wanted = self._wanted
            begun_ms = self._clock.now_ms()
            try:
                self._model = await self._training(wanted, not self._ready)
                self._ready = True
                self._tell_trained(wanted, begun_ms)
            except TrainingFailed as error:
                log.warning("The classifier could not be trained", extra={"reason": str(error)})
                self._tell(ModelReadiness.FAILED, str(error))
            if not self._asked.is_set():
                self._settled.set()

    async def _until_quiet(self) -> None:
        """Returns when something is to be learnt, and is the last word for now."""
        await self._asked.wait()
        while self._asked.is_set():
            self._asked.clear()
            await asyncio.sleep(self._quiet_s)

    def _tell(self, readiness: ModelReadiness, problem: str = "") -> None:
        self._state = msgspec.structs.replace(self._state, readiness=readiness, problem=problem)

    def _tell_trained(self, intents: tuple[Intent, ...], begun_ms: int) -> None:
        now_ms = self._clock.now_ms()
        self._state = ModelState(
            model=MODEL,
            readiness=ModelReadiness.TRAINING if self._asked.is_set() else ModelReadiness.READY,
            intents=len(intents),
            examples=sum(len(intent.examples) for intent in intents),
            trained_ms=now_ms,
            took_ms=now_ms - begun_ms,
        )
