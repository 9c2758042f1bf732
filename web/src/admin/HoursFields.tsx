import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconCopy, IconPlus, IconTrash } from "@tabler/icons-react";
import type { DayException, Hours } from "../api/types";
import { useLanguage } from "../i18n";
import classes from "./Admin.module.css";
import { NameField } from "./SmallFields";
import { Spans } from "./Spans";
import { spansOf } from "./validate";

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const WORKDAYS_AFTER_MONDAY = [1, 2, 3, 4];
/** A Monday, from which the names of weekdays are told. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function HoursFields({ form }: { form: UseFormReturnType<Hours> }) {
  const { t } = useLanguage();
  return (
    <Stack>
      <NameField form={form} />
      <Select
        label={t("hours.zone")}
        description={t("hours.zone_hint")}
        searchable
        allowDeselect={false}
        data={zonesWith(form.values.time_zone)}
        {...form.getInputProps("time_zone")}
      />
      <fieldset className={classes.fieldset}>
        <legend>{t("hours.week")}</legend>
        <Week form={form} />
      </fieldset>
      <fieldset className={classes.fieldset}>
        <legend>{t("hours.holidays")}</legend>
        <Exceptions form={form} />
      </fieldset>
    </Stack>
  );
}

export function zonesWith(zone: string): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return [...new Set([zone, "UTC", ...zones])].sort();
}

function Week({ form }: { form: UseFormReturnType<Hours> }) {
  const { t, locale } = useLanguage();
  const { spans } = form.values;
  const set = (weekday: number, ofDay: [number, number][]) => {
    form.setFieldValue("spans", [
      ...form.values.spans.filter((span) => span.weekday !== weekday),
      ...ofDay.map(([start_minute, end_minute]) => ({ weekday, start_minute, end_minute })),
    ]);
  };
  const nameOf = (weekday: number) =>
    new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
      MONDAY_MS + weekday * DAY_MS,
    );
  const copyMonday = () => {
    const monday = spansOf(spans, 0);
    form.setFieldValue("spans", [
      ...spans.filter(({ weekday }) => !WORKDAYS_AFTER_MONDAY.includes(weekday)),
      ...WORKDAYS_AFTER_MONDAY.flatMap((weekday) =>
        monday.map(([start_minute, end_minute]) => ({ weekday, start_minute, end_minute })),
      ),
    ]);
  };
  return (
    <>
      {WEEKDAYS.map((weekday) => (
        <div key={weekday} className={classes.day}>
          <span className={classes.dayName}>{nameOf(weekday)}</span>
          <Spans
            of={nameOf(weekday)}
            spans={spansOf(spans, weekday)}
            error={form.errors[`day.${weekday}`]}
            onChange={(ofDay) => {
              set(weekday, ofDay);
            }}
          />
        </div>
      ))}
      <Button variant="subtle" mt={6} leftSection={<IconCopy size={14} />} onClick={copyMonday}>
        {t("hours.copy_monday")}
      </Button>
    </>
  );
}

function Exceptions({ form }: { form: UseFormReturnType<Hours> }) {
  const { t } = useLanguage();
  const { exceptions } = form.values;
  const change = (index: number, part: Partial<DayException>) => {
    form.setFieldValue(
      "exceptions",
      exceptions.map((each, at) => (at === index ? { ...each, ...part } : each)),
    );
  };
  return (
    <Stack gap="sm">
      {exceptions.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("hours.no_holidays")}
        </Text>
      )}
      {exceptions.map((exception, index) => (
        <div key={index} className={classes.step}>
          <Group gap="xs" mb={6} wrap="nowrap">
            <TextInput
              type="date"
              size="xs"
              aria-label={t("hours.date")}
              value={exception.date}
              onChange={(event) => {
                change(index, { date: event.currentTarget.value });
              }}
            />
            <TextInput
              size="xs"
              flex={1}
              aria-label={t("hours.holiday_name")}
              placeholder={t("hours.holiday_name")}
              value={exception.name}
              onChange={(event) => {
                change(index, { name: event.currentTarget.value });
              }}
            />
            <ActionIcon
              aria-label={t("app.remove")}
              onClick={() => {
                form.setFieldValue(
                  "exceptions",
                  exceptions.filter((_, at) => at !== index),
                );
              }}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
          <Spans
            of={exception.name || exception.date}
            spans={exception.spans}
            error={form.errors[`exceptions.${index}`]}
            onChange={(spans) => {
              change(index, { spans });
            }}
          />
        </div>
      ))}
      <Button
        variant="light"
        w="max-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          form.setFieldValue("exceptions", [...exceptions, { date: "", name: "", spans: [] }]);
        }}
      >
        {t("hours.add_holiday")}
      </Button>
    </Stack>
  );
}
