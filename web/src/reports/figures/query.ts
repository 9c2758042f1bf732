// A report as it is put together on the page: what may stand beside what, and how it is compared.
import type {
  Grain,
  MetricEntry,
  PeriodKind,
  ReportCatalogue,
  ReportQuery,
  ReportResult,
} from "../../api/types";

export const PERIODS: PeriodKind[] = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "last_7_days",
  "this_month",
  "last_month",
  "last_30_days",
  "days",
];

export const GRAINS: Grain[] = [
  "interval",
  "hour",
  "day",
  "week",
  "month",
  "weekday",
  "hour_of_day",
];

export function queryOfReady(
  report: ReportCatalogue["ready"][number],
  period: ReportQuery["period"],
): ReportQuery {
  return {
    metrics: report.metrics,
    dimensions: report.dimensions,
    grain: report.grain,
    shares: report.shares,
    filters: {},
    period,
    back: 0,
  };
}

/** Whether one source of the metric has all that the report is cut by. */
export function fits(metric: MetricEntry, dimensions: readonly string[]): boolean {
  return metric.cuts.some((cut) => dimensions.every((dimension) => cut.includes(dimension)));
}

/** The query with other dimensions; metrics that they can’t cut are left out. */
export function withDimensions(
  query: ReportQuery,
  dimensions: string[],
  metrics: readonly MetricEntry[],
): ReportQuery {
  const cuts = [...dimensions, ...Object.keys(query.filters)];
  const kept = query.metrics.filter((metricId) => {
    const metric = metrics.find((each) => each.metric_id === metricId);
    return metric !== undefined && fits(metric, cuts);
  });
  const shares = query.shares.filter((each) => kept.includes(each));
  return { ...query, dimensions, metrics: kept, shares };
}

/** By key the values of the period before, where keys of both mean the same: not those of dates. */
export function valuesBefore(
  query: ReportQuery,
  before: ReportResult | null,
): Map<string, readonly (number | null)[]> {
  const grain = query.grain ?? null;
  const isComparable = grain === null || grain === "weekday" || grain === "hour_of_day";
  if (before === null || !isComparable) return new Map();
  return new Map(before.answer.rows.map((row) => [row.keys.join("\u0000"), row.values]));
}

export function changeOf(now: number | null, before: number | null | undefined): number | null {
  if (now === null || before === null || before === undefined || before === 0) return null;
  return now / before - 1;
}
