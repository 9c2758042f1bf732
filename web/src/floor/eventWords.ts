// The events of a contact's life in the reader's words.
import type { ContactEvent } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { en, type Key } from "../i18n/en";
import { useStream } from "../stream/stream";
import { useFloorStream } from "./floorStream";

interface Words {
  title: string;
  detail: string;
}

function textOf(payload: Record<string, unknown>, name: string): string {
  const value = payload[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function useEventWords(): (event: ContactEvent) => Words {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const dispositions = useSettings("disposition");
  const agents = useStream(useFloorStream(), (state) => state.picture.collections.agents);
  return ({ type, payload }) => {
    const key = `event.${type}`;
    const agentId = textOf(payload, "agent_id");
    const queueId = textOf(payload, "to_queue_id") || textOf(payload, "queue_id");
    const dispositionId = textOf(payload, "disposition_id");
    const details = [
      agents[agentId]?.name ?? agentId,
      queues.find((queue) => queue.queue_id === queueId)?.name ?? queueId,
      dispositions.find((each) => each.disposition_id === dispositionId)?.name ?? dispositionId,
      ...["text", "note", "topic", "reason", "message", "comment", "score"].map((name) =>
        textOf(payload, name),
      ),
    ];
    return {
      title: key in en ? t(key as Key) : type,
      detail: details.filter((each) => each !== "").join(" · "),
    };
  };
}
