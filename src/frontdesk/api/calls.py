"""What most routes have in common: their parameters, and handing a command to the centre."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeVar

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, PathParameter, QueryParameter, SkipValidation
from litestar.types import Scope

from frontdesk.api.identity import Identity
from frontdesk.api.parts import ApiParts
from frontdesk.kernel.commands import AnyCommand
from frontdesk.kernel.events import AnyEvent, Event
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.runtime.refused import Refused, refuse

ID_MAX: Final = 2**53 - 1
"""The greatest integer that JavaScript reads exactly."""

IDEMPOTENCY_KEY_CHARS_MAX: Final = 100
PAGE_MAX: Final = 200
PAGE_DEFAULT: Final = 50

AnyRequest = Request[Any, Any, Any]
Parts = NamedDependency[SkipValidation[ApiParts]]
Caller = NamedDependency[SkipValidation[Identity]]
CommandId = NamedDependency[SkipValidation[str | None]]
IntId = Annotated[int, PathParameter(ge=1, le=ID_MAX)]
TextId = Annotated[str, PathParameter(min_length=1, max_length=64)]
ContactQuery = Annotated[
    int, QueryParameter(ge=1, le=ID_MAX, description="The contact that it was sent in")
]
# "Above -1": Litestar leaves a least value of 0 out of the description.
TimeQuery = Annotated[
    int | None, QueryParameter(gt=-1, le=ID_MAX, description="ms since the epoch")
]
TextQuery = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]
PageSize = Annotated[int, QueryParameter(ge=1, le=PAGE_MAX)]

E = TypeVar("E", bound=Event)


def provide_caller(scope: Scope) -> Identity:
    """Whoever passed the route's guard."""
    identity: Identity = scope["user"]
    return identity


async def provide_command_id(
    request: AnyRequest,
    parts: Parts,
    idempotency_key: Annotated[
        str | None,
        HeaderParameter(
            name="Idempotency-Key",
            min_length=1,
            max_length=IDEMPOTENCY_KEY_CHARS_MAX,
            pattern="^[!-~]+$",
            description="The same key again gives the first answer, and nothing is done twice",
        ),
    ] = None,
) -> str | None:
    """The command's id, if the caller gave an idempotency key.

    Raises Refused (invalid) when the key came before with another request.
    """
    if idempotency_key is None:
        return None
    command_id = f"{provide_caller(request.scope).actor}/{idempotency_key}"
    body = await request.body()
    asked = f"{request.method} {request.url.path}\n".encode() + body
    if not await parts.idempotency.claim(command_id, asked):
        raise refuse(RefusalReason.INVALID, "This idempotency key came before with another request")
    return command_id


async def obey(
    parts: ApiParts, caller: Identity, command: AnyCommand, command_id: str | None = None
) -> list[AnyEvent]:
    """Has the centre decide the command; returns its durable events.

    Raises Refused, and Unavailable when the centre can't decide now.
    """
    answer = await parts.runtime.submit(command, actor=caller.actor, command_id=command_id)
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer.events


def get_event(events: list[AnyEvent], event_type: type[E]) -> E:
    """The first event of that type, which is there."""
    return next(event for event in events if isinstance(event, event_type))


def client_address(request: AnyRequest) -> str:
    """Where the request comes from, as far as the server can tell."""
    return request.client.host if request.client is not None else "unknown"
