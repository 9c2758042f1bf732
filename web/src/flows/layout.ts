// Places for nodes that have none: from left to right, as the flow goes.
import { Graph, layout } from "@dagrejs/dagre";
import { edgesOf, exitsOf } from "./exits";
import { moveNodes, type Place } from "./edit";
import type { Flow, FlowNode } from "./model";
import { nodesInOrder } from "./order";

export const NODE_WIDTH = 224;
const HEAD_HEIGHT = 92;
const EXIT_HEIGHT = 26;

/** About as high as it will be drawn. */
export function heightOf(node: FlowNode): number {
  return HEAD_HEIGHT + exitsOf(node).length * EXIT_HEIGHT;
}

/** Whether nobody has placed the nodes yet: all lie on one spot. */
export function isUnplaced(flow: Flow): boolean {
  const [first] = flow.nodes;
  return flow.nodes.length > 1 && flow.nodes.every(({ x, y }) => x === first?.x && y === first.y);
}

export function laidOut(flow: Flow): Flow {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 64, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodesInOrder(flow))
    graph.setNode(node.node_id, { width: NODE_WIDTH, height: heightOf(node) });
  for (const { node_id, to } of edgesOf(flow)) if (node_id !== to) graph.setEdge(node_id, to);
  layout(graph);
  const places = flow.nodes.map((node): [string, Place] => {
    const middle = graph.node(node.node_id) as Place;
    return [node.node_id, { x: middle.x - NODE_WIDTH / 2, y: middle.y - heightOf(node) / 2 }];
  });
  return moveNodes(flow, new Map(places));
}

const READABLE_ZOOM = 0.65;
const MARGIN = 24;

/** What is seen first: all of the flow where it is then readable, else its beginning. */
export function firstView(flow: Flow, width: number, height: number): Place & { zoom: number } {
  const left = Math.min(...flow.nodes.map(({ x }) => x), Infinity);
  const top = Math.min(...flow.nodes.map(({ y }) => y), Infinity);
  if (left === Infinity) return { x: MARGIN, y: MARGIN, zoom: 1 };
  const wide = Math.max(...flow.nodes.map(({ x }) => x)) + NODE_WIDTH - left;
  const high = Math.max(...flow.nodes.map((node) => node.y + heightOf(node))) - top;
  const zoom = Math.min(1, (width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high);
  if (zoom >= READABLE_ZOOM)
    return {
      x: (width - wide * zoom) / 2 - left * zoom,
      y: (height - high * zoom) / 2 - top * zoom,
      zoom,
    };
  const start = flow.nodes.find(({ node_id }) => node_id === flow.start) ?? { x: left, y: top };
  return {
    x: MARGIN - start.x * READABLE_ZOOM,
    y: height / 3 - start.y * READABLE_ZOOM,
    zoom: READABLE_ZOOM,
  };
}
