"""Whether all is ready."""

from __future__ import annotations

from enum import Enum

import msgspec
from litestar import Response, get

from frontdesk.api.calls import Parts
from frontdesk.api.identity import PUBLIC
from frontdesk.runtime.writer import Mode


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


@get(
    "/healthz",
    opt={PUBLIC: "whoever watches over the process has no account"},
    operation_id="getHealth",
    tags=["Health"],
    sync_to_thread=False,
)
def get_health(parts: Parts) -> Response[Health]:
    """200 when commands are decided and people can be served, else 503."""
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
