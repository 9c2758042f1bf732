import { NavLink, ScrollArea, Select } from "@mantine/core";
import {
  IconBell,
  IconBook2,
  IconBrain,
  IconBriefcase,
  IconBuilding,
  IconClipboardCheck,
  IconClock,
  IconCoffee,
  IconHistory,
  IconKey,
  IconLock,
  IconMessageCircle,
  IconPhone,
  IconRoute,
  IconSitemap,
  IconStack2,
  IconStars,
  IconUsers,
  IconWorldSearch,
  type Icon,
} from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useLocation, useParams } from "wouter";
import { useLanguage } from "../i18n";
import { DryRun } from "../ui/DryRun";
import classes from "./Admin.module.css";
import { AgentsAdmin } from "./AgentsAdmin";
import { AlarmRules } from "./AlarmRules";
import { ApiKeys } from "./ApiKeys";
import { Audit } from "./Audit";
import { CentreForm } from "./CentreForm";
import { Knowledge } from "./Knowledge";
import { Secrets } from "./Secrets";
import { SettingsAdmin } from "./SettingsAdmin";

const TelephoneAdmin = lazy(() => import("./telephone/TelephoneAdmin"));
const Intents = lazy(() => import("./Intents"));
const FlowsPage = lazy(() => import("../flows/FlowsPage"));

const SECTIONS = [
  "agents",
  "teams",
  "skills",
  "queues",
  "hours",
  "breaks",
  "dispositions",
  "widgets",
  "telephone",
  "flows",
  "lookups",
  "intents",
  "knowledge",
  "routing",
  "centre",
  "secrets",
  "keys",
  "alarms",
  "audit",
] as const;
type Section = (typeof SECTIONS)[number];

const ICONS: Record<Section, Icon> = {
  agents: IconUsers,
  teams: IconBriefcase,
  skills: IconStars,
  queues: IconStack2,
  hours: IconClock,
  breaks: IconCoffee,
  dispositions: IconClipboardCheck,
  widgets: IconMessageCircle,
  telephone: IconPhone,
  flows: IconSitemap,
  lookups: IconWorldSearch,
  intents: IconBrain,
  knowledge: IconBook2,
  routing: IconRoute,
  centre: IconBuilding,
  secrets: IconLock,
  keys: IconKey,
  alarms: IconBell,
  audit: IconHistory,
};

/** Everything that can be configured, a section a subject. */
export default function AdminPage() {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const params = useParams<{ section?: string; id?: string }>();
  const section = SECTIONS.find((each) => each === params.section) ?? "agents";
  const go = (to: string) => {
    navigate(`/admin/${to}`);
  };
  if (section === "flows" && params.id !== undefined)
    return (
      <Suspense fallback={null}>
        <FlowsPage flowId={decodeURIComponent(params.id)} />
      </Suspense>
    );
  return (
    <div className={classes.page}>
      <nav className={classes.nav} aria-label={t("nav.admin")}>
        <ScrollArea h="100%">
          {SECTIONS.map((each) => {
            const Picture = ICONS[each];
            return (
              <NavLink
                key={each}
                href={`/admin/${each}`}
                active={each === section}
                aria-current={each === section ? "page" : undefined}
                label={t(`admin.${each}`)}
                leftSection={<Picture size={17} stroke={1.6} />}
                className={classes.navLink}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey) return;
                  event.preventDefault();
                  go(each);
                }}
              />
            );
          })}
        </ScrollArea>
      </nav>
      <div className={classes.picker}>
        <Select
          aria-label={t("nav.admin")}
          allowDeselect={false}
          value={section}
          onChange={(value) => {
            go(value ?? "agents");
          }}
          data={SECTIONS.map((each) => ({ value: each, label: t(`admin.${each}`) }))}
        />
      </div>
      <div className={classes.content}>
        <SectionPage key={section} section={section} />
      </div>
    </div>
  );
}

function SectionPage({ section }: { section: Section }) {
  const { t } = useLanguage();
  switch (section) {
    case "agents":
      return <AgentsAdmin />;
    case "teams":
      return <SettingsAdmin kind="team" />;
    case "skills":
      return <SettingsAdmin kind="skill" />;
    case "queues":
      return <SettingsAdmin kind="queue" />;
    case "hours":
      return <SettingsAdmin kind="hours" />;
    case "breaks":
      return <SettingsAdmin kind="break_reason" />;
    case "dispositions":
      return <SettingsAdmin kind="disposition" />;
    case "widgets":
      return <SettingsAdmin kind="widget" />;
    case "telephone":
      return (
        <Suspense fallback={null}>
          <TelephoneAdmin />
        </Suspense>
      );
    case "lookups":
      return <SettingsAdmin kind="look_up" />;
    case "intents":
      return (
        <Suspense fallback={null}>
          <Intents />
        </Suspense>
      );
    case "knowledge":
      return <Knowledge />;
    case "secrets":
      return <Secrets />;
    case "centre":
      return <CentreForm />;
    case "flows":
      return (
        <Suspense fallback={null}>
          <FlowsPage flowId={null} />
        </Suspense>
      );
    case "keys":
      return <ApiKeys />;
    case "alarms":
      return <AlarmRules />;
    case "audit":
      return <Audit />;
    case "routing":
      return (
        <>
          <h1 className={classes.title}>{t("admin.routing")}</h1>
          <DryRun />
        </>
      );
  }
}
