// What a node does and where its exits lead, in a few words of the reader's language.
import { useCallback } from "react";
import { useLanguage, type Language } from "../i18n";
import { useDesign, useFlow } from "./design";
import { listedBy } from "./exits";
import { wordingOf, type FlowNode, type FlowText } from "./model";
import { nameIn, useNames, type Names } from "./names";

export interface Reader {
  t: Language["t"];
  span: Language["span"];
  names: Names;
  /** The languages in which wordings are looked for. */
  languages: readonly string[];
}

/** One line about a node; empty where nothing is filled in yet. */
export function sentenceOf(node: FlowNode, reader: Reader): string {
  const { t, names } = reader;
  const words = (text: FlowText) => wordingOf(text, reader.languages);
  switch (node.kind) {
    case "say":
    case "ask":
      return words(node.text);
    case "pause":
      return reader.span(node.duration_ms);
    case "decide":
      return t("flow.conditions", { count: node.branches.length });
    case "look_up":
      return nameIn(names.lookUps, node.look_up_id);
    case "classify":
      return node.text;
    case "hours":
      return nameIn(names.hours, node.hours_id);
    case "set":
      return Object.entries(node.values)
        .map(([name, value]) => `${name} = ${value}`)
        .join("; ");
    case "queue":
      return nameIn(names.queues, node.queue_id);
    case "call_back":
    case "transfer_outside":
      return node.address;
    case "take_message":
      return nameIn(names.queues, node.queue_id);
    case "survey":
      return node.questions.map((question) => words(question.text)).join(" ");
    case "subflow":
      return nameIn(names.flows, node.flow_id);
    case "language":
      return node.language;
    case "end":
      return words(node.text) || node.outcome;
  }
}

export function exitLabelOf(node: FlowNode, exit: string, reader: Reader): string {
  const listed = listedBy(exit);
  if (listed?.kind === "choice" && node.kind === "ask" && node.answer.kind === "choice") {
    const choice = node.answer.choices.find((each) => each.value === listed.name);
    return choice === undefined ? "" : wordingOf(choice.label, reader.languages) || choice.value;
  }
  if (listed?.kind === "branch" && node.kind === "decide") {
    const branch = node.branches[Number(listed.name)];
    const number = Number(listed.name) + 1;
    return branch?.label || branch?.when || reader.t("flow.condition", { number });
  }
  if (listed?.kind === "intent") return nameIn(reader.names.intents, listed.name);
  return reader.t(plainLabel(node, exit));
}

const PLAIN_LABELS = {
  next: "flow.exit.next",
  no_match: "flow.exit.no_match",
  no_answer: "flow.exit.no_answer",
  otherwise: "flow.exit.otherwise",
  failed: "flow.exit.failed",
  away: "flow.exit.away",
  unsure: "flow.exit.unsure",
  open: "flow.exit.open",
  closed: "flow.exit.closed",
  holiday: "flow.exit.holiday",
  duplicate: "flow.exit.duplicate",
  refused: "flow.exit.refused",
} as const;

function plainLabel(node: FlowNode, exit: string) {
  if (exit === "next" && node.kind === "ask")
    return node.answer.kind === "choice" ? "flow.exit.other_choices" : "flow.exit.answered";
  if (exit === "otherwise" && node.kind === "classify") return "flow.exit.other_intent";
  return PLAIN_LABELS[exit as keyof typeof PLAIN_LABELS];
}

/** The reader of the flow that is drawn: wordings in the language chosen for it. */
export function useReader(): Reader {
  const { t, span } = useLanguage();
  const names = useNames();
  const language = useDesign((design) => design.language);
  const { languages } = useFlow();
  return { t, span, names, languages: [language, ...languages] };
}

/** `Ask: How can we help?` */
export function useTitleOf(): (node: FlowNode) => string {
  const reader = useReader();
  return useCallback(
    (node) => {
      const sentence = sentenceOf(node, reader);
      const kind = reader.t(`flow.kind.${node.kind}`);
      return sentence === "" ? kind : `${kind}: ${sentence}`;
    },
    [reader],
  );
}
