"""Who may see what of the live picture.

`floor` is one picture for all who may see the floor. `desk` is two: the *lobby*,
the same for every desk (queues, settings, colleagues), and each agent's *own*
part, to which a supervisor's alarms belong. So what everybody sees is encoded once
and sent at a calm pace, and what concerns one agent reaches that agent at once.
"""

from enum import Enum

import msgspec

from frontdesk.api.stream.frames import encode_document
from frontdesk.views.alarm_folds import is_supervisor
from frontdesk.views.changes import (
    AGENTS,
    ALARMS,
    CONTACTS,
    ENGAGEMENTS,
    FLOWS,
    MESSAGES,
    OFFERS,
    QUEUES,
    SETTINGS,
    Key,
)
from frontdesk.views.documents import ColleagueDocument, ContactDocument, ContactState
from frontdesk.views.live import LiveView

COLLEAGUES = "colleagues"
FLOOR_COLLECTIONS = (AGENTS, QUEUES, CONTACTS, OFFERS, ENGAGEMENTS, SETTINGS, FLOWS, ALARMS)
LOBBY_COLLECTIONS = (COLLEAGUES, QUEUES, SETTINGS)
OWN_COLLECTIONS = (AGENTS, CONTACTS, OFFERS, ENGAGEMENTS, MESSAGES, ALARMS)


class Topic(Enum):
    DESK = "desk"
    FLOOR = "floor"


def find_lobby_key(key: Key) -> Key | None:
    """Under which key a changed document shows in the lobby; None: not at all."""
    if key[0] == AGENTS:
        return (COLLEAGUES, key[1])
    return key if key[0] in LOBBY_COLLECTIONS else None


def render_lobby(live: LiveView, key: Key) -> msgspec.Raw | None:
    """A document as every desk sees it."""
    if key[0] != COLLEAGUES:
        return _encode_found(live, key)
    row = live.board.state.agents.get(str(key[1]))
    if row is None:
        return None
    profile = row.profile
    return encode_document(
        ColleagueDocument(
            agent_id=profile.agent_id,
            name=profile.name,
            team_id=profile.team_id,
            queue_ids=profile.queue_ids,
            state=row.state,
        )
    )


def render_floor(live: LiveView, key: Key) -> msgspec.Raw | None:
    """A document as supervisors see it: contacts that wait or are served, without their texts."""
    if key[0] == CONTACTS:
        contact = live.find_contact(int(key[1]))
        return None if contact is None else _encode_floor_contact(contact)
    return _encode_found(live, key)


def _encode_floor_contact(contact: ContactDocument) -> msgspec.Raw | None:
    if contact.state is ContactState.CLOSED:
        return None
    return encode_document(msgspec.structs.replace(contact, last_text=""))


def render_own(live: LiveView, agent_id: str, key: Key) -> msgspec.Raw | None:
    """A document as the agent concerned sees it; None for what has left the agent's desk."""
    return _encode_found(live, key) if is_own(live, agent_id, key) else None


def is_own(live: LiveView, agent_id: str, key: Key) -> bool:
    """Whether the document is about the agent, of a contact the agent has a part in, or an alarm
    that the agent, as a supervisor, is to see."""
    collection, id_ = key
    state = live.board.state
    if collection == AGENTS:
        return id_ == agent_id
    if collection == CONTACTS:
        return live.has_part(agent_id, int(id_))
    if collection == ALARMS:
        return _sees_alarms(live, agent_id)
    if collection == MESSAGES:
        return live.has_part(agent_id, int(str(id_).partition("/")[0]))
    rows = state.offers if collection == OFFERS else state.engagements
    row = rows.get(int(id_))
    return row is not None and row.agent_id == agent_id


def _sees_alarms(live: LiveView, agent_id: str) -> bool:
    agent = live.board.state.agents.get(agent_id)
    return agent is not None and is_supervisor(agent.profile)


def list_own_keys(live: LiveView, agent_id: str) -> list[Key]:
    """Everything on the agent's desk."""
    state = live.board.state
    agent = state.agents.get(agent_id)
    if agent is None:
        return []
    parts = [state.offers[id_] for id_ in agent.offer_ids]
    engagements = [state.engagements[id_] for id_ in agent.engagement_ids]
    contact_ids = dict.fromkeys([p.contact_id for p in parts] + [e.contact_id for e in engagements])
    keys: list[Key] = [(AGENTS, agent_id)]
    keys += [(OFFERS, id_) for id_ in agent.offer_ids]
    keys += [(ENGAGEMENTS, id_) for id_ in agent.engagement_ids]
    keys += [(CONTACTS, id_) for id_ in contact_ids]
    keys += [
        (MESSAGES, f"{id_}/{message.number}")
        for id_ in contact_ids
        for message in live.find_messages(id_)
    ]
    if is_supervisor(agent.profile):
        keys += [(ALARMS, id_) for id_ in state.alarms]
    return keys


def list_lobby_keys(live: LiveView) -> list[Key]:
    """Everything in the lobby."""
    state = live.board.state
    keys: list[Key] = [(COLLEAGUES, id_) for id_ in state.agents]
    keys += [(QUEUES, id_) for id_ in state.queues]
    keys += [(SETTINGS, id_) for id_ in state.settings]
    return keys


def list_floor_keys(live: LiveView) -> list[Key]:
    """Everything on the floor, and some that is not to be shown (`render_floor` says None)."""
    return [key for key in live.list_keys() if key[0] in FLOOR_COLLECTIONS]


def _encode_found(live: LiveView, key: Key) -> msgspec.Raw | None:
    document = live.find(key)
    return None if document is None else encode_document(document)
