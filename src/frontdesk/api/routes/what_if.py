"""What would have been: questions about the centre's own past, answered by simulation."""

from __future__ import annotations

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from frontdesk.api.calls import IntId, Parts
from frontdesk.api.identity import supervisors_only
from frontdesk.api.parts import ApiParts
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.runtime.refused import refuse
from frontdesk.simulator.what_if.asking import WhatIfQuestion, complaint
from frontdesk.simulator.what_if.runs import WhatIfRun


class WhatIfRunList(msgspec.Struct, frozen=True):
    """The latest questions since the server began, the newest first."""

    items: list[WhatIfRun]


@get("/runs", guards=[supervisors_only], operation_id="listWhatIfRuns", sync_to_thread=False)
def list_runs(parts: Parts) -> WhatIfRunList:
    """What was asked lately, and how far it is."""
    return WhatIfRunList(parts.what_ifs.list())


@post(
    "/runs",
    guards=[supervisors_only],
    status_code=202,
    operation_id="askWhatIf",
    sync_to_thread=False,
)
def ask(data: JSONBody[WhatIfQuestion], parts: Parts) -> WhatIfRun:
    """Rebuild days of the past, hold a simulation against them, and change something.

    It goes on beside the server, on every core at the lowest priority: ask how far it is. Refused
    (`wrong_state`) while another is at work.
    """
    wrong = complaint(data)
    if wrong is not None:
        raise refuse(RefusalReason.INVALID, wrong[:1].upper() + wrong[1:])
    run = parts.what_ifs.ask(data)
    if run is None:
        raise refuse(RefusalReason.WRONG_STATE, "Another question is being answered; stop it first")
    return run


@get(
    "/runs/{run_id:int}",
    guards=[supervisors_only],
    operation_id="getWhatIfRun",
    sync_to_thread=False,
)
def get_run(run_id: IntId, parts: Parts) -> WhatIfRun:
    """How far a question is, and its answer."""
    return _find(parts, run_id)


@post(
    "/runs/{run_id:int}/stop",
    guards=[supervisors_only],
    status_code=202,
    operation_id="stopWhatIfRun",
    sync_to_thread=False,
)
def stop_run(run_id: IntId, parts: Parts) -> WhatIfRun:
    """Stop it soon: the replications in hand are finished, and what is known by then is told."""
    run = _find(parts, run_id)
    parts.what_ifs.stop(run_id)
    return run


def _find(parts: ApiParts, run_id: int) -> WhatIfRun:
    run = parts.what_ifs.find(run_id)
    if run is None:
        raise refuse(RefusalReason.NOT_FOUND, "There is no such question", f"run {run_id}")
    return run


router = Router("/what-if", route_handlers=[list_runs, ask, get_run, stop_run], tags=["What if"])
