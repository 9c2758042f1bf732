import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { isAge, isRatio, MEASURES, SEVERITIES } from "../alarms/words";
import { secrets } from "../api/calls";
import type { AlarmMeasure, AlarmRule, Telling } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import { DurationInput } from "./DurationInput";
import { NameField } from "./SmallFields";

type Form = UseFormReturnType<AlarmRule>;
type Way = "mail" | "webhook";

const WINDOWED: AlarmMeasure[] = ["service_level_ratio", "abandoned_ratio", "flow_failures"];
const OF_QUEUES: AlarmMeasure[] = [
  "agents_available",
  "oldest_wait_ms",
  "service_level_ratio",
  "abandoned_ratio",
  "contact_ms",
  "hold_ms",
  "wrap_up_ms",
];
const FIRST: Record<"age" | "ratio" | "count", number> = { age: 180_000, ratio: 0.5, count: 1 };

/** When an alarm is raised, of whom, and who is told. */
export function AlarmFields({ form }: { form: Form }) {
  const { t } = useLanguage();
  const { measure } = form.values;
  return (
    <Stack>
      <NameField form={form} />
      <Select
        label={t("alarm.measure")}
        allowDeselect={false}
        searchable
        data={MEASURES.map((value) => ({ value, label: t(`alarm.measure.${value}`) }))}
        value={measure}
        onChange={(chosen) => {
          const next = chosen ?? measure;
          const kind = isAge(next) ? "age" : isRatio(next) ? "ratio" : "count";
          form.setValues({ measure: next, threshold: FIRST[kind], clear_threshold: null });
        }}
      />
      <Group grow align="flex-start">
        <Bound form={form} field="threshold" label={t("alarm.threshold")} />
        <DurationInput
          label={t("alarm.hold")}
          unit="second"
          valueMs={form.values.hold_ms}
          onChange={(value) => {
            form.setFieldValue("hold_ms", value ?? 0);
          }}
        />
      </Group>
      <Group grow align="flex-start">
        <Bound form={form} field="clear_threshold" label={t("alarm.clear_threshold")} />
        <DurationInput
          label={t("alarm.clear_after")}
          unit="second"
          valueMs={form.values.clear_after_ms}
          onChange={(value) => {
            form.setFieldValue("clear_after_ms", value ?? 0);
          }}
        />
      </Group>
      {WINDOWED.includes(measure) && (
        <Group grow align="flex-start">
          <DurationInput
            label={t("alarm.window")}
            unit="minute"
            valueMs={form.values.window_ms}
            onChange={(value) => {
              form.setFieldValue("window_ms", value ?? 60_000);
            }}
          />
          {isRatio(measure) && (
            <NumberInput
              label={t("alarm.counted_min")}
              min={1}
              allowDecimal={false}
              {...form.getInputProps("counted_min")}
            />
          )}
        </Group>
      )}
      <Scope form={form} />
      <SegmentedControl
        aria-label={t("alarm.severity")}
        data={SEVERITIES.map((value) => ({ value, label: t(`alarm.severity.${value}`) }))}
        {...form.getInputProps("severity")}
      />
      <Switch label={t("alarm.sound")} {...form.getInputProps("sound", { type: "checkbox" })} />
      <Tellings form={form} field="tell" legend={t("alarm.tell")} />
      <DurationInput
        label={t("alarm.escalate_after")}
        description={t("alarm.escalate_hint")}
        unit="minute"
        valueMs={form.values.escalate_after_ms}
        onChange={(value) => {
          form.setFieldValue("escalate_after_ms", value);
        }}
      />
      {form.values.escalate_after_ms !== null && (
        <Tellings form={form} field="escalate_to" legend={t("alarm.escalate_to")} />
      )}
      <Switch label={t("alarm.on")} {...form.getInputProps("on", { type: "checkbox" })} />
    </Stack>
  );
}

interface BoundProps {
  form: Form;
  field: "threshold" | "clear_threshold";
  label: string;
}

