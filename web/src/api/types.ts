// The types of what the API carries, by the names that the server gives them.
// Ids of live things (contact, offer, engagement) are numbers, those of settings are strings;
// times are milliseconds since the epoch, durations end in `_ms` too.

export type Role = "agent" | "supervisor" | "administrator";
export type Presence = "offline" | "available" | "break";
export type AgentState = "offline" | "idle" | "ringing" | "busy" | "wrap_up" | "break";
export type ContactState = "waiting" | "offered" | "engaged" | "closed";
export type Author = "customer" | "agent" | "system";
export type ClosedBy = "customer" | "agent" | "system" | "idle" | "overflow" | "full";

export interface CustomerCard {
  customer_id: string;
  name: string;
  address: string;
}

export interface Attachment {
  blob_id: string;
  name: string;
  media_type: string;
  size_bytes: number;
}

export interface RecentContact {
  contact_id: number;
  customer_name: string;
  queue_id: string;
  ended_ms: number;
}

export interface AgentDocument {
  agent_id: string;
  name: string;
  role: Role;
  team_id: string | null;
  skills: Record<string, number>;
  queue_ids: string[];
  presence: Presence;
  break_reason_id: string | null;
  presence_since_ms: number;
  next_presence: Presence | null;
  next_break_reason_id: string | null;
  connected: boolean;
  state: AgentState;
  state_since_ms: number;
  load_units: number;
  capacity_units: number;
  contact_ids: number[];
  recent: RecentContact[];
  answered_today: number;
  missed_today: number;
}

/** What every desk knows of another agent. */
export interface ColleagueDocument {
  agent_id: string;
  name: string;
  team_id: string | null;
  queue_ids: string[];
  state: AgentState;
}

export interface ServiceLevel {
  ratio: number | null;
  answered_in_target: number;
  counted: number;
  target_ms: number;
  target_ratio: number;
}

export interface WaitRange {
  low_ms: number;
  high_ms: number;
}

export interface QueueDocument {
  queue_id: string;
  name: string;
  open: boolean;
  waiting: number;
  oldest_since_ms: number | null;
  agents: Partial<Record<AgentState, number>>;
  service_level: ServiceLevel;
  offered_today: number;
  answered_today: number;
  abandoned_today: number;
  expected_wait: WaitRange | null;
}

export interface SkillNeed {
  skill_id: string;
  proficiency_min: number;
}

export interface ContactDocument {
  contact_id: number;
  channel: string;
  customer: CustomerCard;
  topic: string;
  queue_id: string;
  state: ContactState;
  opened_ms: number;
  queued_ms: number;
  answered_ms: number | null;
  closed_ms: number | null;
  closed_by: ClosedBy | null;
  agent_id: string | null;
  held_since_ms: number | null;
  priority: number;
  step_index: number;
  skills: SkillNeed[];
  attributes: Record<string, string>;
  message_count: number;
  read_by_agent: number;
  read_by_customer: number;
  last_text: string;
  last_author: Author | null;
  last_message_ms: number | null;
  customer_connected: boolean;
  transferred_from_agent_id: string | null;
  transfer_note: string;
  rating: number | null;
}

/** Carried as an array: trigger, step, wait, how many waited, whether for the previous agent. */
export type OfferWhy = [
  trigger: "contact_arrived" | "agent_freed",
  step_index: number,
  wait_ms: number,
  waiting_contacts: number,
  previous_agent: boolean,
];

export interface OfferDocument {
  offer_id: number;
  contact_id: number;
  agent_id: string;
  offered_ms: number;
  expires_ms: number | null;
  why: OfferWhy;
}

export interface EngagementDocument {
  engagement_id: number;
  contact_id: number;
  agent_id: string;
  started_ms: number;
  ended_ms: number | null;
  wrap_up_until_ms: number | null;
}

export interface MessageDocument {
  contact_id: number;
  number: number;
  at_ms: number;
  author: Author;
  agent_id: string | null;
  author_name: string;
  client_id: string;
  text: string;
  attachments: Attachment[];
  internal: boolean;
}

export interface Session {
  agent_id: string;
  name: string;
  role: Role;
  locale: string;
  csrf_token: string | null;
}

// Business settings -----------------------------------------------------------------------------

export type Strategy =
  "longest_idle" | "least_occupied" | "round_robin" | "most_skilled" | "least_skilled" | "random";
export type Pull = "oldest" | "home_first" | "weighted";
export type GroupOrder = "together" | "home_first" | "weighted";
export type OverflowWhen = "closed" | "full" | "waited" | "unstaffed";

export interface Skill {
  kind: "skill";
  skill_id: string;
  name: string;
}

export interface Team {
  kind: "team";
  team_id: string;
  name: string;
  pull: Pull;
  reserve_idle: number;
  base_weight: number;
  idle_weight: number;
}

export interface AgentProfile {
  kind: "agent_profile";
  agent_id: string;
  name: string;
  role: Role;
  team_id: string | null;
  skills: Record<string, number>;
  queue_ids: string[];
  capacity_units: number;
  auto_accept: boolean;
  locale: string;
}

export interface RoutingStep {
  duration_ms: number | null;
  skills: SkillNeed[];
  team_ids: string[] | null;
  drop_contact_skills: boolean;
  priority_boost: number;
}

export interface Overflow {
  when: OverflowWhen;
  queue_id: string | null;
  message: string;
  wait_ms: number | null;
}

export interface Queue {
  kind: "queue";
  queue_id: string;
  name: string;
  steps: RoutingStep[];
  strategy: Strategy;
  group_order: GroupOrder;
  home_team_ids: string[];
  priority: number;
  base_weight: number;
  wait_weight: number;
  previous_agent_wait_ms: number;
  offer_time_ms: number;
  wrap_up_time_ms: number;
  disposition_ids: string[];
  waiting_max: number;
  hours_id: string | null;
  overflows: Overflow[];
  target: { answer_ms: number; ratio: number };
}

export interface OpeningSpan {
  weekday: number;
  start_minute: number;
  end_minute: number;
}

export interface DayException {
  date: string;
  name: string;
  spans: [number, number][];
}

export interface Hours {
  kind: "hours";
  hours_id: string;
  name: string;
  time_zone: string;
  spans: OpeningSpan[];
  exceptions: DayException[];
}

export interface BreakReason {
  kind: "break_reason";
  break_reason_id: string;
  name: string;
  expected_ms: number | null;
}

export interface Disposition {
  kind: "disposition";
  disposition_id: string;
  name: string;
}

export interface WidgetTopic {
  topic_id: string;
  name: string;
  queue_id: string;
}

export interface Widget {
  kind: "widget";
  widget_id: string;
  name: string;
  title: string;
  greeting: string;
  topics: WidgetTopic[];
  colour: string;
  locale: string;
  allowed_origins: string[];
  attachments: boolean;
}

export interface ChannelRule {
  channel: string;
  units: number;
  yields_to: string[];
  idle_close_ms: number | null;
  leave_grace_ms: number | null;
  rating_time_ms: number;
}

export interface CentreSettings {
  kind: "centre_settings";
  name: string;
  time_zone: string;
  channels: ChannelRule[];
  disconnect_grace_ms: number;
  retry_refused_ms: number;
  take_off_after_missed: number;
}

export interface SettingByKind {
  skill: Skill;
  team: Team;
  agent_profile: AgentProfile;
  queue: Queue;
  hours: Hours;
  break_reason: BreakReason;
  disposition: Disposition;
  widget: Widget;
  centre_settings: CentreSettings;
}
export type SettingKind = keyof SettingByKind;
export type Setting = SettingByKind[SettingKind];
