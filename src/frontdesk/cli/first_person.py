"""The first administrator of an empty centre: somebody must be able to sign in."""

from __future__ import annotations

import secrets
from typing import Final

from frontdesk.api.parts import ApiParts
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import AgentProfile, Role

LOGIN: Final = "administrator"
PASSWORD_BYTES: Final = 12
ACTOR: Final = "system:setup"


async def ensure_administrator(parts: ApiParts) -> str | None:
    """Create the login `administrator` when nobody is there yet; its password, once, or None.

    The login is made before the profile, so that a kill in between only repeats both.
    """
    if parts.live.board.state.agents:
        return None
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    await parts.sign_ons.save(LOGIN, LOGIN, password)
    profile = AgentProfile(agent_id=LOGIN, name="Administrator", role=Role.ADMINISTRATOR)
    answer = await parts.runtime.submit(SaveSetting(profile), actor=ACTOR)
    assert not isinstance(answer, Refusal), "an administrator can be saved in an empty centre"
    return password
