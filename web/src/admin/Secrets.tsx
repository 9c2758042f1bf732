import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { secrets } from "../api/calls";
import type { KeptSecret } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { useFetched } from "../ui/useFetched";
import { Badges } from "./columns";
import { EntityList } from "./EntityList";
import { useActorName } from "./useActorName";

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Secrets for outside systems: what they are can be set, never seen. */
export function Secrets() {
  const { t, dateTime } = useLanguage();
  const kept = useFetched(secrets.list, []);
  const lookUps = useSettings("look_up");
  const nameOf = useActorName();
  const [edited, setEdited] = useState<string | null>(null);
  const [removing, setRemoving] = useState<KeptSecret | null>(null);
  const [, run] = useAction();
  const trunks = useSettings("trunk");
  const phones = useSettings("phone_account");
  const usersOf = (name: string) => [
    ...lookUps.filter(({ source }) => "secret" in source && source.secret === name),
    ...trunks.filter(({ secret }) => secret === name),
    ...phones.filter(({ account_id }) => name === `phone-${account_id}`),
  ];
  if (kept.problem !== null) return <Text size="sm">{kept.problem}</Text>;
  return (
    <>
      <EntityList
        title={t("admin.secrets")}
        lead={t("secrets.lead")}
        addLabel={t("secrets.add")}
        icon={IconLock}
        emptyTitle={t("secrets.empty")}
        emptyHint={t("admin.empty_hint")}
        rows={kept.value?.items ?? []}
        keyOf={({ name }) => name}
        nameOf={({ name }) => name}
        columns={[
          {
            title: t("secrets.used_by"),
            cell: ({ name }) => <Badges names={usersOf(name).map((each) => each.name)} />,
          },
          { title: t("secrets.set"), cell: ({ set_ms }) => dateTime(set_ms) },
          { title: t("audit.who"), cell: ({ set_by }) => nameOf(set_by) },
        ]}
        onAdd={() => {
          setEdited("");
        }}
        onEdit={({ name }) => {
          setEdited(name);
        }}
        onRemove={setRemoving}
      />
      {edited !== null && (
        <SecretForm
          name={edited}
          onClose={() => {
            setEdited(null);
            kept.reload();
          }}
        />
      )}
      <Confirm
        open={removing !== null}
        title={t("secrets.remove_title", { name: removing?.name ?? "" })}
        text={t("secrets.remove_text")}
        action={t("app.remove")}
        onClose={() => {
          setRemoving(null);
        }}
        onConfirm={() => {
          if (removing === null) return;
          void run(() => secrets.remove(removing.name)).then((done) => {
            if (done) say(t("admin.removed", { name: removing.name }));
            kept.reload();
          });
        }}
      />
    </>
  );
}

function SecretForm({ name: before, onClose }: { name: string; onClose: () => void }) {
  const { t } = useLanguage();
  const [name, setName] = useState(before);
  const [value, setValue] = useState("");
  const [busy, run] = useAction();
  const isPlain = NAME.test(name);
  const save = () =>
    void run(() => secrets.set(name, value)).then((done) => {
      if (!done) return;
      say(t("admin.saved", { name }));
      onClose();
    });
  return (
    <Modal opened onClose={onClose} title={before === "" ? t("secrets.add") : before}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          {before === "" && (
            <TextInput
              label={t("admin.name")}
              description={t("secrets.name_hint")}
              data-autofocus
              autoComplete="off"
              error={name !== "" && !isPlain && t("problem.secret_name")}
              value={name}
              onChange={(event) => {
                setName(event.currentTarget.value);
              }}
            />
          )}
          <PasswordInput
            label={t("secrets.value")}
            description={t("secrets.value_hint")}
            data-autofocus={before !== "" || undefined}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t("sign_in.show_password") }}
            value={value}
            onChange={(event) => {
              setValue(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" disabled={!isPlain || value === ""} loading={busy}>
              {t("app.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
