// Flows from and to files.
import type { Language } from "../i18n";
import { readFlow, writeFlow, type Reading } from "./document";
import type { Flow } from "./model";

export async function readFile(file: File): Promise<Reading> {
  return readFlow(await file.text());
}

export function readingProblem(
  reading: Exclude<Reading, { flow: Flow }>,
  t: Language["t"],
): string {
  return t(`flow.import.${reading.problem}`, { place: reading.place });
}

/** Offers the document as a file to keep. */
export function saveFile(flow: Flow): void {
  const url = URL.createObjectURL(new Blob([writeFlow(flow)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${flow.flow_id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
