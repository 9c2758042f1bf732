import { useState } from "react";
import { attachments } from "../api/calls";
import { newId } from "../api/client";
import { complain, messageOf } from "../app/toast";
import { useLanguage } from "../i18n";
import { useDrafts } from "./drafts";

interface Upload {
  id: string;
  name: string;
}

/** Files are uploaded as soon as they are chosen, and join the draft when they have arrived. */
export function useUploads(contactId: number): { pending: Upload[]; add: (files: File[]) => void } {
  const { t } = useLanguage();
  const [pending, setPending] = useState<Upload[]>([]);
  const change = useDrafts((state) => state.change);

  const upload = async (file: File) => {
    const id = newId();
    setPending((before) => [...before, { id, name: file.name }]);
    try {
      const attachment = await attachments.upload(file);
      change(contactId, (draft) => ({
        ...draft,
        attachments: [...draft.attachments, attachment],
      }));
    } catch (error) {
      complain(`${file.name}: ${messageOf(error, t)}`);
    } finally {
      setPending((before) => before.filter((each) => each.id !== id));
    }
  };

  const add = (files: File[]) => {
    for (const file of files) void upload(file);
  };
  return { pending, add };
}
