"""Alarms: those that stand, what became of the past ones, and what is reported for them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from frontdesk.api.calls import (
    PAGE_DEFAULT,
    Caller,
    CommandId,
    IntId,
    PageSize,
    Parts,
    TextId,
    TextQuery,
    obey,
)
from frontdesk.api.identity import administrators_only, supervisors_only
from frontdesk.kernel.alarms.ready import READY_RULES
from frontdesk.kernel.alarms.rules import AlarmRule
from frontdesk.kernel.commands import AcknowledgeAlarm, ReportChannel, ReportTrunkLoad
from frontdesk.kernel.decide_alarms import LINES_MAX, NOTE_CHARS_MAX
from frontdesk.views.documents import AlarmDocument, AlarmPage

Lines = Annotated[int, msgspec.Meta(ge=0, le=LINES_MAX)]


class AlarmList(msgspec.Struct, frozen=True):
    """The alarms that stand, the oldest first."""

    items: list[AlarmDocument]


class ReadyRules(msgspec.Struct, frozen=True):
    """Rules to begin with, one of each measure."""

    items: tuple[AlarmRule, ...]


class Acknowledgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`note`: what is done about it."""

    note: Annotated[str, msgspec.Meta(max_length=NOTE_CHARS_MAX)] = ""


class ChannelReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a channel reaches the world."""

    up: bool
    detail: Annotated[str, msgspec.Meta(max_length=NOTE_CHARS_MAX)] = ""


class TrunkLoad(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of a trunk's lines are in use."""

    lines_in_use: Lines
    lines: Lines


@get("/alarms", guards=[supervisors_only], operation_id="listAlarms", sync_to_thread=False)
def list_alarms(parts: Parts) -> AlarmList:
    """The alarms that stand now."""
    return AlarmList(list(parts.live.board.state.alarms.values()))


@get("/alarms/history", guards=[supervisors_only], operation_id="listPastAlarms")
async def list_past_alarms(
    parts: Parts, cursor: TextQuery = None, limit: PageSize = PAGE_DEFAULT
) -> AlarmPage:
    """Every alarm there was, with its cause, the newest first."""
    return await parts.queries.find_alarms(cursor, limit)


@get(
    "/alarms/ready-rules",
    guards=[administrators_only],
    operation_id="listReadyAlarmRules",
    sync_to_thread=False,
)
def list_ready_rules() -> ReadyRules:
    """Rules that a new company may begin with; they are saved like any setting."""
    return ReadyRules(READY_RULES)


@post(
    "/alarms/{alarm_id:int}/acknowledge",
    guards=[supervisors_only],
    status_code=204,
    operation_id="acknowledgeAlarm",
)
async def acknowledge_alarm(
    alarm_id: IntId,
    data: JSONBody[Acknowledgement],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> None:
    """Say that one looks after an alarm: nobody else is troubled with it any more."""
    by = caller.agent_id or caller.actor
    await obey(parts, caller, AcknowledgeAlarm(alarm_id, by, data.note), command_id)


@post(
    "/channels/{channel:str}/state",
    guards=[supervisors_only],
    status_code=204,
    operation_id="reportChannel",
)
async def report_channel(
    channel: TextId,
    data: JSONBody[ChannelReport],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> None:
    """Report that a channel can't reach the world, or can again: for whoever watches over it."""
    await obey(parts, caller, ReportChannel(channel, data.up, data.detail), command_id)


@post(
    "/trunks/{trunk_id:str}/load",
    guards=[supervisors_only],
    status_code=204,
    operation_id="reportTrunkLoad",
)
async def report_trunk_load(
    trunk_id: TextId,
    data: JSONBody[TrunkLoad],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> None:
    """Report how many of a trunk's lines are in use: for whoever watches over it."""
    command = ReportTrunkLoad(trunk_id, data.lines_in_use, data.lines)
    await obey(parts, caller, command, command_id)


router = Router(
    "/",
    route_handlers=[
        list_alarms,
        list_past_alarms,
        list_ready_rules,
        acknowledge_alarm,
        report_channel,
        report_trunk_load,
    ],
    tags=["Alarms"],
)
