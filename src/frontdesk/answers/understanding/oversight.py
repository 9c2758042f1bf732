"""What administrators see of the understanding: the model's state, and a report on the examples."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from frontdesk.answers.understanding.intents import starter_intents
from frontdesk.answers.understanding.worker import TrainingFailed, report_in_worker
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding_report import ModelState, Report, ReportFailed

Reporting = Callable[[tuple[Intent, ...], tuple[str, ...]], Awaitable[Report]]
_Question = tuple[tuple[Intent, ...], tuple[str, ...]]


class Observed(Protocol):
    """What has a model."""

    def state(self) -> ModelState: ...


class ModelOversight:
    """An `Oversight`. One report at a time is computed; the last is kept until something changes.

    It is of the local classifier also where an endpoint understands: examples that contradict each
    other mislead both.
    """

    def __init__(
        self,
        observed: Observed,
        find_intents: Callable[[], Sequence[Intent]],
        reporting: Reporting = report_in_worker,
    ) -> None:
        self._observed = observed
        self._find_intents = find_intents
        self._reporting = reporting
        self._one_by_one = asyncio.Lock()
        self._last: tuple[_Question, Report] | None = None

    def state(self) -> ModelState:
        """The model as it is now."""
        return self._observed.state()

    def starters(self) -> Sequence[Intent]:
        """The intents that a new company may start from."""
        return starter_intents()

    async def report(self, messages: Sequence[str]) -> Report:
        """What the centre's examples get wrong. Raises ReportFailed."""
        async with self._one_by_one:
            question = (tuple(self._find_intents()), tuple(messages))
            if self._last is None or self._last[0] != question:
                self._last = (question, await self._compute(*question))
            return self._last[1]

    async def _compute(self, intents: tuple[Intent, ...], messages: tuple[str, ...]) -> Report:
        try:
            return await self._reporting(intents, messages)
        except TrainingFailed as error:
            raise ReportFailed(str(error)) from error
