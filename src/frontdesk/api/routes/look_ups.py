"""Look-ups tried out: what an outside system answers now, or what is in the way."""

from __future__ import annotations

import time
from typing import Annotated

import msgspec
from litestar import Router, post
from litestar.params import JSONBody

from frontdesk.api.calls import Caller, Parts, TextId
from frontdesk.api.identity import administrators_only
from frontdesk.api.people import find_setting
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.look_up_checks import PARAMETERS_MAX
from frontdesk.kernel.flows.resources import LookUp
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.runtime.look_ups import LookUpError, LookUpErrorCode
from frontdesk.runtime.refused import refuse


class LookUpTry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters to ask with, by name."""

    parameters: Annotated[dict[str, Value], msgspec.Meta(max_length=PARAMETERS_MAX)] = {}


class LookUpFailure(msgspec.Struct, frozen=True):
    """Why there is no result; `retryable`: the same may be answered later."""

    code: LookUpErrorCode
    detail: str
    retryable: bool


class LookUpOutcome(msgspec.Struct, frozen=True):
    """Either a result or an error, after so long."""

    result: dict[str, Value] | None
    error: LookUpFailure | None
    took_ms: int


@post(
    "/{look_up_id:str}/try",
    guards=[administrators_only],
    status_code=200,
    operation_id="tryLookUp",
)
async def try_look_up(
    look_up_id: TextId, data: JSONBody[LookUpTry], caller: Caller, parts: Parts
) -> LookUpOutcome:
    """Ask a saved look-up with given parameters, as a flow would."""
    look_up = find_setting(parts.live, "look_up", look_up_id)
    if not isinstance(look_up, LookUp):
        subject = f"look_up {look_up_id}"
        raise refuse(RefusalReason.NOT_FOUND, f"There is no look-up {look_up_id}", subject)
    parts.limiters.look_up_tries.check(caller.actor)
    begun_s = time.monotonic()
    result, error = None, None
    try:
        result = await parts.look_ups.ask(look_up, data.parameters, look_up.time_ms_max)
    except LookUpError as failed:
        error = LookUpFailure(failed.code, str(failed), failed.retryable)
    return LookUpOutcome(result, error, round((time.monotonic() - begun_s) * 1_000))


router = Router("/look-ups", route_handlers=[try_look_up], tags=["Look-ups"])
