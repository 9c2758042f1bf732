/** What the server says and wants on the customer's side, under `/api/webchat/{widget_id}`. */

export interface Topic {
  topic_id: string;
  name: string;
  open: boolean;
  /** The next opening, when it is closed and one is known. */
  opens_ms?: number | null;
}

export interface Config {
  title: string;
  greeting: string;
  topics: Topic[];
  /** Any CSS colour in hexadecimal. */
  colour: string;
  locale: string;
  /** Null: files can't be sent. */
  attachments: { max_bytes: number; types: string[] } | null;
}

export interface Attachment {
  blob_id: string;
  name: string;
  media_type: string;
  size_bytes: number;
}

export interface Message {
  /** Counts a contact's messages from 1; a customer sees gaps where internal notes stand. */
  number: number;
  at_ms: number;
  author: "customer" | "agent" | "system" | "bot";
  author_name: string;
  client_id: string;
  text: string;
  attachments: Attachment[];
  /** What a flow asks for with it. */
  prompt?: Prompt | null;
}

/** What is asked for; `choices` are the answers that can be clicked. */
export interface Prompt {
  kind: "choice" | "digits" | "text" | "speech" | "date" | "amount";
  choices: Choice[];
}

export interface Choice {
  value: string;
  label: string;
}

export interface WaitRange {
  low_ms: number;
  high_ms: number;
}

/** The customer's part of a contact. */
export interface Contact {
  state: "self_service" | "waiting" | "offered" | "engaged" | "closed" | "promised";
  agent_name: string | null;
  held: boolean;
  /** 1 is next; null: not waiting. */
  position: number | null;
  expected_wait: WaitRange | null;
  rating_open: boolean;
  rating: number | null;
}

export interface Opening {
  client_id: string;
  name: string;
  topic_id: string;
  page_url: string;
  language: string;
}

export interface Opened {
  contact_id: number;
  token: string;
  visitor_token: string;
}

export interface EarlierContact {
  contact_id: number;
  /** Opens its files. */
  token: string;
  opened_ms: number;
  topic: string;
  messages: Message[];
}

/** Something the customer did that must reach the journal once, however often it is sent. */
export type Deed =
  | { op: "message"; client_id: string; text: string; choice?: string; attachments: Attachment[] }
  | { op: "end"; client_id: string }
  | { op: "rate"; client_id: string; score: number; comment: string };

export type Outgoing =
  | { op: "hello"; token: string; after: number }
  | { op: "typing" }
  | { op: "read"; number: number }
  | { op: "ping" }
  | Deed;

export type Incoming =
  | ({ op: "state"; now_ms: number } & Contact)
  | ({ op: "message" } & Message)
  | { op: "typing" }
  | { op: "read"; number: number }
  | { op: "ended"; by: string }
  | { op: "pong" }
  | { op: "ok"; client_id?: string | null }
  | { op: "error"; code: string; detail: string; retryable: boolean; client_id?: string | null };

/** Sent by the server as it closes a socket whose token it doesn't know (any more). */
export const CLOSE_UNAUTHORISED = 4401;

/** What the person who waits can be told when the server refuses. */
export class RefusedError extends Error {
  readonly status: number;
  readonly retryable: boolean;

  constructor(status: number, detail: string, retryable: boolean) {
    super(detail);
    this.status = status;
    this.retryable = retryable;
  }
}
