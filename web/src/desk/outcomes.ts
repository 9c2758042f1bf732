import { en, type Key } from "../i18n/en";

/** The words for what became of a contact. */
export function outcomeKey(outcome: string): Key {
  const key = `outcome.${outcome}`;
  return key in en ? (key as Key) : "outcome.unanswered";
}
