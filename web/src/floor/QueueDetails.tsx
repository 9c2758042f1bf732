import { Stack, Text } from "@mantine/core";
import type { ContactDocument } from "../api/types";
import { useSetting } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { ContactLine } from "./ContactLine";
import { useFloorStream } from "./floorStream";
import { nameOf } from "../ui/nameOf";

const SHOWN_MAX = 100;

/** Who waits in a queue, the longest first, and who is served. */
export function QueueDetails({ queueId }: { queueId: string }) {
  const { t, since } = useLanguage();
  const stream = useFloorStream();
  const queue = useStream(stream, (state) => state.picture.collections.queues[queueId]);
  const setting = useSetting("queue", queueId);
  const contacts = useStream(stream, (state) => state.picture.collections.contacts);
  const ours = Object.values(contacts).filter((contact) => contact.queue_id === queueId);
  const waiting = ours
    .filter(({ state }) => state === "waiting" || state === "offered")
    .sort((a, b) => b.priority - a.priority || a.queued_ms - b.queued_ms);
  const promised = ours.filter(({ state }) => state === "promised");
  const engaged = ours.filter(({ state }) => state === "engaged");
  const dueOf = ({ callback, topic }: ContactDocument) =>
    [topic, callback?.due_ms != null && since(callback.due_ms)].filter(Boolean).join(" · ");
  return (
    <Stack>
      <Text fw={600}>{queue?.name ?? queueId}</Text>
      {setting?.shut === true && <Text size="sm">{t("floor.shut_hint")}</Text>}
      <Text fw={600} size="sm">
        {t("floor.waiting")} · {waiting.length}
      </Text>
      {waiting.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("floor.nobody_waits")}
        </Text>
      )}
      <div>
        {waiting.slice(0, SHOWN_MAX).map((contact) => (
          <ContactLine
            key={contact.contact_id}
            contactId={contact.contact_id}
            name={nameOf(contact.customer, t)}
            about={[contact.topic, t(`contact_state.${contact.state}`)].filter(Boolean).join(" · ")}
            sinceMs={contact.queued_ms}
          />
        ))}
      </div>
      <Text fw={600} size="sm">
        {t("contact_state.engaged")} · {engaged.length}
      </Text>
      <div>
        {engaged.slice(0, SHOWN_MAX).map((contact) => (
          <ContactLine
            key={contact.contact_id}
            contactId={contact.contact_id}
            name={nameOf(contact.customer, t)}
            about={contact.topic}
            sinceMs={contact.answered_ms}
          />
        ))}
      </div>
      <Text fw={600} size="sm">
        {t("callback.many")} · {promised.length}
      </Text>
      <div>
        {promised.slice(0, SHOWN_MAX).map((contact) => (
          <ContactLine
            key={contact.contact_id}
            contactId={contact.contact_id}
            name={nameOf(contact.customer, t)}
            about={dueOf(contact)}
            sinceMs={null}
          />
        ))}
      </div>
    </Stack>
  );
}
