"""Business settings as they stand, agents' profiles among them."""

from __future__ import annotations

from typing import Final, get_args

from frontdesk.kernel.setting_tables import id_of, kind_of
from frontdesk.kernel.settings import AgentProfile, SettingsEntity
from frontdesk.views.live import LiveView

AGENT_PROFILE: Final = "agent_profile"
PHONE_ACCOUNT: Final = "phone_account"
KINDS: Final[tuple[str, ...]] = tuple(
    str(member.__struct_config__.tag) for member in get_args(SettingsEntity)
)


def find_profile(live: LiveView, agent_id: str) -> AgentProfile | None:
    """The agent's profile, if there is such an agent."""
    agent = live.board.state.agents.get(agent_id)
    return agent.profile if agent is not None else None


def find_setting(live: LiveView, kind: str, entity_id: str) -> SettingsEntity | None:
    """The setting of that kind and id, if there is one."""
    if kind == AGENT_PROFILE:
        return find_profile(live, entity_id)
    return live.board.state.settings.get(f"{kind}/{entity_id}")


def find_settings(live: LiveView, kind: str) -> list[SettingsEntity]:
    """All settings of a kind, by id."""
    state = live.board.state
    found: list[SettingsEntity] = [e for e in state.settings.values() if kind_of(e) == kind]
    if kind == AGENT_PROFILE:
        found = [agent.profile for agent in state.agents.values()]
    return sorted(found, key=id_of)
