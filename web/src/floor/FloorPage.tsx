import { Tabs } from "@mantine/core";
import {
  IconActivity,
  IconAlertTriangle,
  IconBell,
  IconDeviceTv,
  IconHistory,
  IconHourglass,
  IconPhoneOutgoing,
  IconRoute,
} from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { useLocation } from "wouter";
import { AlarmsTab } from "../alarms/AlarmsTab";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Stream } from "../stream/stream";
import { DryRun } from "../ui/DryRun";
import { AnnouncedWaits } from "./AnnouncedWaits";
import { ContactSearch } from "./ContactSearch";
import { Details } from "./details";
import { Failures } from "./Failures";
import classes from "./Floor.module.css";
import { FloorStream } from "./floorStream";
import { LivePicture } from "./LivePicture";
import { Promised } from "./Promised";
import { Wallboards } from "../walls/Wallboards";

const TABS = [
  "live",
  "alarms",
  "callbacks",
  "contacts",
  "routing",
  "waits",
  "failures",
  "walls",
] as const;

/** The supervisor's page: the centre now, its contacts, and why routing does what it does. */
export default function FloorPage() {
  const { t } = useLanguage();
  const { onUnauthorised } = useWorkplace();
  const [location, navigate] = useLocation();
  const stream = useMemo(() => new Stream("floor", onUnauthorised), [onUnauthorised]);
  useEffect(() => stream.start(), [stream]);
  const here = location.split("/")[2] ?? "";
  const tab = TABS.find((each) => each === here) ?? "live";
  return (
    <FloorStream value={stream}>
      <Tabs
        value={tab}
        onChange={(value) => {
          navigate(value === "live" ? "/floor" : `/floor/${value ?? ""}`);
        }}
        keepMounted={false}
        className={classes.page}
      >
        <h1 className={classes.hidden}>{t("nav.floor")}</h1>
        <Tabs.List className={classes.tabs}>
          <Tabs.Tab value="live" leftSection={<IconActivity size={16} stroke={1.7} />}>
            {t("floor.live")}
          </Tabs.Tab>
          <Tabs.Tab value="alarms" leftSection={<IconBell size={16} stroke={1.7} />}>
            {t("floor.alarms")}
          </Tabs.Tab>
          <Tabs.Tab value="callbacks" leftSection={<IconPhoneOutgoing size={16} stroke={1.7} />}>
            {t("floor.callbacks")}
          </Tabs.Tab>
          <Tabs.Tab value="contacts" leftSection={<IconHistory size={16} stroke={1.7} />}>
            {t("floor.contacts")}
          </Tabs.Tab>
          <Tabs.Tab value="routing" leftSection={<IconRoute size={16} stroke={1.7} />}>
            {t("floor.routing")}
          </Tabs.Tab>
          <Tabs.Tab value="waits" leftSection={<IconHourglass size={16} stroke={1.7} />}>
            {t("floor.waits")}
          </Tabs.Tab>
          <Tabs.Tab value="failures" leftSection={<IconAlertTriangle size={16} stroke={1.7} />}>
            {t("floor.failures")}
          </Tabs.Tab>
          <Tabs.Tab value="walls" leftSection={<IconDeviceTv size={16} stroke={1.7} />}>
            {t("wall.title")}
          </Tabs.Tab>
        </Tabs.List>
        <Details>
          <Tabs.Panel value="live" className={classes.panel}>
            <LivePicture />
          </Tabs.Panel>
          <Tabs.Panel value="alarms" className={classes.panel}>
            <AlarmsTab />
          </Tabs.Panel>
          <Tabs.Panel value="callbacks" className={classes.panel}>
            <Promised />
          </Tabs.Panel>
          <Tabs.Panel value="contacts" className={classes.panel}>
            <ContactSearch />
          </Tabs.Panel>
          <Tabs.Panel value="routing" className={classes.panel}>
            <DryRun />
          </Tabs.Panel>
          <Tabs.Panel value="waits" className={classes.panel}>
            <AnnouncedWaits />
          </Tabs.Panel>
          <Tabs.Panel value="failures" className={classes.panel}>
            <Failures />
          </Tabs.Panel>
          <Tabs.Panel value="walls" className={classes.panel}>
            <Wallboards />
          </Tabs.Panel>
        </Details>
      </Tabs>
    </FloorStream>
  );
}
