// What the desk asks of the server, one function a route.
import { get, newId, queryOf, request } from "./client";
import type {
  AgentProfile,
  Attachment,
  ContactDocument,
  GroupOrder,
  MessageDocument,
  Presence,
  Role,
  Session,
  Setting,
  SettingKind,
  SkillNeed,
  Strategy,
} from "./types";

const id = encodeURIComponent;

export const session = {
  current: () => get<Session>("/session"),
  signIn: (login: string, password: string) =>
    request<Session>("POST", "/session", { login, password }),
  signOut: () => request<unknown>("DELETE", "/session"),
  changePassword: (body: { password: string; new_password: string }) =>
    request<unknown>("PUT", "/session/password", body),
};

export interface PresenceChange {
  presence: Presence;
  break_reason_id: string | null;
  when_free: boolean;
  return_contacts?: boolean;
}

export const agents = {
  setPresence: (agentId: string, change: PresenceChange) =>
    request<unknown>("PUT", `/agents/${id(agentId)}/presence`, change),
  cancelNextPresence: (agentId: string) =>
    request<unknown>("DELETE", `/agents/${id(agentId)}/next-presence`),
  setQueues: (agentId: string, queueIds: string[]) =>
    request<unknown>("PUT", `/agents/${id(agentId)}/queues`, { queue_ids: queueIds }),
  setPassword: (agentId: string, login: string, password: string) =>
    request<unknown>("PUT", `/agents/${id(agentId)}/password`, { login, password }),
  removePassword: (agentId: string) =>
    request<unknown>("DELETE", `/agents/${id(agentId)}/password`),
};

export interface NewMessage {
  client_id: string;
  text: string;
  attachments: Attachment[];
  internal: boolean;
}

export interface ContactFilter {
  queue_id?: string | null;
  agent_id?: string | null;
  customer?: string | null;
  state?: string | null;
  from_ms?: number | null;
  to_ms?: number | null;
  cursor?: string | null;
  limit?: number;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface ContactEvent {
  seq: number;
  at_ms: number;
  actor: string;
  type: string;
  payload: Record<string, unknown>;
}

export type TransferTarget = { to_queue_id: string } | { to_agent_id: string };

const contact = (contactId: number) => `/contacts/${String(contactId)}`;

export const contacts = {
  search: (filter: ContactFilter) =>
    get<Page<ContactDocument>>(`/contacts${queryOf({ ...filter })}`),
  one: (contactId: number) => get<ContactDocument>(contact(contactId)),
  messages: (contactId: number) =>
    get<Page<MessageDocument>>(`${contact(contactId)}/messages?limit=200`),
  events: (contactId: number) => get<Page<ContactEvent>>(`${contact(contactId)}/events`),
  why: (contactId: number) => get<Explanation>(`${contact(contactId)}/why`),
  ofCustomer: (customerId: string) =>
    get<Page<ContactDocument>>(`/customers/${id(customerId)}/contacts`),
  transcriptUrl: (contactId: number) => `/api${contact(contactId)}/transcript`,
  post: (contactId: number, message: NewMessage) =>
    request<unknown>("POST", `${contact(contactId)}/messages`, message, {
      idempotencyKey: message.client_id,
    }),
  read: (contactId: number, number: number) =>
    request<unknown>("PUT", `${contact(contactId)}/read`, { number }),
  typing: (contactId: number) => request<unknown>("POST", `${contact(contactId)}/typing`),
  end: (contactId: number) => request<unknown>("POST", `${contact(contactId)}/end`),
  hold: (contactId: number) => request<unknown>("POST", `${contact(contactId)}/hold`),
  resume: (contactId: number) => request<unknown>("POST", `${contact(contactId)}/resume`),
  transfer: (contactId: number, target: TransferTarget, note: string) =>
    request<unknown>("POST", `${contact(contactId)}/transfer`, {
      to_queue_id: "to_queue_id" in target ? target.to_queue_id : null,
      to_agent_id: "to_agent_id" in target ? target.to_agent_id : null,
      note,
    }),
};

export const offers = {
  accept: (offerId: number) => request<unknown>("POST", `/offers/${String(offerId)}/accept`),
  decline: (offerId: number, reason: string) =>
    request<unknown>("POST", `/offers/${String(offerId)}/decline`, { reason }),
  why: (offerId: number) => get<Explanation>(`/offers/${String(offerId)}/why`),
};

export const engagements = {
  wrapUp: (engagementId: number, dispositionId: string | null, note: string) =>
    request<unknown>("POST", `/engagements/${String(engagementId)}/wrap-up`, {
      disposition_id: dispositionId,
      note,
    }),
};

export const attachments = {
  upload: (file: File) => {
    const form = new FormData();
    form.set("file", file);
    return request<Attachment>("POST", "/attachments", undefined, { form });
  },
  url: (blobId: string, contactId: number) =>
    `/api/attachments/${id(blobId)}${queryOf({ contact: contactId })}`,
};

export const settings = {
  agentProfiles: () => get<{ items: AgentProfile[] }>("/settings/agent_profile"),
  save: (kind: SettingKind, entityId: string, entity: Setting) =>
    request<unknown>("PUT", `/settings/${kind}/${id(entityId)}`, entity),
  remove: (kind: SettingKind, entityId: string) =>
    request<unknown>("DELETE", `/settings/${kind}/${id(entityId)}`),
};

export type Verdict =
  | "chosen"
  | "next"
  | "kept_back"
  | "refused"
  | "no_capacity"
  | "leaving"
  | "on_break"
  | "offline"
  | "lacks_skill"
  | "other_team"
  | "not_in_queue"
  | "not_the_one";

/** What a routing decision says of one agent; `rank` 1 is asked first. */
export interface Candidate {
  agent_id: string;
  name: string;
  team_id: string | null;
  verdict: Verdict;
  rank: number | null;
  lacking: SkillNeed[];
  load_units: number;
  capacity_units: number;
  idle_since_ms: number;
  occupancy_ratio: number;
}

export interface Explanation {
  queue_id: string;
  channel: string;
  step_index: number;
  step_count: number;
  skills: SkillNeed[];
  team_ids: string[] | null;
  for_agent_id: string | null;
  units: number;
  priority: number;
  wait_ms: number;
  strategy: Strategy;
  group_order: GroupOrder;
  chosen_agent_id: string | null;
  candidates: Candidate[];
}

export interface DryRunQuestion {
  queue_id: string;
  channel: string;
  skills: SkillNeed[];
  priority: number;
  previous_agent_id: string | null;
}

export const routing = {
  dryRun: (question: DryRunQuestion) => request<Explanation>("POST", "/routing/dry-run", question),
};

export interface ApiKey {
  key_id: string;
  name: string;
  role: Role;
  agent_id: string | null;
  created_ms: number;
  last_used_ms: number | null;
}

/** `text` is the whole key; shown once, never again. */
export interface CreatedApiKey {
  key: ApiKey;
  text: string;
}

export const apiKeys = {
  list: () => get<Page<ApiKey>>("/api-keys"),
  create: (name: string, role: Role) =>
    request<CreatedApiKey>("POST", "/api-keys", { name, role }, { idempotencyKey: newId() }),
  remove: (keyId: string) => request<unknown>("DELETE", `/api-keys/${id(keyId)}`),
};

export interface AuditEntry {
  seq: number;
  at_ms: number;
  actor: string;
  type: string;
  kind: string;
  entity_id: string;
  entity: Setting | null;
}

export const audit = {
  list: (before: number | null) => get<Page<AuditEntry>>(`/audit${queryOf({ before })}`),
};
