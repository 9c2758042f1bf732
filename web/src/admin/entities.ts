// What the administration needs to know of each kind of setting: its id, and a fresh one.
import type { LookUp, SettingByKind, SettingKind } from "../api/types";

/** Those with a list and a form here; a flow has the designer. */
export type EntityKind = Exclude<SettingKind, "centre_settings" | "flow">;

const ID_FIELDS = {
  agent_profile: "agent_id",
  team: "team_id",
  skill: "skill_id",
  queue: "queue_id",
  hours: "hours_id",
  break_reason: "break_reason_id",
  disposition: "disposition_id",
  widget: "widget_id",
  look_up: "look_up_id",
  intent: "intent_id",
  alarm_rule: "alarm_rule_id",
  trunk: "trunk_id",
  phone_number: "number",
  phone_account: "account_id",
} as const satisfies Record<EntityKind, string>;

export function idOf<K extends EntityKind>(kind: K, entity: SettingByKind[K]): string {
  return (entity as unknown as Record<string, string>)[ID_FIELDS[kind]] ?? "";
}

export function withId<K extends EntityKind>(
  kind: K,
  entity: SettingByKind[K],
  id: string,
): SettingByKind[K] {
  return { ...entity, [ID_FIELDS[kind]]: id };
}

const ID_CHARS_MAX = 40;

/** A short id from a name, none of those taken: `Technical support` becomes `technical-support`. */
export function newIdFor(name: string, taken: Set<string>, fallback: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, ID_CHARS_MAX);
  const base = plain === "" ? fallback.replace("_", "-") : plain;
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

export const EMPTY_STEP = {
  duration_ms: null,
  skills: [],
  team_ids: null,
  drop_contact_skills: false,
  priority_boost: 0,
};

/** What a look-up asks, of each kind. */
export const FRESH_SOURCE: {
  [K in LookUp["source"]["kind"]]: Extract<LookUp["source"], { kind: K }>;
} = {
  http: {
    kind: "http",
    url: "",
    method: "GET",
    headers: {},
    body: "",
    secret: "",
    secret_header: "Authorization",
    secret_prefix: "Bearer ",
    result: {},
    retries: 1,
  },
  sql: { kind: "sql", query: "", secret: "" },
  knowledge: { kind: "knowledge", score_min: 0.3 },
};

const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const FRESH: { [K in EntityKind]: () => SettingByKind[K] } = {
  agent_profile: () => ({
    kind: "agent_profile",
    agent_id: "",
    name: "",
    role: "agent",
    team_id: null,
    skills: {},
    queue_ids: [],
    capacity_units: 100,
    auto_accept: false,
    locale: "en",
    line: { kind: "browser" },
  }),
  team: () => ({
    kind: "team",
    team_id: "",
    name: "",
    pull: "oldest",
    reserve_idle: 0,
    base_weight: 0,
    idle_weight: 1,
  }),
  skill: () => ({ kind: "skill", skill_id: "", name: "" }),
  queue: () => ({
    kind: "queue",
    queue_id: "",
    name: "",
    steps: [EMPTY_STEP],
    strategy: "longest_idle",
    group_order: "together",
    home_team_ids: [],
    priority: 0,
    base_weight: 0,
    wait_weight: 1,
    previous_agent_wait_ms: 0,
    offer_time_ms: 30_000,
    wrap_up_time_ms: 60_000,
    disposition_ids: [],
    waiting_max: 10_000,
    hours_id: null,
    overflows: [],
    target: { answer_ms: 20_000, ratio: 0.8 },
    shut: false,
    waiting_flow_id: null,
    after_flow_id: null,
  }),
  hours: () => ({
    kind: "hours",
    hours_id: "",
    name: "",
    time_zone: localZone(),
    spans: [0, 1, 2, 3, 4].map((weekday) => ({
      weekday,
      start_minute: 9 * 60,
      end_minute: 18 * 60,
    })),
    exceptions: [],
  }),
  break_reason: () => ({
    kind: "break_reason",
    break_reason_id: "",
    name: "",
    expected_ms: 15 * 60_000,
  }),
  disposition: () => ({ kind: "disposition", disposition_id: "", name: "" }),
  widget: () => ({
    kind: "widget",
    widget_id: "",
    name: "",
    title: "",
    greeting: "",
    topics: [],
    colour: "#1b6b7b",
    locale: "en",
    allowed_origins: [],
    attachments: true,
  }),
  look_up: () => ({
    kind: "look_up",
    look_up_id: "",
    name: "",
    parameters: [],
    source: FRESH_SOURCE.http,
    time_ms_max: 5_000,
    private_addresses: false,
    example: {},
  }),
  alarm_rule: () => ({
    kind: "alarm_rule",
    alarm_rule_id: "",
    name: "",
    measure: "oldest_wait_ms",
    threshold: 180_000,
    hold_ms: 0,
    clear_threshold: null,
    clear_after_ms: 60_000,
    window_ms: 30 * 60_000,
    counted_min: 10,
    queue_ids: [],
    team_ids: [],
    agent_ids: [],
    channels: [],
    flow_ids: [],
    hours_id: null,
    severity: "warning",
    sound: false,
    tell: [],
    escalate_after_ms: null,
    escalate_to: [],
    on: true,
  }),
  intent: () => ({ kind: "intent", intent_id: "", name: "", examples: [], answer: "" }),
  trunk: () => ({
    kind: "trunk",
    trunk_id: "",
    name: "",
    host: "",
    port: 5060,
    transport: "udp",
    user: "",
    secret: "",
    registers: false,
    addresses: [],
    lines_max: null,
    allowed_prefixes: ["+"],
    priority: 0,
    caller_number: "",
    with_plus: true,
  }),
  phone_number: () => ({
    kind: "phone_number",
    number: "",
    name: "",
    trunk_id: "",
    queue_id: null,
    flow_id: null,
    language: "",
  }),
  phone_account: () => ({ kind: "phone_account", account_id: "", name: "" }),
};
