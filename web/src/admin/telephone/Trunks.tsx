import {
  Badge,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
  Tooltip,
} from "@mantine/core";
import type { FormErrors, UseFormReturnType } from "@mantine/form";
import { IconRouter } from "@tabler/icons-react";
import { useState } from "react";
import { secrets } from "../../api/calls";
import type { TelephoneState, Trunk } from "../../api/types";
import { useSettings } from "../../app/workplace";
import { useLanguage, type Language } from "../../i18n";
import classes from "../Admin.module.css";
import { Badges } from "../columns";
import { EntityForm, FormDrawer } from "../EntityForm";
import { EntityList } from "../EntityList";
import { FRESH, newIdFor } from "../entities";
import { NameField } from "../SmallFields";
import { useEntityActions } from "../useEntityActions";
import { nameProblem } from "../validate";
import { NumberInput as PhoneNumberInput } from "./Numbers";

/** A trunk, and the password that is typed for it (empty: as it is). */
type Values = Trunk & { password: string };

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const PREFIX = /^\+([1-9][0-9]{0,14})?$/;
const COLOURS = { yes: "petrol", no: "red", unknown: "gray" } as const;

function validate(values: Values, t: Language["t"]): FormErrors {
  const isKnown = values.password !== "" || values.secret !== "";
  const errors: FormErrors = {
    name: nameProblem(values.name, t),
    host: HOST.test(values.host) ? null : t("trunk.host_problem"),
    user: values.registers && values.user === "" ? t("trunk.user_problem") : null,
    password: values.user !== "" && !isKnown ? t("trunk.password_problem") : null,
    allowed_prefixes: values.allowed_prefixes.every((each) => PREFIX.test(each))
      ? null
      : t("trunk.prefix_problem"),
  };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== null));
}

interface Props {
  state: TelephoneState | null;
  changed: () => void;
}

/** The ways to the telephone network, and how they stand. */
export function Trunks({ state, changed }: Props) {
  const { t } = useLanguage();
  const rows = useSettings("trunk");
  const [edited, setEdited] = useState<Trunk | null>(null);
  const { save, remove } = useEntityActions("trunk", changed);
  const id = edited?.trunk_id ?? "";
  const close = () => {
    setEdited(null);
  };
  const saveTrunk = async ({ password, ...values }: Values) => {
    const taken = new Set(rows.map((row) => row.trunk_id));
    const trunkId = id === "" ? newIdFor(values.name, taken, "trunk") : id;
    const secret = values.user === "" ? "" : values.secret || `trunk-${trunkId}`;
    if (password !== "" && secret !== "") await secrets.set(secret, password);
    const before = rows.find((row) => row.trunk_id === id) ?? null;
    await save({ ...values, trunk_id: trunkId, secret }, before);
  };
  return (
    <>
      <EntityList
        title={t("telephone.trunks")}
        lead={t("trunk.lead")}
        addLabel={t("trunk.add")}
        icon={IconRouter}
        emptyTitle={t("trunk.empty")}
        emptyHint={t("trunk.empty_hint")}
        rows={rows}
        keyOf={(row) => row.trunk_id}
        nameOf={(row) => row.name}
        columns={[
          { title: t("telephone.state"), cell: (row) => <Reached trunk={row} state={state} /> },
          { title: t("trunk.lines"), cell: (row) => <Lines trunk={row} state={state} /> },
          { title: t("trunk.host"), cell: (row) => `${row.host}:${row.port}` },
          {
            title: t("trunk.prefixes"),
            cell: (row) =>
              row.allowed_prefixes.length === 0 ? (
                t("trunk.takes_only")
              ) : (
                <Badges names={row.allowed_prefixes} />
              ),
          },
        ]}
        onAdd={() => {
          setEdited(FRESH.trunk());
        }}
        onEdit={setEdited}
        onRemove={remove}
      />
      <FormDrawer
        title={id === "" ? t("trunk.add") : (edited?.name ?? "")}
        size="md"
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<Values>
            key={id}
            initial={{ ...edited, password: "" }}
            id={id}
            validate={(values) => validate(values, t)}
            save={saveTrunk}
            onClose={close}
          >
            {(form) => <Fields form={form} />}
          </EntityForm>
        )}
      </FormDrawer>
    </>
  );
}

