"""Why this agent, why not that one: as it is now, as it was, as it would be."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from frontdesk.api.access import catch_up, require_sight
from frontdesk.api.calls import Caller, IntId, Parts
from frontdesk.api.identity import agents_only, supervisors_only
from frontdesk.kernel.commands import OpenContact
from frontdesk.kernel.decide_contacts import PRIORITY_MAX
from frontdesk.kernel.explain import Explanation, explain_arrival, explain_contact
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.kernel.settings import SkillNeed
from frontdesk.runtime.refused import Refused, refuse


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contact that might arrive."""

    queue_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    skills: Annotated[tuple[SkillNeed, ...], msgspec.Meta(max_length=20)] = ()
    priority: Annotated[int, msgspec.Meta(ge=-PRIORITY_MAX, le=PRIORITY_MAX)] = 0
    previous_agent_id: str | None = None


@get("/contacts/{contact_id:int}/why", guards=[agents_only], operation_id="explainContact")
async def explain_waiting(contact_id: IntId, caller: Caller, parts: Parts) -> Explanation:
    """Who is asked for a contact that waits now, and why nobody else."""
    await require_sight(parts, caller, contact_id)
    parts.limiters.dry_runs.check(caller.actor)
    runtime = parts.runtime
    return _show(explain_contact(runtime.centre.state, contact_id, runtime.clock.now_ms()))


@get("/offers/{offer_id:int}/why", guards=[agents_only], operation_id="explainOffer")
async def explain_offer(offer_id: IntId, caller: Caller, parts: Parts) -> Explanation:
    """Why the agent of an offer was chosen, on the centre as it was at that moment."""
    parts.limiters.dry_runs.check(caller.actor)
    await catch_up(parts)
    decision = await parts.queries.find_offer_decision(offer_id)
    if decision is None:
        raise refuse(RefusalReason.NOT_FOUND, f"There is no offer {offer_id}", f"offer {offer_id}")
    contact_id, seq, at_ms = decision
    await require_sight(parts, caller, contact_id)
    before = await parts.runtime.load_at(seq - 1)
    return _show(explain_contact(before.centre.state, contact_id, at_ms))


@post("/routing/dry-run", guards=[supervisors_only], status_code=200, operation_id="dryRun")
async def dry_run(data: JSONBody[Question], caller: Caller, parts: Parts) -> Explanation:
    """Who would be asked if a contact arrived now. Nothing happens; overflow isn't followed."""
    parts.limiters.dry_runs.check(caller.actor)
    arrival = OpenContact(
        data.channel,
        "",
        data.queue_id,
        skills=data.skills,
        priority=data.priority,
        previous_agent_id=data.previous_agent_id,
    )
    runtime = parts.runtime
    return _show(explain_arrival(runtime.centre.state, arrival, runtime.clock.now_ms()))


def _show(answer: Explanation | Refusal) -> Explanation:
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer


router = Router("/", route_handlers=[explain_waiting, explain_offer, dry_run], tags=["Routing"])
