"""The understanding of texts: its model, what its examples get wrong, and a try."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from frontdesk.api.access import catch_up
from frontdesk.api.calls import Caller, Parts
from frontdesk.api.identity import administrators_only
from frontdesk.api.parts import ApiParts
from frontdesk.kernel.flows.resources import Intent
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.runtime.refused import refuse
from frontdesk.runtime.understanding import (
    TEXT_CHARS_MAX,
    UnderstandingError,
)
from frontdesk.runtime.understanding_report import ModelState, Oversight, Report, ReportFailed

_NONE = "This server understands no texts"


class UnderstandingTry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a customer might write, and the language that they are spoken to in."""

    text: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)]
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""


class RankedIntent(msgspec.Struct, frozen=True):
    """An intent and the probability, from 0 to 1, that it is what the customer wants."""

    intent_id: str
    confidence: float


class NamedEntity(msgspec.Struct, frozen=True):
    """What the text names: a date, an amount, an order's number, …"""

    kind: str
    value: str


class UnderstandingOutcome(msgspec.Struct, frozen=True):
    """What a text is about, likeliest intents first; or, as `problem`, why that isn't known."""

    intents: list[RankedIntent]
    entities: list[NamedEntity]
    language: str
    problem: str = ""


class StarterList(msgspec.Struct, frozen=True):
    """Intents with examples in every language, to start from."""

    items: list[Intent]


@get(guards=[administrators_only], operation_id="getUnderstanding", sync_to_thread=False)
def get_understanding(parts: Parts) -> ModelState:
    """Which model understands, of how many examples, and how its training went."""
    return _oversight(parts).state()


@get(
    "/starters",
    guards=[administrators_only],
    operation_id="listStarterIntents",
    sync_to_thread=False,
)
def list_starter_intents(parts: Parts) -> StarterList:
    """Intents that a new company may start from; those it takes are saved like any other."""
    return StarterList([*_oversight(parts).starters()])


@get("/report", guards=[administrators_only], operation_id="reportUnderstanding")
async def report_understanding(parts: Parts) -> Report:
    """What the examples get wrong and what to add; takes as long as training.

    `candidates` are what customers wrote lately that no flow was sure of.
    """
    oversight = _oversight(parts)
    await catch_up(parts)
    messages = await parts.queries.reports.find_unsure_messages()
    try:
        return await oversight.report(messages)
    except ReportFailed as error:
        raise refuse(RefusalReason.WRONG_STATE, str(error)) from error


@post("/try", guards=[administrators_only], status_code=200, operation_id="tryUnderstanding")
async def try_understanding(
    data: JSONBody[UnderstandingTry], caller: Caller, parts: Parts
) -> UnderstandingOutcome:
    """Have a text understood, as a flow would."""
    understanding = parts.understanding
    if understanding is None:
        raise refuse(RefusalReason.WRONG_STATE, _NONE)
    parts.limiters.look_up_tries.check(caller.actor)
    try:
        understood = await understanding.understand(data.text, data.language)
    except UnderstandingError as error:
        return UnderstandingOutcome([], [], data.language, str(error))
    return UnderstandingOutcome(
        [RankedIntent(*ranked) for ranked in understood.intents],
        [NamedEntity(*named) for named in sorted(understood.entities.items())],
        understood.language,
    )


def _oversight(parts: ApiParts) -> Oversight:
    if parts.oversight is None:
        raise refuse(RefusalReason.WRONG_STATE, _NONE)
    return parts.oversight


router = Router(
    "/understanding",
    route_handlers=[
        get_understanding,
        list_starter_intents,
        report_understanding,
        try_understanding,
    ],
    tags=["Understanding"],
)
