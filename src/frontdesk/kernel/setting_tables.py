"""Where each kind of business setting is kept, and what refers to what."""

from collections.abc import Iterator
from typing import Any

from frontdesk.kernel.alarms.rules import AlarmRule
from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.flows.resources import Intent, LookUp
from frontdesk.kernel.settings import (
    AgentProfile,
    BreakReason,
    CentreSettings,
    Disposition,
    Hours,
    Queue,
    SettingsEntity,
    Skill,
    Team,
    Widget,
)
from frontdesk.kernel.state import State
from frontdesk.kernel.telephone import DeskPhone, PhoneAccount, PhoneNumber, Trunk

CENTRE_ID = "centre"

ID_FIELDS: dict[type[Any], str] = {
    Skill: "skill_id",
    Team: "team_id",
    AgentProfile: "agent_id",
    Queue: "queue_id",
    Hours: "hours_id",
    BreakReason: "break_reason_id",
    Disposition: "disposition_id",
    Widget: "widget_id",
    Flow: "flow_id",
    LookUp: "look_up_id",
    Intent: "intent_id",
    Trunk: "trunk_id",
    PhoneNumber: "number",
    PhoneAccount: "account_id",
    AlarmRule: "alarm_rule_id",
}

TABLES: dict[str, str] = {
    "skill": "skills",
    "team": "teams",
    "agent_profile": "agents",
    "queue": "queues",
    "hours": "hours",
    "break_reason": "break_reasons",
    "disposition": "dispositions",
    "widget": "widgets",
    "flow": "flows",
    "look_up": "look_ups",
    "intent": "intents",
    "trunk": "trunks",
    "phone_number": "phone_numbers",
    "phone_account": "phone_accounts",
    "alarm_rule": "alarm_rules",
}
"""The attribute of `Settings` in which the entities of a kind are."""

KINDS = (*TABLES, "centre_settings")


def kind_of(entity: SettingsEntity) -> str:
    """The entity's kind, as in its JSON."""
    return str(type(entity).__struct_config__.tag)


def id_of(entity: SettingsEntity) -> str:
    """The entity's own id; the centre's settings are one entity with a fixed id."""
    field = ID_FIELDS.get(type(entity))
    return CENTRE_ID if field is None else str(getattr(entity, field))


def table(settings: Settings, kind: str) -> dict[str, Any]:
    """All entities of a kind, by id."""
    if kind == "centre_settings":
        return {CENTRE_ID: settings.centre}
    return getattr(settings, TABLES[kind])


def put_entity(state: State, entity: SettingsEntity) -> None:
    """Puts the entity in force."""
    if isinstance(entity, CentreSettings):
        state.settings.centre = entity
        state.lanes.rebuild()
        return
    table(state.settings, kind_of(entity))[id_of(entity)] = entity
    if isinstance(entity, AgentProfile):
        state.lanes.put_agent(entity)
    elif isinstance(entity, Queue):
        _keep_steps_in_range(state, entity)
        state.lanes.put_queue(entity.queue_id)


def _keep_steps_in_range(state: State, queue: Queue) -> None:
    last = len(queue.steps) - 1
    for contact in state.contacts.values():
        if contact.queue_id == queue.queue_id and contact.step_index > last:
            contact.step_index = last


def remove_entity(state: State, kind: str, entity_id: str) -> None:
    """Takes the entity out of force."""
    if kind == "agent_profile":
        state.lanes.drop_agent(entity_id)
        del state.agents[entity_id]
    elif kind == "queue":
        state.lanes.put_queue(entity_id)
        state.stats.pop(entity_id, None)
    del table(state.settings, kind)[entity_id]


Reference = tuple[str, str]
"""(kind, id) of an entity that another one names."""


def references(entity: SettingsEntity) -> Iterator[Reference]:
    """Every other entity that this one names."""
    match entity:
        case AgentProfile():
            yield from (("skill", skill_id) for skill_id in entity.skills)
            yield from (("queue", queue_id) for queue_id in entity.queue_ids)
            if entity.team_id is not None:
                yield ("team", entity.team_id)
            if isinstance(entity.line, DeskPhone):
                yield ("phone_account", entity.line.account_id)
        case Queue():
            yield from _queue_references(entity)
        case Widget():
            yield from (("queue", topic.queue_id) for topic in entity.topics if topic.queue_id)
            yield from (("flow", t.flow_id) for t in entity.topics if t.flow_id is not None)
        case Flow():
            yield from _flow_references(entity)
        case PhoneNumber():
            yield from _number_references(entity)
        case AlarmRule():
            yield from _rule_references(entity)
        case _:
            return


def _number_references(number: PhoneNumber) -> Iterator[Reference]:
    yield ("trunk", number.trunk_id)
    if number.queue_id is not None:
        yield ("queue", number.queue_id)
    if number.flow_id is not None:
        yield ("flow", number.flow_id)


def _rule_references(rule: AlarmRule) -> Iterator[Reference]:
    yield from (("queue", queue_id) for queue_id in rule.queue_ids)
    yield from (("team", team_id) for team_id in rule.team_ids)
    yield from (("agent_profile", agent_id) for agent_id in rule.agent_ids)
    yield from (("flow", flow_id) for flow_id in rule.flow_ids)
    if rule.hours_id is not None:
        yield ("hours", rule.hours_id)


def _queue_references(queue: Queue) -> Iterator[Reference]:
    for step in queue.steps:
        yield from (("skill", need.skill_id) for need in step.skills)
        yield from (("team", team_id) for team_id in step.team_ids or ())
    yield from (("team", team_id) for team_id in queue.home_team_ids)
    yield from (("disposition", id_) for id_ in queue.disposition_ids)
    if queue.hours_id is not None:
        yield ("hours", queue.hours_id)
    for overflow in queue.overflows:
        if overflow.queue_id is not None:
            yield ("queue", overflow.queue_id)
        if overflow.flow_id is not None:
            yield ("flow", overflow.flow_id)
    for flow_id in (queue.waiting_flow_id, queue.after_flow_id):
        if flow_id is not None:
            yield ("flow", flow_id)


def _flow_references(flow: Flow) -> Iterator[Reference]:
    if flow.fallback_queue_id is not None:
        yield ("queue", flow.fallback_queue_id)
    for node in flow.nodes:
        yield from node_references(node)


def node_references(node: doc.AnyNode) -> Iterator[Reference]:
    """Every setting that a node of a flow names."""
    match node:
        case doc.CallBack(queue_id=str(queue_id)):
            yield ("queue", queue_id)
        case doc.EnterQueue() | doc.TakeMessage():
            yield ("queue", node.queue_id)
            if node.agent_id is not None:
                yield ("agent_profile", node.agent_id)
        case doc.CheckHours(hours_id=hours_id):
            yield ("hours", hours_id)
        case doc.AskOutside(look_up_id=look_up_id):
            yield ("look_up", look_up_id)
        case doc.Classify():
            yield from (("intent", route.intent_id) for route in node.routes)
        case doc.Subflow(flow_id=flow_id):
            yield ("flow", flow_id)
        case _:
            return


def find_user(settings: Settings, kind: str, entity_id: str) -> SettingsEntity | None:
    """An entity that names the given one, if any does."""
    for other_kind in ("agent_profile", "queue", "widget", "flow", "phone_number", "alarm_rule"):
        for other in table(settings, other_kind).values():
            itself = other_kind == kind and id_of(other) == entity_id
            if not itself and (kind, entity_id) in references(other):
                return other
    return None
