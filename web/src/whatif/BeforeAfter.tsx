import { Table, Text } from "@mantine/core";
import type { WhatIfBeforeAfter } from "../api/types";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { FigureTable } from "./FigureTable";
import { difference, figure } from "./figures";
import classes from "./WhatIf.module.css";

/** What came after a change, beside what would have come without it. */
export function BeforeAfter({ found }: { found: WhatIfBeforeAfter }) {
  const language = useLanguage();
  const { t } = language;
  return (
    <section className={floor.card} aria-label={t("whatif.before_after")}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{t("whatif.before_after")}</h2>
      </div>
      <Text size="sm" className={classes.verdict}>
        {t("whatif.before_after_lead")}
      </Text>
      <FigureTable
        name={t("whatif.all_queues")}
        minWidth={640}
        heads={[t("whatif.before"), t("whatif.after"), t("whatif.without"), t("whatif.by_change")]}
      >
        {found.figures.map((one) => (
          <Table.Tr key={one.measure}>
            <Table.Td>{t(`whatif.measure.${one.measure}`)}</Table.Td>
            {[one.before, one.after, one.expected].map((value, at) => (
              <Table.Td key={at} ta="end" className="tabular">
                {figure(language, one.measure, value)}
              </Table.Td>
            ))}
            <Table.Td ta="end" className="tabular">
              {one.cause === "change"
                ? difference(language, one.measure, one.by_change)
                : t(`whatif.cause.${one.cause}`)}
            </Table.Td>
          </Table.Tr>
        ))}
      </FigureTable>
    </section>
  );
}
