import { Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ContactDocument, ContactRecord } from "../api/types";
import { outcomeKey } from "./outcomes";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { TranscriptDrawer } from "../ui/TranscriptDrawer";
import { keyOf, useEarlierContacts } from "./earlier";
import classes from "./CustomerPane.module.css";
import { Loading } from "../ui/Loading";

/** The customer's contacts before this one; each opens its transcript. */
export function EarlierContacts({ contact }: { contact: ContactDocument }) {
  const { t, dateTime } = useLanguage();
  const queues = useSettings("queue");
  const [opened, setOpened] = useState<ContactRecord | null>(null);
  const customerId = keyOf(contact.customer);
  const earlier = useEarlierContacts(contact);
  if (customerId === "") return <Hint text={t("customer.unknown")} />;
  if (earlier.problem !== null) return <Hint text={earlier.problem} />;
  if (earlier.value === null) return <Loading size="xs" />;
  const others = earlier.value.items.filter((each) => each.contact_id !== contact.contact_id);
  if (others.length === 0) return <Hint text={t("customer.first_contact")} />;
  const queueName = (id: string) => queues.find((each) => each.queue_id === id)?.name ?? id;
  return (
    <>
      {others.map((each) => (
        <UnstyledButton
          key={each.contact_id}
          className={classes.earlier}
          onClick={() => {
            setOpened(each);
          }}
        >
          <Text size="sm" fw={500} truncate>
            {each.topic || queueName(each.queue_id) || t(outcomeKey(each.outcome))}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {[dateTime(each.opened_ms), queueName(each.queue_id), t(outcomeKey(each.outcome))]
              .filter((part) => part !== "")
              .join(" · ")}
          </Text>
        </UnstyledButton>
      ))}
      <TranscriptDrawer
        contact={opened}
        onClose={() => {
          setOpened(null);
        }}
      />
    </>
  );
}

function Hint({ text }: { text: string }) {
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}
