"""Business settings: agents, teams, skills, queues, hours, dispositions, widgets, flows, …"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import Router, delete, get, put
from litestar.params import JSONBody, PathParameter

from frontdesk.api.calls import Caller, CommandId, Parts, TextId, obey
from frontdesk.api.identity import administrators_only, agents_only
from frontdesk.api.people import AGENT_PROFILE, PHONE_ACCOUNT, find_setting, find_settings
from frontdesk.kernel.commands import RemoveSetting, SaveSetting
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.setting_tables import id_of, kind_of
from frontdesk.kernel.settings import SettingsEntity
from frontdesk.runtime.refused import refuse
from frontdesk.runtime.telephone import KEPT_FOR_PHONE

Kind = Annotated[
    Literal[
        "skill",
        "team",
        "agent_profile",
        "queue",
        "hours",
        "break_reason",
        "disposition",
        "widget",
        "flow",
        "look_up",
        "intent",
        "trunk",
        "phone_number",
        "phone_account",
        "alarm_rule",
        "centre_settings",
    ],
    PathParameter(description="The kind of setting"),
]


class SettingsList(msgspec.Struct, frozen=True):
    """All settings of one kind, by id."""

    items: list[SettingsEntity]


@get("/{kind:str}", guards=[agents_only], operation_id="listSettings", sync_to_thread=False)
def list_settings(kind: Kind, parts: Parts) -> SettingsList:
    """All settings of a kind, by id."""
    return SettingsList(find_settings(parts.live, kind))


@get(
    "/{kind:str}/{entity_id:str}",
    guards=[agents_only],
    operation_id="getSetting",
    sync_to_thread=False,
)
def get_setting(kind: Kind, entity_id: TextId, parts: Parts) -> SettingsEntity:
    """One setting."""
    found = find_setting(parts.live, kind, entity_id)
    if found is None:
        raise refuse(
            RefusalReason.NOT_FOUND, f"There is no {kind} {entity_id}", f"{kind} {entity_id}"
        )
    return found


@put("/{kind:str}/{entity_id:str}", guards=[administrators_only], operation_id="saveSetting")
async def save_setting(
    kind: Kind,
    entity_id: TextId,
    data: JSONBody[SettingsEntity],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> SettingsEntity:
    """Create a setting, or replace it as a whole; it is in force at once."""
    if (kind_of(data), id_of(data)) != (kind, entity_id):
        raise refuse(RefusalReason.INVALID, "Kind and id of the body aren't those of the address")
    await obey(parts, caller, SaveSetting(data), command_id)
    return data


@delete(
    "/{kind:str}/{entity_id:str}",
    guards=[administrators_only],
    status_code=204,
    operation_id="removeSetting",
)
async def remove_setting(
    kind: Kind, entity_id: TextId, caller: Caller, parts: Parts, command_id: CommandId
) -> None:
    """Remove a setting that nothing uses. A removed agent can't sign in any more."""
    await obey(parts, caller, RemoveSetting(kind, entity_id), command_id)
    if kind == AGENT_PROFILE:
        await parts.sign_ons.remove(entity_id)
        await parts.sessions.close_all(entity_id)
    elif kind == PHONE_ACCOUNT:
        await parts.kept_secrets.remove(KEPT_FOR_PHONE + entity_id, caller.actor)


router = Router(
    "/settings",
    route_handlers=[list_settings, get_setting, save_setting, remove_setting],
    tags=["Settings"],
)
