import {
  Alert,
  Badge,
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  Stack,
  Table,
  Text,
} from "@mantine/core";
import { IconDeviceLandlinePhone } from "@tabler/icons-react";
import { useState } from "react";
import { settings, telephone } from "../../api/calls";
import type { AgentProfile, PhoneAccount, PhoneSecret, TelephoneState } from "../../api/types";
import { useAction } from "../../app/useAction";
import { useSettings } from "../../app/workplace";
import { useLanguage } from "../../i18n";
import { useFetched } from "../../ui/useFetched";
import { EntityForm, FormDrawer } from "../EntityForm";
import { EntityList } from "../EntityList";
import { FRESH, newIdFor } from "../entities";
import { NameField } from "../SmallFields";
import { useEntityActions } from "../useEntityActions";
import { validateName } from "../validate";

const NO_PROFILES: AgentProfile[] = [];

interface Props {
  state: TelephoneState | null;
  changed: () => void;
}

/** Desk phones: what they sign in as, whose they are, and how one is set up. */
export function Phones({ state, changed }: Props) {
  const { t } = useLanguage();
  const rows = useSettings("phone_account");
  const profiles = useFetched(settings.agentProfiles, []).value?.items ?? NO_PROFILES;
  const [edited, setEdited] = useState<PhoneAccount | null>(null);
  const [made, setMade] = useState<PhoneSecret | null>(null);
  const [busy, run] = useAction();
  const { save, remove } = useEntityActions("phone_account", changed);
  const id = edited?.account_id ?? "";
  const close = () => {
    setEdited(null);
  };
  const ownerOf = ({ account_id }: PhoneAccount) =>
    profiles.find(({ line }) => line.kind === "phone" && line.account_id === account_id)?.name;
  const makeSecret = async (accountId: string) => {
    setMade(await telephone.makeSecret(accountId));
    changed();
  };
  const savePhone = async (values: PhoneAccount) => {
    const taken = new Set(rows.map((row) => row.account_id));
    const accountId = id === "" ? newIdFor(values.name, taken, "phone") : id;
    const before = rows.find((row) => row.account_id === id) ?? null;
    await save({ ...values, account_id: accountId }, before);
    if (id === "") await makeSecret(accountId);
  };
  return (
    <>
      <EntityList
        title={t("telephone.phones")}
        lead={t("phone.lead")}
        addLabel={t("phone.add")}
        icon={IconDeviceLandlinePhone}
        emptyTitle={t("phone.empty")}
        emptyHint={t("phone.empty_hint")}
        rows={rows}
        keyOf={(row) => row.account_id}
        nameOf={(row) => row.name}
        columns={[
          { title: t("telephone.state"), cell: (row) => <SignedIn phone={row} state={state} /> },
          { title: t("phone.agent"), cell: (row) => ownerOf(row) ?? t("app.missing") },
        ]}
        onAdd={() => {
          setEdited(FRESH.phone_account());
        }}
        onEdit={setEdited}
        onRemove={remove}
      />
      <FormDrawer
        title={id === "" ? t("phone.add") : (edited?.name ?? "")}
        size="md"
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<PhoneAccount>
            key={id}
            initial={edited}
            id={id}
            validate={(values) => validateName(values, t)}
            save={savePhone}
            onClose={close}
          >
            {(form) => (
              <Stack>
                <NameField form={form} />
                <Text size="sm" c="dimmed">
                  {t(id === "" ? "phone.new_hint" : "phone.secret_hint")}
                </Text>
                {id !== "" && (
                  <Button
                    variant="light"
                    loading={busy}
                    onClick={() => void run(() => makeSecret(id))}
                  >
                    {t("phone.new_secret")}
                  </Button>
                )}
              </Stack>
            )}
          </EntityForm>
        )}
      </FormDrawer>
      {made !== null && (
        <Setup
          made={made}
          onClose={() => {
            setMade(null);
          }}
        />
      )}
    </>
  );
}

function SignedIn({ phone, state }: { phone: PhoneAccount; state: TelephoneState | null }) {
  const { t } = useLanguage();
  const found = state?.phones.find((each) => each.account_id === phone.account_id);
  if (found === undefined) return t("app.missing");
  if (!found.has_secret) return <Badge color="yellow">{t("phone.no_secret")}</Badge>;
  if (found.problem !== "") return <Badge color="red">{t("telephone.not_in_use")}</Badge>;
  return found.reached === "yes" ? (
    <Badge color="petrol">{t("phone.signed_in")}</Badge>
  ) : (
    <Badge color="gray">{t("phone.not_signed_in")}</Badge>
  );
}

/** What is set in the phone; the secret is seen here alone. */
function Setup({ made, onClose }: { made: PhoneSecret; onClose: () => void }) {
  const { t } = useLanguage();
  const rows = [
    [t("phone.server"), made.server === "" ? t("phone.server_unknown") : made.server],
    [t("phone.user"), made.user],
    [t("phone.password"), made.secret],
    [t("phone.transport"), "UDP"],
    [t("phone.codecs"), "G.722, G.711 A-law, G.711 µ-law"],
  ] as const;
  return (
    <Modal opened onClose={onClose} title={t("phone.setup")}>
      <Stack>
        <Alert color="yellow" variant="light">
          {t("phone.once")}
        </Alert>
        <Table>
          <Table.Tbody>
            {rows.map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th>{label}</Table.Th>
                <Table.Td>
                  <Code>{value}</Code>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="sm">{t("phone.setup_hint")}</Text>
        <Group justify="flex-end">
          <CopyButton value={made.secret}>
            {({ copied, copy }) => (
              <Button variant="light" onClick={copy}>
                {copied ? t("app.copied") : t("phone.copy_password")}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t("app.close")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
