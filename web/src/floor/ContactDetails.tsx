import { Badge, Group, Stack, Tabs, Text, Timeline } from "@mantine/core";
import { contacts } from "../api/calls";
import type { ContactEvent } from "../api/types";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { ExplanationTable } from "../ui/ExplanationTable";
import { Transcript } from "../ui/TranscriptDrawer";
import { useFetched } from "../ui/useFetched";
import { useEventWords } from "./eventWords";
import { useFloorStream } from "./floorStream";
import { Loading } from "../ui/Loading";
import { nameOf } from "../ui/nameOf";

/** One contact: what was said, its life event by event, and why it waits. */
export function ContactDetails({ contactId }: { contactId: number }) {
  const { t } = useLanguage();
  const stream = useFloorStream();
  const state = useStream(
    stream,
    ({ picture }) => picture.collections.contacts[contactId]?.state ?? "closed",
  );
  const contact = useFetched(() => contacts.one(contactId), [contactId, state]);
  if (contact.problem !== null) return <Text size="sm">{contact.problem}</Text>;
  if (contact.value === null) return <Loading size="sm" />;
  const value = contact.value;
  return (
    <Stack gap="sm">
      <Group gap={8}>
        <Text fw={600}>{nameOf(value.customer, t)}</Text>
        <Badge color="gray">{t(`contact_state.${value.state}`)}</Badge>
        {value.closed_by !== null && (
          <Text size="sm" c="dimmed">
            {t(`closed_by.${value.closed_by}`)}
          </Text>
        )}
      </Group>
      <Tabs defaultValue={value.state === "waiting" ? "why" : "messages"} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="messages">{t("desk.messages")}</Tabs.Tab>
          <Tabs.Tab value="life">{t("floor.life")}</Tabs.Tab>
          {value.state === "waiting" && <Tabs.Tab value="why">{t("floor.why_waits")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="messages">
          <Transcript contact={value} />
        </Tabs.Panel>
        <Tabs.Panel value="life">
          <Life contactId={contactId} state={state} />
        </Tabs.Panel>
        <Tabs.Panel value="why">
          <Why contactId={contactId} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** A contact’s life, event by event, as the journal has it. */
export function Life({ contactId, state }: { contactId: number; state: string }) {
  const { t } = useLanguage();
  const events = useFetched(() => contacts.events(contactId), [contactId, state]);
  if (events.problem !== null) return <Text size="sm">{events.problem}</Text>;
  return (
    <Timeline bulletSize={14} lineWidth={2} active={events.value?.items.length ?? 0}>
      {events.value?.items.map((event) => (
        <LifeItem key={event.seq} event={event} />
      ))}
      {events.value === null && <Timeline.Item title={t("app.loading")} />}
    </Timeline>
  );
}

function LifeItem({ event }: { event: ContactEvent }) {
  const { timeToSeconds } = useLanguage();
  const wordsOf = useEventWords();
  const { title, detail } = wordsOf(event);
  return (
    <Timeline.Item
      title={
        <Text size="sm" fw={500}>
          {title}
        </Text>
      }
    >
      {detail !== "" && <Text size="sm">{detail}</Text>}
      <Text size="xs" c="dimmed">
        {timeToSeconds(event.at_ms)}
      </Text>
    </Timeline.Item>
  );
}

function Why({ contactId }: { contactId: number }) {
  const why = useFetched(() => contacts.why(contactId), [contactId]);
  if (why.problem !== null) return <Text size="sm">{why.problem}</Text>;
  if (why.value === null) return <Loading size="sm" />;
  return <ExplanationTable explanation={why.value} />;
}
