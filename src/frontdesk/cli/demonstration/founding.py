"""Creates the demo company in an empty centre, once."""

from __future__ import annotations

import asyncio
from typing import Final

from frontdesk.api.parts import ApiParts
from frontdesk.cli.demonstration.articles import ARTICLES
from frontdesk.cli.demonstration.company import ENTITIES, PASSWORD, PEOPLE, PLAYED, WIDGET_ID
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.refusals import Refusal

ACTOR: Final = "system:demo"


async def ensure_demo_company(parts: ApiParts) -> bool:
    """Create the demo company unless it is there; False in a centre that is somebody else's.

    The widget is saved last and stands for the whole: after a kill in between all is saved again.
    """
    state = parts.live.board.state
    if f"widget/{WIDGET_ID}" in state.settings:
        return True
    people = [profile.agent_id for profile in (*PEOPLE, *PLAYED)]
    if state.agents.keys() - set(people):
        return False
    await asyncio.gather(*(parts.sign_ons.save(login, login, PASSWORD) for login in people))
    for article_id, content in ARTICLES.items():
        await parts.articles.save(article_id, content, ACTOR)
    for entity in ENTITIES:
        answer = await parts.runtime.submit(SaveSetting(entity), actor=ACTOR)
        assert not isinstance(answer, Refusal), answer
    return True
