"""Drafts of flows: kept whole, one a flow, and nobody's work is written over unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from frontdesk.records.clock import Clock
from frontdesk.records.database import Database
from frontdesk.records.errors import DraftOvertaken
from frontdesk.records.flow_drafts import FlowDraftEntry, FlowDrafts

FLOW: dict[str, Any] = {"flow_id": "line", "name": "Hot\0 line", "nodes": [{"note": "a\0b"}]}


async def test_a_draft_is_kept_as_it_was_given(database: Database, clock: Clock) -> None:
    drafts = FlowDrafts(database, clock)
    saved = await drafts.save("line", FLOW, 0, "agent:ada")
    assert await drafts.find("line") == saved
    assert saved.flow == FLOW
    entry = FlowDraftEntry("line", "Hot line", saved.revision, "agent:ada", clock())
    assert await drafts.find_all() == [entry]
    assert await drafts.find("other") is None


async def test_whoever_has_seen_the_last_may_replace_it(
    database: Database, clock: Clock, pass_time: Callable[[int], None]
) -> None:
    drafts = FlowDrafts(database, clock)
    first = await drafts.save("menu", FLOW, 0, "agent:ada")
    second = await drafts.save("menu", {**FLOW, "name": "Line"}, first.revision, "agent:ada")
    assert second.revision > first.revision
    pass_time(5_000)
    third = await drafts.save("menu", FLOW, second.revision, "agent:ben")
    assert third.saved_at_ms == second.saved_at_ms + 5_000
    for seen in (0, first.revision, second.revision):
        with pytest.raises(DraftOvertaken):
            await drafts.save("menu", FLOW, seen, "agent:ada")
    assert await drafts.find("menu") == third


async def test_a_draft_that_was_begun_anew_is_another(
    database: Database, clock: Clock, pass_time: Callable[[int], None]
) -> None:
    drafts = FlowDrafts(database, clock)
    first = await drafts.save("survey", FLOW, 0, "agent:ada")
    assert await drafts.remove("survey")
    assert not await drafts.remove("survey")
    with pytest.raises(DraftOvertaken):
        await drafts.save("survey", FLOW, first.revision, "agent:ada")
    pass_time(1)
    await drafts.save("survey", FLOW, 0, "agent:ben")
    with pytest.raises(DraftOvertaken):
        await drafts.save("survey", FLOW, first.revision, "agent:ada")
