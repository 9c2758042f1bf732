// The flow language as the designer knows it: the API's types, each kind's empty node, and limits.
// What the words mean is told in src/frontdesk/kernel/flows/document.py.
import type { Flow } from "../api/types";

export type { Flow } from "../api/types";

export type FlowNode = Flow["nodes"][number];
export type NodeKind = FlowNode["kind"];
export type NodeOf<K extends NodeKind> = Extract<FlowNode, { kind: K }>;
/** A text, or its wording by language. */
export type FlowText = NodeOf<"say">["text"];
export type Answer = NodeOf<"ask">["answer"];
export type AnswerKind = Answer["kind"];
export type AnswerOf<K extends AnswerKind> = Extract<Answer, { kind: K }>;
export type Choice = AnswerOf<"choice">["choices"][number];
export type Branch = NodeOf<"decide">["branches"][number];
export type IntentRoute = NodeOf<"classify">["routes"][number];
export type Question = NodeOf<"survey">["questions"][number];
export type QuestionKind = Question["kind"];
export type FlowUse = Flow["use"];

export const USES: readonly FlowUse[] = ["entry", "waiting", "after", "part"];
export const ANSWER_KINDS: readonly AnswerKind[] = [
  "choice",
  "text",
  "speech",
  "digits",
  "date",
  "amount",
];
export const QUESTION_KINDS: readonly QuestionKind[] = ["csat", "nps", "resolved", "text"];

/** The kinds in the order in which they are offered, by what they are for. */
export const KIND_GROUPS = {
  talk: ["say", "ask", "pause", "language"],
  logic: ["decide", "hours", "set", "subflow"],
  know: ["look_up", "classify"],
  people: ["queue", "call_back", "take_message", "transfer_outside"],
  finish: ["survey", "end"],
} as const satisfies Record<string, readonly NodeKind[]>;

export type KindGroup = keyof typeof KIND_GROUPS;
export const GROUPS = Object.keys(KIND_GROUPS) as KindGroup[];
export const NODE_KINDS: readonly NodeKind[] = Object.values(KIND_GROUPS).flat();

export function groupOf(kind: NodeKind): KindGroup {
  return (
    GROUPS.find((group) => (KIND_GROUPS[group] as readonly NodeKind[]).includes(kind)) ?? "talk"
  );
}

const head = { node_id: "", x: 0, y: 0, note: "" };
const ASK_TIME_MS = 5 * 60_000;

/** Each kind with the language's own defaults, its fields in the language's order. */
export const EMPTY_NODES: { [K in NodeKind]: NodeOf<K> } = {
  say: { kind: "say", ...head, text: "", next: "" },
  pause: { kind: "pause", ...head, duration_ms: 0, next: "" },
  ask: {
    kind: "ask",
    ...head,
    text: "",
    answer: { kind: "text", chars_max: 2_000 },
    save_as: "answer",
    next: null,
    again: "",
    retries: 2,
    time_ms: ASK_TIME_MS,
    no_match: null,
    no_answer: null,
  },
  decide: { kind: "decide", ...head, branches: [], otherwise: "" },
  look_up: {
    kind: "look_up",
    ...head,
    look_up_id: "",
    parameters: {},
    save_as: "result",
    next: "",
    failed: null,
  },
  classify: {
    kind: "classify",
    ...head,
    text: "answer",
    routes: [],
    confidence_min: 0.6,
    follow_language: false,
    unsure: "",
    otherwise: null,
  },
  hours: { kind: "hours", ...head, hours_id: "", open: "", closed: "", holiday: null },
  set: { kind: "set", ...head, values: {}, next: "" },
  queue: {
    kind: "queue",
    ...head,
    queue_id: "",
    agent_id: null,
    away: null,
    priority: null,
    topic: "",
    show: {},
  },
  call_back: {
    kind: "call_back",
    ...head,
    address: "",
    at: "",
    channel: "callback",
    queue_id: null,
    attempts_max: 3,
    retry_ms: 15 * 60_000,
    expires_ms: 24 * 3_600_000,
    next: "",
    duplicate: null,
    refused: null,
    show: {},
  },
  take_message: {
    kind: "take_message",
    ...head,
    text: "",
    queue_id: "",
    agent_id: null,
    time_ms: ASK_TIME_MS,
    next: "",
    no_answer: null,
    show: {},
  },
  transfer_outside: { kind: "transfer_outside", ...head, address: "", text: "", next: "" },
  survey: { kind: "survey", ...head, questions: [], time_ms: ASK_TIME_MS, next: "" },
  subflow: { kind: "subflow", ...head, flow_id: "", parameters: {}, results: {}, next: "" },
  language: { kind: "language", ...head, language: "", next: "" },
  end: { kind: "end", ...head, text: "", outcome: "contained" },
};

export const EMPTY_ANSWERS: { [K in AnswerKind]: AnswerOf<K> } = {
  choice: { kind: "choice", choices: [] },
  digits: { kind: "digits", digits_min: 1, digits_max: 20 },
  text: { kind: "text", chars_max: 2_000 },
  speech: { kind: "speech", chars_max: 2_000 },
  date: { kind: "date", past: true, future: true },
  amount: { kind: "amount", minimum: null, maximum: null },
};

export const EMPTY_CHOICE: Choice = { value: "", label: "", key: "", words: [], next: null };

export const EMPTY_FLOW: Flow = {
  kind: "flow",
  flow_id: "",
  name: "",
  version: 1,
  use: "entry",
  languages: ["en"],
  variables: {},
  start: "",
  nodes: [],
  fallback_queue_id: null,
  fallback_text: "",
  time_ms_max: 24 * 3_600_000,
};

/** What a person begins with: the empty node, with the one part that nobody would leave out. */
export function freshNode(kind: NodeKind, nodeId: string): FlowNode {
  const node = { ...EMPTY_NODES[kind], node_id: nodeId };
  switch (node.kind) {
    case "pause":
      return { ...node, duration_ms: 10_000 };
    case "decide":
      return { ...node, branches: [{ when: "", next: "", label: "" }] };
    case "survey":
      return { ...node, questions: [{ question_id: "satisfaction", kind: "csat", text: "" }] };
    default:
      return node;
  }
}

export function findNode(flow: Flow, nodeId: string): FlowNode | undefined {
  return flow.nodes.find((node) => node.node_id === nodeId);
}

/** The wording for a reader: in the wanted language, else in the flow's first, else any. */
export function wordingOf(text: FlowText, languages: readonly string[]): string {
  if (typeof text === "string") return text;
  const found = languages.find((language) => (text[language] ?? "") !== "");
  return (found === undefined ? Object.values(text)[0] : text[found]) ?? "";
}

/** The text with another wording; a flow of one language keeps plain texts. */
export function withWording(
  text: FlowText,
  language: string,
  wording: string,
  languages: readonly string[],
): FlowText {
  if (languages.length <= 1) return wording;
  const before = typeof text === "string" ? { [languages[0] ?? language]: text } : text;
  const words = { ...before, [language]: wording };
  return Object.values(words).every((each) => each === "") ? "" : words;
}
