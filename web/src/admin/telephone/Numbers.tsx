import { Button, Select, Stack, Text, TextInput } from "@mantine/core";
import type { FormErrors, UseFormReturnType } from "@mantine/form";
import { IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { telephone } from "../../api/calls";
import type { PhoneNumber } from "../../api/types";
import { messageOf } from "../../app/toast";
import { useSetting, useSettings } from "../../app/workplace";
import { LOCALES, LOCALE_NAMES, useLanguage, type Language } from "../../i18n";
import floor from "../../floor/Floor.module.css";
import { Empty } from "../../ui/Empty";
import classes from "../Admin.module.css";
import { DestinationSelect } from "../DestinationSelect";
import { EntityForm, FormDrawer } from "../EntityForm";
import { EntityList } from "../EntityList";
import { FRESH } from "../entities";
import { NameField } from "../SmallFields";
import { useEntityActions } from "../useEntityActions";
import { nameProblem } from "../validate";

function validate(values: PhoneNumber, t: Language["t"]): FormErrors {
  const errors: FormErrors = {
    name: nameProblem(values.name, t),
    number: values.number.startsWith("+") ? null : t("number.problem"),
    trunk_id: values.trunk_id === "" ? t("number.trunk_problem") : null,
    destination:
      values.queue_id === null && values.flow_id === null ? t("number.leads_problem") : null,
  };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== null));
}

/** The numbers by which the centre is called. */
export function Numbers({ addTrunkFirst }: { addTrunkFirst: () => void }) {
  const { t } = useLanguage();
  const rows = useSettings("phone_number");
  const trunks = useSettings("trunk");
  const queues = useSettings("queue");
  const flows = useSettings("flow");
  const [edited, setEdited] = useState<PhoneNumber | null>(null);
  const { save, remove } = useEntityActions("phone_number", () => undefined);
  const id = edited?.number ?? "";
  const close = () => {
    setEdited(null);
  };
  const nameOfTarget = (row: PhoneNumber) =>
    row.flow_id !== null
      ? flows.find((each) => each.flow_id === row.flow_id)?.name
      : queues.find((each) => each.queue_id === row.queue_id)?.name;
  if (trunks.length === 0)
    return (
      <>
        <h1 className={classes.title}>{t("telephone.numbers")}</h1>
        <div className={floor.card}>
          <Empty icon={IconPhone} title={t("number.empty")} hint={t("number.no_trunk")}>
            <Button mt="sm" onClick={addTrunkFirst}>
              {t("number.add_trunk_first")}
            </Button>
          </Empty>
        </div>
      </>
    );
  return (
    <>
      <EntityList
        title={t("telephone.numbers")}
        lead={t("number.lead")}
        addLabel={t("number.add")}
        icon={IconPhone}
        emptyTitle={t("number.empty")}
        emptyHint={t("number.empty_hint")}
        rows={rows}
        keyOf={(row) => row.number}
        nameOf={(row) => row.name}
        columns={[
          { title: t("number.number"), cell: (row) => row.number },
          { title: t("number.leads"), cell: (row) => nameOfTarget(row) ?? t("app.missing") },
          {
            title: t("kind.trunk.one"),
            cell: (row) => trunks.find((each) => each.trunk_id === row.trunk_id)?.name,
          },
        ]}
        onAdd={() => {
          setEdited({ ...FRESH.phone_number(), trunk_id: trunks[0]?.trunk_id ?? "" });
        }}
        onEdit={setEdited}
        onRemove={remove}
      />
      <FormDrawer
        title={id === "" ? t("number.add") : (edited?.name ?? "")}
        size="md"
        open={edited !== null}
        onClose={close}
      >
        {edited !== null && (
          <EntityForm<PhoneNumber>
            key={id}
            initial={edited}
            id={id}
            validate={(values) => validate(values, t)}
            save={(values) => save(values, id === "" ? null : edited)}
            onClose={close}
          >
            {(form) => <Fields form={form} isNew={id === ""} />}
          </EntityForm>
        )}
      </FormDrawer>
    </>
  );
}

function Fields({ form, isNew }: { form: UseFormReturnType<PhoneNumber>; isNew: boolean }) {
  const { t } = useLanguage();
  const trunks = useSettings("trunk");
  return (
    <Stack>
      <NumberInput
        label={t("number.number")}
        disabled={!isNew}
        value={form.values.number}
        error={form.errors["number"]}
        onChange={(number) => {
          form.setFieldValue("number", number);
        }}
      />
      <NameField form={form} />
      <DestinationSelect
        label={t("number.leads")}
        description={t("number.leads_hint")}
        allowDeselect={false}
        error={form.errors["destination"]}
        value={form.values}
        onChange={(to) => {
          form.setValues(to);
          form.clearFieldError("destination");
        }}
      />
      <Select
        label={t("kind.trunk.one")}
        description={t("number.trunk_hint")}
        allowDeselect={false}
        data={trunks.map((each) => ({ value: each.trunk_id, label: each.name }))}
        {...form.getInputProps("trunk_id")}
      />
      <Select
        label={t("user.language")}
        description={t("number.language_hint")}
        data={[
          { value: "", label: t("number.any_language") },
          ...LOCALES.map((each) => ({ value: each, label: LOCALE_NAMES[each] })),
        ]}
        allowDeselect={false}
        {...form.getInputProps("language")}
      />
    </Stack>
  );
}

interface NumberProps {
  label: string;
  description?: string;
  value: string;
  error?: React.ReactNode;
  disabled?: boolean;
  onChange: (number: string) => void;
}

/** A telephone number as people write it, put into international form when it is left. */
export function NumberInput({ value, onChange, error, ...rest }: NumberProps) {
  const { t } = useLanguage();
  const region = useSetting("centre_settings", "centre")?.region ?? "";
  const [shown, setShown] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const read = async () => {
    if (value.trim() === "") return;
    try {
      const written = await telephone.readNumber(value.trim());
      setShown(written.number === "" ? "" : written.shown);
      setProblem(written.number === "" ? t("number.problem") : null);
      if (written.number !== "") onChange(written.number);
    } catch (failure) {
      setProblem(messageOf(failure, t));
    }
  };
  return (
    <TextInput
      {...rest}
      type="tel"
      autoComplete="off"
      placeholder="+373 22 123 456"
      description={
        rest.description ?? t(region === "" ? "number.hint" : "number.region_hint", { region })
      }
      value={value}
      error={problem ?? error}
      onChange={(event) => {
        setProblem(null);
        setShown("");
        onChange(event.currentTarget.value);
      }}
      onBlur={() => void read()}
      rightSectionWidth={150}
      rightSection={
        shown === "" ? null : (
          <Text size="xs" c="dimmed">
            {shown}
          </Text>
        )
      }
    />
  );
}
