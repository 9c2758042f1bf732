import { describe, expect, test } from "vitest";
import { changesBetween } from "../src/flows/diff";
import { readFlow, sameFlow, writeFlow } from "../src/flows/document";
import { addNode, connect, moveNodes, paste, removeNodes, renameNode } from "../src/flows/edit";
import { edgeKey, edgesOf, exitsAlong, exitsOf, openExitOf, withExit } from "../src/flows/exits";
import { begin, record, redo, undo } from "../src/flows/history";
import { NODE_WIDTH, firstView, isUnplaced, laidOut } from "../src/flows/layout";
import {
  EMPTY_FLOW,
  NODE_KINDS,
  findNode,
  freshNode,
  groupOf,
  withWording,
  wordingOf,
  type Flow,
  type FlowNode,
  type NodeOf,
} from "../src/flows/model";
import { nodesInOrder } from "../src/flows/order";

const MENU = {
  kind: "flow",
  flow_id: "hot-line",
  name: "Hot line",
  languages: ["en", "ru"],
  start: "hello",
  fallback_queue_id: "support",
  nodes: [
    { kind: "queue", node_id: "agent", queue_id: "support" },
    { kind: "say", node_id: "hello", text: { en: "Hello", ru: "Привет" }, next: "menu" },
    {
      kind: "ask",
      node_id: "menu",
      text: "How can we help?",
      answer: {
        kind: "choice",
        choices: [
          { value: "hours", label: "Opening hours", next: "open" },
          { value: "agent", label: "A person", next: "agent" },
        ],
      },
      no_match: "agent",
    },
    { kind: "end", node_id: "bye", text: "Bye" },
    { kind: "say", node_id: "open", text: "From nine to six", next: "bye" },
  ],
};

function flowOf(document: unknown): Flow {
  const reading = readFlow(JSON.stringify(document));
  if (!("flow" in reading)) throw new Error(reading.problem);
  return reading.flow;
}

const flow = flowOf(MENU);

function node(of: Flow, nodeId: string): FlowNode {
  const found = findNode(of, nodeId);
  if (found === undefined) throw new Error(`There is no node ${nodeId}`);
  return found;
}

const edges = (of: Flow) => edgesOf(of).map((edge) => `${edgeKey(edge)} → ${edge.to}`);

describe("a document", () => {
  test("is read with what is as usual filled in", () => {
    expect(flow).toMatchObject({ version: 1, use: "entry", time_ms_max: 86_400_000 });
    expect(node(flow, "menu")).toMatchObject({ save_as: "answer", retries: 2, no_answer: null });
    expect(exitsOf(node(flow, "menu"))[0]).toEqual({
      exit: "choice:hours",
      to: "open",
      optional: true,
    });
  });

  test("is written in one order, and read again as it was", () => {
    const written = writeFlow(flow);
    expect(flowOf(JSON.parse(written))).toEqual(flow);
    const hello = node(flow, "hello");
    const shuffled = Object.fromEntries(Object.entries(hello).reverse()) as unknown as FlowNode;
    const others = flow.nodes.filter((each) => each.node_id !== "hello");
    const [agent, ...rest] = others;
    if (agent === undefined) throw new Error("There is a node before");
    expect(writeFlow({ ...flow, nodes: [agent, shuffled, ...rest] })).toBe(written);
    expect(sameFlow(flow, { ...flow, version: 7 })).toBe(true);
  });

  test("that can't be read says why and where", () => {
    expect(readFlow("{")).toEqual({ problem: "not_json", place: "" });
    expect(readFlow("[]")).toEqual({ problem: "not_a_flow", place: "" });
    const odd = { ...MENU, nodes: [{ kind: "sing", node_id: "aria" }] };
    expect(readFlow(JSON.stringify(odd))).toEqual({ problem: "unknown_kind", place: "aria" });
    const twice = { ...MENU, nodes: [MENU.nodes[0], MENU.nodes[0]] };
    expect(readFlow(JSON.stringify(twice))).toEqual({ problem: "id_twice", place: "agent" });
  });
});

