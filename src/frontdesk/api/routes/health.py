"""Whether all is ready."""

from __future__ import annotations

from enum import Enum
from typing import Final

import msgspec
from litestar import Response, Router, get, route

from frontdesk.api.calls import Parts
from frontdesk.api.identity import PUBLIC
from frontdesk.runtime.writer import Mode

_OPT: Final = {PUBLIC: "whoever watches over the process has no account"}


class Readiness(Enum):
    """In one word."""

    READY = "ready"
    NOT_READY = "not_ready"


class Health(msgspec.Struct, frozen=True):
    """`mode` is the writer's; `seq` how far the journal is; `behind` by how much each follower."""

    status: Readiness
    centre: str
    mode: Mode
    seq: int
    behind: dict[str, int]


@get("/healthz", opt=_OPT, operation_id="getHealth", tags=["Health"], sync_to_thread=False)
def get_health(parts: Parts) -> Response[Health]:
    """200 when commands are decided and people can be served, else 503."""
    return _report(parts)


@route("/healthz", http_method="HEAD", opt=_OPT, include_in_schema=False, sync_to_thread=False)
def head_health(parts: Parts) -> Response[Health]:
    """The same without the body, for whoever asks for the status alone."""
    return _report(parts)


def _report(parts: Parts) -> Response[Health]:
    status = parts.runtime.status()
    ready = status.mode is Mode.SERVING
    health = Health(
        Readiness.READY if ready else Readiness.NOT_READY,
        status.centre,
        status.mode,
        status.seq,
        status.followers,
    )
    return Response(
        health, status_code=200 if ready else 503, headers={"Cache-Control": "no-store"}
    )


router = Router("/", route_handlers=[get_health, head_health])
