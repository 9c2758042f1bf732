import { Button, Drawer, Stack, Tabs, Text, UnstyledButton } from "@mantine/core";
import { IconChevronLeft, IconUsers } from "@tabler/icons-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { ownReports } from "../../api/calls";
import type { ContactRecord, ReportQuery } from "../../api/types";
import { useWorkplace } from "../../app/workplace";
import { Life } from "../../floor/ContactDetails";
import { FloorStream } from "../../floor/floorStream";
import { useLanguage } from "../../i18n";
import type { Key } from "../../i18n/en";
import { Stream } from "../../stream/stream";
import { Empty } from "../../ui/Empty";
import { Loading } from "../../ui/Loading";
import { Transcript } from "../../ui/TranscriptDrawer";
import { useFetched } from "../../ui/useFetched";
import classes from "./Figures.module.css";
import type { Cell } from "./FigureTable";

interface Props {
  query: ReportQuery;
  cell: Cell | null;
  onClose: () => void;
}

/** The contacts behind a figure, and each one’s whole life. */
export function Behind({ query, cell, onClose }: Props) {
  const [contact, setContact] = useState<ContactRecord | null>(null);
  const { t } = useLanguage();
  const close = () => {
    setContact(null);
    onClose();
  };
  return (
    <Drawer
      opened={cell !== null}
      onClose={close}
      title={cell?.title ?? ""}
      position="right"
      size="lg"
    >
      {cell !== null && contact === null && (
        <Contacts key={JSON.stringify(cell)} query={query} cell={cell} onOpen={setContact} />
      )}
      {contact !== null && (
        <Stack gap="sm" align="stretch">
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: "start" }}
            leftSection={<IconChevronLeft size={15} />}
            onClick={() => {
              setContact(null);
            }}
          >
            {t("figures.back")}
          </Button>
          <Tabs defaultValue="life" keepMounted={false}>
            <Tabs.List mb="sm">
              <Tabs.Tab value="life">{t("floor.life")}</Tabs.Tab>
              <Tabs.Tab value="messages">{t("desk.messages")}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="life">
              <OnFloor>
                <Life contactId={contact.contact_id} state={contact.state} />
              </OnFloor>
            </Tabs.Panel>
            <Tabs.Panel value="messages">
              <Transcript contact={contact} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </Drawer>
  );
}

/** Whoever is named in a contact’s life is named from the floor’s stream. */
function OnFloor({ children }: { children: ReactNode }) {
  const { onUnauthorised } = useWorkplace();
  const stream = useMemo(() => new Stream("floor", onUnauthorised), [onUnauthorised]);
  useEffect(() => stream.start(), [stream]);
  return <FloorStream value={stream}>{children}</FloorStream>;
}

interface ContactsProps {
  query: ReportQuery;
  cell: Cell;
  onOpen: (contact: ContactRecord) => void;
}

function Contacts({ query, cell, onOpen }: ContactsProps) {
  const { t, dateTime, clock } = useLanguage();
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const cursor = cursors.at(-1) ?? null;
  const page = useFetched(
    () => ownReports.contacts(query, cell.metricId, cell.keys, cursor),
    [query, cell, cursor],
  );
  if (page.problem !== null) return <Text size="sm">{page.problem}</Text>;
  if (page.value === null) return <Loading size="sm" />;
  const { items, next_cursor: next } = page.value;
  if (items.length === 0)
    return <Empty icon={IconUsers} title={t("figures.nobody")} hint={t("figures.nobody_hint")} />;
  return (
    <Stack gap="sm">
      <ul className={classes.contacts}>
        {items.map((contact) => (
          <li key={contact.contact_id}>
            <UnstyledButton
              className={classes.contact}
              onClick={() => {
                onOpen(contact);
              }}
            >
              <Text size="sm" fw={500}>
                {contact.customer.name || t("customer.unnamed")} · {contact.contact_id}
              </Text>
              <Text size="xs" c="dimmed">
                {dateTime(contact.opened_ms)} · {t(`outcome.${contact.outcome}` as Key)} ·{" "}
                {t("figures.waited", { time: clock(contact.wait_ms) })}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {next !== null && (
        <Button
          variant="default"
          onClick={() => {
            setCursors([...cursors, next]);
          }}
        >
          {t("figures.older")}
        </Button>
      )}
    </Stack>
  );
}
