import { useState } from "react";
import { useLanguage } from "../i18n";
import { complain, messageOf } from "./toast";

/** Runs requests one at a time, says what went wrong, and tells whether one is under way. */
export function useAction(): [
  busy: boolean,
  run: (work: () => Promise<unknown>) => Promise<boolean>,
] {
  const [busy, setBusy] = useState(false);
  const { t } = useLanguage();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      return true;
    } catch (error) {
      complain(messageOf(error, t));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return [busy, run];
}
