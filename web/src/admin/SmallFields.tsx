import { NumberInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { BreakReason, Disposition, Pull, Skill, Team } from "../api/types";
import { useLanguage } from "../i18n";
import { DurationInput } from "./DurationInput";

type NamedForm = Pick<UseFormReturnType<{ name: string }>, "getInputProps">;

export function NameField({ form }: { form: NamedForm }) {
  const { t } = useLanguage();
  return <TextInput label={t("admin.name")} data-autofocus {...form.getInputProps("name")} />;
}

export function NameFields(props: {
  form: UseFormReturnType<Skill> | UseFormReturnType<Disposition>;
}) {
  return <NameField form={props.form} />;
}

export function BreakReasonFields({ form }: { form: UseFormReturnType<BreakReason> }) {
  const { t } = useLanguage();
  return (
    <>
      <NameField form={form} />
      <DurationInput
        label={t("break.expected")}
        description={t("break.expected_hint")}
        unit="minute"
        valueMs={form.values.expected_ms}
        error={form.errors["expected_ms"]}
        onChange={(value) => {
          form.setFieldValue("expected_ms", value);
        }}
      />
    </>
  );
}

const PULLS: Pull[] = ["oldest", "home_first", "weighted"];

export function TeamFields({ form }: { form: UseFormReturnType<Team> }) {
  const { t } = useLanguage();
  return (
    <>
      <NameField form={form} />
      <Select
        label={t("team.pull")}
        description={t(`pull.${form.values.pull}.hint`)}
        inputWrapperOrder={["label", "input", "description", "error"]}
        allowDeselect={false}
        data={PULLS.map((pull) => ({ value: pull, label: t(`pull.${pull}`) }))}
        {...form.getInputProps("pull")}
      />
      <NumberInput
        label={t("team.reserve_idle")}
        description={t("team.reserve_idle_hint")}
        min={0}
        allowDecimal={false}
        {...form.getInputProps("reserve_idle")}
      />
      <NumberInput
        label={t("team.base_weight")}
        description={t("team.base_weight_hint")}
        {...form.getInputProps("base_weight")}
      />
      <NumberInput
        label={t("team.idle_weight")}
        description={t("team.idle_weight_hint")}
        {...form.getInputProps("idle_weight")}
      />
    </>
  );
}
