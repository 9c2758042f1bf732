"""Has the understanding learn the centre's intents, at the start and whenever they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Protocol

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent, SettingRemoved, SettingSaved
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.following import Feed

TYPES: Final = frozenset({"SettingSaved", "SettingRemoved"})


class Learner(Protocol):
    """What can be taught intents."""

    def learn(self, intents: Sequence[Intent]) -> None:
        """These intents and no others from now on."""
        ...


class Lessons:
    """A `Follower`. A centre that never had an intent is spared the first training."""

    name = "lessons"

    def __init__(self, learner: Learner, find_intents: Callable[[], Sequence[Intent]]) -> None:
        self._learner = learner
        self._find_intents = find_intents
        self._seq = 0

    @property
    def seq(self) -> int:
        return self._seq

    async def run(self, feed: Feed) -> None:
        """Goes on until it is cancelled. Raises the journal's errors."""
        self._seq = feed.durable_seq
        intents = self._find_intents()
        if intents:
            self._learner.learn(intents)
        async for stretch in feed.follow(self._seq, TYPES):
            self._seq = stretch.until_seq
            if _has_intents(stretch.envelopes):
                self._learner.learn(self._find_intents())


def _has_intents(envelopes: Iterable[Envelope[AnyEvent]]) -> bool:
    return any(_is_intent(envelope.event) for envelope in envelopes)


def _is_intent(event: Any) -> bool:
    if isinstance(event, SettingSaved):
        return isinstance(event.entity, Intent)
    return isinstance(event, SettingRemoved) and event.kind == "intent"
