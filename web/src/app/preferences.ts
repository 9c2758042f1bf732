// What a person has chosen on this machine; kept in the browser, shared by its tabs.
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Locale } from "../i18n";

export interface Preferences {
  /** Null: the language of the agent's profile. */
  locale: Locale | null;
  /** Null: not asked yet. */
  sounds: boolean | null;
  notifications: boolean | null;
  singleKeys: boolean;
}

export const usePreferences = create<Preferences>()(
  persist<Preferences>(
    () => ({ locale: null, sounds: null, notifications: null, singleKeys: true }),
    { name: "frontdesk.preferences" },
  ),
);

export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}
