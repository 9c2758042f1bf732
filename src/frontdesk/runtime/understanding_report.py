"""What administrators are told of the understanding: its model, and what the examples get wrong."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

import msgspec

from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding import UnderstandingError


class ReportFailed(UnderstandingError):
    """The report couldn't be computed; its text says why."""

    retryable = True


class ModelReadiness(Enum):
    """How far the model is."""

    UNTRAINED = "untrained"
    """There has been nothing to learn."""
    TRAINING = "training"
    """An older model serves meanwhile, if there is one."""
    READY = "ready"
    FAILED = "failed"
    """The last training failed; an older model serves, if there is one."""


class ModelState(msgspec.Struct, frozen=True, kw_only=True):
    """The model that understands, and how it came to be.

    `model`: the endpoint's, or "local". Times are of the last training that ended well; an
    endpoint is never trained.
    """

    model: str
    readiness: ModelReadiness = ModelReadiness.UNTRAINED
    intents: int = 0
    examples: int = 0
    trained_ms: int | None = None
    took_ms: int | None = None
    problem: str = ""


class IntentFigures(msgspec.Struct, frozen=True):
    """How well one intent is read.

    `recall_ratio`: examples read right / tried. `precision_ratio`: right / all examples taken for
    this intent. None where there is nothing to divide by.
    """

    intent_id: str
    name: str
    examples: int
    tried: int
    recall_ratio: float | None
    precision_ratio: float | None


class Confusion(msgspec.Struct, frozen=True):
    """How many examples of one intent were taken for another."""

    intent_id: str
    taken_for: str
    count: int


class Misread(msgspec.Struct, frozen=True):
    """An example that was read wrong, and how sure the model was of it."""

    text: str
    intent_id: str
    taken_for: str
    confidence: float


class Clash(msgspec.Struct, frozen=True):
    """Two examples of different intents that say the same (`similarity` 1) or nearly so."""

    text: str
    intent_id: str
    other_text: str
    other_intent_id: str
    similarity: float


class Shortage(msgspec.Struct, frozen=True):
    """An intent with too few examples in one of the company's languages."""

    intent_id: str
    language: str
    examples: int


class UnsureMessage(msgspec.Struct, frozen=True):
    """A customer's message that the model was unsure of, to be added to an intent or left."""

    text: str
    times: int
    intent_id: str
    confidence: float


class Repeated(msgspec.Struct, frozen=True):
    """An example that its intent has already."""

    intent_id: str
    text: str


class Report(msgspec.Struct, frozen=True):
    """`accuracy_ratio`: examples read right / tried.

    `calibration_error`: by how much confidence and the share read right differ on average.
    """

    examples: int
    tried: int
    accuracy_ratio: float | None
    calibration_error: float | None
    intents: tuple[IntentFigures, ...]
    confusions: tuple[Confusion, ...]
    misread: tuple[Misread, ...]
    clashes: tuple[Clash, ...]
    repeated: tuple[Repeated, ...]
    """Examples that stand twice in one intent."""
    shortages: tuple[Shortage, ...]
    candidates: tuple[UnsureMessage, ...]


class Oversight(Protocol):
    """What administrators may ask of the understanding."""

    def state(self) -> ModelState:
        """The model as it is now."""
        ...

    def starters(self) -> Sequence[Intent]:
        """The intents that a new company may start from."""
        ...

    async def report(self, messages: Sequence[str]) -> Report:
        """What the centre's examples get wrong; takes as long as training. Raises ReportFailed."""
        ...
