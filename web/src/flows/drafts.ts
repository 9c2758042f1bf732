// The draft of the flow that is drawn: saved by itself a moment after each change.
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { ApiError } from "../api/client";
import { findDraft, flows } from "./api";
import { flowOf, useDesignStore, type DesignStore } from "./design";
import type { Flow } from "./model";

export type Saving =
  | { name: "unchanged" | "waiting" | "saving" }
  | { name: "saved"; atMs: number }
  /** Somebody else has saved another draft. */
  | { name: "overtaken" }
  | { name: "failed" };

const QUIET_MS = 900;
const RETRY_MS = 5_000;

export interface DraftKeeper {
  saving: Saving;
  /** Puts this draft over the other one. */
  insist: () => void;
  /** What is drawn now counts as saved: it has been published. */
  settle: () => void;
}

/** Saves the changes of a design; `revision` is that of the draft it began with, 0: none. */
export function useDraftKeeper(revision: number): DraftKeeper {
  const design = useDesignStore();
  const [saving, setSaving] = useState<Saving>({ name: "unchanged" });
  const seen = useRef(revision);
  const saved = useRef<Flow>(flowOf(design));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = async () => {
    const flow = flowOf(design);
    setSaving({ name: "saving" });
    try {
      const draft = await flows.saveDraft(flow, seen.current);
      seen.current = draft.revision;
      saved.current = flow;
      setSaving({ name: "saved", atMs: draft.saved_at_ms });
      if (flowOf(design) !== flow) schedule(QUIET_MS);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 409) setSaving({ name: "overtaken" });
      else {
        setSaving({ name: "failed" });
        if (error.retryable) schedule(RETRY_MS);
      }
    }
  };
  const schedule = (delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), delayMs);
  };
  const onChange = useEffectEvent(() => {
    if (flowOf(design) === saved.current || saving.name === "overtaken") return;
    if (saving.name !== "saving") {
      setSaving({ name: "waiting" });
      schedule(QUIET_MS);
    }
  });
  const onLeave = useEffectEvent(() => {
    clearTimeout(timer.current);
    if (saving.name === "waiting") void save();
  });
  useEffect(() => {
    const stop = watchFlow(design, () => onChange());
    return () => {
      stop();
      onLeave();
    };
  }, [design]);
  return {
    saving,
    insist: () => {
      void findDraft(flowOf(design).flow_id).then((draft) => {
        seen.current = draft?.revision ?? 0;
        void save();
      });
    },
    settle: () => {
      clearTimeout(timer.current);
      seen.current = 0;
      saved.current = flowOf(design);
      setSaving({ name: "unchanged" });
    },
  };
}

function watchFlow(design: DesignStore, changed: () => void): () => void {
  return design.subscribe((state, before) => {
    if (state.history.present !== before.history.present) changed();
  });
}
