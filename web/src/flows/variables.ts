// The names that an expression may use at any place of a flow.
import type { Flow } from "./model";

export type NameSource = "variable" | "contact" | "answer";

export interface KnownName {
  name: string;
  source: NameSource;
}

/** What every run knows of its contact and the moment: kernel/flows/names.py tells the meanings. */
const CONTACT_NAMES = [
  "contact.id",
  "contact.channel",
  "contact.topic",
  "contact.priority",
  "contact.attributes",
  "contact.minutes",
  "customer.id",
  "customer.name",
  "customer.address",
  "queue.id",
  "queue.name",
  "queue.position",
  "queue.waiting",
  "queue.known",
  "queue.wait",
  "queue.wait_low_minutes",
  "queue.wait_high_minutes",
  "queue.waited_minutes",
  "centre.name",
  "now.date",
  "now.time",
  "now.hour",
  "now.minute",
  "now.weekday",
  "channel",
  "language",
];

const CLASSIFIED = ["intent", "intent_name", "confidence", "entities"];

export function knownNames(flow: Flow): KnownName[] {
  const declared = Object.keys(flow.variables);
  const answers = flow.nodes.flatMap((node) => {
    switch (node.kind) {
      case "ask":
      case "look_up":
        return [node.save_as];
      case "set":
        return Object.keys(node.values);
      case "subflow":
        return Object.values(node.results);
      case "classify":
        return CLASSIFIED;
      default:
        return [];
    }
  });
  const made = [...new Set(answers)].filter((name) => name !== "" && !declared.includes(name));
  return [
    ...declared.map((name) => ({ name, source: "variable" as const })),
    ...made.map((name) => ({ name, source: "answer" as const })),
    ...CONTACT_NAMES.map((name) => ({ name, source: "contact" as const })),
  ];
}
