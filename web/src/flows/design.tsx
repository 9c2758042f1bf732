// A flow being drawn: the document with its history, what is selected, what is known of it.
import { createContext, use, useState, type ReactNode } from "react";
import type { components } from "../api/schema";
import { createStore, useStore, type StoreApi } from "zustand";
import { begin, record, redo, undo, type History } from "./history";
import { edgeKey, exitsAlong } from "./exits";
import type { Flow, FlowNode } from "./model";

/** Without a node it is about the flow as a whole. With an error it can't be published. */
export type Problem = components["schemas"]["Problem"];

export function errorsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity }) => severity === "error");
}

/** The way that a try-out has taken. */
export interface Trace {
  /** By `node/exit`. */
  passed: ReadonlySet<string>;
  nodeId: string | null;
}

export type Panel = "node" | "try" | "flow" | "problems";

export interface Design {
  history: History<Flow>;
  readOnly: boolean;
  selected: readonly string[];
  /** The selected edge, by `node/exit`. */
  edge: string | null;
  panel: Panel;
  /** Grows whenever the selected node's form shall take the focus. */
  formFocus: number;
  /** The last of these that a form has obeyed. */
  formFocused: number;
  /** The language whose wordings are shown and edited. */
  language: string;
  problems: readonly Problem[];
  trace: Trace | null;
}

export type DesignStore = StoreApi<Design>;

export function createDesign(flow: Flow, readOnly: boolean): DesignStore {
  return createStore<Design>(() => ({
    history: begin(flow),
    readOnly,
    selected: [],
    edge: null,
    panel: "flow",
    formFocus: 0,
    formFocused: 0,
    language: flow.languages[0] ?? "en",
    problems: [],
    trace: null,
  }));
}

const DesignContext = createContext<DesignStore | null>(null);

interface Props {
  flow: Flow;
  readOnly?: boolean;
  children: ReactNode;
}

/** Holds the flow that is given at first; a later one begins with another `key`. */
export function DesignProvider({ flow, readOnly = false, children }: Props) {
  const [design] = useState(() => createDesign(flow, readOnly));
  return <DesignContext value={design}>{children}</DesignContext>;
}

/** Whether the try-out has gone along a drawn edge, by whichever exit. */
export function isPassed(trace: Trace | null, node: FlowNode, exit: string): boolean {
  return exitsAlong(node, exit).some(
    (each) => trace?.passed.has(edgeKey({ node_id: node.node_id, exit: each })) === true,
  );
}

export function useDesignStore(): DesignStore {
  const design = use(DesignContext);
  if (design === null) throw new Error("Used outside of a designer");
  return design;
}

export function useDesign<T>(select: (design: Design) => T): T {
  return useStore(useDesignStore(), select);
}

export function useFlow(): Flow {
  return useDesign((design) => design.history.present);
}

export function flowOf(design: DesignStore): Flow {
  return design.getState().history.present;
}

/** Makes a change that can be undone; see `record` for `about`. */
export function change(
  design: DesignStore,
  edit: (flow: Flow) => Flow,
  about: string | null = null,
): void {
  design.setState(({ history }) => ({ history: record(history, edit(history.present), about) }));
}

export function undoIn(design: DesignStore): void {
  design.setState(({ history }) => ({ history: undo(history) }));
}

export function redoIn(design: DesignStore): void {
  design.setState(({ history }) => ({ history: redo(history) }));
}

/** Selects nodes; a single one is shown in the panel. */
export function select(design: DesignStore, nodeIds: readonly string[]): void {
  const { panel, selected } = design.getState();
  if (nodeIds.join("\n") === selected.join("\n")) return;
  const shown = nodeIds.length > 0 && panel !== "try" ? "node" : panel;
  design.setState({ selected: nodeIds, edge: null, panel: shown });
}

/** Shows a node's form, with the focus in it. */
export function openForm(design: DesignStore, nodeId: string): void {
  design.setState(({ formFocus }) => ({
    selected: [nodeId],
    edge: null,
    panel: "node",
    formFocus: formFocus + 1,
  }));
}

export function showPanel(design: DesignStore, panel: Panel): void {
  design.setState({ panel });
}
