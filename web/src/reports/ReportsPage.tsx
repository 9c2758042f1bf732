import { Tabs, TextInput } from "@mantine/core";
import { IconChartBar, IconFlask, IconPhoneCall, IconSitemap, IconStar } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { useWorkplace } from "../app/workplace";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { Callbacks } from "./Callbacks";
import { latestDays, spanOf, type Days } from "./days";
import classes from "./Reports.module.css";
import { FiguresTab } from "./figures/FiguresTab";
import { SelfService } from "./SelfService";
import { VerdictsTab } from "./VerdictsTab";
import { WhatIf } from "../whatif/WhatIf";

export type Span = ReturnType<typeof spanOf>;

const TABS = ["figures", "flow", "verdicts", "callbacks", "what-if"] as const;

/** Figures of past days, by the centre’s clock, and what they would have been. */
export default function ReportsPage() {
  const { t } = useLanguage();
  const [location, navigate] = useLocation();
  const timeZone = useTimeZone();
  const [days, setDays] = useState<Days>(() => latestDays(timeZone));
  const span = useMemo(() => spanOf(days, timeZone), [days, timeZone]);
  const [, , here = "", flowId = ""] = location.split("/");
  const tab = TABS.find((each) => each === here) ?? "figures";
  return (
    <Tabs
      value={tab}
      onChange={(value) => {
        navigate(value === "figures" ? "/reports" : `/reports/${value ?? ""}`);
      }}
      keepMounted={false}
      className={floor.page}
    >
      <h1 className={floor.hidden}>{t("nav.reports")}</h1>
      <Tabs.List className={floor.tabs}>
        <Tabs.Tab value="figures" leftSection={<IconChartBar size={16} stroke={1.7} />}>
          {t("figures")}
        </Tabs.Tab>
        <Tabs.Tab value="flow" leftSection={<IconSitemap size={16} stroke={1.7} />}>
          {t("report.self_service")}
        </Tabs.Tab>
        <Tabs.Tab value="verdicts" leftSection={<IconStar size={16} stroke={1.7} />}>
          {t("report.verdicts")}
        </Tabs.Tab>
        <Tabs.Tab value="callbacks" leftSection={<IconPhoneCall size={16} stroke={1.7} />}>
          {t("report.callbacks")}
        </Tabs.Tab>
        <Tabs.Tab value="what-if" leftSection={<IconFlask size={16} stroke={1.7} />}>
          {t("whatif.title")}
        </Tabs.Tab>
      </Tabs.List>
      <div className={floor.panel}>
        {tab !== "figures" && tab !== "what-if" && <DayFields days={days} onChange={setDays} />}
        <Tabs.Panel value="figures">
          <FiguresTab />
        </Tabs.Panel>
        <Tabs.Panel value="flow">
          <SelfService span={span} flowId={flowId === "" ? null : decodeURIComponent(flowId)} />
        </Tabs.Panel>
        <Tabs.Panel value="verdicts">
          <VerdictsTab span={span} />
        </Tabs.Panel>
        <Tabs.Panel value="callbacks">
          <Callbacks span={span} />
        </Tabs.Panel>
        <Tabs.Panel value="what-if">
          <WhatIf timeZone={timeZone} />
        </Tabs.Panel>
      </div>
    </Tabs>
  );
}

function useTimeZone(): string {
  const { stream } = useWorkplace();
  return useStream(stream, (state) => {
    const centre = state.picture.collections.settings["centre_settings/centre"];
    return centre?.kind === "centre_settings" ? centre.time_zone : "UTC";
  });
}

function DayFields({ days, onChange }: { days: Days; onChange: (days: Days) => void }) {
  const { t } = useLanguage();
  return (
    <div className={classes.choices}>
      <TextInput
        size="xs"
        type="date"
        label={t("report.from")}
        value={days.from}
        max={days.to}
        onChange={(event) => {
          onChange({ ...days, from: event.currentTarget.value });
        }}
      />
      <TextInput
        size="xs"
        type="date"
        label={t("report.to")}
        value={days.to}
        min={days.from}
        onChange={(event) => {
          onChange({ ...days, to: event.currentTarget.value });
        }}
      />
    </div>
  );
}
