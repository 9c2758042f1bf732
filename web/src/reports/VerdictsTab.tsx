import { Loader, NumberInput, SegmentedControl, Text } from "@mantine/core";
import { IconStar } from "@tabler/icons-react";
import { useState } from "react";
import { reports, settings } from "../api/calls";
import type { VerdictKey, Verdicts } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { useFetched } from "../ui/useFetched";
import classes from "./Reports.module.css";
import { ReportTable, type Column } from "./ReportTable";
import type { Span } from "./ReportsPage";
import { VerdictTexts } from "./VerdictTexts";

const KEYS = ["queue", "agent", "topic", "disposition"] as const;
const REPEAT_DAYS = 7;

const FIGURES: Column<Verdicts>[] = [
  {
    id: "csat_mean",
    head: "report.csat",
    hint: "report.csat_hint",
    look: "score",
    value: (r) => r.csat_mean,
  },
  {
    id: "csat_satisfied_ratio",
    head: "report.satisfied",
    hint: "report.satisfied_hint",
    look: "ratio",
    value: (r) => r.csat_satisfied_ratio,
  },
  { id: "csat_answers", head: "report.answers", look: "count", value: (r) => r.csat_answers },
  {
    id: "nps",
    head: "report.nps",
    hint: "report.nps_hint",
    look: "score",
    value: (r) => r.nps_score,
  },
  { id: "nps_answers", head: "report.answers", look: "count", value: (r) => r.nps_answers },
  {
    id: "resolved_ratio",
    head: "report.resolved",
    hint: "report.resolved_hint",
    look: "ratio",
    value: (r) => r.resolved_ratio,
  },
  {
    id: "resolved_answers",
    head: "report.answers",
    look: "count",
    value: (r) => r.resolved_answers,
  },
  {
    id: "first_contact_resolution_ratio",
    head: "report.fcr",
    hint: "report.fcr_hint",
    look: "ratio",
    value: (r) => r.first_contact_resolution_ratio,
  },
  {
    id: "contacts",
    head: "report.contacts",
    hint: "report.contacts_hint",
    look: "count",
    value: (r) => r.contacts,
  },
  {
    id: "undecided",
    head: "report.undecided",
    hint: "report.undecided_hint",
    look: "count",
    value: (r) => r.undecided,
  },
];

/** What customers said afterwards, and whether they had to come back. */
export function VerdictsTab({ span }: { span: Span }) {
  const { t } = useLanguage();
  const [by, setBy] = useState<VerdictKey>("queue");
  const [repeatDays, setRepeatDays] = useState(REPEAT_DAYS);
  const nameOf = useNames(by);
  const report = useFetched(
    () => reports.verdicts({ ...span, by, repeat_days: repeatDays }),
    [span, by, repeatDays],
  );
  const key: Column<Verdicts> = {
    id: by,
    head: `report.by.${by}`,
    look: "text",
    value: (r) => (r.key === null ? t("report.total") : nameOf(r.key)),
  };
  if (report.problem !== null) return <Text size="sm">{report.problem}</Text>;
  return (
    <>
      <div className={classes.choices}>
        <SegmentedControl
          size="xs"
          aria-label={t("report.by")}
          value={by}
          onChange={setBy}
          data={KEYS.map((value) => ({ value, label: t(`report.by.${value}`) }))}
        />
        <NumberInput
          size="xs"
          w={220}
          min={1}
          max={90}
          clampBehavior="strict"
          label={t("report.repeat_days")}
          value={repeatDays}
          onChange={(days) => {
            if (typeof days === "number" && days >= 1) setRepeatDays(days);
          }}
        />
      </div>
      {report.value === null ? (
        <Loader type="dots" aria-label={t("app.loading")} />
      ) : isEmpty(report.value.total) ? (
        <Empty icon={IconStar} title={t("report.none")} hint={t("report.none_verdicts")} />
      ) : (
        <ReportTable
          title={t("report.verdicts")}
          name={`verdicts-by-${by}`}
          columns={[key, ...FIGURES]}
          rows={[report.value.total, ...report.value.items]}
        />
      )}
      <VerdictTexts key={JSON.stringify(span)} span={span} />
    </>
  );
}

function isEmpty(total: Verdicts): boolean {
  return (
    total.csat_answers + total.nps_answers + total.resolved_answers + total.texts === 0 &&
    total.contacts + total.undecided === 0
  );
}

function useNames(by: VerdictKey): (id: string) => string {
  const queues = useSettings("queue");
  const dispositions = useSettings("disposition");
  const agents = useFetched(() => (by === "agent" ? settings.agentProfiles() : null), [by]);
  const names = new Map<string, string>();
  if (by === "queue") for (const each of queues) names.set(each.queue_id, each.name);
  if (by === "disposition")
    for (const each of dispositions) names.set(each.disposition_id, each.name);
  if (by === "agent")
    for (const each of agents.value?.items ?? []) names.set(each.agent_id, each.name);
  return (id) => names.get(id) ?? id;
}
