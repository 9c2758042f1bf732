"""Signing in and out."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from litestar import Response, Router, delete, get, post, put
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException
from litestar.params import JSONBody

from frontdesk.api.calls import AnyRequest, Caller, Parts, client_address
from frontdesk.api.identity import (
    PUBLIC,
    SESSION_COOKIE,
    Identity,
    agents_only,
    build_csrf_token,
)
from frontdesk.api.parts import ApiParts
from frontdesk.api.people import find_profile
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role
from frontdesk.records.passwords import PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN
from frontdesk.records.sessions import SESSION_AGE_MS_MAX
from frontdesk.runtime.refused import refuse

LOGIN_CHARS_MAX: Final = 200

Login = Annotated[str, msgspec.Meta(min_length=1, max_length=LOGIN_CHARS_MAX)]
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=PASSWORD_CHARS_MAX)]
NewPassword = Annotated[
    str, msgspec.Meta(min_length=PASSWORD_CHARS_MIN, max_length=PASSWORD_CHARS_MAX)
]


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A login and its password."""

    login: Login
    password: Password


class ChangePassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password as it is, and as it shall be."""

    password: Password
    new_password: NewPassword


class SessionInfo(msgspec.Struct, frozen=True):
    """Who is signed in. `csrf_token` goes into the header X-CSRF-Token of unsafe methods.

    `agent_id` and `csrf_token` are null for an API key that is no agent's, and for any API key.
    """

    agent_id: str | None
    name: str
    role: Role
    locale: str
    csrf_token: str | None


@post("/", opt={PUBLIC: "whoever signs in is nobody yet"}, status_code=200, operation_id="signIn")
async def sign_in(
    request: AnyRequest, data: JSONBody[SignIn], parts: Parts
) -> Response[SessionInfo]:
    """Sign in.

    Sets the session's cookie. Wrong logins and wrong passwords are answered alike; after several
    of either, by login or by address, there is a wait.
    """
    limits, address = parts.limiters, client_address(request)
    limits.sign_ins_by_login.check(data.login.strip().casefold())
    limits.sign_ins_by_address.check(address)
    agent_id = await parts.sign_ons.find_agent_id(data.login, data.password)
    profile = find_profile(parts.live, agent_id) if agent_id is not None else None
    if profile is None:
        raise NotAuthorizedException("The login or the password is wrong")
    limits.sign_ins_by_login.give_back(data.login.strip().casefold())
    limits.sign_ins_by_address.give_back(address)
    token = await parts.sessions.open(profile.agent_id)
    info = SessionInfo(
        profile.agent_id, profile.name, profile.role, profile.locale, build_csrf_token(token)
    )
    return Response(info, cookies=[_build_cookie(parts, token)])


@get("/", guards=[agents_only], operation_id="getSession")
async def get_session(caller: Caller) -> SessionInfo:
    """Who is signed in, and the token for the header X-CSRF-Token."""
    return _describe(caller)


@delete("/", guards=[agents_only], status_code=204, operation_id="signOut")
async def sign_out(caller: Caller, parts: Parts) -> Response[None]:
    """Sign out: the session ends, here and on the server."""
    if caller.session_token is not None:
        await parts.sessions.close(caller.session_token)
    response: Response[Any] = Response(None, status_code=204)
    response.delete_cookie(SESSION_COOKIE)
    return response


@put("/password", guards=[agents_only], status_code=204, operation_id="changePassword")
async def change_password(caller: Caller, data: JSONBody[ChangePassword], parts: Parts) -> None:
    """Change one's own password; all other sessions of the person end."""
    agent_id = caller.get_agent_id()
    parts.limiters.sign_ins_by_login.check(caller.actor)
    login = await parts.sign_ons.find_login(agent_id)
    if login is None or not await parts.sign_ons.is_password_of(agent_id, data.password):
        raise refuse(RefusalReason.INVALID, "The present password is wrong")
    await parts.sign_ons.save(agent_id, login, data.new_password)
    parts.limiters.sign_ins_by_login.give_back(caller.actor)
    await parts.sessions.close_all(agent_id, but_token=caller.session_token)


def _describe(caller: Identity) -> SessionInfo:
    token = caller.session_token
    csrf_token = build_csrf_token(token) if token is not None else None
    return SessionInfo(caller.agent_id, caller.name, caller.role, caller.locale, csrf_token)


def _build_cookie(parts: ApiParts, token: str) -> Cookie:
    return Cookie(
        key=SESSION_COOKIE,
        value=token,
        httponly=True,
        samesite="lax",
        secure=parts.settings.secure_cookies,
        path="/",
        max_age=SESSION_AGE_MS_MAX // 1_000,
    )


router = Router(
    "/session",
    route_handlers=[sign_in, get_session, sign_out, change_password],
    tags=["Signing in"],
)
