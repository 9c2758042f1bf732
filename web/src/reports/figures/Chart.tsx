import { Select } from "@mantine/core";
import { useState } from "react";
import type { ReportCatalogue, ReportResult } from "../../api/types";
import floor from "../../floor/Floor.module.css";
import { useLanguage } from "../../i18n";
import classes from "./Figures.module.css";
import { metricOf } from "./FigureTable";
import { useFigure } from "./useFigure";

const BARS_MAX = 120;
const BAR_WIDTH_MAX = 90;
const WIDTH = 1_000;
const HEIGHT = 200;
const BASE = 174;
const TOP = 14;

interface Props {
  catalogue: ReportCatalogue;
  result: ReportResult;
}

/** One metric of the rows as bars. The table beside it says the same in figures. */
export function Chart({ catalogue, result }: Props) {
  const { t } = useLanguage();
  const write = useFigure();
  const { answer } = result;
  const [chosen, setChosen] = useState<string | null>(null);
  const metricId = answer.metrics.find((id) => id === chosen) ?? answer.metrics[0];
  if (metricId === undefined || answer.rows.length < 2 || answer.rows.length > BARS_MAX)
    return null;
  const metric = metricOf(catalogue, metricId);
  const index = answer.metrics.indexOf(metricId);
  const bars = answer.rows.map((row) => ({
    name: answer.columns.map((id, i) => labelOf(result, id, row.keys[i] ?? "")).join(", "),
    value: row.values[index] ?? 0,
  }));
  const most = Math.max(...bars.map((bar) => Math.abs(bar.value)), Number.MIN_VALUE);
  const step = WIDTH / bars.length;
  const width = Math.min(step * 0.76, BAR_WIDTH_MAX);
  const every = Math.ceil(bars.length / 8);
  return (
    <section className={floor.card} aria-label={t("figures.chart")}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{metric.name}</h2>
        <Select
          size="xs"
          aria-label={t("figures.chart_of")}
          data={answer.metrics.map((id) => ({ value: id, label: metricOf(catalogue, id).name }))}
          value={metricId}
          allowDeselect={false}
          onChange={setChosen}
        />
      </div>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("figures.chart_says", { name: metric.name, most: write(most, metric.unit) })}
      >
        <g className={classes.bars}>
          {bars.map((bar, i) => {
            const height = (Math.abs(bar.value) / most) * (BASE - TOP);
            return (
              <rect
                key={i}
                x={i * step + (step - width) / 2}
                y={BASE - height}
                width={width}
                height={height}
                rx={2}
              >
                <title>{`${bar.name}: ${write(bar.value, metric.unit)}`}</title>
              </rect>
            );
          })}
        </g>
      </svg>
      <div
        aria-hidden
        style={{ display: "flex", padding: "0 4px 8px", fontSize: "0.6875rem", opacity: 0.75 }}
      >
        {bars.map((bar, i) =>
          i % every === 0 ? (
            <span
              key={i}
              style={{
                flex: every,
                textAlign: bars.length < 9 ? "center" : "start",
                overflow: "hidden",
                textOverflow: "ellipsis",
                minWidth: 0,
              }}
            >
              {bar.name}
            </span>
          ) : null,
        )}
      </div>
    </section>
  );
}

function labelOf(result: ReportResult, id: string, key: string): string {
  const label = result.labels[id]?.[key] ?? key;
  return id === "time" && /^\d{4}-\d\d-\d\dT/.test(label)
    ? label.slice(5, 16).replace("T", " ")
    : label;
}
