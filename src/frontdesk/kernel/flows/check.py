"""What is wrong with a flow, before anybody meets it. A faulty one is refused when it is saved."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum

import msgspec

from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import AnyNode, Flow, FlowUse, Text
from frontdesk.kernel.flows.expressions import bound_value, compile_expression
from frontdesk.kernel.flows.faults import FlowFaulted
from frontdesk.kernel.flows.first_values import first_values
from frontdesk.kernel.flows.graph import exits_of, find_busy_loop, find_ending, find_reached
from frontdesk.kernel.flows.names import SYSTEM_NAMES
from frontdesk.kernel.flows.node_checks import NODE_CHECKS, TIME_MS_MAX
from frontdesk.kernel.flows.texts import FORMATS, PLACEHOLDER, wordings
from frontdesk.kernel.flows.walk import DEPTH_MAX
from frontdesk.kernel.setting_tables import node_references, table

NODES_MAX = 500
TEXT_CHARS_MAX = 2_000
ID_CHARS_MAX = 64
PROBLEMS_MAX = 100

_NODE_ID = re.compile(r"[\w.:-]{1,64}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Severity(Enum):
    ERROR = "error"
    """It can't be published so."""
    WARNING = "warning"


class Problem(msgspec.Struct, frozen=True):
    """What is wrong, and at which node (empty: with the flow as a whole)."""

    node_id: str
    detail: str
    severity: Severity = Severity.ERROR


def check_flow(settings: Settings, flow: Flow) -> list[Problem]:
    """Everything that is wrong with the flow among these settings, as far as can be told."""
    return _check(settings, flow, list(_find_missing(settings, flow)))


def check_alone(flow: Flow) -> list[Problem]:
    """What is wrong with the flow in any centre: whatever it names is taken to be there."""
    return _check(Settings(), flow, [])


def _check(settings: Settings, flow: Flow, missing: list[Problem]) -> list[Problem]:
    problems = list(_check_whole(flow))
    for node in flow.nodes:
        problems += (Problem(node.node_id, detail) for detail in _check_node(settings, flow, node))
    problems += missing
    if not problems:
        problems += _check_ways(settings, flow)
    return [*problems, *_warn(flow)][:PROBLEMS_MAX]


def _find_missing(settings: Settings, flow: Flow) -> Iterator[Problem]:
    """What the flow names and the settings don't have."""
    queue_id = flow.fallback_queue_id
    if queue_id is not None and queue_id not in settings.queues:
        yield Problem("", f"There is no queue {queue_id!r} to fall back on.")
    for node in flow.nodes:
        for kind, entity_id in node_references(node):
            itself = (kind, entity_id) == ("flow", flow.flow_id)
            if not itself and entity_id not in table(settings, kind):
                detail = f"There is no {kind.replace('_', '-')} {entity_id!r}."
                yield Problem(node.node_id, detail)


def find_first_error(settings: Settings, flow: Flow) -> Problem | None:
    """The first reason not to publish the flow."""
    problems = check_flow(settings, flow)
    return next((problem for problem in problems if problem.severity is Severity.ERROR), None)


# -- the flow as a whole


def _check_whole(flow: Flow) -> Iterator[Problem]:
    if not flow.languages or len(set(flow.languages)) != len(flow.languages):
        yield Problem("", "A flow names its languages, each once.")
    if not 0 < flow.time_ms_max <= TIME_MS_MAX:
        yield Problem("", "A run lasts more than 0 ms and at most 7 days.")
    yield from _check_ids(flow)
    yield from _check_fallback(flow)
    for name, value in flow.variables.items():
        yield from (Problem("", detail) for detail in _check_name(name))
        yield from (Problem("", detail) for detail in _check_value(value))


def _check_ids(flow: Flow) -> Iterator[Problem]:
    if not 1 <= len(flow.nodes) <= NODES_MAX:
        yield Problem("", f"A flow has 1 to {NODES_MAX} nodes.")
    ids = Counter(node.node_id for node in flow.nodes)
    for node_id, count in ids.items():
        if count > 1:
            yield Problem(node_id, "Two nodes have this id.")
        if not _NODE_ID.fullmatch(node_id):
            yield Problem(node_id, "A node's id is 1 to 64 letters, digits, or . : - _")
    if flow.start not in ids:
        yield Problem("", f"The flow starts at {flow.start!r}, but there is no such node.")


def _check_fallback(flow: Flow) -> Iterator[Problem]:
    if flow.fallback_queue_id is None and flow.use is FlowUse.ENTRY:
        yield Problem("", "Say to which queue contacts go when something fails.")
    yield from (Problem("", detail) for detail in _check_text(flow, flow.fallback_text))


def _check_name(name: str) -> Iterator[str]:
    if not _NAME.fullmatch(name) or name in SYSTEM_NAMES:
        yield f"{name!r} can't be the name of a variable."


def _check_value(value: object) -> Iterator[str]:
    try:
        bound_value(value)
    except FlowFaulted as fault:
        yield fault.detail


def _check_ways(settings: Settings, flow: Flow) -> Iterator[Problem]:
    loop = find_busy_loop(flow)
    if loop is not None:
        yield Problem(loop, "The flow goes in a circle here without ever waiting for anything.")
    if flow.use is not FlowUse.WAITING:
        stuck = find_reached(flow) - find_ending(flow)
        for node_id in [node.node_id for node in flow.nodes if node.node_id in stuck][:5]:
            yield Problem(node_id, "From here no way leads to an end.")
    node_id = _find_nesting_fault(settings, flow)
    if node_id is not None:
        detail = f"This flow runs itself, or more than {DEPTH_MAX} flows within each other."
        yield Problem(node_id, detail)


