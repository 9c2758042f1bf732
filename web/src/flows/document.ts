// The document as a file: read with its defaults filled in, written in one order for good diffs.
import {
  EMPTY_ANSWERS,
  EMPTY_CHOICE,
  EMPTY_FLOW,
  EMPTY_NODES,
  type Answer,
  type Flow,
  type FlowNode,
} from "./model";

export type Reading =
  | { flow: Flow }
  /** `place` names the node, or is empty. */
  | { problem: "not_json" | "not_a_flow" | "unknown_kind" | "id_twice"; place: string };

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readFlow(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "not_json", place: "" };
  }
  return completed(value);
}

/** The flow of a document in which what is as usual may be left out. */
export function completed(value: unknown): Reading {
  if (!isFields(value) || value["kind"] !== "flow" || !Array.isArray(value["nodes"]))
    return { problem: "not_a_flow", place: "" };
  const nodes: FlowNode[] = [];
  const ids = new Set<string>();
  for (const each of value["nodes"] as unknown[]) {
    const node = isFields(each) ? completedNode(each) : null;
    if (node === null) return { problem: "unknown_kind", place: idIn(each) };
    if (ids.has(node.node_id)) return { problem: "id_twice", place: node.node_id };
    ids.add(node.node_id);
    nodes.push(node);
  }
  return { flow: { ...EMPTY_FLOW, ...(value as Partial<Flow>), nodes } };
}

function idIn(value: unknown): string {
  return isFields(value) && typeof value["node_id"] === "string" ? value["node_id"] : "";
}

function completedNode(fields: Fields): FlowNode | null {
  const kind = fields["kind"] as FlowNode["kind"];
  if (!Object.hasOwn(EMPTY_NODES, kind) || idIn(fields) === "") return null;
  const node = { ...EMPTY_NODES[kind], ...fields };
  if (node.kind === "decide")
    return { ...node, branches: node.branches.map((branch) => ({ ...EMPTY_BRANCH, ...branch })) };
  if (node.kind !== "ask") return node;
  const answer = completedAnswer(node.answer);
  return answer === null ? null : { ...node, answer };
}

const EMPTY_BRANCH = { when: "", next: "", label: "" };

function completedAnswer(answer: Answer): Answer | null {
  if (!isFields(answer) || !Object.hasOwn(EMPTY_ANSWERS, answer.kind)) return null;
  const whole = { ...EMPTY_ANSWERS[answer.kind], ...answer };
  if (whole.kind !== "choice") return whole;
  return { ...whole, choices: whole.choices.map((choice) => ({ ...EMPTY_CHOICE, ...choice })) };
}

/** Pretty, every field in the language's order, whatever order the editing left them in. */
export function writeFlow(flow: Flow): string {
  const nodes = flow.nodes.map((node) => inOrderOf(EMPTY_NODES[node.kind], ordered(node)));
  return `${JSON.stringify(inOrderOf(EMPTY_FLOW, { ...flow, nodes }), null, 2)}\n`;
}

function ordered(node: FlowNode): FlowNode {
  if (node.kind !== "ask") return node;
  const answer = inOrderOf(EMPTY_ANSWERS[node.answer.kind], node.answer);
  if (answer.kind !== "choice") return { ...node, answer };
  const choices = answer.choices.map((choice) => inOrderOf(EMPTY_CHOICE, choice));
  return { ...node, answer: { ...answer, choices } };
}

function inOrderOf<T extends object>(model: T, value: T): T {
  const known = Object.keys(model).filter((key) => key in value);
  const others = Object.keys(value).filter((key) => !(key in model));
  const fields = value as Fields;
  return Object.fromEntries([...known, ...others].map((key) => [key, fields[key]])) as T;
}

/** Whether two flows are the same document, their versions aside. */
export function sameFlow(a: Flow, b: Flow): boolean {
  return a === b || writeFlow({ ...a, version: 0 }) === writeFlow({ ...b, version: 0 });
}
