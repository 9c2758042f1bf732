"""Callbacks: promised to customers, put off, and tried by the agents who have them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, post
from litestar.params import JSONBody

from frontdesk.api.calls import ID_MAX, Caller, CommandId, IntId, Parts, get_event, obey
from frontdesk.api.identity import agents_only
from frontdesk.api.routes.contacts import (
    Attributes,
    CustomerInfo,
    OpenedContact,
    ShortText,
)
from frontdesk.kernel.commands import (
    AttemptResult,
    CustomerCard,
    RecordAttempt,
    RequestCallback,
    RescheduleCallback,
)
from frontdesk.kernel.decide_callbacks import AHEAD_MS_MAX, ATTEMPTS_MAX, RETRY_MS_MIN
from frontdesk.kernel.events import ContactOpened

Time = Annotated[int, msgspec.Meta(ge=0, le=ID_MAX)] | None
Duration = Annotated[int, msgspec.Meta(ge=RETRY_MS_MIN, le=AHEAD_MS_MAX)]

_USUAL = RequestCallback(queue_id="", address="")


class NewCallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be reached, where, and by whom. `due_ms` null: at its turn in the queue.

    `channel_ref` is the asker's own id for it; without one, an address has one callback a queue.
    It is tried up to `attempts_max` times, and given up `expires_after_ms` after it was due.
    """

    queue_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    channel_ref: ShortText = ""
    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] = _USUAL.channel
    customer: CustomerInfo = CustomerInfo()
    topic: ShortText = ""
    attributes: Attributes = {}
    due_ms: Time = None
    expires_after_ms: Duration = _USUAL.expires_after_ms
    attempts_max: Annotated[int, msgspec.Meta(ge=1, le=ATTEMPTS_MAX)] = _USUAL.attempts_max
    retry_ms: Duration = _USUAL.retry_ms


class CallbackTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the customer is to be reached, ms since the epoch; null: as soon as possible."""

    due_ms: Time


class Attempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of it. `due_ms`: when to try again, if not after the usual time."""

    result: AttemptResult
    due_ms: Time = None


@post("/callbacks", guards=[agents_only], operation_id="requestCallback")
async def request_callback(
    data: JSONBody[NewCallback], caller: Caller, parts: Parts, command_id: CommandId
) -> OpenedContact:
    """Promise a customer to be reached.

    The same `channel_ref`, or address in a queue, again is refused and names the contact it made.
    """
    command = RequestCallback(
        queue_id=data.queue_id,
        address=data.address,
        channel_ref=data.channel_ref,
        channel=data.channel,
        customer=CustomerCard(data.customer.customer_id, data.customer.name, data.address),
        topic=data.topic,
        attributes=data.attributes,
        due_ms=data.due_ms,
        expires_after_ms=data.expires_after_ms,
        attempts_max=data.attempts_max,
        retry_ms=data.retry_ms,
    )
    events = await obey(parts, caller, command, command_id)
    return OpenedContact(get_event(events, ContactOpened).contact_id)


@post(
    "/callbacks/{contact_id:int}/reschedule",
    guards=[agents_only],
    status_code=204,
    operation_id="rescheduleCallback",
)
async def reschedule_callback(
    contact_id: IntId,
    data: JSONBody[CallbackTime],
    caller: Caller,
    parts: Parts,
    command_id: CommandId,
) -> None:
    """Give a callback that no agent has another time."""
    await obey(parts, caller, RescheduleCallback(contact_id, data.due_ms), command_id)


@post(
    "/contacts/{contact_id:int}/attempt",
    guards=[agents_only],
    status_code=204,
    operation_id="recordAttempt",
)
async def record_attempt(
    contact_id: IntId, data: JSONBody[Attempt], caller: Caller, parts: Parts, command_id: CommandId
) -> None:
    """Say what came of trying to reach the customer of one's callback."""
    agent_id = caller.get_agent_id()
    command = RecordAttempt(contact_id, agent_id, data.result, data.due_ms)
    await obey(parts, caller, command, command_id)


router = Router(
    "/",
    route_handlers=[request_callback, reschedule_callback, record_attempt],
    tags=["Contacts"],
)
