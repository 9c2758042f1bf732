"""A question about a centre's past, and its answer, from the journal on."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec

from frontdesk.journal.port import JournalReader
from frontdesk.kernel.events import AnyEvent
from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.what_if.before_after import BeforeAfter, before_and_after
from frontdesk.simulator.what_if.changes import Change
from frontdesk.simulator.what_if.measures import Money
from frontdesk.simulator.what_if.reading import read_past, read_settings
from frontdesk.simulator.what_if.rebuild import MINUTE_MS, SPAN_DAYS_MAX, Rebuilt, rebuild
from frontdesk.simulator.what_if.study import (
    CHANGES_MAX,
    REPLICATIONS,
    REPLICATIONS_MAX,
    Asked,
    Study,
    study,
)

YEARS: Final = range(2000, 2200)


class WhatIfQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whole days of the centre's clock; with `after_day`, as many after a change that was made."""

    first_day: dt.date
    days: Annotated[int, msgspec.Meta(ge=1, le=SPAN_DAYS_MAX)] = 1
    after_day: dt.date | None = None
    changes: Annotated[tuple[Change, ...], msgspec.Meta(max_length=CHANGES_MAX)] = ()
    money: Money = Money()
    formula: ServiceLevelFormula = ServiceLevelFormula.LESS_SHORT_ABANDONS
    replications: Annotated[int, msgspec.Meta(ge=2, le=REPLICATIONS_MAX)] = REPLICATIONS
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] = 1


def complaint(question: WhatIfQuestion) -> str | None:
    """What is wrong with a question beyond its form; None when nothing is."""
    for day in (question.first_day, question.after_day):
        if day is not None and day.year not in YEARS:
            return f"{day} lies outside of {YEARS.start} to {YEARS.stop - 1}"
    if question.after_day is not None and question.changes:
        return "a change that was made is compared without others to try"
    return None


class WhatIfAnswer(msgspec.Struct, frozen=True):
    """Either what would have been, or what a change did."""

    study: Study | None = None
    before_after: BeforeAfter | None = None


class Stage(StrEnum):
    """What is being done."""

    READING = "reading"
    SIMULATING = "simulating"


Step = Callable[[Stage, int, int], None]


async def read_spans(
    reader: JournalReader[AnyEvent], question: WhatIfQuestion, step: Step
) -> list[Rebuilt]:
    """The past asked about, and that after the change if there is one. Raises TooLittle."""
    zone = ZoneInfo((await read_settings(reader)).centre.time_zone)
    firsts = [day for day in (question.first_day, question.after_day) if day is not None]
    return [await read_span(reader, day, question.days, zone, step) for day in firsts]


async def read_span(
    reader: JournalReader[AnyEvent], first: dt.date, days: int, zone: ZoneInfo, step: Step
) -> Rebuilt:
    """From midnight to midnight, however long the days are; not beyond the journal's end."""
    from_ms, end_ms = (
        round(dt.datetime.combine(date, dt.time(), zone).timestamp() * 1000)
        for date in (first, first + dt.timedelta(days=days))
    )
    head_ms = (await reader.find_head()).at_ms
    until_ms = max(from_ms + MINUTE_MS, min(end_ms, head_ms + 1))
    past = await read_past(
        reader, from_ms, until_ms, lambda done, of: step(Stage.READING, done, of)
    )
    return rebuild(past, from_ms, until_ms)


def answer(
    question: WhatIfQuestion,
    pasts: list[Rebuilt],
    step: Step,
    processes: int | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> WhatIfAnswer:
    """Raises ScenarioError, Unlike, Stopped."""
    asked = Asked(
        question.changes,
        question.money,
        question.formula,
        question.replications,
        question.seed,
    )

    def simulated(done: int, of: int) -> None:
        step(Stage.SIMULATING, done, of)

    if question.after_day is None:
        found = study(pasts[0], asked, processes, simulated, is_stopped)
        return WhatIfAnswer(study=found)
    shifted = before_and_after(pasts[0], pasts[1], asked, processes, simulated, is_stopped)
    return WhatIfAnswer(before_after=shifted)
