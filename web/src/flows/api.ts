// What the designer asks of the server.
import { ApiError, get, request } from "../api/client";
import type { Problem } from "./design";
import type { Flow } from "./model";

const id = encodeURIComponent;

/** A flow as somebody is drawing it: it may be faulty. */
export interface Draft {
  flow_id: string;
  flow: unknown;
  /** Grows with every saving: whoever saves names the one that they have seen. */
  revision: number;
  saved_by: string;
  saved_at_ms: number;
}

export interface DraftEntry {
  flow_id: string;
  name: string;
  revision: number;
  saved_by: string;
  saved_at_ms: number;
}

export interface Template {
  template_id: string;
  name: string;
  description: string;
  flow: unknown;
}

export type TrialChannel = "webchat" | "sms" | "voice";

export type TrialInput = { text: string } | { choice: string } | { silence: true };

export interface TrialQuestion {
  flow: Flow;
  channel: TrialChannel;
  language: string;
  inputs: TrialInput[];
}

export interface TrialChoice {
  value: string;
  label: string;
  key: string;
}

export interface TrialMessage {
  author: "customer" | "flow";
  text: string;
  prompt?: { choices?: TrialChoice[] } | null;
}

export interface Trial {
  messages: TrialMessage[];
  node_id: string | null;
  state: "waiting_for_answer" | "pausing" | "queued" | "ended" | "failed";
  outcome: string;
  /** Node, exit, next node: in the order in which they were passed. */
  passed: [string, string, string][];
  variables: Record<string, unknown>;
}

export const flows = {
  check: (flow: Flow) => request<{ problems: Problem[] }>("POST", "/flows/check", flow),
  attempt: (question: TrialQuestion) => request<Trial>("POST", "/flows/try", question),
  templates: () => get<Template[]>("/flows/templates"),
  drafts: () => get<{ items: DraftEntry[] }>("/flows/drafts"),
  draft: (flowId: string) => get<Draft>(`/flows/${id(flowId)}/draft`),
  saveDraft: (flow: Flow, revision: number) =>
    request<Draft>("PUT", `/flows/${id(flow.flow_id)}/draft`, { flow, revision }),
  dropDraft: (flowId: string) => request<unknown>("DELETE", `/flows/${id(flowId)}/draft`),
};

/** Null: nobody is drawing the flow. */
export async function findDraft(flowId: string): Promise<Draft | null> {
  try {
    return await flows.draft(flowId);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
