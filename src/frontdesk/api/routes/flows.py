"""Drawing flows: the drafts of what isn't published yet."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, put
from litestar.params import JSONBody

from frontdesk.api.calls import ID_MAX, Caller, Parts, TextId
from frontdesk.api.identity import administrators_only
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.errors import DraftOvertaken, TooManyRecords
from frontdesk.records.flow_drafts import FlowDraft, FlowDraftEntry
from frontdesk.runtime.refused import refuse


class FlowDraftList(msgspec.Struct, frozen=True):
    """All drafts without their documents, by flow."""

    items: list[FlowDraftEntry]


class NewFlowDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`revision` is that of the draft which whoever saves has seen; 0: there was none."""

    flow: dict[str, Any]
    revision: Annotated[int, msgspec.Meta(ge=0, le=ID_MAX)]


@get("/drafts", guards=[administrators_only], operation_id="listFlowDrafts")
async def list_flow_drafts(parts: Parts) -> FlowDraftList:
    """Which flows are being drawn, and by whom."""
    return FlowDraftList(await parts.flow_drafts.find_all())


@get("/{flow_id:str}/draft", guards=[administrators_only], operation_id="getFlowDraft")
async def get_flow_draft(flow_id: TextId, parts: Parts) -> FlowDraft:
    """A flow as it is being drawn."""
    draft = await parts.flow_drafts.find(flow_id)
    if draft is None:
        raise refuse(
            RefusalReason.NOT_FOUND, f"Nobody is drawing the flow {flow_id}", f"flow {flow_id}"
        )
    return draft


@put("/{flow_id:str}/draft", guards=[administrators_only], operation_id="saveFlowDraft")
async def save_flow_draft(
    flow_id: TextId, data: JSONBody[NewFlowDraft], caller: Caller, parts: Parts
) -> FlowDraft:
    """Keep a draft, faulty or not. Refused when somebody else has saved another meanwhile."""
    if data.flow.get("flow_id") != flow_id:
        raise refuse(RefusalReason.INVALID, "The id of the flow isn't that of the address")
    try:
        return await parts.flow_drafts.save(flow_id, data.flow, data.revision, caller.actor)
    except DraftOvertaken as error:
        raise refuse(RefusalReason.WRONG_STATE, str(error), f"flow {flow_id}") from error
    except TooManyRecords as error:
        raise refuse(RefusalReason.LIMIT_REACHED, str(error)) from error


@delete(
    "/{flow_id:str}/draft",
    guards=[administrators_only],
    status_code=204,
    operation_id="removeFlowDraft",
)
async def remove_flow_draft(flow_id: TextId, parts: Parts) -> None:
    """Throw a draft away. What is published stays."""
    if not await parts.flow_drafts.remove(flow_id):
        raise refuse(
            RefusalReason.NOT_FOUND, f"Nobody is drawing the flow {flow_id}", f"flow {flow_id}"
        )


router = Router(
    "/flows",
    route_handlers=[list_flow_drafts, get_flow_draft, save_flow_draft, remove_flow_draft],
    tags=["Flows"],
)
