import {
  Button,
  Group,
  Input,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import type { FormErrors, UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { agents } from "../api/calls";
import type { AgentProfile, Role } from "../api/types";
import { PASSWORD_LENGTH_MIN } from "../app/PasswordDialog";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { LOCALES, LOCALE_NAMES, useLanguage, type Language } from "../i18n";
import { Confirm } from "../ui/Confirm";
import classes from "./Admin.module.css";
import { SkillNeeds } from "./SkillNeeds";
import { NameField } from "./SmallFields";
import { AgentLineFields } from "./telephone/AgentLineFields";
import { nameProblem } from "./validate";

/** A profile, and what the person signs in with (empty: as it is). */
export type AgentFormValues = AgentProfile & { login: string; password: string };

const ROLES: Role[] = ["agent", "supervisor", "administrator"];

export function validateAgent(values: AgentFormValues, t: Language["t"]): FormErrors {
  const errors: FormErrors = {
    name: nameProblem(values.name, t),
    capacity_units: values.capacity_units < 1 ? t("problem.capacity") : null,
    line: hasLine(values) ? null : t("agent.line_problem"),
    login: values.login.trim() === "" && values.password !== "" ? t("problem.login") : null,
    password:
      values.login.trim() !== "" && values.password.length < PASSWORD_LENGTH_MIN
        ? t("password.too_short", { count: PASSWORD_LENGTH_MIN })
        : null,
  };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== null));
}

function hasLine({ line }: AgentProfile): boolean {
  if (line.kind === "phone") return line.account_id !== "";
  return line.kind === "browser" || line.number.startsWith("+");
}

interface Props {
  form: UseFormReturnType<AgentFormValues>;
  id: string;
}

export function AgentFields({ form, id }: Props) {
  const { t } = useLanguage();
  const teams = useSettings("team");
  const queues = useSettings("queue");
  const needs = Object.entries(form.values.skills).map(([skill_id, proficiency_min]) => ({
    skill_id,
    proficiency_min,
  }));
  return (
    <Stack>
      <NameField form={form} />
      <Group grow align="flex-start">
        <Select
          label={t("agent.role")}
          allowDeselect={false}
          data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          {...form.getInputProps("role")}
        />
        <Select
          label={t("agent.team")}
          clearable
          placeholder={t("app.none")}
          data={teams.map((team) => ({ value: team.team_id, label: team.name }))}
          {...form.getInputProps("team_id")}
        />
      </Group>
      <MultiSelect
        label={t("floor.queues")}
        searchable
        data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
        {...form.getInputProps("queue_ids")}
      />
      <Input.Wrapper label={t("customer.skills")} description={t("agent.skills_hint")}>
        <SkillNeeds
          needs={needs}
          proficiencyLabel={t("skill.proficiency")}
          onChange={(next) => {
            form.setFieldValue(
              "skills",
              Object.fromEntries(next.map((need) => [need.skill_id, need.proficiency_min])),
            );
          }}
        />
      </Input.Wrapper>
      <Group grow align="flex-start">
        <NumberInput
          label={t("agent.capacity")}
          description={t("agent.capacity_hint")}
          min={1}
          allowDecimal={false}
          {...form.getInputProps("capacity_units")}
        />
        <Select
          label={t("user.language")}
          description={t("agent.language_hint")}
          allowDeselect={false}
          data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
          {...form.getInputProps("locale")}
        />
      </Group>
      <AgentLineFields
        line={form.values.line}
        problem={form.errors["line"]}
        onChange={(line) => {
          form.setFieldValue("line", line);
        }}
      />
      <Switch
        label={t("agent.auto_accept")}
        {...form.getInputProps("auto_accept", { type: "checkbox" })}
      />
      <SignOnFields form={form} id={id} />
    </Stack>
  );
}

function SignOnFields({ form, id }: Props) {
  const { t } = useLanguage();
  const [removing, setRemoving] = useState(false);
  const [, run] = useAction();
  return (
    <fieldset className={classes.fieldset}>
      <legend>{t("agent.sign_in")}</legend>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {id === "" ? t("agent.sign_in_new") : t("agent.sign_in_hint")}
        </Text>
        <Group grow align="flex-start">
          <TextInput
            label={t("sign_in.login")}
            autoComplete="off"
            {...form.getInputProps("login")}
          />
          <PasswordInput
            label={t("password.new")}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t("sign_in.show_password") }}
            {...form.getInputProps("password")}
          />
        </Group>
        {id !== "" && (
          <Button
            variant="subtle"
            color="red"
            w="max-content"
            size="compact-xs"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {t("agent.remove_sign_in")}
          </Button>
        )}
      </Stack>
      <Confirm
        open={removing}
        title={t("agent.remove_sign_in")}
        text={t("agent.remove_sign_in_text")}
        action={t("app.remove")}
        onClose={() => {
          setRemoving(false);
        }}
        onConfirm={() => {
          void run(() => agents.removePassword(id)).then((done) => {
            if (done) say(t("agent.sign_in_removed"));
          });
        }}
      />
    </fieldset>
  );
}
