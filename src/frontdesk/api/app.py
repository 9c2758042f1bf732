"""The application: every route, and what every request passes on its way to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.types import Message, Middleware, Scope

from frontdesk.api import pages
from frontdesk.api.bodies import BODY_BYTES_MAX, StrictBody
from frontdesk.api.calls import provide_caller, provide_command_id
from frontdesk.api.errors import EXCEPTION_HANDLERS
from frontdesk.api.gate import Gate
from frontdesk.api.parts import ApiParts
from frontdesk.api.routes import (
    agents,
    alarms,
    api_keys,
    attachments,
    callbacks,
    contact_records,
    contacts,
    conversations,
    effect_failures,
    flows,
    health,
    knowledge,
    look_ups,
    offers,
    report_runs,
    reports,
    routing,
    saved_reports,
    secrets,
    session,
    settings,
    stream,
    telephone,
    understanding,
    wallboards,
    what_if,
)
from frontdesk.api.schema import build_openapi_config

SECURITY_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), payment=()",
}

API_ROUTERS: Final = (
    session.router,
    settings.router,
    flows.router,
    agents.router,
    alarms.router,
    contact_records.router,
    contacts.router,
    conversations.router,
    callbacks.router,
    offers.router,
    routing.router,
    attachments.router,
    knowledge.router,
    look_ups.router,
    secrets.router,
    telephone.router,
    understanding.router,
    effect_failures.list_effect_failures,
    what_if.router,
    reports.router,
    report_runs.router,
    saved_reports.router,
    wallboards.router,
    wallboards.open_shared_wallboard,
    api_keys.router,
    stream.router,
)


class HttpChannel(Protocol):
    """A channel that is reached over HTTP: its routes go under /api, its middleware before ours."""

    @property
    def router(self) -> Router: ...

    @property
    def middleware(self) -> Middleware: ...


def create_app(parts: ApiParts, channels: Sequence[HttpChannel] = ()) -> Litestar:
    """The ASGI application.

    Whatever the parts need running (the hub, the watches) is for the caller to run.
    """
    api = Router("/api", route_handlers=[*API_ROUTERS, *(c.router for c in channels)])
    return Litestar(
        route_handlers=[api, health.router, pages.router],
        dependencies={
            "parts": Provide(lambda: parts, use_cache=True, sync_to_thread=False),
            "caller": Provide(provide_caller, sync_to_thread=False),
            "command_id": Provide(provide_command_id),
        },
        dto=StrictBody,
        exception_handlers=EXCEPTION_HANDLERS,
        middleware=[*(c.middleware for c in channels), DefineMiddleware(Gate, parts=parts)],
        before_send=[_add_security_headers],
        request_max_body_size=BODY_BYTES_MAX,
        openapi_config=build_openapi_config(),
        logging_config=None,
        multipart_form_part_limit=8,
    )


async def _add_security_headers(message: Message, scope: Scope) -> None:
    if message["type"] != "http.response.start":
        return
    headers = list(message["headers"])
    given = {name.lower() for name, _ in headers}
    headers += [item for item in SECURITY_HEADERS.items() if item[0] not in given]
    if scope["path"].startswith("/api") and b"cache-control" not in given:
        headers.append((b"cache-control", b"no-store"))
    message["headers"] = headers
