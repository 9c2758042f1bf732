// What the designer asks of the server.
import { ApiError, get, request } from "../api/client";
import type { components } from "../api/schema";
import type { Problem } from "./design";
import type { Flow } from "./model";

const id = encodeURIComponent;

type Schemas = components["schemas"];

/** A flow as somebody is drawing it: it may be faulty. */
export type Draft = Omit<Schemas["FlowDraft"], "flow"> & { flow: unknown };
export type DraftEntry = Schemas["FlowDraftEntry"];
export type Trial = Omit<Schemas["FlowTrial"], "variables"> & {
  variables: Record<string, unknown>;
};
export type TrialMessage = Schemas["TrialMessage"];
export type TrialInput = Partial<Schemas["TrialInput"]>;
export type TrialChannel = "webchat" | "sms" | "voice" | "email";

export interface TrialQuestion {
  flow: Flow;
  channel: TrialChannel;
  language: string;
  inputs: TrialInput[];
}

export type Template = Omit<Schemas["FlowTemplate"], "flow"> & { flow: unknown };

export const flows = {
  check: (flow: Flow) => request<{ problems: Problem[] }>("POST", "/flows/check", flow),
  attempt: (question: TrialQuestion) => request<Trial>("POST", "/flows/try", question),
  templates: (language: string) =>
    get<{ items: Template[] }>(`/flows/templates?language=${language}`),
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
