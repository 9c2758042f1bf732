// What an agent has begun to write in each conversation; survives a reload.
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Attachment } from "../api/types";

export interface Draft {
  text: string;
  internal: boolean;
  attachments: Attachment[];
}

const EMPTY_DRAFT: Draft = { text: "", internal: false, attachments: [] };

interface Drafts {
  byContact: Record<string, Draft>;
  change: (contactId: number, change: (draft: Draft) => Draft) => void;
  keepOnly: (contactIds: Set<string>) => void;
}

export const useDrafts = create<Drafts>()(
  persist(
    (set, get) => ({
      byContact: {},
      change: (contactId, change) => {
        const { byContact } = get();
        const draft = change(byContact[contactId] ?? EMPTY_DRAFT);
        set({ byContact: { ...byContact, [contactId]: draft } });
      },
      keepOnly: (contactIds) => {
        const { byContact } = get();
        const kept = Object.entries(byContact).filter(([id]) => contactIds.has(id));
        if (kept.length < Object.keys(byContact).length)
          set({ byContact: Object.fromEntries(kept) });
      },
    }),
    {
      name: "frontdesk.drafts",
      partialize: ({ byContact }) => ({ byContact }),
    },
  ),
);

export function useDraft(contactId: number): Draft {
  return useDrafts((state) => state.byContact[contactId] ?? EMPTY_DRAFT);
}