function Reached({ trunk, state }: { trunk: Trunk; state: TelephoneState | null }) {
  const { t } = useLanguage();
  const found = state?.trunks.find((each) => each.trunk_id === trunk.trunk_id);
  if (found === undefined) return t("app.missing");
  if (found.problem !== "")
    return (
      <Tooltip label={found.problem} multiline maw={320}>
        <Badge color="red" tabIndex={0}>
          {t("telephone.not_in_use")}
        </Badge>
      </Tooltip>
    );
  return <Badge color={COLOURS[found.reached]}>{t(`trunk.reached.${found.reached}`)}</Badge>;
}

function Lines({ trunk, state }: { trunk: Trunk; state: TelephoneState | null }) {
  const { t } = useLanguage();
  const taken = state?.trunks.find((each) => each.trunk_id === trunk.trunk_id)?.lines_taken ?? 0;
  return trunk.lines_max === null ? taken : t("trunk.lines_of", { taken, count: trunk.lines_max });
}

function Fields({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useLanguage();
  const { values } = form;
  return (
    <Stack>
      <NameField form={form} />
      <Group align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          label={t("trunk.host")}
          placeholder="sip.carrier.example"
          {...form.getInputProps("host")}
        />
        <NumberInput
          w={96}
          label={t("trunk.port")}
          min={1}
          max={65535}
          allowDecimal={false}
          hideControls
          {...form.getInputProps("port")}
        />
        <Select
          w={90}
          label={t("trunk.transport")}
          allowDeselect={false}
          data={[
            { value: "udp", label: "UDP" },
            { value: "tcp", label: "TCP" },
          ]}
          {...form.getInputProps("transport")}
        />
      </Group>
      <fieldset className={classes.fieldset}>
        <legend>{t("trunk.identity")}</legend>
        <Stack gap="sm">
          <Switch
            label={t("trunk.registers")}
            description={t("trunk.registers_hint")}
            {...form.getInputProps("registers", { type: "checkbox" })}
          />
          <Group grow align="flex-start">
            <TextInput label={t("trunk.user")} autoComplete="off" {...form.getInputProps("user")} />
            <PasswordInput
              label={t("trunk.password")}
              autoComplete="new-password"
              placeholder={values.secret === "" ? "" : t("trunk.password_kept")}
              visibilityToggleButtonProps={{ "aria-label": t("sign_in.show_password") }}
              {...form.getInputProps("password")}
            />
          </Group>
          <TagsInput
            label={t("trunk.addresses")}
            description={t("trunk.addresses_hint")}
            placeholder="192.0.2.0/24"
            {...form.getInputProps("addresses")}
          />
        </Stack>
      </fieldset>
      <TagsInput
        label={t("trunk.prefixes")}
        description={t("trunk.prefixes_hint")}
        placeholder="+373"
        {...form.getInputProps("allowed_prefixes")}
      />
      <Group grow align="flex-start">
        <NumberInput
          label={t("trunk.lines")}
          description={t("trunk.lines_hint")}
          min={1}
          allowDecimal={false}
          value={values.lines_max ?? ""}
          onChange={(count) => {
            form.setFieldValue("lines_max", count === "" ? null : Number(count));
          }}
        />
        <NumberInput
          label={t("trunk.priority")}
          description={t("trunk.priority_hint")}
          allowDecimal={false}
          {...form.getInputProps("priority")}
        />
      </Group>
      <PhoneNumberInput
        label={t("trunk.caller_number")}
        description={t("trunk.caller_number_hint")}
        value={values.caller_number}
        error={form.errors["caller_number"]}
        onChange={(number) => {
          form.setFieldValue("caller_number", number);
        }}
      />
      <Switch
        label={t("trunk.with_plus")}
        {...form.getInputProps("with_plus", { type: "checkbox" })}
      />
      <Text size="xs" c="dimmed">
        {t("trunk.docs_hint")}
      </Text>
    </Stack>
  );
}
