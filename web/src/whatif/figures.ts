// How the figures of a what-if are written: shares in per cent, their differences in points.
import type { WhatIfMeasure } from "../api/types";
import type { Language } from "../i18n";

type Unit = "share" | "span" | "number";

function unitOf(measure: WhatIfMeasure): Unit {
  if (measure.endsWith("_ratio") || measure === "service_level") return "share";
  return measure.endsWith("_s") ? "span" : "number";
}

/** What a difference is rounded to before anybody calls it none. */
export const isNothing = (measure: WhatIfMeasure, value: number) =>
  Math.abs(value) < (unitOf(measure) === "share" ? 0.0005 : 0.05);

export function figure(
  { locale, t, number }: Language,
  measure: WhatIfMeasure,
  value: number | null,
): string {
  if (value === null) return t("app.missing");
  if (unitOf(measure) === "share") return percent(locale, value);
  const rounded = number(rounding(value));
  return unitOf(measure) === "span" ? t("whatif.seconds", { value: rounded }) : rounded;
}

/** With its sign; `plain` without, where words say the direction. */
export function difference(
  { t, number }: Language,
  measure: WhatIfMeasure,
  value: number | null,
  plain = false,
): string {
  if (value === null) return t("app.missing");
  const size = number(rounding(unitOf(measure) === "share" ? 100 * value : value));
  const signed = value > 0 && !plain ? `+${size}` : size;
  if (unitOf(measure) === "share") return t("whatif.points", { value: signed });
  return unitOf(measure) === "span" ? t("whatif.seconds", { value: signed }) : signed;
}

/** From and to in one, with the unit once. */
export function interval(
  language: Language,
  measure: WhatIfMeasure,
  low: number | null,
  high: number | null,
): string {
  if (low === null || high === null) return language.t("app.missing");
  return language.t("whatif.between", {
    low: difference(language, measure, low),
    high: difference(language, measure, high),
  });
}

/** To a tenth, for differences are told so finely. */
const percent = (locale: string, share: number) =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);

const rounding = (value: number) =>
  Math.abs(value) >= 1_000 ? Math.round(value) : Math.round(value * 10) / 10;
