import { Table, Text } from "@mantine/core";
import type { Compared, WhatIfStudy } from "../api/types";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { Chart } from "./Chart";
import { FigureTable } from "./FigureTable";
import { figure } from "./figures";
import classes from "./WhatIf.module.css";

/** Whether the simulated past is like the real one: in a sentence, figures and a picture. */
export function Validation({ study, timeZone }: { study: WhatIfStudy; timeZone: string }) {
  const { t } = useLanguage();
  const { validation } = study;
  const differing = validation.figures.filter((one) => one.likeness === "differs");
  return (
    <section className={floor.card} aria-label={t("whatif.validation")}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{t("whatif.validation")}</h2>
        <Text size="xs" c="dimmed">
          {t("whatif.replications", { count: study.replications })}
        </Text>
      </div>
      <Text size="sm" className={classes.verdict}>
        {validation.holds
          ? t("whatif.holds")
          : t("whatif.holds_not", {
              measures: differing.map((one) => t(`whatif.measure.${one.measure}`)).join(", "),
            })}
        {study.left_out > 0 && ` ${t("whatif.left_out", { count: study.left_out })}`}
      </Text>
      <ComparedTable name={t("whatif.all_queues")} figures={validation.figures} />
      {validation.queues.length > 1 &&
        validation.queues.map((queue) => (
          <ComparedTable key={queue.queue_id} name={queue.name} figures={queue.figures} />
        ))}
      <Chart intervals={validation.intervals} timeZone={timeZone} />
    </section>
  );
}

function ComparedTable({ name, figures }: { name: string; figures: readonly Compared[] }) {
  const { t } = useLanguage();
  return (
    <FigureTable
      name={name}
      minWidth={560}
      heads={[
        t("whatif.real"),
        t("whatif.simulated"),
        t("whatif.expected_range"),
        t("whatif.likeness"),
      ]}
    >
      {figures.map((one) => (
        <ComparedRow key={one.measure} one={one} />
      ))}
    </FigureTable>
  );
}

function ComparedRow({ one }: { one: Compared }) {
  const language = useLanguage();
  const { t } = language;
  const range =
    one.low === null || one.high === null
      ? t("app.missing")
      : t("whatif.between", {
          low: figure(language, one.measure, one.low),
          high: figure(language, one.measure, one.high),
        });
  return (
    <Table.Tr>
      <Table.Td>{t(`whatif.measure.${one.measure}`)}</Table.Td>
      <Table.Td ta="end" className="tabular">
        {figure(language, one.measure, one.real)}
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {figure(language, one.measure, one.simulated)}
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {range}
      </Table.Td>
      <Table.Td ta="end" className={one.likeness === "differs" ? classes.differs : undefined}>
        {t(`whatif.likeness.${one.likeness}`)}
      </Table.Td>
    </Table.Tr>
  );
}
