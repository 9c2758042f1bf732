"""What is done beside a call: somebody asked, the call parked or passed outside, listened to."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, delete, post, put
from litestar.params import JSONBody

from frontdesk.api.calls import Caller, CommandId, IntId, Parts, get_event, obey
from frontdesk.api.identity import agents_only, supervisors_only
from frontdesk.kernel.commands import (
    BeginConference,
    BeginConsult,
    CancelConsult,
    ListenIn,
    ListeningMode,
    ParkContact,
    StopListening,
    TakeParked,
    TransferConsult,
    TransferOutside,
)
from frontdesk.kernel.events import ConsultBegun

Note = Annotated[str, msgspec.Meta(max_length=2_000)]
Address = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class NewConsult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to ask: a queue, an agent, or (at `address`) an expert outside; one of the three."""

    to_queue_id: str | None = None
    to_agent_id: str | None = None
    address: Address | None = None
    note: Note = ""


class StartedConsult(msgspec.Struct, frozen=True):
    """The contact by which a colleague is asked; null: an expert outside is called."""

    consult_id: int | None


class ConsultTransfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: Note = ""


class OutsideTransfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    address: Address
    note: Note = ""


class Listening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mode: ListeningMode = ListeningMode.MONITOR


@post("/{contact_id:int}/consult", guards=[agents_only], operation_id="beginConsult")
async def begin_consult(
    contact_id: IntId,
    data: JSONBody[NewConsult],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> StartedConsult:
    """Ask somebody about a call; the customer is put on hold."""
    command = BeginConsult(
        contact_id,
        caller.get_agent_id(),
        data.to_queue_id,
        data.to_agent_id,
        data.address,
        data.note,
    )
    events = await obey(parts, caller, command, command_id)
    return StartedConsult(get_event(events, ConsultBegun).consult_id)


@delete("/{contact_id:int}/consult", guards=[agents_only], operation_id="cancelConsult")
async def cancel_consult(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Let whoever is asked go; the customer stays on hold."""
    await obey(parts, caller, CancelConsult(contact_id, caller.get_agent_id()))


@post(
    "/{contact_id:int}/conference",
    guards=[agents_only],
    status_code=204,
    operation_id="beginConference",
)
async def begin_conference(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Let the customer join the two who consult."""
    await obey(parts, caller, BeginConference(contact_id, caller.get_agent_id()))


@post(
    "/{contact_id:int}/consult/transfer",
    guards=[agents_only],
    status_code=204,
    operation_id="transferConsult",
)
async def transfer_consult(
    contact_id: IntId,
    data: JSONBody[ConsultTransfer],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> None:
    """Leave the customer with whoever is asked."""
    command = TransferConsult(contact_id, caller.get_agent_id(), data.note)
    await obey(parts, caller, command, command_id)


@post(
    "/{contact_id:int}/transfer-outside",
    guards=[agents_only],
    status_code=204,
    operation_id="transferOutside",
)
async def transfer_outside(
    contact_id: IntId,
    data: JSONBody[OutsideTransfer],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> None:
    """Pass the customer on to an address outside the centre."""
    command = TransferOutside(contact_id, caller.get_agent_id(), data.address, data.note)
    await obey(parts, caller, command, command_id)


@post("/{contact_id:int}/park", guards=[agents_only], status_code=204, operation_id="parkContact")
async def park_contact(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Put a call aside for whoever takes it."""
    await obey(parts, caller, ParkContact(contact_id, caller.get_agent_id()))


@post("/{contact_id:int}/take", guards=[agents_only], status_code=204, operation_id="takeParked")
async def take_parked(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Take a parked call."""
    await obey(parts, caller, TakeParked(contact_id, caller.get_agent_id()))


@put(
    "/{contact_id:int}/listening",
    guards=[supervisors_only],
    status_code=204,
    operation_id="listenIn",
)
async def listen_in(
    contact_id: IntId, data: JSONBody[Listening], caller: Caller, parts: Parts
) -> None:
    """Go into a conversation as a supervisor, or change how one is in it."""
    await obey(parts, caller, ListenIn(contact_id, caller.get_agent_id(), data.mode))


@delete("/{contact_id:int}/listening", guards=[supervisors_only], operation_id="stopListening")
async def stop_listening(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Leave a conversation that one listens to."""
    await obey(parts, caller, StopListening(contact_id, caller.get_agent_id()))


router = Router(
    "/contacts",
    route_handlers=[
        begin_consult,
        cancel_consult,
        begin_conference,
        transfer_consult,
        transfer_outside,
        park_contact,
        take_parked,
        listen_in,
        stop_listening,
    ],
    tags=["Calls"],
)