def _find_nesting_fault(settings: Settings, flow: Flow) -> str | None:
    """The node of the flow whose subflow leads back to it, or too deep."""
    for node in flow.nodes:
        if isinstance(node, doc.Subflow) and _nests(settings, node.flow_id, flow, 2):
            return node.node_id
    return None


def _nests(settings: Settings, flow_id: str, outermost: Flow, depth: int) -> bool:
    if flow_id == outermost.flow_id or depth > DEPTH_MAX:
        return True
    inner = settings.flows.get(flow_id)
    nested = () if inner is None else inner.nodes
    return any(
        _nests(settings, node.flow_id, outermost, depth + 1)
        for node in nested
        if isinstance(node, doc.Subflow)
    )


def _warn(flow: Flow) -> Iterator[Problem]:
    unreached = {node.node_id for node in flow.nodes} - find_reached(flow)
    for node in flow.nodes:
        if node.node_id in unreached:
            yield Problem(node.node_id, "Nothing leads here.", Severity.WARNING)
        for text in _texts_of(node):
            missing = _missing_languages(flow, text)
            if missing:
                detail = f"A text has no wording in {', '.join(missing)}."
                yield Problem(node.node_id, detail, Severity.WARNING)


def _missing_languages(flow: Flow, text: Text) -> list[str]:
    return [] if isinstance(text, str) else [x for x in flow.languages if x not in text]


# -- one node


def _check_node(settings: Settings, flow: Flow, node: AnyNode) -> Iterator[str]:
    yield from _check_exits(flow, node)
    for text in _texts_of(node):
        yield from _check_text(flow, text)
    for expression in _expressions_of(node):
        yield from _check_expression(flow, expression)
    for name in _names_of(node):
        yield from _check_name(name)
    check = NODE_CHECKS.get(type(node))
    if check is not None:
        yield from check(settings, flow, node)


def _check_exits(flow: Flow, node: AnyNode) -> Iterator[str]:
    ids = {other.node_id for other in flow.nodes}
    for exit_, to_node_id in exits_of(node):
        if to_node_id is not None and to_node_id not in ids:
            yield f"«{exit_}» leads to {to_node_id!r}, but there is no such node."
        elif to_node_id is None and exit_ == "next":
            yield "Nothing follows this node."
        elif to_node_id is None and exit_.startswith("choice:"):
            yield f"Nothing follows the choice {exit_[7:]!r}."


def _check_text(flow: Flow, text: Text) -> Iterator[str]:
    if isinstance(text, dict) and text and flow.languages[:1] and flow.languages[0] not in text:
        yield f"A text has no wording in the flow's first language, {flow.languages[0]}."
    for wording in wordings(text):
        if len(wording) > TEXT_CHARS_MAX:
            yield f"A text has at most {TEXT_CHARS_MAX} characters."
        for match in PLACEHOLDER.finditer(wording):
            name = match[1].split(".")[0]
            if name not in _known_names(flow):
                yield f"{match[0]} in a text: there is no variable {name}."
            if (match[2] or "") not in FORMATS:
                known = ", ".join(filter(None, FORMATS))
                yield f"{match[0]} in a text: {match[2]} is none of {known}."


def _check_expression(flow: Flow, text: str) -> Iterator[str]:
    try:
        expression = compile_expression(text)
    except FlowFaulted as fault:
        yield fault.detail
        return
    for name in sorted(expression.reads - _known_names(flow)):
        yield f"{text}: there is no variable {name}."


def _known_names(flow: Flow) -> set[str]:
    names = first_values(flow).keys() | SYSTEM_NAMES.keys()
    for node in flow.nodes:
        names |= set(_names_of(node))
    return names


def _texts_of(node: AnyNode) -> Iterator[Text]:
    match node:
        case doc.Say() | doc.TakeMessage() | doc.TransferOutside() | doc.End():
            yield node.text
        case doc.Ask():
            yield node.text
            yield node.again
            if isinstance(node.answer, doc.ChoiceAnswer):
                yield from (choice.label for choice in node.answer.choices)
        case doc.EnterQueue():
            yield node.topic
        case doc.Survey():
            yield from (question.text for question in node.questions)
        case _:
            return


def _expressions_of(node: AnyNode) -> Iterator[str]:
    match node:
        case doc.Decide():
            yield from (branch.when for branch in node.branches)
        case doc.AskOutside() | doc.Subflow():
            yield from node.parameters.values()
        case doc.Classify():
            yield node.text
        case doc.SetVariables():
            yield from node.values.values()
        case doc.CallBack():
            yield node.address
            if node.at:
                yield node.at
        case doc.TransferOutside():
            yield node.address
        case doc.ChangeLanguage():
            yield node.language
        case _:
            return


def _names_of(node: AnyNode) -> Iterator[str]:
    """The variables that a node sets."""
    match node:
        case doc.Ask() | doc.AskOutside():
            yield node.save_as
        case doc.SetVariables():
            yield from node.values
        case doc.Subflow():
            yield from node.results
        case _:
            return
