import { Loader, Select, Text } from "@mantine/core";
import { IconSitemap } from "@tabler/icons-react";
import { useLocation } from "wouter";
import { reports } from "../api/calls";
import type { Asked, ContainmentDay, LeftAt } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { useFetched } from "../ui/useFetched";
import { ReportTable, type Column } from "./ReportTable";
import type { Span } from "./ReportsPage";

const FIGURES: Column<ContainmentDay>[] = [
  { id: "met", head: "report.met", hint: "report.met_hint", look: "count", value: (r) => r.met },
  { id: "under_way", head: "report.under_way", look: "count", value: (r) => r.under_way },
  {
    id: "contained",
    head: "report.contained",
    hint: "report.contained_hint",
    look: "count",
    value: (r) => r.contained,
  },
  {
    id: "containment_ratio",
    head: "report.containment_ratio",
    hint: "report.containment_ratio_hint",
    look: "ratio",
    value: (r) => r.containment_ratio,
  },
  { id: "queued", head: "report.queued", look: "count", value: (r) => r.queued },
  { id: "callbacks", head: "report.callbacks_promised", look: "count", value: (r) => r.callbacks },
  { id: "messages", head: "report.messages", look: "count", value: (r) => r.messages },
  { id: "transferred", head: "report.transferred", look: "count", value: (r) => r.transferred },
  {
    id: "left",
    head: "report.left",
    hint: "report.left_hint",
    look: "count",
    value: (r) => r.left,
  },
  { id: "left_ratio", head: "report.left_ratio", look: "ratio", value: (r) => r.left_ratio },
  {
    id: "failed",
    head: "report.failed",
    hint: "report.failed_hint",
    look: "count",
    value: (r) => r.failed,
  },
  {
    id: "mean_time_ms",
    head: "report.mean_time",
    hint: "report.mean_time_hint",
    look: "span",
    value: (r) => r.mean_time_ms,
  },
];

/** What flows did without an agent, where customers left them, and what they asked. */
export function SelfService({ span, flowId }: { span: Span; flowId: string | null }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const flows = useSettings("flow");
  const report = useFetched(
    () => reports.containment({ ...span, flow_id: flowId }),
    [span, flowId],
  );
  const nameOf = (id: string) => flows.find((each) => each.flow_id === id)?.name ?? id;
  const flow: Column<{ flow_id: string }> = {
    id: "flow",
    head: "report.flow",
    look: "text",
    value: (r) => nameOf(r.flow_id),
  };
  const day: Column<ContainmentDay> = {
    id: "day",
    head: "report.day",
    look: "day",
    value: (r) => r.day,
  };
  const leftAt: Column<LeftAt>[] = [
    flow,
    {
      id: "node",
      head: "report.node",
      look: "text",
      value: (r) =>
        r.node_flow_id === r.flow_id ? r.node_id : `${nameOf(r.node_flow_id)} · ${r.node_id}`,
    },
    { id: "left", head: "report.left", look: "count", value: (r) => r.left },
    { id: "failed", head: "report.failed", look: "count", value: (r) => r.failed },
  ];
  const asked: Column<Asked>[] = [
    flow,
    { id: "name", head: "report.name", look: "text", value: (r) => r.name },
    {
      id: "kind",
      head: "report.kind",
      look: "text",
      value: (r) => t(r.kind === "intent" ? "report.kind.intent" : "report.kind.topic"),
    },
    { id: "met", head: "report.met", look: "count", value: (r) => r.met },
    { id: "contained", head: "report.contained", look: "count", value: (r) => r.contained },
  ];
  if (report.problem !== null) return <Text size="sm">{report.problem}</Text>;
  const found = report.value;
  if (found === null) return <Loader type="dots" aria-label={t("app.loading")} />;
  return (
    <>
      <Select
        size="xs"
        w={220}
        mb="md"
        clearable
        searchable
        aria-label={t("report.flow")}
        placeholder={t("report.all_flows")}
        value={flowId}
        onChange={(chosen) => {
          navigate(chosen === null ? "/reports" : `/reports/flow/${encodeURIComponent(chosen)}`);
        }}
        data={flows.map((each) => ({ value: each.flow_id, label: each.name }))}
      />
      {found.flows.length === 0 && (
        <Empty icon={IconSitemap} title={t("report.none")} hint={t("report.none_flows")} />
      )}
      <ReportTable
        title={t("report.flows")}
        name="containment"
        columns={[flow, ...FIGURES]}
        rows={found.flows}
      />
      <ReportTable
        title={t("report.left_at")}
        name="left-at"
        columns={leftAt}
        rows={found.left_at}
      />
      <ReportTable title={t("report.asked")} name="asked" columns={asked} rows={found.asked} />
      <ReportTable
        title={t("report.days")}
        name="containment-by-day"
        columns={[day, flow, ...FIGURES]}
        rows={found.items}
      />
    </>
  );
}
