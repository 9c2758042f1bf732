// Copy, paste and remove, for the drawing and the outline alike; copies live as long as the page.
import { announce } from "../app/announcer";
import { say } from "../app/toast";
import type { Language } from "../i18n";
import { change, flowOf, select, undoIn, type DesignStore } from "./design";
import { connect, paste, removeNodes } from "./edit";
import { findNode, type FlowNode } from "./model";

const SHIFT = { x: 40, y: 40 };
let copied: readonly FlowNode[] = [];

export function copySelected(design: DesignStore, t: Language["t"]): void {
  const flow = flowOf(design);
  copied = design
    .getState()
    .selected.map((nodeId) => findNode(flow, nodeId))
    .filter((node) => node !== undefined);
  announce(t("flow.copied", { count: copied.length }));
}

export function pasteCopied(design: DesignStore): void {
  if (copied.length === 0) return;
  const { flow, nodeIds } = paste(flowOf(design), copied, SHIFT);
  change(design, () => flow);
  select(design, nodeIds);
}

export function removeSelected(design: DesignStore, t: Language["t"]): void {
  const { selected, edge } = design.getState();
  if (edge !== null) {
    const at = edge.indexOf("/");
    change(design, (flow) =>
      connect(flow, { node_id: edge.slice(0, at), exit: edge.slice(at + 1) }, ""),
    );
    design.setState({ edge: null });
  } else if (selected.length > 0) {
    removeNamed(design, selected, t);
  }
}

export function removeNamed(
  design: DesignStore,
  nodeIds: readonly string[],
  t: Language["t"],
): void {
  change(design, (flow) => removeNodes(flow, nodeIds));
  select(design, []);
  say(t("flow.removed", { count: nodeIds.length }), {
    label: t("app.undo"),
    run: () => {
      undoIn(design);
    },
  });
}
