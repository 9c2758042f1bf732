import { Badge, Group } from "@mantine/core";
import type { ReactNode } from "react";
import type { SettingByKind } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage, type Language } from "../i18n";
import type { Column } from "./EntityList";
import type { PlainKind } from "./SettingsAdmin";

type Columns = { [K in PlainKind]: Column<SettingByKind[K]>[] };

/** What is shown of a setting in its list, beside its name. */
export function useColumns<K extends PlainKind>(kind: K): Columns[K] {
  const language = useLanguage();
  const queues = useSettings("queue");
  const hours = useSettings("hours");
  const queueName = (id: string) => queues.find((each) => each.queue_id === id)?.name ?? id;
  const hoursName = (id: string) => hours.find((each) => each.hours_id === id)?.name ?? id;
  return columnsOf(language, queueName, hoursName)[kind];
}

function columnsOf(
  { t, span, ratio }: Language,
  queueName: (id: string) => string,
  hoursName: (id: string) => string,
): Columns {
  return {
    skill: [],
    disposition: [],
    team: [{ title: t("team.pull"), cell: (team) => t(`pull.${team.pull}`) }],
    break_reason: [
      {
        title: t("break.expected"),
        cell: ({ expected_ms }) => (expected_ms === null ? t("break.open") : span(expected_ms)),
      },
    ],
    queue: [
      { title: t("queue.strategy"), cell: (queue) => t(`strategy.${queue.strategy}`) },
      { title: t("queue.steps"), cell: (queue) => queue.steps.length },
      {
        title: t("queue.target"),
        cell: ({ target }) =>
          t("queue.target_short", { ratio: ratio(target.ratio), time: span(target.answer_ms) }),
      },
      {
        title: t("queue.hours"),
        cell: ({ hours_id }) => (hours_id === null ? t("queue.always_open") : hoursName(hours_id)),
      },
    ],
    hours: [
      { title: t("hours.zone"), cell: (each) => each.time_zone },
      { title: t("hours.holidays"), cell: (each) => each.exceptions.length },
    ],
    look_up: [
      { title: t("look_up.source"), cell: ({ source }) => t(`look_up.source.${source.kind}`) },
      {
        title: t("look_up.asks"),
        cell: ({ source }) => (source.kind === "http" ? hostOf(source.url) : t("app.missing")),
      },
      { title: t("look_up.parameters"), cell: (each) => <Badges names={each.parameters} /> },
    ],
    widget: [
      { title: t("widget.title"), cell: (each) => each.title },
      {
        title: t("widget.topics"),
        cell: (each) => <Badges names={each.topics.map((topic) => queueName(topic.queue_id))} />,
      },
    ],
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

export function Badges({ names }: { names: string[] }): ReactNode {
  return (
    <Group gap={4}>
      {[...new Set(names)].map((name) => (
        <Badge key={name} color="gray">
          {name}
        </Badge>
      ))}
    </Group>
  );
}
