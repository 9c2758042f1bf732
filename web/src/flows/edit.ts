// What can be done to a flow. Pure: flow in, flow out.
import { exitsOf, withExit, withExits } from "./exits";
import { freshNode, type Flow, type FlowNode, type NodeKind } from "./model";

export interface Place {
  x: number;
  y: number;
}

export interface ExitOf {
  node_id: string;
  exit: string;
}

/** `ask`, then `ask-2`: short, and none twice. */
export function newName(taken: Set<string>, base: string, mark = "-"): string {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}${mark}${number}`)) number += 1;
  return `${base}${mark}${number}`;
}

function idsOf(flow: Flow): Set<string> {
  return new Set(flow.nodes.map((node) => node.node_id));
}

/** A new node; behind `from` it comes in between what that led to. The first is the start. */
export function addNode(
  flow: Flow,
  kind: NodeKind,
  place: Place,
  from: ExitOf | null,
): { flow: Flow; nodeId: string } {
  const nodeId = newName(idsOf(flow), kind.replace("_", "-"));
  const node: FlowNode = { ...freshNode(kind, nodeId), x: place.x, y: place.y };
  const start = flow.start === "" ? nodeId : flow.start;
  const added = { ...flow, start, nodes: [...flow.nodes, node] };
  return { flow: from === null ? added : insertBehind(added, node, from), nodeId };
}

function insertBehind(flow: Flow, node: FlowNode, from: ExitOf): Flow {
  const before = flow.nodes.find((each) => each.node_id === from.node_id);
  if (before === undefined) return flow;
  const led = exitsOf(before).find((each) => each.exit === from.exit)?.to ?? "";
  const [first] = exitsOf(node);
  const joined = first === undefined || led === "" ? node : withExit(node, first.exit, led);
  return connect(changeNode(flow, node.node_id, joined), from, node.node_id);
}

export function changeNode(flow: Flow, nodeId: string, node: FlowNode): Flow {
  return { ...flow, nodes: flow.nodes.map((each) => (each.node_id === nodeId ? node : each)) };
}

/** Leads an exit to another node; empty: nowhere. */
export function connect(flow: Flow, { node_id, exit }: ExitOf, to: string): Flow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => (node.node_id === node_id ? withExit(node, exit, to) : node)),
  };
}

/** Without these nodes; what led to a node with one way on leads to where that went. */
export function removeNodes(flow: Flow, nodeIds: readonly string[]): Flow {
  const gone = new Map(
    flow.nodes
      .filter((node) => nodeIds.includes(node.node_id))
      .map((node): [string, FlowNode] => [node.node_id, node]),
  );
  const where = (to: string) => onwards(to, gone);
  return {
    ...flow,
    start: where(flow.start),
    nodes: flow.nodes
      .filter((node) => !gone.has(node.node_id))
      .map((node) => withExits(node, where)),
  };
}

function onwards(to: string, gone: Map<string, FlowNode>): string {
  const passed = new Set<string>();
  let at = to;
  for (let node = gone.get(at); node !== undefined; node = gone.get(at)) {
    const [exit, another] = exitsOf(node);
    if (passed.has(at) || exit === undefined || another !== undefined) return "";
    passed.add(at);
    at = exit.to;
  }
  return at;
}

/** Another id, wherever the node is named. An id that is taken or empty changes nothing. */
export function renameNode(flow: Flow, nodeId: string, wanted: string): Flow {
  if (wanted === "" || idsOf(flow).has(wanted)) return flow;
  const where = (to: string) => (to === nodeId ? wanted : to);
  return {
    ...flow,
    start: where(flow.start),
    nodes: flow.nodes.map((node) => ({ ...withExits(node, where), node_id: where(node.node_id) })),
  };
}

export function moveNodes(flow: Flow, places: ReadonlyMap<string, Place>): Flow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => {
      const place = places.get(node.node_id);
      return place === undefined
        ? node
        : { ...node, x: Math.round(place.x), y: Math.round(place.y) };
    }),
  };
}

/** Copies of nodes, joined as they were among each other and to nothing else. */
export function paste(
  flow: Flow,
  copied: readonly FlowNode[],
  shift: Place,
): { flow: Flow; nodeIds: string[] } {
  const taken = idsOf(flow);
  const names = new Map<string, string>();
  for (const { node_id } of copied) {
    const name = newName(taken, node_id.replace(/-\d+$/, ""));
    taken.add(name);
    names.set(node_id, name);
  }
  const fresh = copied.map((node) => ({
    ...withExits(node, (to) => names.get(to) ?? ""),
    node_id: names.get(node.node_id) ?? node.node_id,
    x: node.x + shift.x,
    y: node.y + shift.y,
  }));
  const nodeIds = fresh.map((node) => node.node_id);
  const start = flow.start === "" ? (nodeIds[0] ?? "") : flow.start;
  return { flow: { ...flow, start, nodes: [...flow.nodes, ...fresh] }, nodeIds };
}
