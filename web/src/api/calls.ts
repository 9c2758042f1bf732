// What the desk asks of the server, one function a route.
import { get, newId, queryOf, request, requestFile } from "./client";
import type {
  AgentProfile,
  AlarmDocument,
  AlarmRule,
  AnnouncedWaitsDay,
  ApiKey,
  Article,
  ArticleText,
  AttemptResult,
  BoardText,
  Attachment,
  CallbackReport,
  ContactEvent,
  ContactRecord,
  ContainmentReport,
  EffectFailure,
  Explanation,
  FoundArticle,
  Intent,
  KeptSecret,
  LookUpOutcome,
  Mailing,
  MessageDocument,
  PhoneSecret,
  TelephoneState,
  WrittenNumber,
  ModelState,
  RecordChange,
  ReportCatalogue,
  ReportQuery,
  ReportResult,
  ReportSchedule,
  RequestBody,
  Role,
  SavedReport,
  Session,
  Setting,
  SettingChange,
  SettingKind,
  UnderstandingOutcome,
  UnderstandingReport,
  VerdictKey,
  VerdictReport,
  VerdictText,
  Wallboard,
  WhatIfQuestion,
  WhatIfRun,
} from "./types";

const id = encodeURIComponent;

export const session = {
  current: () => get<Session>("/session"),
  signIn: (login: string, password: string) =>
    request<Session>("POST", "/session", { login, password }),
  signOut: () => request<unknown>("DELETE", "/session"),
  changePassword: (body: RequestBody<"ChangePassword">) =>
    request<unknown>("PUT", "/session/password", body),
};

export const agents = {
  setPresence: (agentId: string, change: RequestBody<"PresenceWish">) =>
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

export type TransferTarget =
  { to_queue_id: string } | { to_agent_id: string } | { to_flow_id: string };

const contact = (contactId: number) => `/contacts/${String(contactId)}`;

export const contacts = {
  search: (filter: ContactFilter) => get<Page<ContactRecord>>(`/contacts${queryOf({ ...filter })}`),
  one: (contactId: number) => get<ContactRecord>(contact(contactId)),
  messages: (contactId: number) =>
    get<Page<MessageDocument>>(`${contact(contactId)}/messages?limit=200`),
  events: (contactId: number) => get<Page<ContactEvent>>(`${contact(contactId)}/events`),
  why: (contactId: number) => get<Explanation>(`${contact(contactId)}/why`),
  ofCustomer: (customerId: string) =>
    get<Page<ContactRecord>>(`/customers/${id(customerId)}/contacts`),
  transcriptUrl: (contactId: number) => `/api${contact(contactId)}/transcript`,
  post: (contactId: number, message: RequestBody<"NewMessage">) =>
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
      to_flow_id: "to_flow_id" in target ? target.to_flow_id : null,
      note,
    }),
};

type CallbackWish = Pick<RequestBody<"NewCallback">, "queue_id" | "address" | "topic" | "due_ms">;

