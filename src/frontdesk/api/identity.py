"""Who is asking: a person with a session, or a program with a key."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Final

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role
from frontdesk.runtime.refused import refuse

SESSION_COOKIE: Final = "frontdesk_session"
CSRF_HEADER: Final = "x-csrf-token"
PUBLIC: Final = "public"
"""Key in a route's `opt`: anybody may call it, and the reason why."""

_RANKS: Final = {role: rank for rank, role in enumerate(Role)}

Connection = ASGIConnection[Any, Any, Any, Any]


class Identity(msgspec.Struct, frozen=True):
    """`actor` is what the journal notes; `agent_id` None: a program that is nobody's."""

    actor: str
    agent_id: str | None
    name: str
    role: Role
    locale: str = "en"
    session_token: str | None = None

    def may(self, role: Role) -> bool:
        """Whether the role includes what `role` may do."""
        return _RANKS[self.role] >= _RANKS[role]

    def get_agent_id(self) -> str:
        """The agent in whose name this is done. Raises Refused for a program of nobody's."""
        if self.agent_id is None:
            raise refuse(
                RefusalReason.NOT_YOURS, "Only an agent can do this, and this key is no agent's"
            )
        return self.agent_id


def build_csrf_token(session_token: str) -> str:
    """What a page must send along with an unsafe method: proves that it could read our answer."""
    return hashlib.sha256(b"csrf/" + session_token.encode()).hexdigest()


def is_csrf_token(session_token: str, given: str) -> bool:
    """Whether it is the session's."""
    return hmac.compare_digest(build_csrf_token(session_token).encode(), given.encode())


class RoleGuard:
    """Lets those pass whose role includes `role`; 401 for nobody, 403 for less."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        identity: Identity | None = connection.user
        if identity is None:
            raise NotAuthorizedException(
                "Sign in, or give an API key", headers={"WWW-Authenticate": "Bearer"}
            )
        if not identity.may(self.role):
            raise PermissionDeniedException(f"This needs the role {self.role.value}")


agents_only: Final = RoleGuard(Role.AGENT)
supervisors_only: Final = RoleGuard(Role.SUPERVISOR)
administrators_only: Final = RoleGuard(Role.ADMINISTRATOR)
