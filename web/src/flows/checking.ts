// Keeps the list of a flow's problems: asked of the server a moment after each change.
import { useEffect } from "react";
import { ApiError } from "../api/client";
import { flows } from "./api";
import { flowOf, useDesignStore, type DesignStore } from "./design";

const QUIET_MS = 500;

export function useChecking(): void {
  const design = useDesignStore();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    void check(design);
    const stop = design.subscribe((state, before) => {
      if (state.history.present === before.history.present) return;
      clearTimeout(timer);
      timer = setTimeout(() => void check(design), QUIET_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [design]);
}

/** An answer about a flow that has changed meanwhile is not waited for. */
async function check(design: DesignStore): Promise<void> {
  const flow = flowOf(design);
  try {
    const { problems } = await flows.check(flow);
    if (flowOf(design) === flow) design.setState({ problems });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const problem = { node_id: "", detail: error.message, severity: "error" as const };
    if (error.status === 422 || error.status === 400) design.setState({ problems: [problem] });
  }
}