describe("the exits", () => {
  test.each(NODE_KINDS)("of %s can each be led somewhere and nowhere", (kind) => {
    const fresh = freshNode(kind, "it");
    for (const { exit, optional } of exitsOf(fresh)) {
      const led = withExit(fresh, exit, "there");
      expect(exitsOf(led).find((each) => each.exit === exit)?.to).toBe("there");
      expect(exitsOf(withExit(led, exit, ""))).toEqual(exitsOf(fresh));
      expect(typeof optional).toBe("boolean");
    }
    expect(groupOf(kind)).toBeDefined();
  });

  test("of a menu are its choices, and one for all that have none of their own", () => {
    const menu = node(flow, "menu") as NodeOf<"ask">;
    expect(exitsOf(menu).map(({ exit }) => exit)).toEqual([
      "choice:hours",
      "choice:agent",
      "no_match",
      "no_answer",
    ]);
    const open = withExit(menu, "choice:hours", "");
    expect(exitsOf(open).map(({ exit, optional }) => [exit, optional])).toContainEqual([
      "next",
      false,
    ]);
  });

  test("whose edge another one stands in for are counted on that", () => {
    const menu = withExit(withExit(node(flow, "menu"), "choice:hours", ""), "next", "bye");
    expect(exitsAlong(menu, "next")).toEqual(["next", "choice:hours"]);
    expect(exitsAlong(menu, "choice:agent")).toEqual(["choice:agent"]);
    const understand = withExit(freshNode("classify", "understand"), "unsure", "agent");
    expect(exitsAlong(understand, "unsure")).toEqual(["unsure", "otherwise"]);
  });

  test("tell where one more node belongs: at a way that should lead somewhere first", () => {
    expect(openExitOf(node(flow, "menu"))).toBe("no_answer");
    expect(openExitOf(withExit(node(flow, "menu"), "choice:agent", ""))).toBe("choice:agent");
    expect(openExitOf(withExit(freshNode("hours", "it"), "open", "menu"))).toBe("closed");
    expect(openExitOf(node(flow, "bye"))).toBeNull();
  });

  test("are the edges of the drawing", () => {
    expect(edges(flow)).toEqual([
      "hello/next → menu",
      "menu/choice:hours → open",
      "menu/choice:agent → agent",
      "menu/no_match → agent",
      "open/next → bye",
    ]);
  });
});

describe("editing", () => {
  test("the first node is the start, and one behind another comes in between", () => {
    const first = addNode(EMPTY_FLOW, "say", { x: 0, y: 0 }, null);
    expect(first.flow.start).toBe("say");
    const between = addNode(flow, "pause", { x: 5, y: 5 }, { node_id: "hello", exit: "next" });
    expect(edges(between.flow)).toContain("hello/next → pause");
    expect(edges(between.flow)).toContain("pause/next → menu");
    expect(addNode(first.flow, "say", { x: 0, y: 0 }, null).nodeId).toBe("say-2");
  });

  test("what led to a removed node leads to where that went", () => {
    expect(edges(removeNodes(flow, ["open"]))).toContain("menu/choice:hours → bye");
    expect(removeNodes(flow, ["hello"]).start).toBe("menu");
    const without = removeNodes(flow, ["menu"]);
    expect(edges(without)).toEqual(["open/next → bye"]);
    expect(exitsOf(node(without, "hello"))[0]?.to).toBe("");
  });

  test("nodes that lead to one another can go together", () => {
    const round = connect(flow, { node_id: "open", exit: "next" }, "hello");
    expect(removeNodes(round, ["open", "hello"]).start).toBe("menu");
    const itself = connect(flow, { node_id: "open", exit: "next" }, "open");
    expect(edges(removeNodes(itself, ["open"]))).not.toContain("menu/choice:hours → open");
  });

  test("a new id holds wherever the node is named", () => {
    const renamed = renameNode(flow, "hello", "welcome");
    expect(renamed.start).toBe("welcome");
    expect(edges(renamed)).toContain("welcome/next → menu");
    expect(renameNode(flow, "hello", "menu")).toBe(flow);
  });

  test("copies are joined among each other alone", () => {
    const { flow: pasted, nodeIds } = paste(flow, [node(flow, "menu"), node(flow, "open")], {
      x: 40,
      y: 40,
    });
    expect(nodeIds).toEqual(["menu-2", "open-2"]);
    expect(edges(pasted)).toContain("menu-2/choice:hours → open-2");
    expect(edges(pasted).filter((edge) => edge.startsWith("menu-2"))).toHaveLength(1);
  });
});

