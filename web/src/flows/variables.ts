// The names that an expression may use at any place of a flow.
import type { Flow } from "./model";

export type NameSource = "variable" | "contact" | "answer";

export interface KnownName {
  name: string;
  source: NameSource;
}

/** What every run knows of its contact. */
const CONTACT_NAMES = [
  "contact.channel",
  "contact.language",
  "contact.topic",
  "customer.name",
  "customer.address",
];

const CLASSIFIED = ["intent", "confidence", "entities"];

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
