import {
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import type { GroupOrder, Queue, Strategy } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Confirm } from "../ui/Confirm";
import classes from "./Admin.module.css";
import { useFlowOptions } from "./DestinationSelect";
import { DurationInput } from "./DurationInput";
import { OverflowFields } from "./OverflowFields";
import { NameField } from "./SmallFields";
import { StepFields } from "./StepFields";

const STRATEGIES: Strategy[] = [
  "longest_idle",
  "least_occupied",
  "round_robin",
  "most_skilled",
  "least_skilled",
  "random",
];
const ORDERS: GroupOrder[] = ["together", "home_first", "weighted"];

export function QueueFields({ form }: { form: UseFormReturnType<Queue> }) {
  const { t } = useLanguage();
  return (
    <Stack>
      <NameField form={form} />
      <fieldset className={classes.fieldset}>
        <legend>{t("queue.routing")}</legend>
        <RoutingFields form={form} />
      </fieldset>
      <fieldset className={classes.fieldset}>
        <legend>{t("queue.steps")}</legend>
        <StepFields
          steps={form.values.steps}
          errors={form.errors}
          onChange={(steps) => {
            form.setFieldValue("steps", steps);
          }}
        />
      </fieldset>
      <fieldset className={classes.fieldset}>
        <legend>{t("queue.serving")}</legend>
        <ServingFields form={form} />
      </fieldset>
      <fieldset className={classes.fieldset}>
        <legend>{t("kind.flow.many")}</legend>
        <FlowFields form={form} />
      </fieldset>
      <fieldset className={classes.fieldset}>
        <legend>{t("queue.overflows")}</legend>
        <OverflowFields form={form} />
      </fieldset>
    </Stack>
  );
}

function RoutingFields({ form }: { form: UseFormReturnType<Queue> }) {
  const { t } = useLanguage();
  const teams = useSettings("team");
  const { strategy, group_order, previous_agent_wait_ms } = form.values;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t("queue.strategy")}
          description={t(`strategy.${strategy}.hint`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          allowDeselect={false}
          data={STRATEGIES.map((each) => ({ value: each, label: t(`strategy.${each}`) }))}
          {...form.getInputProps("strategy")}
        />
        <Select
          label={t("queue.group_order")}
          description={t(`group_order.${group_order}.hint`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          allowDeselect={false}
          data={ORDERS.map((each) => ({ value: each, label: t(`group_order.${each}`) }))}
          {...form.getInputProps("group_order")}
        />
      </SimpleGrid>
      {group_order !== "together" && (
        <MultiSelect
          label={t("queue.home_teams")}
          description={t("queue.home_teams_hint")}
          data={teams.map((team) => ({ value: team.team_id, label: team.name }))}
          {...form.getInputProps("home_team_ids")}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DurationInput
          label={t("queue.previous_agent")}
          description={t("queue.previous_agent_hint")}
          unit="second"
          valueMs={previous_agent_wait_ms}
          onChange={(value) => {
            form.setFieldValue("previous_agent_wait_ms", value ?? 0);
          }}
        />
        <NumberInput
          label={t("dry_run.priority")}
          description={t("queue.priority_hint")}
          allowDecimal={false}
          {...form.getInputProps("priority")}
        />
      </SimpleGrid>
    </Stack>
  );
}

function ServingFields({ form }: { form: UseFormReturnType<Queue> }) {
  const { t } = useLanguage();
  const hours = useSettings("hours");
  const dispositions = useSettings("disposition");
  const { target } = form.values;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DurationInput
          label={t("queue.offer_time")}
          description={t("queue.offer_time_hint")}
          unit="second"
          valueMs={form.values.offer_time_ms}
          error={form.errors["offer_time_ms"]}
          onChange={(value) => {
            form.setFieldValue("offer_time_ms", value ?? 0);
          }}
        />
        <DurationInput
          label={t("queue.wrap_up_time")}
          description={t("queue.wrap_up_time_hint")}
          unit="second"
          valueMs={form.values.wrap_up_time_ms}
          onChange={(value) => {
            form.setFieldValue("wrap_up_time_ms", value ?? 0);
          }}
        />
      </SimpleGrid>
      <MultiSelect
        label={t("kind.disposition.many")}
        description={t("queue.dispositions_hint")}
        searchable
        data={dispositions.map((each) => ({ value: each.disposition_id, label: each.name }))}
        {...form.getInputProps("disposition_ids")}
      />
      <div>
        <Text size="sm" fw={500}>
          {t("queue.target")}
        </Text>
        <Group gap="xs" align="flex-start">
          <NumberInput
            w={96}
            aria-label={t("queue.target_ratio")}
            suffix=" %"
            min={1}
            max={100}
            value={Math.round(target.ratio * 100)}
            error={form.errors["target.ratio"]}
            onChange={(value) => {
              form.setFieldValue("target.ratio", Number(value) / 100);
            }}
          />
          <Text size="sm" pt={7}>
            {t("queue.target_within")}
          </Text>
          <DurationInput
            aria-label={t("queue.target_within")}
            unit="second"
            w={110}
            valueMs={target.answer_ms}
            onChange={(value) => {
              form.setFieldValue("target.answer_ms", value ?? 0);
            }}
          />
        </Group>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t("queue.hours")}
          clearable
          placeholder={t("queue.always_open")}
          data={hours.map((each) => ({ value: each.hours_id, label: each.name }))}
          {...form.getInputProps("hours_id")}
        />
        <NumberInput
          label={t("queue.waiting_max")}
          description={t("queue.waiting_max_hint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          min={1}
          allowDecimal={false}
          {...form.getInputProps("waiting_max")}
        />
      </SimpleGrid>
      <ShutSwitch form={form} />
    </Stack>
  );
}

/** Shutting turns customers away, so it is asked twice; opening is not. */
function ShutSwitch({ form }: { form: UseFormReturnType<Queue> }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Switch
        label={t("queue.shut")}
        description={t("queue.shut_hint")}
        checked={form.values.shut}
        onChange={(event) => {
          if (event.currentTarget.checked) setAsking(true);
          else form.setFieldValue("shut", false);
        }}
      />
      <Confirm
        open={asking}
        title={t("queue.shut_title", { name: form.values.name })}
        text={t("queue.shut_text")}
        action={t("queue.shut_confirm")}
        onClose={() => {
          setAsking(false);
        }}
        onConfirm={() => {
          form.setFieldValue("shut", true);
        }}
      />
    </>
  );
}

function FlowFields({ form }: { form: UseFormReturnType<Queue> }) {
  const { t } = useLanguage();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={t("queue.waiting_flow")}
        description={t("queue.waiting_flow_hint")}
        clearable
        placeholder={t("app.none")}
        data={useFlowOptions("waiting")}
        {...form.getInputProps("waiting_flow_id")}
      />
      <Select
        label={t("queue.after_flow")}
        description={t("queue.after_flow_hint")}
        clearable
        placeholder={t("app.none")}
        data={useFlowOptions("after")}
        {...form.getInputProps("after_flow_id")}
      />
    </SimpleGrid>
  );
}