test("undo and redo go step by step, and typing in one field is one step", () => {
  let history = begin("");
  for (const text of ["h", "he", "hel"]) history = record(history, text, "say/text");
  history = record(history, "hello, and more", "say/note");
  expect(undo(history).present).toBe("hel");
  expect(undo(undo(history)).present).toBe("");
  expect(redo(undo(history)).present).toBe("hello, and more");
  expect(undo(undo(undo(history))).present).toBe("");
  expect(record(undo(history), "else", null).future).toEqual([]);
});

test("a reader meets the nodes from the start, and last what nothing leads to", () => {
  const lost = addNode(flow, "end", { x: 0, y: 0 }, null).flow;
  expect(nodesInOrder(lost).map(({ node_id }) => node_id)).toEqual([
    "hello",
    "menu",
    "open",
    "bye",
    "agent",
    "end",
  ]);
});

test("nodes without places are laid out from left to right, none over another", () => {
  expect(isUnplaced(flow)).toBe(true);
  const placed = laidOut(flow);
  expect(isUnplaced(placed)).toBe(false);
  expect(node(placed, "hello").x).toBeLessThan(node(placed, "menu").x);
  expect(node(placed, "menu").x).toBeLessThan(node(placed, "open").x);
  expect(edges(placed)).toEqual(edges(flow));
});

test("what is seen first is all of a small flow, and the beginning of a wide one", () => {
  const placed = laidOut(flow);
  const whole = firstView(placed, 3_000, 2_000);
  expect(whole.zoom).toBe(1);
  const { x, y, zoom } = firstView(placed, 700, 500);
  const start = node(placed, "hello");
  expect(zoom).toBeLessThan(1);
  expect(start.x * zoom + x).toBeGreaterThanOrEqual(0);
  expect((start.x + NODE_WIDTH) * zoom + x).toBeLessThan(700);
  expect(start.y * zoom + y).toBeGreaterThanOrEqual(0);
  expect(firstView(EMPTY_FLOW, 700, 500).zoom).toBe(1);
});

test("changes are told node by node; where a node is drawn is none", () => {
  const moved = moveNodes(flow, new Map([["bye", { x: 9.6, y: 1 }]]));
  expect(node(moved, "bye")).toMatchObject({ x: 10, y: 1 });
  expect(changesBetween(flow, moved)).toEqual([]);
  const added = addNode(moved, "pause", { x: 0, y: 0 }, { node_id: "hello", exit: "next" }).flow;
  const after = removeNodes({ ...added, name: "Line" }, ["bye"]);
  const told = changesBetween(flow, after).map((change) => [
    change.what,
    "node" in change ? change.node.node_id : "",
    "fields" in change ? change.fields.map(({ field }) => field).join() : "",
  ]);
  expect(told).toEqual([
    ["flow", "", "name"],
    ["changed", "hello", "next"],
    ["changed", "open", "next"],
    ["added", "pause", ""],
    ["removed", "bye", ""],
  ]);
});

test("texts are worded by language, and plain in a flow of one", () => {
  expect(wordingOf({ en: "Hello", ru: "Привет" }, ["ro", "ru"])).toBe("Привет");
  expect(wordingOf({ en: "Hello" }, ["ro"])).toBe("Hello");
  expect(withWording("Hello", "ru", "Привет", ["en", "ru"])).toEqual({
    en: "Hello",
    ru: "Привет",
  });
  expect(withWording("Hello", "en", "Hi", ["en"])).toBe("Hi");
});
