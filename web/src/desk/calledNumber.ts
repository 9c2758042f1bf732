import type { ContactDocument } from "../api/types";
import { useSetting } from "../app/workplace";

/** Which of our numbers the customer called, as it is named here; null: none. */
export function useCalledNumber({ attributes }: ContactDocument): string | null {
  const called = attributes["called_number"] ?? "";
  const number = useSetting("phone_number", called === "" ? null : called);
  if (called === "") return null;
  return number === undefined ? called : `${number.name} · ${called}`;
}
