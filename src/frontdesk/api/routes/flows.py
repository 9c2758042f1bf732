"""Drawing flows: what is wrong with them, trying them out, and drafts of what isn't published."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from frontdesk.api.calls import ID_MAX, Caller, Parts, TextId
from frontdesk.api.identity import administrators_only
from frontdesk.api.ready_flows.library import FlowTemplate, fill_in, ready_flows
from frontdesk.kernel.flows.check import Problem, check_flow, find_first_error
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.flows.schema import build_flow_schema
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.errors import DraftOvertaken, TooManyRecords
from frontdesk.records.flow_drafts import FlowDraft, FlowDraftEntry
from frontdesk.runtime.flow_trials import FlowTrial, TrialInput, try_flow
from frontdesk.runtime.refused import refuse

INPUTS_MAX = 100


class FlowDraftList(msgspec.Struct, frozen=True):
    """All drafts without their documents, by flow."""

    items: list[FlowDraftEntry]


class NewFlowDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`revision` is that of the draft which whoever saves has seen; 0: there was none."""

    flow: dict[str, Any]
    revision: Annotated[int, msgspec.Meta(ge=0, le=ID_MAX)]


class FlowTemplateList(msgspec.Struct, frozen=True):
    """All ready flows."""

    items: list[FlowTemplate]


class FlowProblems(msgspec.Struct, frozen=True):
    """All that is wrong, as far as can be told; without an error the flow can be published."""

    problems: list[Problem]


class TrialQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer who meets the flow over a channel and does all this, one after the other."""

    flow: Flow
    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""
    inputs: Annotated[tuple[TrialInput, ...], msgspec.Meta(max_length=INPUTS_MAX)] = ()


@post("/check", guards=[administrators_only], status_code=200, operation_id="checkFlow")
async def check(data: JSONBody[Flow], caller: Caller, parts: Parts) -> FlowProblems:
    """What is wrong with a flow, each problem with its node. Nothing is saved."""
    parts.limiters.dry_runs.check(caller.actor)
    return FlowProblems(check_flow(parts.runtime.centre.state.settings, data))


@post("/try", guards=[administrators_only], status_code=200, operation_id="tryFlow")
async def attempt(data: JSONBody[TrialQuestion], caller: Caller, parts: Parts) -> FlowTrial:
    """What a customer would meet. Nothing is kept; look-ups are really asked."""
    parts.limiters.dry_runs.check(caller.actor)
    settings = parts.runtime.centre.state.settings
    error = find_first_error(settings, data.flow)
    if error is not None:
        subject = f"node {error.node_id}" if error.node_id else f"flow {data.flow.flow_id}"
        raise refuse(RefusalReason.INVALID, error.detail, subject)
    return await try_flow(
        settings,
        data.flow,
        data.channel,
        data.language,
        data.inputs,
        parts.look_ups,
        parts.understanding,
        parts.runtime.clock.now_ms(),
    )


@get("/schema", guards=[administrators_only], operation_id="getFlowSchema")
async def get_flow_schema() -> dict[str, Any]:
    """The JSON Schema of a flow's document."""
    return build_flow_schema()


@get("/templates", guards=[administrators_only], operation_id="listFlowTemplates")
async def list_flow_templates(
    parts: Parts,
    language: Annotated[str, QueryParameter(max_length=20, description="Of the names")] = "en",
) -> FlowTemplateList:
    """Ready flows to begin from, with the centre's first queue and hours put in."""
    settings = parts.runtime.centre.state.settings
    return FlowTemplateList([fill_in(ready, settings, language) for ready in ready_flows()])


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
    route_handlers=[
        check,
        attempt,
        get_flow_schema,
        list_flow_templates,
        list_flow_drafts,
        get_flow_draft,
        save_flow_draft,
        remove_flow_draft,
    ],
    tags=["Flows"],
)
