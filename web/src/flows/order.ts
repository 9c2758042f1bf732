// The order in which a reader meets the nodes: from the start, each way to its end before the next.
import { exitsOf } from "./exits";
import { findNode, type Flow, type FlowNode } from "./model";

/** All nodes; those that nothing leads to come last. */
export function nodesInOrder(flow: Flow): FlowNode[] {
  const met = new Set<string>();
  const ordered: FlowNode[] = [];
  const open = [flow.start];
  while (open.length > 0) {
    const node = findNode(flow, open.pop() ?? "");
    if (node === undefined || met.has(node.node_id)) continue;
    met.add(node.node_id);
    ordered.push(node);
    open.push(
      ...exitsOf(node)
        .map(({ to }) => to)
        .reverse(),
    );
  }
  return [...ordered, ...flow.nodes.filter((node) => !met.has(node.node_id))];
}
