// The keys of drawing and outline: the same in both, wherever a node has the focus.
import type { KeyboardEvent } from "react";
import { useLanguage } from "../i18n";
import { copySelected, pasteCopied, removeSelected } from "./clip";
import { flowOf, openForm, redoIn, select, undoIn, useDesignStore } from "./design";

type Action = "copy" | "paste" | "all" | "undo" | "redo";

const CONTROL_KEYS: Record<string, Action | undefined> = {
  c: "copy",
  v: "paste",
  a: "all",
  z: "undo",
  y: "redo",
};

/** `data-node` (or the drawing's own mark) tells which node the focus is on. */
function nodeAt(target: EventTarget): string | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  return (
    target.dataset["node"] ??
    (target.matches(".react-flow__node") ? target.dataset["id"] : undefined)
  );
}

export function useDesignKeys(): (event: KeyboardEvent) => void {
  const { t } = useLanguage();
  const design = useDesignStore();
  const run: Record<Action, () => void> = {
    copy: () => copySelected(design, t),
    paste: () => pasteCopied(design),
    all: () =>
      select(
        design,
        flowOf(design).nodes.map(({ node_id }) => node_id),
      ),
    undo: () => undoIn(design),
    redo: () => redoIn(design),
  };
  return (event) => {
    const nodeId = nodeAt(event.target);
    if (event.key === "Enter" && nodeId !== undefined) {
      event.preventDefault();
      openForm(design, nodeId);
    }
    if (design.getState().readOnly) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      if (nodeId !== undefined && !design.getState().selected.includes(nodeId))
        select(design, [nodeId]);
      removeSelected(design, t);
    }
    if (!event.ctrlKey && !event.metaKey) return;
    const action = CONTROL_KEYS[event.key.toLowerCase()];
    if (action === undefined) return;
    event.preventDefault();
    run[action === "undo" && event.shiftKey ? "redo" : action]();
  };
}
