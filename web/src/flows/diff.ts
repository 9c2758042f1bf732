// What changed from one flow to another, node by node, for whoever is about to publish it.
import type { Flow, FlowNode } from "./model";

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

export type Change =
  | { what: "added" | "removed"; node: FlowNode }
  | { what: "changed"; node: FlowNode; fields: FieldChange[] }
  | { what: "flow"; fields: FieldChange[] };

const DRAWING = new Set(["x", "y"]);
const HEAD = new Set(["kind", "flow_id", "version", "nodes"]);

/** First what is the flow's own, then its nodes in their order, then those that are gone. */
export function changesBetween(before: Flow, after: Flow): Change[] {
  const earlier = new Map(before.nodes.map((node): [string, FlowNode] => [node.node_id, node]));
  const later = new Set(after.nodes.map((node) => node.node_id));
  const own = fieldChanges(before, after, HEAD);
  return [
    ...(own.length > 0 ? [{ what: "flow" as const, fields: own }] : []),
    ...after.nodes.flatMap((node) => nodeChange(earlier.get(node.node_id), node)),
    ...before.nodes
      .filter((node) => !later.has(node.node_id))
      .map((node) => ({ what: "removed" as const, node })),
  ];
}

function nodeChange(before: FlowNode | undefined, node: FlowNode): Change[] {
  if (before === undefined) return [{ what: "added", node }];
  const fields = fieldChanges(before, node, DRAWING);
  return fields.length > 0 ? [{ what: "changed", node, fields }] : [];
}

function fieldChanges(before: object, after: object, aside: Set<string>): FieldChange[] {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => !aside.has(field) && !isSameField(field, a[field], b[field]))
    .map((field) => ({ field, before: a[field], after: b[field] }));
}

/** Variables are set in their order. */
function isSameField(field: string, a: unknown, b: unknown): boolean {
  return field === "values" ? JSON.stringify(a) === JSON.stringify(b) : isSame(a, b);
}

/** The same value, in whatever order its fields stand; the order of a list is part of it. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => key in left && key in right && isSame(left[key], right[key]));
}
