import { Badge, Button, Group, Select, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHistory, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { contacts, type ContactFilter } from "../api/calls";
import type { ContactRecord, ContactState } from "../api/types";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Empty } from "../ui/Empty";
import { Missing } from "../ui/Missing";
import { useFetched } from "../ui/useFetched";
import { useDetails } from "./details";
import classes from "./Floor.module.css";
import { useFloorStream } from "./floorStream";
import { Loading } from "../ui/Loading";
import { nameOf } from "../ui/nameOf";

const STATES: ContactState[] = [
  "self_service",
  "waiting",
  "offered",
  "engaged",
  "promised",
  "parked",
  "closed",
];
const PAGE = 50;

/** From its midnight to the next, by this machine's calendar: a day is not always 24 hours long. */
function dayOf(date: string): Pick<ContactFilter, "from_ms" | "to_ms"> {
  if (date === "") return { from_ms: null, to_ms: null };
  const midnight = new Date(`${date}T00:00`);
  const from_ms = midnight.getTime();
  return { from_ms, to_ms: midnight.setDate(midnight.getDate() + 1) };
}

/** Contacts past and present, found by queue, agent, state, customer and day. */
export function ContactSearch() {
  const { t } = useLanguage();
  const [filter, setFilter] = useState<ContactFilter>({});
  const [settled] = useDebouncedValue(filter, 250);
  const queues = useSettings("queue");
  const agents = useStream(useFloorStream(), (state) => state.picture.collections.agents);
  const narrow = (change: ContactFilter) => {
    setFilter((before) => ({ ...before, ...change }));
  };
  return (
    <section className={classes.card} aria-label={t("floor.contacts")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("floor.contacts")}</h2>
        <TextInput
          size="xs"
          w={180}
          aria-label={t("floor.filter_customer")}
          placeholder={t("floor.filter_customer")}
          leftSection={<IconSearch size={14} />}
          value={filter.customer ?? ""}
          onChange={(event) => {
            narrow({ customer: event.currentTarget.value });
          }}
        />
        <Select
          size="xs"
          w={150}
          clearable
          searchable
          aria-label={t("floor.filter_queue")}
          placeholder={t("floor.filter_queue")}
          value={filter.queue_id ?? null}
          onChange={(queue_id) => {
            narrow({ queue_id });
          }}
          data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
        />
        <Select
          size="xs"
          w={150}
          clearable
          searchable
          aria-label={t("floor.filter_agent")}
          placeholder={t("floor.filter_agent")}
          value={filter.agent_id ?? null}
          onChange={(agent_id) => {
            narrow({ agent_id });
          }}
          data={Object.values(agents).map(({ agent_id, name }) => ({
            value: agent_id,
            label: name,
          }))}
        />
        <Select
          size="xs"
          w={140}
          clearable
          aria-label={t("floor.filter_state")}
          placeholder={t("floor.filter_state")}
          value={filter.state ?? null}
          onChange={(state) => {
            narrow({ state });
          }}
          data={STATES.map((state) => ({ value: state, label: t(`contact_state.${state}`) }))}
        />
        <TextInput
          size="xs"
          type="date"
          aria-label={t("floor.filter_day")}
          onChange={(event) => {
            narrow(dayOf(event.currentTarget.value));
          }}
        />
      </div>
      <Found key={JSON.stringify(settled)} filter={settled} />
    </section>
  );
}

function Found({ filter }: { filter: ContactFilter }) {
  const { t } = useLanguage();
  const first = useFetched(() => contacts.search({ ...filter, limit: PAGE }), [filter]);
  const [more, setMore] = useState<{ items: ContactRecord[]; next: string | null } | null>(null);
  const [busy, run] = useAction();
  if (first.problem !== null)
    return (
      <Text size="sm" p="md">
        {first.problem}
      </Text>
    );
  if (first.value === null) return <Loading m="md" />;
  const rows = [...first.value.items, ...(more?.items ?? [])];
  const next = more === null ? first.value.next_cursor : more.next;
  if (rows.length === 0)
    return (
      <Empty icon={IconHistory} title={t("floor.no_contacts")} hint={t("floor.no_contacts_hint")} />
    );
  const showMore = () =>
    void run(async () => {
      const page = await contacts.search({ ...filter, limit: PAGE, cursor: next });
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next_cursor });
    });
  return (
    <>
      <Table.ScrollContainer minWidth={820}>
        <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("desk.customer")}</Table.Th>
              <Table.Th>{t("customer.topic")}</Table.Th>
              <Table.Th>{t("floor.queue")}</Table.Th>
              <Table.Th>{t("floor.agent")}</Table.Th>
              <Table.Th>{t("floor.state")}</Table.Th>
              <Table.Th>{t("customer.since")}</Table.Th>
              <Table.Th ta="end">{t("floor.answered_after")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((contact) => (
              <ContactRow key={contact.contact_id} contact={contact} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {next !== null && (
        <Group justify="center" p="xs">
          <Button variant="subtle" loading={busy} onClick={showMore}>
            {t("app.more")}
          </Button>
        </Group>
      )}
    </>
  );
}

function ContactRow({ contact }: { contact: ContactRecord }) {
  const { t, dateTime, clock } = useLanguage();
  const { open } = useDetails();
  const queues = useSettings("queue");
  const agents = useStream(useFloorStream(), (state) => state.picture.collections.agents);
  const queue = queues.find((each) => each.queue_id === contact.queue_id);
  return (
    <Table.Tr
      className={classes.row}
      onClick={() => {
        open({ kind: "contact", id: contact.contact_id });
      }}
    >
      <Table.Td>
        <Group gap={7} wrap="nowrap">
          <ChannelIcon channel={contact.channel} />
          <button type="button" className={classes.plainButton}>
            {nameOf(contact.customer, t)}
          </button>
        </Group>
      </Table.Td>
      <Table.Td>{contact.topic}</Table.Td>
      <Table.Td>
        {contact.queue_id === "" ? (
          <Missing reason={t("floor.no_queue_yet")} />
        ) : (
          (queue?.name ?? contact.queue_id)
        )}
      </Table.Td>
      <Table.Td>
        {contact.agent_id === null ? (
          <Missing reason={t("floor.no_agent_yet")} />
        ) : (
          (agents[contact.agent_id]?.name ?? contact.agent_id)
        )}
      </Table.Td>
      <Table.Td>
        <Badge color="gray">{t(`contact_state.${contact.state}`)}</Badge>
      </Table.Td>
      <Table.Td>{dateTime(contact.opened_ms)}</Table.Td>
      <Table.Td ta="end" className="tabular">
        {contact.answered_ms === null ? (
          <Missing reason={t("floor.not_answered")} />
        ) : (
          clock(contact.answered_ms - contact.opened_ms)
        )}
      </Table.Td>
    </Table.Tr>
  );
}
