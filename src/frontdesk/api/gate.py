"""What every request to the API passes: who is it, is it their page that asks, not too often."""

from __future__ import annotations

import math
from typing import Final
from urllib.parse import urlsplit

import msgspec
from litestar.enums import ScopeType
from litestar.exceptions import (
    NotAuthorizedException,
    PermissionDeniedException,
    TooManyRequestsException,
)
from litestar.types import ASGIApp, Receive, Scope, Send

from frontdesk.api.identity import (
    CSRF_HEADER,
    PUBLIC,
    SESSION_COOKIE,
    Connection,
    Identity,
    is_csrf_token,
)
from frontdesk.api.parts import ApiParts
from frontdesk.api.people import find_profile

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN_ORIGIN_CHECK: Final = "own_origin_check"
"""Key in a route's `opt`: pages from elsewhere may call it, by its own rules."""


class Gate:
    """ASGI middleware: sets `scope["user"]` to the Identity, or None, before any guard."""

    def __init__(self, app: ASGIApp, parts: ApiParts) -> None:
        self._app = app
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in (ScopeType.HTTP, ScopeType.WEBSOCKET):
            await self._app(scope, receive, send)
            return
        connection = Connection(scope)
        opt = connection.route_handler.opt
        unsafe = scope["type"] == ScopeType.WEBSOCKET or scope["method"] not in SAFE_METHODS
        scope["user"] = None
        if unsafe and OWN_ORIGIN_CHECK not in opt:
            self._check_origin(connection)
        if PUBLIC not in opt:
            identity = scope["user"] = await identify(self._parts, connection)
            if identity is not None and scope["type"] == ScopeType.HTTP:
                self._check_csrf(connection, identity, unsafe=unsafe)
                self._check_rate(identity)
        await self._app(scope, receive, send)

    def _check_origin(self, connection: Connection) -> None:
        origin = connection.headers.get("origin")
        if origin is None or origin in self._parts.settings.origins:
            return
        # Compared with the host that the browser itself says it talks to, whatever the scheme a
        # proxy in front speaks.
        if urlsplit(origin).netloc != connection.headers.get("host"):
            raise PermissionDeniedException("This page may not call the API")

    def _check_csrf(
        self,
        connection: Connection,
        identity: Identity,
        *,
        unsafe: bool,
    ) -> None:
        token = identity.session_token
        if not unsafe or token is None:
            return
        if not is_csrf_token(token, connection.headers.get(CSRF_HEADER, "")):
            raise PermissionDeniedException(
                "The X-CSRF-Token header is missing or wrong: read it from GET /api/session"
            )

    def _check_rate(self, identity: Identity) -> None:
        wait_s = self._parts.limiters.requests.take(identity.actor)
        if wait_s > 0:
            raise TooManyRequestsException(
                "Too many requests: wait a moment",
                headers={"Retry-After": str(math.ceil(wait_s))},
            )


async def identify(parts: ApiParts, connection: Connection) -> Identity | None:
    """Who is asking, by key or by session; None: nobody.

    Raises NotAuthorizedException for a wrong key, RecordsUnavailable.
    """
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        return await _identify_key(parts, authorization)
    token = connection.cookies.get(SESSION_COOKIE)
    session = await parts.sessions.find(token) if token else None
    return _find_person(parts, session.agent_id, token) if session is not None else None


async def _identify_key(parts: ApiParts, authorization: str) -> Identity:
    scheme, _, text = authorization.partition(" ")
    key = await parts.api_keys.find(text.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        raise NotAuthorizedException(
            "The API key is unknown", headers={"WWW-Authenticate": "Bearer"}
        )
    if key.agent_id is None:
        return Identity(f"key:{key.key_id}", None, key.name, key.role)
    person = _find_person(parts, key.agent_id, None)
    if person is None:
        raise NotAuthorizedException("The agent of this API key is gone")
    role = key.role if person.may(key.role) else person.role
    return msgspec.structs.replace(person, role=role)


def _find_person(parts: ApiParts, agent_id: str, session_token: str | None) -> Identity | None:
    profile = find_profile(parts.live, agent_id)
    if profile is None:
        return None
    return Identity(
        f"agent:{agent_id}",
        agent_id,
        profile.name,
        profile.role,
        profile.locale,
        session_token,
    )
