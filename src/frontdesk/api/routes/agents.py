"""Agents: what they are doing, which queues they serve, how they sign in."""

from __future__ import annotations

import msgspec
from litestar import Router, delete, put
from litestar.exceptions import PermissionDeniedException
from litestar.params import JSONBody

from frontdesk.api.calls import Caller, CommandId, Parts, TextId, obey
from frontdesk.api.identity import (
    Identity,
    administrators_only,
    agents_only,
    supervisors_only,
)
from frontdesk.api.parts import ApiParts
from frontdesk.api.people import find_profile
from frontdesk.api.routes.session import Login, NewPassword
from frontdesk.kernel.commands import CancelNextPresence, Presence, SaveSetting, SetPresence
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import AgentProfile, Role
from frontdesk.runtime.refused import refuse


class PresenceWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A presence, with the reason of a break; `when_free`: after the work in hand.

    Offline with contacts in hand is refused, unless `return_contacts`: then they go back to their
    queues with place and age.
    """

    presence: Presence
    break_reason_id: str | None = None
    when_free: bool = False
    return_contacts: bool = False


class QueueList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The queues an agent serves."""

    queue_ids: tuple[str, ...]


class SignOn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By which login and password an agent signs in."""

    login: Login
    password: NewPassword


@put(
    "/{agent_id:str}/presence",
    guards=[agents_only],
    status_code=204,
    operation_id="setPresence",
)
async def set_presence(
    agent_id: TextId, data: JSONBody[PresenceWish], caller: Caller, parts: Parts
) -> None:
    """Set one's own presence, or as a supervisor anybody's."""
    _require_own(caller, agent_id)
    command = SetPresence(
        agent_id, data.presence, data.break_reason_id, data.when_free, data.return_contacts
    )
    await obey(parts, caller, command)


@delete(
    "/{agent_id:str}/next-presence",
    guards=[agents_only],
    status_code=204,
    operation_id="cancelNextPresence",
)
async def cancel_next_presence(agent_id: TextId, caller: Caller, parts: Parts) -> None:
    """Take back the presence that was to follow the work in hand."""
    _require_own(caller, agent_id)
    await obey(parts, caller, CancelNextPresence(agent_id))


@put(
    "/{agent_id:str}/queues",
    guards=[supervisors_only],
    status_code=204,
    operation_id="setAgentQueues",
)
async def set_queues(
    agent_id: TextId, data: JSONBody[QueueList], caller: Caller, parts: Parts, command_id: CommandId
) -> None:
    """Say which queues an agent serves; it is in force at once."""
    profile = _get_profile(parts, agent_id)
    changed = msgspec.structs.replace(profile, queue_ids=data.queue_ids)
    await obey(parts, caller, SaveSetting(changed), command_id)


@put(
    "/{agent_id:str}/password",
    guards=[administrators_only],
    status_code=204,
    operation_id="setSignOn",
)
async def set_sign_on(agent_id: TextId, data: JSONBody[SignOn], parts: Parts) -> None:
    """Give an agent a login and a password; the sessions of the agent end."""
    _get_profile(parts, agent_id)
    await parts.sign_ons.save(agent_id, data.login, data.password)
    await parts.sessions.close_all(agent_id)


@delete(
    "/{agent_id:str}/password",
    guards=[administrators_only],
    status_code=204,
    operation_id="removeSignOn",
)
async def remove_sign_on(agent_id: TextId, parts: Parts) -> None:
    """Take away an agent's login; the sessions of the agent end."""
    if not await parts.sign_ons.remove(agent_id):
        raise refuse(RefusalReason.NOT_FOUND, "The agent has no login", f"agent {agent_id}")
    await parts.sessions.close_all(agent_id)


def _get_profile(parts: ApiParts, agent_id: str) -> AgentProfile:
    profile = find_profile(parts.live, agent_id)
    if profile is None:
        raise refuse(RefusalReason.NOT_FOUND, f"There is no agent {agent_id}", f"agent {agent_id}")
    return profile


def _require_own(caller: Identity, agent_id: str) -> None:
    if caller.agent_id != agent_id and not caller.may(Role.SUPERVISOR):
        raise PermissionDeniedException("Only a supervisor can do this for another agent")


router = Router(
    "/agents",
    route_handlers=[
        set_presence,
        cancel_next_presence,
        set_queues,
        set_sign_on,
        remove_sign_on,
    ],
    tags=["Agents"],
)
