import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Overflow, OverflowWhen, Queue } from "../api/types";
import { useLanguage } from "../i18n";
import classes from "./Admin.module.css";
import { DestinationSelect } from "./DestinationSelect";
import { DurationInput } from "./DurationInput";

const WHENS: OverflowWhen[] = ["closed", "holiday", "shut", "full", "waited", "unstaffed"];
const FRESH_OVERFLOW: Overflow = {
  when: "closed",
  queue_id: null,
  flow_id: null,
  message: "",
  wait_ms: null,
};
const WAIT_FIRST_MS = 300_000;

/** Where contacts go that the queue can't take. */
export function OverflowFields({ form }: { form: UseFormReturnType<Queue> }) {
  const { t } = useLanguage();
  const { overflows, queue_id } = form.values;
  const change = (index: number, part: Partial<Overflow>) => {
    form.setFieldValue(
      "overflows",
      overflows.map((each, at) => (at === index ? { ...each, ...part } : each)),
    );
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("overflow.lead")}
      </Text>
      {overflows.map((overflow, index) => (
        <div key={index} className={classes.step}>
          <Group gap="xs" align="flex-end">
            <Select
              label={t("overflow.when")}
              flex={1}
              miw={150}
              allowDeselect={false}
              value={overflow.when}
              onChange={(value) => {
                const when = WHENS.find((each) => each === value) ?? "closed";
                change(index, { when, wait_ms: when === "waited" ? WAIT_FIRST_MS : null });
              }}
              data={WHENS.map((when) => ({ value: when, label: t(`overflow.${when}`) }))}
            />
            {overflow.when === "waited" && (
              <DurationInput
                label={t("overflow.wait")}
                unit="second"
                w={120}
                valueMs={overflow.wait_ms}
                error={form.errors[`overflows.${index}.wait_ms`]}
                onChange={(value) => {
                  change(index, { wait_ms: value });
                }}
              />
            )}
            <DestinationSelect
              label={t("overflow.to")}
              flex={1}
              miw={150}
              clearable
              placeholder={t("overflow.end")}
              exceptQueueId={queue_id}
              value={overflow}
              onChange={(to) => {
                change(index, to);
              }}
            />
            <ActionIcon
              size="lg"
              aria-label={t("app.remove")}
              onClick={() => {
                form.setFieldValue(
                  "overflows",
                  overflows.filter((_, at) => at !== index),
                );
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
          {overflow.queue_id === null && overflow.flow_id === null && (
            <TextInput
              mt="xs"
              label={t("overflow.message")}
              value={overflow.message}
              error={form.errors[`overflows.${index}.message`]}
              onChange={(event) => {
                change(index, { message: event.currentTarget.value });
              }}
            />
          )}
        </div>
      ))}
      <Button
        variant="light"
        w="max-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          form.setFieldValue("overflows", [...overflows, FRESH_OVERFLOW]);
        }}
      >
        {t("overflow.add")}
      </Button>
    </Stack>
  );
}
