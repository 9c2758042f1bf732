import { Table, Text } from "@mantine/core";
import type { Difference, WhatIfEffect, WhatIfMeasure } from "../api/types";
import floor from "../floor/Floor.module.css";
import { useLanguage, type Language } from "../i18n";
import { FigureTable } from "./FigureTable";
import { difference, figure, interval, isNothing } from "./figures";
import classes from "./WhatIf.module.css";

/** Measures that a sentence is made of, in its order. */
const TOLD = ["service_level", "abandoned", "occupancy_ratio", "result"] as const;

/** What the changes do, in sentences and figures, each with its confidence. */
export function Effect({ effect }: { effect: WhatIfEffect }) {
  const language = useLanguage();
  const { t } = language;
  return (
    <section className={floor.card} aria-label={t("whatif.effect")}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{t("whatif.effect")}</h2>
      </div>
      <Text size="sm" className={classes.verdict}>
        {TOLD.map((measure) => sentence(language, measure, effect.figures)).join(" ")}
      </Text>
      <DifferenceTable name={t("whatif.all_queues")} figures={effect.figures} />
      {effect.queues.length > 1 &&
        effect.queues.map((queue) => (
          <DifferenceTable key={queue.queue_id} name={queue.name} figures={queue.figures} />
        ))}
      <Text size="xs" c="dimmed" className={classes.body}>
        {t("whatif.confidence")}
      </Text>
    </section>
  );
}

function sentence(
  language: Language,
  measure: (typeof TOLD)[number],
  figures: readonly Difference[],
): string {
  const found = figures.find((one) => one.measure === measure)?.difference;
  const { value = null, low = null, high = null } = found ?? {};
  if (value === null) return "";
  const unsure = low !== null && high !== null && low <= 0 && high >= 0;
  if (unsure || isNothing(measure, value)) return language.t(`whatif.said.${measure}.same`);
  return language.t(`whatif.said.${measure}.${value > 0 ? "more" : "less"}`, {
    by: difference(language, measure, Math.abs(value), true),
    range: interval(language, measure, low, high),
  });
}

function DifferenceTable({ name, figures }: { name: string; figures: readonly Difference[] }) {
  const language = useLanguage();
  const { t } = language;
  return (
    <FigureTable
      name={name}
      minWidth={620}
      heads={[
        t("whatif.as_it_was"),
        t("whatif.changed"),
        t("whatif.difference"),
        t("whatif.range"),
      ]}
    >
      {figures.map((one) => (
        <Table.Tr key={one.measure}>
          <Table.Td>{t(`whatif.measure.${one.measure}`)}</Table.Td>
          {cells(language, one.measure, one).map((cell, at) => (
            <Table.Td key={at} ta="end" className="tabular">
              {cell}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </FigureTable>
  );
}

const cells = (language: Language, measure: WhatIfMeasure, one: Difference) => [
  figure(language, measure, one.before.value),
  figure(language, measure, one.after.value),
  difference(language, measure, one.difference.value),
  interval(language, measure, one.difference.low, one.difference.high),
];