export const callbacks = {
  promise: ({ name, ...wish }: CallbackWish & { name: string }) =>
    request<{ contact_id: number }>(
      "POST",
      "/callbacks",
      { ...wish, customer: { name } },
      { idempotencyKey: newId() },
    ),
  reschedule: (contactId: number, dueMs: number | null) =>
    request<unknown>("POST", `/callbacks/${String(contactId)}/reschedule`, { due_ms: dueMs }),
  recordAttempt: (contactId: number, result: AttemptResult, dueMs: number | null) =>
    request<unknown>("POST", `${contact(contactId)}/attempt`, { result, due_ms: dueMs }),
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

export const routing = {
  dryRun: (question: RequestBody<"frontdesk.api.routes.routing.Question">) =>
    request<Explanation>("POST", "/routing/dry-run", question),
};

export const apiKeys = {
  list: () => get<{ items: ApiKey[] }>("/api-keys"),
  create: (name: string, role: Role) =>
    request<RequestBody<"CreatedApiKey">>(
      "POST",
      "/api-keys",
      { name, role, agent_id: null },
      { idempotencyKey: newId() },
    ),
  remove: (keyId: string) => request<unknown>("DELETE", `/api-keys/${id(keyId)}`),
};

interface ReportSpan {
  from_ms: number | null;
  to_ms: number | null;
}

export const reports = {
  announcedWaits: () => get<{ items: AnnouncedWaitsDay[] }>("/reports/announced-waits"),
  containment: (asked: ReportSpan & { flow_id: string | null }) =>
    get<ContainmentReport>(`/reports/containment${queryOf({ ...asked })}`),
  verdicts: (asked: ReportSpan & { by: VerdictKey; repeat_days: number }) =>
    get<VerdictReport>(`/reports/verdicts${queryOf({ ...asked })}`),
  verdictTexts: (asked: ReportSpan & { cursor: string | null }) =>
    get<Page<VerdictText>>(`/reports/verdict-texts${queryOf({ ...asked })}`),
  callbacks: (asked: ReportSpan) =>
    get<CallbackReport>(`/reports/callbacks${queryOf({ ...asked })}`),
};

export const whatIf = {
  list: () => get<{ items: WhatIfRun[] }>("/what-if/runs"),
  get: (runId: number) => get<WhatIfRun>(`/what-if/runs/${runId}`),
  ask: (question: WhatIfQuestion) => request<WhatIfRun>("POST", "/what-if/runs", question),
  stop: (runId: number) => request<WhatIfRun>("POST", `/what-if/runs/${runId}/stop`),
};

export const alarms = {
  acknowledge: (alarmId: number, note = "") =>
    request<unknown>("POST", `/alarms/${alarmId}/acknowledge`, { note }),
  past: (cursor: string | null) =>
    get<{ items: AlarmDocument[]; next_cursor: string | null }>(
      `/alarms/history?limit=50${cursor === null ? "" : `&cursor=${cursor}`}`,
    ),
  readyRules: () => get<{ items: AlarmRule[] }>("/alarms/ready-rules"),
};

export const effectFailures = {
  list: () => get<{ items: EffectFailure[] }>("/effect-failures?limit=200"),
};

export const lookUps = {
  attempt: (lookUpId: string, parameters: Record<string, string>) =>
    request<LookUpOutcome>("POST", `/look-ups/${id(lookUpId)}/try`, { parameters }),
};

export const understanding = {
  state: () => get<ModelState>("/understanding"),
  starters: () => get<{ items: Intent[] }>("/understanding/starters"),
  report: () => get<UnderstandingReport>("/understanding/report"),
  attempt: (text: string, language: string) =>
    request<UnderstandingOutcome>("POST", "/understanding/try", { text, language }),
};

export const ownReports = {
  catalogue: () => get<ReportCatalogue>("/reports/catalogue"),
  run: (query: ReportQuery) => request<ReportResult>("POST", "/reports/run", query),
  contacts: (query: ReportQuery, metricId: string, keys: string[], cursor: string | null) =>
    request<Page<ContactRecord>>("POST", `/reports/contacts${queryOf({ cursor })}`, {
      query,
      metric_id: metricId,
      keys,
    }),
  file: (name: string, query: ReportQuery, format: string) =>
    requestFile(`/reports/export${queryOf({ format })}`, { name, query }),
  saved: () => get<{ items: SavedReport[] }>("/saved-reports"),
  save: (reportId: string | null, report: ReportToSave) =>
    reportId === null
      ? request<SavedReport>("POST", "/saved-reports", report)
      : request<SavedReport>("PUT", `/saved-reports/${id(reportId)}`, report),
  remove: (reportId: string) => request<unknown>("DELETE", `/saved-reports/${id(reportId)}`),
  mailings: (reportId: string) =>
    get<{ items: Mailing[] }>(`/saved-reports/${id(reportId)}/mailings`),
};

export interface ReportToSave {
  name: string;
  query: ReportQuery;
  schedule: ReportSchedule | null;
}

export const wallboards = {
  list: () => get<{ items: Wallboard[] }>("/wallboards"),
  save: (boardId: string | null, board: BoardText) =>
    boardId === null
      ? request<Wallboard>("POST", "/wallboards", board)
      : request<Wallboard>("PUT", `/wallboards/${id(boardId)}`, board),
  remove: (boardId: string) => request<unknown>("DELETE", `/wallboards/${id(boardId)}`),
  share: (boardId: string) => request<{ path: string }>("POST", `/wallboards/${id(boardId)}/share`),
  stopSharing: (boardId: string) => request<unknown>("DELETE", `/wallboards/${id(boardId)}/share`),
};

export const secrets = {
  list: () => get<{ items: KeptSecret[] }>("/secrets"),
  set: (name: string, value: string) => request<unknown>("PUT", `/secrets/${id(name)}`, { value }),
  remove: (name: string) => request<unknown>("DELETE", `/secrets/${id(name)}`),
};

export const telephone = {
  look: () => get<TelephoneState>("/telephone"),
  readNumber: (text: string) => get<WrittenNumber>(`/telephone/number${queryOf({ text })}`),
  makeSecret: (accountId: string) =>
    request<PhoneSecret>("POST", `/telephone/phones/${id(accountId)}/secret`),
};

export const articles = {
  list: (cursor: string | null) =>
    get<Page<Article>>(`/knowledge${queryOf({ cursor, limit: 200 })}`),
  search: (question: string) =>
    get<{ items: FoundArticle[] }>(`/knowledge/search${queryOf({ question, drafts: "true" })}`),
  create: (article: ArticleText) => request<Article>("POST", "/knowledge", article),
  save: (articleId: string, article: ArticleText) =>
    request<Article>("PUT", `/knowledge/${id(articleId)}`, article),
  remove: (articleId: string) => request<unknown>("DELETE", `/knowledge/${id(articleId)}`),
};

export const audit = {
  records: (before: string | null) =>
    get<Page<RecordChange>>(`/audit/records${queryOf({ before })}`),
  list: (before: string | null) => get<Page<SettingChange>>(`/audit${queryOf({ before })}`),
  of: (kind: SettingKind, entityId: string, before: string | null) =>
    get<Page<SettingChange>>(`/audit${queryOf({ kind, entity_id: entityId, before })}`),
};
