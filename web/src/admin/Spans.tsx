import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n";

interface Props {
  /** Whose openings these are, for the labels. */
  of: string;
  spans: [number, number][];
  error: ReactNode;
  onChange: (spans: [number, number][]) => void;
}

const DAY_MINUTES = 24 * 60;
const SPAN_FIRST: [number, number] = [9 * 60, 18 * 60];

function toClock(minute: number): string {
  const within = minute % DAY_MINUTES;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

function toMinute(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** The openings of one day; midnight as an end is the end of the day. */
export function Spans({ of, spans, error, onChange }: Props) {
  const { t } = useLanguage();
  const change = (index: number, span: [number, number]) => {
    onChange(spans.map((each, at) => (at === index ? span : each)));
  };
  return (
    <div>
      {spans.map(([start, end], index) => (
        <Group key={index} gap={6} mb={4}>
          <TextInput
            type="time"
            size="xs"
            aria-label={t("hours.from", { day: of })}
            value={toClock(start)}
            onChange={(event) => {
              change(index, [toMinute(event.currentTarget.value), end]);
            }}
          />
          <Text size="sm">–</Text>
          <TextInput
            type="time"
            size="xs"
            aria-label={t("hours.to", { day: of })}
            value={toClock(end)}
            onChange={(event) => {
              change(index, [start, toMinute(event.currentTarget.value) || DAY_MINUTES]);
            }}
          />
          <ActionIcon
            aria-label={t("app.remove")}
            onClick={() => {
              onChange(spans.filter((_, at) => at !== index));
            }}
          >
            <IconX size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap={8}>
        {spans.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("hours.closed")}
          </Text>
        )}
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => {
            const last = spans.at(-1);
            const next: [number, number] =
              last === undefined || last[1] >= DAY_MINUTES - 60
                ? SPAN_FIRST
                : [last[1] + 60, Math.min(DAY_MINUTES, last[1] + 5 * 60)];
            onChange([...spans, next]);
          }}
        >
          {t("hours.add_span")}
        </Button>
      </Group>
      {error !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
    </div>
  );
}
