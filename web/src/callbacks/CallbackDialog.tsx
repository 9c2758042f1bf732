import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { create } from "zustand";
import { callbacks, contacts } from "../api/calls";
import { useCommands } from "../app/commands";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { mayAct, useSettings, useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { TimeChoice } from "./TimeChoice";

const useDialog = create(() => ({ open: false }));

export function openCallbackDialog(): void {
  useDialog.setState({ open: true });
}

function close(): void {
  useDialog.setState({ open: false });
}

/** Promises a customer to be reached; from anywhere, by key or palette. */
export function CallbackDialog() {
  const { t } = useLanguage();
  const { open } = useDialog();
  useCommands([
    {
      id: "callback",
      group: t("commands.work"),
      label: t("callback.new"),
      key: "c",
      run: openCallbackDialog,
    },
  ]);
  return (
    <Modal opened={open} onClose={close} title={t("callback.new")} size="md">
      {open && <CallbackForm />}
    </Modal>
  );
}

const TEXT_CHARS_MAX = 200;

function CallbackForm() {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const [queueId, setQueueId] = useState<string | null>(queues[0]?.queue_id ?? null);
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [topic, setTopic] = useState("");
  const [dueMs, setDueMs] = useState<number | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const [busy, promise] = usePromise();
  const lacksAddress = address.trim() === "";
  const send = async () => {
    setIsChecked(true);
    if (queueId === null || lacksAddress) return;
    const wish = { queue_id: queueId, address: address.trim(), due_ms: dueMs };
    if (await promise({ ...wish, name: name.trim(), topic: topic.trim() })) close();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("callback.new_lead")}
        </Text>
        <Select
          label={t("customer.queue")}
          allowDeselect={false}
          value={queueId}
          onChange={setQueueId}
          error={queueId === null && t("callback.queue_missing")}
          data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
        />
        <TextInput
          data-autofocus
          label={t("callback.number")}
          type="tel"
          autoComplete="off"
          maxLength={TEXT_CHARS_MAX}
          value={address}
          error={isChecked && lacksAddress && t("callback.number_missing")}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t("callback.name")}
          autoComplete="off"
          maxLength={TEXT_CHARS_MAX}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t("customer.topic")}
          autoComplete="off"
          maxLength={TEXT_CHARS_MAX}
          value={topic}
          onChange={(event) => {
            setTopic(event.currentTarget.value);
          }}
        />
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
          <Button type="submit" loading={busy}>
            {t("callback.promise")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Wish {
  queue_id: string;
  address: string;
  name: string;
  topic: string;
  due_ms: number | null;
}

/** Makes the promise and says so; who may end it can take it back at once. */
function usePromise(): [boolean, (wish: Wish) => Promise<boolean>] {
  const { t, since } = useLanguage();
  const { session } = useWorkplace();
  const [busy, run] = useAction();
  const promise = (wish: Wish) =>
    run(async () => {
      const { contact_id } = await callbacks.promise(wish);
      const undo = () => void run(() => contacts.end(contact_id));
      const mayEnd = mayAct(session.role, "supervisor");
      const place = { who: wish.name || wish.address };
      say(
        wish.due_ms === null
          ? t("callback.promised_now", place)
          : t("callback.promised_at", { ...place, time: since(wish.due_ms) }),
        mayEnd ? { label: t("app.undo"), run: undo } : undefined,
      );
    });
  return [busy, promise];
}
