// The frames of the event stream, as text in JSON over a websocket.
import type {
  AgentDocument,
  AlarmDocument,
  Author,
  ColleagueDocument,
  ContactDocument,
  EngagementDocument,
  FlowDocument,
  MessageDocument,
  OfferDocument,
  QueueDocument,
  Setting,
} from "../api/types";

export interface Collections {
  agents: Record<string, AgentDocument>;
  colleagues: Record<string, ColleagueDocument>;
  queues: Record<string, QueueDocument>;
  contacts: Record<string, ContactDocument>;
  offers: Record<string, OfferDocument>;
  engagements: Record<string, EngagementDocument>;
  /** By `contact_id/number`. */
  messages: Record<string, MessageDocument>;
  /** By `kind/id`. */
  settings: Record<string, Setting>;
  /** By flow id: those that contacts have met today. */
  flows: Record<string, FlowDocument>;
  /** Alarms that stand; of supervisors alone. */
  alarms: Record<string, AlarmDocument>;
}

export type CollectionName = keyof Collections;

export const COLLECTION_NAMES: readonly CollectionName[] = [
  "agents",
  "colleagues",
  "queues",
  "contacts",
  "offers",
  "engagements",
  "messages",
  "settings",
  "flows",
  "alarms",
];

export interface SnapshotFrame {
  op: "snapshot";
  epoch: string;
  seq: number;
  now_ms: number;
  collections: Partial<Collections>;
}

export interface UpdateFrame {
  op: "update";
  seq: number;
  now_ms: number;
  upserts?: Partial<Collections>;
  removals?: Partial<Record<CollectionName, (string | number)[]>>;
}

export interface TypingFrame {
  op: "typing";
  contact_id: number;
  author: Author;
  agent_id: string | null;
}

export type ServerFrame =
  | SnapshotFrame
  | UpdateFrame
  | TypingFrame
  | { op: "pong"; now_ms: number }
  | { op: "error"; code?: string; detail?: string };

export type Topic = "desk" | "floor";

export type ClientFrame =
  | { op: "subscribe"; resume: { epoch: string; seq: number } | null; topics: Topic[] }
  | { op: "ack"; seq: number }
  | { op: "typing"; contact_id: number }
  | { op: "ping" };
