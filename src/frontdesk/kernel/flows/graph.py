"""A flow as a graph: which exits a node has, and where they lead."""

from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import AnyNode, Flow

Exit = tuple[str, str | None]
"""(name, node it leads to); None: the flow's fallback is taken."""


def exits_of(node: AnyNode) -> list[Exit]:
    """Every way out of a node, in the order of the document."""
    match node:
        case doc.Ask():
            return _ask_exits(node)
        case doc.Decide():
            branches = [(f"branch:{n}", branch.next) for n, branch in enumerate(node.branches)]
            return [*branches, ("otherwise", node.otherwise)]
        case doc.AskOutside():
            return [("next", node.next), ("failed", node.failed)]
        case doc.Classify():
            routes = [(f"intent:{route.intent_id}", route.next) for route in node.routes]
            return [*routes, ("unsure", node.unsure), ("otherwise", node.otherwise or node.unsure)]
        case doc.CheckHours():
            holiday = node.holiday or node.closed
            return [("open", node.open), ("closed", node.closed), ("holiday", holiday)]
        case doc.CallBack():
            duplicate = node.duplicate or node.next
            return [("next", node.next), ("duplicate", duplicate), ("refused", node.refused)]
        case doc.TakeMessage():
            return [("next", node.next), ("no_answer", node.no_answer or node.next)]
        case doc.EnterQueue(away=str(away)):
            return [("away", away)]
        case doc.EnterQueue() | doc.End():
            return []
        case _:
            return [("next", node.next)]


def _ask_exits(node: doc.Ask) -> list[Exit]:
    exits: list[Exit] = [("next", node.next)]
    if isinstance(node.answer, doc.ChoiceAnswer):
        choices = node.answer.choices
        exits = [(f"choice:{choice.value}", choice.next or node.next) for choice in choices]
    return [*exits, ("no_match", node.no_match), ("no_answer", node.no_answer)]


WAITING_KINDS = (
    doc.Pause,
    doc.Ask,
    doc.AskOutside,
    doc.Classify,
    doc.TakeMessage,
    doc.Survey,
    doc.Subflow,
)
"""Nodes that wait for something. (A subflow may not, but is held to its own limits.)"""


def find_reached(flow: Flow) -> set[str]:
    """The nodes that a run can come to."""
    nodes = {node.node_id: node for node in flow.nodes}
    reached: set[str] = set()
    ahead = [flow.start]
    while ahead:
        node_id = ahead.pop()
        if node_id in reached or node_id not in nodes:
            continue
        reached.add(node_id)
        ahead += [to for _, to in exits_of(nodes[node_id]) if to is not None]
    return reached


_ENDINGS = (doc.EnterQueue, doc.End)


def find_ending(flow: Flow) -> set[str]:
    """The nodes from which some way leads to an end (or into the fallback)."""
    before: dict[str, list[str]] = {}
    ending: set[str] = set()
    ahead: list[str] = []
    for node in flow.nodes:
        exits = exits_of(node)
        if isinstance(node, _ENDINGS) or any(to is None for _, to in exits):
            ahead.append(node.node_id)
        for _, to in exits:
            if to is not None:
                before.setdefault(to, []).append(node.node_id)
    while ahead:
        node_id = ahead.pop()
        if node_id not in ending:
            ending.add(node_id)
            ahead += before.get(node_id, [])
    return ending


def find_busy_loop(flow: Flow) -> str | None:
    """A node of a circle in which nothing is ever waited for."""
    nodes = {node.node_id: node for node in flow.nodes}
    done: set[str] = set()
    for start in nodes:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node_id, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(node_id)
                continue
            if node_id in on_path:
                return node_id
            if node_id in done or node_id not in nodes:
                continue
            node = nodes[node_id]
            if isinstance(node, WAITING_KINDS):
                continue
            path.append(node_id)
            on_path.add(node_id)
            stack.append((node_id, True))
            stack += [(to, False) for _, to in exits_of(node) if to is not None]
    return None


def find_sole_queue(flow: Flow) -> str | None:
    """The queue that every contact of the flow ends in; None: it may end in other ways."""
    reached = find_reached(flow)
    ends = [n for n in flow.nodes if n.node_id in reached and isinstance(n, _ENDINGS)]
    queues = {node.queue_id if isinstance(node, doc.EnterQueue) else None for node in ends}
    return queues.pop() if len(queues) == 1 else None
