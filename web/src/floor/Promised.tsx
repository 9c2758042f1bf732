import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Modal,
  Stack,
  Table,
  UnstyledButton,
} from "@mantine/core";
import { IconCalendarTime, IconPhonePlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { callbacks, contacts } from "../api/calls";
import type { ContactDocument } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { AttemptOf } from "../callbacks/CallbackFacts";
import { openCallbackDialog } from "../callbacks/CallbackDialog";
import { TimeChoice } from "../callbacks/TimeChoice";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { Confirm } from "../ui/Confirm";
import { Empty } from "../ui/Empty";
import { Missing } from "../ui/Missing";
import { useDetails } from "./details";
import classes from "./Floor.module.css";
import { useFloorStream } from "./floorStream";
import { SelfService } from "./SelfService";

type Promised = ContactDocument & { callback: NonNullable<ContactDocument["callback"]> };

const SHOWN_MAX = 200;

/** What is promised to customers, and who is with a flow. */
export function Promised() {
  const { t } = useLanguage();
  const all = useStream(useFloorStream(), (state) => state.picture.collections.contacts);
  const promised = Object.values(all)
    .filter((contact): contact is Promised => contact.callback !== null)
    .sort((a, b) => (a.callback.due_ms ?? a.opened_ms) - (b.callback.due_ms ?? b.opened_ms));
  return (
    <>
      <section className={classes.card} aria-label={t("callback.many")}>
        <div className={classes.cardHead}>
          <h2 className={classes.cardTitle}>{t("callback.many")}</h2>
          <Button
            variant="light"
            leftSection={<IconPhonePlus size={16} stroke={1.7} />}
            onClick={openCallbackDialog}
          >
            {t("callback.new")}
          </Button>
        </div>
        {promised.length === 0 ? (
          <Empty
            icon={IconCalendarTime}
            title={t("callback.none")}
            hint={t("callback.none_hint")}
          />
        ) : (
          <PromisedTable promised={promised.slice(0, SHOWN_MAX)} />
        )}
      </section>
      <SelfService contacts={Object.values(all)} />
    </>
  );
}

function PromisedTable({ promised }: { promised: Promised[] }) {
  const { t } = useLanguage();
  return (
    <Table.ScrollContainer minWidth={900}>
      <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("desk.customer")}</Table.Th>
            <Table.Th>{t("callback.number")}</Table.Th>
            <Table.Th>{t("floor.queue")}</Table.Th>
            <Table.Th>{t("callback.due")}</Table.Th>
            <Table.Th>{t("callback.attempts")}</Table.Th>
            <Table.Th>{t("callback.of")}</Table.Th>
            <Table.Th>{t("floor.state")}</Table.Th>
            <Table.Th ta="end">{t("floor.actions")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {promised.map((contact) => (
            <PromisedRow key={contact.contact_id} contact={contact} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PromisedRow({ contact }: { contact: Promised }) {
  const { t, since } = useLanguage();
  const { callback, topic } = contact;
  const queues = useSettings("queue");
  const queue = queues.find(({ queue_id }) => queue_id === contact.queue_id);
  return (
    <Table.Tr data-callback={contact.contact_id}>
      <Table.Td>
        <ContactLink
          id={contact.contact_id}
          text={contact.customer.name || t("customer.unnamed")}
        />
        {topic !== "" && <div className={classes.tileHint}>{topic}</div>}
      </Table.Td>
      <Table.Td className="tabular">{callback.address}</Table.Td>
      <Table.Td>{queue?.name ?? contact.queue_id}</Table.Td>
      <Table.Td className="tabular">
        {callback.due_ms === null ? t("callback.at_its_turn") : since(callback.due_ms)}
      </Table.Td>
      <Table.Td>
        <AttemptOf callback={callback} />
      </Table.Td>
      <Table.Td>
        {callback.of_contact_id === null ? (
          <Missing reason={t("callback.of_none")} />
        ) : (
          <ContactLink
            id={callback.of_contact_id}
            text={t("failures.contact", { id: callback.of_contact_id })}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Badge color="gray">{t(`contact_state.${contact.state}`)}</Badge>
      </Table.Td>
      <Table.Td ta="end">
        <Actions contact={contact} />
      </Table.Td>
    </Table.Tr>
  );
}

function ContactLink({ id, text }: { id: number; text: string }) {
  const { open } = useDetails();
  return (
    <UnstyledButton
      className={classes.nameButton}
      onClick={() => {
        open({ kind: "contact", id });
      }}
    >
      {text}
    </UnstyledButton>
  );
}

function Actions({ contact }: { contact: Promised }) {
  const { t } = useLanguage();
  const [asks, setAsks] = useState<"time" | "cancel" | null>(null);
  const [busy, run] = useAction();
  const name = contact.customer.name || contact.callback.address;
  const close = () => {
    setAsks(null);
  };
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <ActionIcon
        size="lg"
        disabled={contact.state !== "promised" && contact.state !== "waiting"}
        aria-label={t("callback.put_off_of", { name })}
        onClick={() => {
          setAsks("time");
        }}
      >
        <IconCalendarTime size={17} stroke={1.7} />
      </ActionIcon>
      <ActionIcon
        size="lg"
        loading={busy}
        aria-label={t("callback.cancel_of", { name })}
        onClick={() => {
          setAsks("cancel");
        }}
      >
        <IconX size={17} stroke={1.7} />
      </ActionIcon>
      <Modal opened={asks === "time"} onClose={close} title={t("callback.put_off")} size="sm">
        {asks === "time" && <PutOff contact={contact} close={close} />}
      </Modal>
      <Confirm
        open={asks === "cancel"}
        title={t("callback.cancel_title", { name })}
        text={t("callback.cancel_text")}
        action={t("callback.cancel")}
        onClose={close}
        onConfirm={() => {
          void run(() => contacts.end(contact.contact_id));
        }}
      />
    </Group>
  );
}

function PutOff({ contact, close }: { contact: Promised; close: () => void }) {
  const { t, since } = useLanguage();
  const before = contact.callback.due_ms;
  const [dueMs, setDueMs] = useState(contact.state === "promised" ? before : null);
  const [busy, run] = useAction();
  const set = (at: number | null) => run(() => callbacks.reschedule(contact.contact_id, at));
  const save = async () => {
    if (!(await set(dueMs))) return;
    const undo = { label: t("app.undo"), run: () => void set(before) };
    close();
    const time = dueMs === null ? t("callback.at_its_turn") : since(dueMs);
    say(t("callback.is_put_off", { time }), undo);
  };
  return (
    <Stack>
      <TimeChoice
        label={t("callback.when")}
        usual={t("callback.at_its_turn")}
        valueMs={dueMs}
        onChange={setDueMs}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t("app.cancel")}
        </Button>
        <Button loading={busy} onClick={() => void save()}>
          {t("callback.put_off")}
        </Button>
      </Group>
    </Stack>
  );
}
