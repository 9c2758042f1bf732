"""Offers to an agent, and the work after a contact."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, post
from litestar.params import JSONBody

from frontdesk.api.calls import Caller, IntId, Parts, obey
from frontdesk.api.identity import agents_only
from frontdesk.kernel.commands import AcceptOffer, CompleteWrapUp, DeclineOffer


class Decline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why the offer is declined, in the agent's words."""

    reason: Annotated[str, msgspec.Meta(max_length=500)] = ""


class WrapUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The outcome of a contact, and a note on it."""

    disposition_id: str | None = None
    note: Annotated[str, msgspec.Meta(max_length=10_000)] = ""


@post(
    "/offers/{offer_id:int}/accept",
    guards=[agents_only],
    status_code=204,
    operation_id="acceptOffer",
)
async def accept_offer(offer_id: IntId, caller: Caller, parts: Parts) -> None:
    """Accept an offer; its id is that of the engagement from now on."""
    await obey(parts, caller, AcceptOffer(offer_id, caller.get_agent_id()))


@post(
    "/offers/{offer_id:int}/decline",
    guards=[agents_only],
    status_code=204,
    operation_id="declineOffer",
)
async def decline_offer(
    offer_id: IntId, data: JSONBody[Decline], caller: Caller, parts: Parts
) -> None:
    """Decline an offer; the contact keeps its place and is offered to somebody else."""
    await obey(parts, caller, DeclineOffer(offer_id, caller.get_agent_id(), data.reason))


@post(
    "/engagements/{engagement_id:int}/wrap-up",
    guards=[agents_only],
    status_code=204,
    operation_id="completeWrapUp",
)
async def complete_wrap_up(
    engagement_id: IntId, data: JSONBody[WrapUp], caller: Caller, parts: Parts
) -> None:
    """Finish the work after a contact."""
    command = CompleteWrapUp(engagement_id, caller.get_agent_id(), data.disposition_id, data.note)
    await obey(parts, caller, command)


router = Router(
    "/", route_handlers=[accept_offer, decline_offer, complete_wrap_up], tags=["Offers"]
)
