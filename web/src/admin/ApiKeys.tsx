import {
  Alert,
  Badge,
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { apiKeys } from "../api/calls";
import type { ApiKey, Role } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { useFetched } from "../ui/useFetched";
import { EntityList } from "./EntityList";

const ROLES: Role[] = ["agent", "supervisor", "administrator"];

export function ApiKeys() {
  const { t, dateTime } = useLanguage();
  const keys = useFetched(apiKeys.list, []);
  const [creating, setCreating] = useState(false);
  const [removing, setRemoving] = useState<ApiKey | null>(null);
  const [, run] = useAction();
  if (keys.problem !== null) return <Text size="sm">{keys.problem}</Text>;
  return (
    <>
      <EntityList
        title={t("admin.keys")}
        lead={t("keys.lead")}
        addLabel={t("keys.add")}
        icon={IconKey}
        emptyTitle={t("keys.empty")}
        emptyHint={t("admin.empty_hint")}
        rows={keys.value?.items ?? []}
        keyOf={(key) => key.key_id}
        nameOf={(key) => key.name}
        columns={[
          {
            title: t("agent.role"),
            cell: (key) => <Badge color="gray">{t(`role.${key.role}`)}</Badge>,
          },
          { title: t("keys.created"), cell: (key) => dateTime(key.created_ms) },
          {
            title: t("keys.used"),
            cell: (key) => (key.used_ms === null ? t("keys.never") : dateTime(key.used_ms)),
          },
        ]}
        onAdd={() => {
          setCreating(true);
        }}
        onEdit={() => undefined}
        onRemove={setRemoving}
      />
      <NewKey
        open={creating}
        onClose={() => {
          setCreating(false);
          keys.reload();
        }}
      />
      <Confirm
        open={removing !== null}
        title={t("keys.remove_title", { name: removing?.name ?? "" })}
        text={t("keys.remove_text")}
        action={t("app.remove")}
        onClose={() => {
          setRemoving(null);
        }}
        onConfirm={() => {
          if (removing === null) return;
          void run(() => apiKeys.remove(removing.key_id)).then((done) => {
            if (done) say(t("admin.removed", { name: removing.name }));
            keys.reload();
          });
        }}
      />
    </>
  );
}

function NewKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [text, setText] = useState<string | null>(null);
  const [busy, run] = useAction();
  const close = () => {
    setName("");
    setText(null);
    onClose();
  };
  const create = () =>
    void run(async () => {
      setText((await apiKeys.create(name.trim(), role)).text);
    });
  return (
    <Modal opened={open} onClose={close} title={t("keys.add")}>
      {text === null ? (
        <Stack>
          <TextInput
            label={t("admin.name")}
            description={t("keys.name_hint")}
            data-autofocus
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Select
            label={t("agent.role")}
            description={t("keys.role_hint")}
            allowDeselect={false}
            value={role}
            onChange={(value) => {
              setRole(ROLES.find((each) => each === value) ?? "agent");
            }}
            data={ROLES.map((each) => ({ value: each, label: t(`role.${each}`) }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button disabled={name.trim() === ""} loading={busy} onClick={create}>
              {t("keys.create")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <Alert color="yellow" variant="light">
            {t("keys.once")}
          </Alert>
          <Code block>{text}</Code>
          <Group justify="flex-end">
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <Button variant="light" onClick={copy}>
                  {copied ? t("app.copied") : t("app.copy")}
                </Button>
              )}
            </CopyButton>
            <Button onClick={close}>{t("app.close")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
