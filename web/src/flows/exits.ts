// The ways out of a node: their names, as runs and counts have them, and where each leads.
import type { Flow, FlowNode, NodeKind } from "./model";

export interface Exit {
  exit: string;
  /** Empty: nowhere yet. */
  to: string;
  /** Whether it may lead nowhere: then another exit or the flow's fallback is taken. */
  optional: boolean;
}

export interface Edge {
  node_id: string;
  exit: string;
  to: string;
}

type Need = "needed" | "optional";

/** Exits that are fields of their own, in the order in which they are drawn. */
const PLAIN: Record<NodeKind, Record<string, Need>> = {
  say: { next: "needed" },
  pause: { next: "needed" },
  ask: { next: "optional", no_match: "optional", no_answer: "optional" },
  decide: { otherwise: "needed" },
  look_up: { next: "needed", failed: "optional" },
  classify: { unsure: "needed", otherwise: "optional" },
  hours: { open: "needed", closed: "needed", holiday: "optional" },
  set: { next: "needed" },
  queue: { away: "optional" },
  call_back: { next: "needed", duplicate: "optional", refused: "optional" },
  take_message: { next: "needed", no_answer: "optional" },
  transfer_outside: { next: "needed" },
  survey: { next: "needed" },
  subflow: { next: "needed" },
  language: { next: "needed" },
  end: {},
};

const CHOICE = "choice:";
const BRANCH = "branch:";
const INTENT = "intent:";

export function exitsOf(node: FlowNode): Exit[] {
  return [...listedExits(node), ...plainExits(node)];
}

/** Exits of the node's own list: choices, branches, intents. */
function listedExits(node: FlowNode): Exit[] {
  switch (node.kind) {
    case "ask":
      return node.answer.kind === "choice"
        ? node.answer.choices.map((choice) => ({
            exit: CHOICE + choice.value,
            to: choice.next ?? "",
            optional: true,
          }))
        : [];
    case "decide":
      return node.branches.map((branch, index) => ({
        exit: `${BRANCH}${index}`,
        to: branch.next,
        optional: false,
      }));
    case "classify":
      return node.routes.map((route) => ({
        exit: INTENT + route.intent_id,
        to: route.next,
        optional: false,
      }));
    default:
      return [];
  }
}

function plainExits(node: FlowNode): Exit[] {
  const values = node as unknown as Record<string, string | null>;
  return Object.entries(PLAIN[node.kind])
    .filter(([exit]) => (exit === "next" ? hasNext(node) : exit !== "away" || isPersonal(node)))
    .map(([exit, need]) => ({
      exit,
      to: values[exit] ?? "",
      optional: need === "optional" && !(exit === "next" && node.kind === "ask"),
    }));
}

/** A menu whose choices all lead somewhere of their own has no other way on. */
function hasNext(node: FlowNode): boolean {
  if (node.kind !== "ask" || node.answer.kind !== "choice" || node.next !== null) return true;
  return node.answer.choices.some((choice) => choice.next === null);
}

/** Only who goes to one agent can find that agent away. */
function isPersonal(node: FlowNode): boolean {
  return node.kind === "queue" && node.agent_id !== null;
}

export function withExit(node: FlowNode, exit: string, to: string): FlowNode {
  if (node.kind === "ask" && node.answer.kind === "choice" && exit.startsWith(CHOICE)) {
    const choices = node.answer.choices.map((choice) =>
      CHOICE + choice.value === exit ? { ...choice, next: to === "" ? null : to } : choice,
    );
    return { ...node, answer: { ...node.answer, choices } };
  }
  if (node.kind === "decide" && exit.startsWith(BRANCH)) {
    const branches = node.branches.map((branch, index) =>
      `${BRANCH}${index}` === exit ? { ...branch, next: to } : branch,
    );
    return { ...node, branches };
  }
  if (node.kind === "classify" && exit.startsWith(INTENT)) {
    const routes = node.routes.map((route) =>
      INTENT + route.intent_id === exit ? { ...route, next: to } : route,
    );
    return { ...node, routes };
  }
  const need = PLAIN[node.kind][exit];
  if (need === undefined) return node;
  return { ...node, [exit]: to === "" && need === "optional" ? null : to };
}

/** The node with every exit led elsewhere; `where` gets the present target. */
export function withExits(node: FlowNode, where: (to: string) => string): FlowNode {
  return exitsOf(node).reduce(
    (changed, { exit, to }) => (where(to) === to ? changed : withExit(changed, exit, where(to))),
    node,
  );
}

/** All that leads from one node of the flow to another. */
export function edgesOf(flow: Flow): Edge[] {
  const known = new Set(flow.nodes.map((node) => node.node_id));
  return flow.nodes.flatMap((node) =>
    exitsOf(node)
      .filter(({ to }) => known.has(to))
      .map(({ exit, to }) => ({ node_id: node.node_id, exit, to })),
  );
}

/** Exits that another one stands in for as long as they lead nowhere of their own. */
const STAND_INS: Partial<Record<NodeKind, Record<string, string>>> = {
  classify: { otherwise: "unsure" },
  call_back: { duplicate: "next" },
  take_message: { no_answer: "next" },
};

function standInOf(node: FlowNode, exit: string): string | undefined {
  if (node.kind === "ask" && exit.startsWith(CHOICE)) return "next";
  return STAND_INS[node.kind]?.[exit];
}

/** The exits, as runs name them, by which this one's edge is passed. */
export function exitsAlong(node: FlowNode, exit: string): string[] {
  const others = exitsOf(node).filter(
    (each) => each.to === "" && standInOf(node, each.exit) === exit,
  );
  return [exit, ...others.map((each) => each.exit)];
}

/** The first way out that leads nowhere yet and should: where one more node belongs. */
export function openExitOf(node: FlowNode): string | null {
  const open = exitsOf(node).filter(({ to }) => to === "");
  const wanted = open.find(({ exit, optional }) => !optional || listedBy(exit) !== null);
  return (wanted ?? open[0])?.exit ?? null;
}

/** How runs and counts name an edge. */
export function edgeKey({ node_id, exit }: { node_id: string; exit: string }): string {
  return `${node_id}/${exit}`;
}

/** The place of a listed exit among its like, by its name; null: a plain exit. */
export function listedBy(
  exit: string,
): { kind: "choice" | "branch" | "intent"; name: string } | null {
  if (exit.startsWith(CHOICE)) return { kind: "choice", name: exit.slice(CHOICE.length) };
  if (exit.startsWith(BRANCH)) return { kind: "branch", name: exit.slice(BRANCH.length) };
  if (exit.startsWith(INTENT)) return { kind: "intent", name: exit.slice(INTENT.length) };
  return null;
}
