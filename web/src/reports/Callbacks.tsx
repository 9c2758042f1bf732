import { Loader, Text } from "@mantine/core";
import { IconPhoneCall } from "@tabler/icons-react";
import { reports } from "../api/calls";
import type { CallbackDay } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { useFetched } from "../ui/useFetched";
import { ReportTable, type Column } from "./ReportTable";
import type { Span } from "./ReportsPage";

const FIGURES: Column<CallbackDay>[] = [
  { id: "promised", head: "report.promised", look: "count", value: (r) => r.promised },
  { id: "open", head: "report.open", look: "count", value: (r) => r.open },
  { id: "reached", head: "report.reached", look: "count", value: (r) => r.reached },
  {
    id: "unreached",
    head: "report.unreached",
    hint: "report.unreached_hint",
    look: "count",
    value: (r) => r.unreached,
  },
  {
    id: "expired",
    head: "report.expired",
    hint: "report.expired_hint",
    look: "count",
    value: (r) => r.expired,
  },
  {
    id: "in_time_ratio",
    head: "report.in_time",
    hint: "report.in_time_hint",
    look: "ratio",
    value: (r) => r.in_time_ratio,
  },
  { id: "attempts", head: "report.attempts", look: "count", value: (r) => r.attempts },
  {
    id: "mean_wait_ms",
    head: "report.wait",
    hint: "report.wait_hint",
    look: "span",
    value: (r) => r.mean_wait_ms,
  },
];

/** Whether promises to reach customers were kept. */
export function Callbacks({ span }: { span: Span }) {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const report = useFetched(() => reports.callbacks(span), [span]);
  const queue: Column<CallbackDay> = {
    id: "queue",
    head: "report.queue",
    look: "text",
    value: (r) => queues.find((each) => each.queue_id === r.queue_id)?.name ?? r.queue_id,
  };
  const day: Column<CallbackDay> = {
    id: "day",
    head: "report.day",
    look: "day",
    value: (r) => r.day,
  };
  if (report.problem !== null) return <Text size="sm">{report.problem}</Text>;
  if (report.value === null) return <Loader type="dots" aria-label={t("app.loading")} />;
  if (report.value.queues.length === 0)
    return (
      <Empty icon={IconPhoneCall} title={t("report.none")} hint={t("report.none_callbacks")} />
    );
  return (
    <>
      <ReportTable
        title={t("report.queues")}
        name="callbacks"
        columns={[queue, ...FIGURES]}
        rows={report.value.queues}
      />
      <ReportTable
        title={t("report.days")}
        name="callbacks-by-day"
        columns={[day, queue, ...FIGURES]}
        rows={report.value.items}
      />
    </>
  );
}