/** A value of the rule's measure, in its unit. */
function Bound({ form, field, label }: BoundProps) {
  const { measure } = form.values;
  const value = form.values[field];
  const set = (next: number | null) => {
    form.setFieldValue(field, field === "threshold" ? (next ?? 0) : next);
  };
  if (isAge(measure))
    return (
      <DurationInput
        label={label}
        unit="minute"
        valueMs={value}
        error={form.errors[field]}
        onChange={set}
      />
    );
  const size = isRatio(measure) ? 100 : 1;
  return (
    <NumberInput
      label={label}
      min={0}
      suffix={isRatio(measure) ? " %" : ""}
      value={value === null ? "" : Math.round(value * size * 10) / 10}
      error={form.errors[field]}
      onChange={(typed) => {
        set(typed === "" ? null : Number(typed) / size);
      }}
    />
  );
}

function Scope({ form }: { form: Form }) {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const teams = useSettings("team");
  const flows = useSettings("flow");
  const hours = useSettings("hours");
  const { measure } = form.values;
  const ofPeople = measure === "break_overstay_ms" || measure === "offers_missed";
  return (
    <>
      {OF_QUEUES.includes(measure) && (
        <MultiSelect
          label={t("alarm.queues")}
          placeholder={form.values.queue_ids.length === 0 ? t("alarm.all_of_them") : ""}
          data={queues.map((each) => ({ value: each.queue_id, label: each.name }))}
          {...form.getInputProps("queue_ids")}
        />
      )}
      {ofPeople && (
        <MultiSelect
          label={t("alarm.teams")}
          placeholder={form.values.team_ids.length === 0 ? t("alarm.all_of_them") : ""}
          data={teams.map((each) => ({ value: each.team_id, label: each.name }))}
          {...form.getInputProps("team_ids")}
        />
      )}
      {measure === "flow_failures" && (
        <MultiSelect
          label={t("alarm.flows")}
          placeholder={form.values.flow_ids.length === 0 ? t("alarm.all_of_them") : ""}
          data={flows.map((each) => ({ value: each.flow_id, label: each.name }))}
          {...form.getInputProps("flow_ids")}
        />
      )}
      <Select
        label={t("alarm.hours")}
        description={t("alarm.hours_hint")}
        clearable
        data={hours.map((each) => ({ value: each.hours_id, label: each.name }))}
        {...form.getInputProps("hours_id")}
      />
    </>
  );
}

interface TellingsProps {
  form: Form;
  field: "tell" | "escalate_to";
  legend: string;
}

/** Who is told outside the desk. */
function Tellings({ form, field, legend }: TellingsProps) {
  const { t, locale } = useLanguage();
  const kept = useFetched(secrets.list, []);
  const rows = form.values[field];
  const put = (index: number, change: Partial<Telling>) => {
    form.setFieldValue(
      field,
      rows.map((row, at) => (at === index ? { ...row, ...change } : row)),
    );
  };
  const ways: Way[] = ["mail", "webhook"];
  return (
    <Fieldset legend={legend}>
      <Stack gap="xs">
        {rows.map((row, index) => (
          <Group key={index} gap={6} wrap="nowrap" align="flex-end">
            <Select
              w={130}
              aria-label={t("alarm.way")}
              allowDeselect={false}
              data={ways.map((value) => ({ value, label: t(`alarm.way.${value}`) }))}
              value={row.way}
              onChange={(way) => {
                put(index, { way: way ?? "mail" });
              }}
            />
            <TextInput
              flex={1}
              aria-label={t("alarm.to")}
              placeholder={row.way === "mail" ? "floor@example.com" : "https://example.com/alarms"}
              value={row.to}
              error={form.errors[`${field}.${index}.to`]}
              onChange={(event) => {
                put(index, { to: event.currentTarget.value });
              }}
            />
            {row.way === "webhook" && (
              <Select
                w={150}
                aria-label={t("alarm.secret")}
                placeholder={t("alarm.secret")}
                clearable
                data={(kept.value?.items ?? []).map(({ name }) => name)}
                value={row.secret === "" ? null : row.secret}
                onChange={(secret) => {
                  put(index, { secret: secret ?? "" });
                }}
              />
            )}
            <ActionIcon
              size="lg"
              aria-label={t("app.remove")}
              onClick={() => {
                form.setFieldValue(
                  field,
                  rows.filter((_, at) => at !== index),
                );
              }}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              const row: Telling = { way: "mail", to: "", secret: "", locale };
              form.setFieldValue(field, [...rows, row]);
            }}
          >
            {t("alarm.add_telling")}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
