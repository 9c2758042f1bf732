import type { MetricEntry } from "../../api/types";
import { useLanguage } from "../../i18n";

/** Writes a figure in its unit. */
export function useFigure(): (value: number, unit: MetricEntry["unit"]) => string {
  const { number, clock } = useLanguage();
  return (value, unit) => {
    if (unit === "ratio") return `${number(Math.round(value * 1_000) / 10)} %`;
    if (unit === "ms") return clock(value);
    return number(Math.round(value * 100) / 100);
  };
}
