"""What the centre is told when a flow has asked outside: the answer, or why there is none."""

from __future__ import annotations

import asyncio

from frontdesk.kernel.commands import AnswerClassification, AnswerLookUp
from frontdesk.kernel.events import ClassificationAsked, LookUpAsked
from frontdesk.kernel.flows.resources import LookUp
from frontdesk.runtime.look_ups import LookUpError, LookUps
from frontdesk.runtime.understanding import Understanding, UnderstandingError


async def reply_to_look_up(
    look_ups: LookUps, look_up: LookUp | None, asked: LookUpAsked, time_ms: int
) -> AnswerLookUp:
    """Asks the outside system, for `time_ms` at most. `look_up` None: it was removed meanwhile."""
    if look_up is None:
        error = f"There is no look-up {asked.look_up_id} any more"
        return AnswerLookUp(asked.run_id, asked.request_id, None, error)
    try:
        result = await look_ups.ask(look_up, asked.parameters, time_ms)
    except LookUpError as error:
        return AnswerLookUp(asked.run_id, asked.request_id, None, str(error))
    return AnswerLookUp(asked.run_id, asked.request_id, result)


async def reply_to_classification(
    understanding: Understanding, asked: ClassificationAsked, time_ms: int
) -> AnswerClassification:
    """Has the text understood, within `time_ms`."""
    try:
        async with asyncio.timeout(time_ms / 1_000):
            understood = await understanding.understand(asked.text, asked.language)
    except UnderstandingError as error:
        return AnswerClassification(asked.run_id, asked.request_id, error=str(error))
    except TimeoutError:
        error = f"It was not understood within {time_ms} ms"
        return AnswerClassification(asked.run_id, asked.request_id, error=error)
    return AnswerClassification(
        asked.run_id,
        asked.request_id,
        understood.intents,
        understood.entities,
        understood.language,
    )
