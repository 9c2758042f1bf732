// What is known of a contact beside its topic: what a flow collected, and what channels note.
import type { ContactDocument } from "../api/types";

/** What our own channels note of where a contact came from. */
const TECHNICAL = new Set(["page_url", "widget_id", "trunk", "called_number"]);

export interface SortedAttributes {
  collected: [string, string][];
  technical: [string, string][];
}

export function sortedAttributes({ attributes }: ContactDocument): SortedAttributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== "");
  return {
    collected: entries.filter(([name]) => !TECHNICAL.has(name)),
    technical: entries.filter(([name]) => TECHNICAL.has(name)),
  };
}
