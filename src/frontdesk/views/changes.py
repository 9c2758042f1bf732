"""Which documents an event has changed, and whose desks that concerns."""

from typing import TypeAlias

Key: TypeAlias = tuple[str, str | int]
"""A document's address: its collection and its id there (messages: `contact_id/number`)."""

Changes: TypeAlias = dict[Key, tuple[str, ...]]
"""Changed documents, each with the agents who have, or had until now, a part in it."""

AGENTS = "agents"
QUEUES = "queues"
CONTACTS = "contacts"
OFFERS = "offers"
ENGAGEMENTS = "engagements"
MESSAGES = "messages"
SETTINGS = "settings"
FLOWS = "flows"
ALARMS = "alarms"

COLLECTIONS = (AGENTS, QUEUES, CONTACTS, OFFERS, ENGAGEMENTS, MESSAGES, SETTINGS, FLOWS, ALARMS)


def add_change(changes: Changes, key: Key, agent_ids: tuple[str, ...]) -> None:
    """Notes one change; of a document noted twice, all agents concerned are kept."""
    known = changes.get(key)
    if known is None:
        changes[key] = agent_ids
    elif known != agent_ids:
        changes[key] = tuple(dict.fromkeys(known + agent_ids))


def message_key(contact_id: int, number: int) -> Key:
    """The address of a contact's message."""
    return (MESSAGES, f"{contact_id}/{number}")
