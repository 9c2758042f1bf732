import { ActionIcon, Group, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconBuildingStore,
  IconHeadset,
  IconLayoutDashboard,
  IconReportAnalytics,
  IconSearch,
  type Icon,
} from "@tabler/icons-react";
import { Suspense, lazy } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { AlarmBar } from "../alarms/AlarmBar";
import type { Role } from "../api/types";
import { CallbackDialog } from "../callbacks/CallbackDialog";
import { PresenceMenu } from "../desk/PresenceMenu";
import { useAlerts } from "../desk/alerts";
import { DeskPage } from "../desk/DeskPage";
import { useLanguage } from "../i18n";
import type { Key } from "../i18n/en";
import { useStream } from "../stream/stream";
import { CommandCentre, openPalette, useCommands } from "./commands";
import { ConnectionBanner } from "./ConnectionBanner";
import { Logo } from "./Logo";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";
import { mayAct, useWorkplace } from "./workplace";

const FloorPage = lazy(() => import("../floor/FloorPage"));
const ReportsPage = lazy(() => import("../reports/ReportsPage"));
const AdminPage = lazy(() => import("../admin/AdminPage"));

interface Place {
  path: string;
  label: Key;
  icon: Icon;
  least: Role;
}

const PLACES: Place[] = [
  { path: "/desk", label: "nav.desk", icon: IconHeadset, least: "agent" },
  { path: "/floor", label: "nav.floor", icon: IconLayoutDashboard, least: "supervisor" },
  { path: "/reports", label: "nav.reports", icon: IconReportAnalytics, least: "supervisor" },
  { path: "/admin", label: "nav.admin", icon: IconBuildingStore, least: "administrator" },
];

export function Shell() {
  const { t } = useLanguage();
  const { session } = useWorkplace();
  const [, navigate] = useLocation();
  const places = PLACES.filter((place) => mayAct(session.role, place.least));
  useAlerts();
  useCommands(
    places.map((place, index) => ({
      id: `go${place.path}`,
      group: t("commands.go"),
      label: t(place.label),
      key: String(index + 1),
      run: () => {
        navigate(place.path);
      },
    })),
  );
  return (
    <div className={classes.shell}>
      <a className="skip" href="#main">
        {t("nav.skip")}
      </a>
      <header className={classes.header}>
        <Group gap="xs" wrap="nowrap">
          <Logo />
          <CentreName />
        </Group>
        {places.length > 1 && (
          <nav className={classes.nav} aria-label={t("nav.main")}>
            {places.map((place) => (
              <NavItem key={place.path} place={place} />
            ))}
          </nav>
        )}
        <div className={classes.spacer} />
        <Group gap={6} wrap="nowrap">
          <Tooltip label={`${t("commands.palette")} · Ctrl K`}>
            <ActionIcon size="lg" onClick={openPalette} aria-label={t("commands.palette")}>
              <IconSearch size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <PresenceMenu />
          <UserMenu />
        </Group>
      </header>
      <ConnectionBanner />
      {mayAct(session.role, "supervisor") && <AlarmBar />}
      <main id="main" className={classes.main} tabIndex={-1}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/desk/:contactId?">
              {({ contactId }) => <DeskPage contactId={contactId ? Number(contactId) : null} />}
            </Route>
            {mayAct(session.role, "supervisor") && <Route path="/floor/*?" component={FloorPage} />}
            {mayAct(session.role, "supervisor") && (
              <Route path="/reports/*?" component={ReportsPage} />
            )}
            {mayAct(session.role, "administrator") && (
              <Route path="/admin/:section?/:id?" component={AdminPage} />
            )}
            <Route>
              <Redirect to="/desk" replace />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <CallbackDialog />
      <CommandCentre />
    </div>
  );
}

function CentreName() {
  const { stream } = useWorkplace();
  const name = useStream(stream, (state) => {
    const centre = state.picture.collections.settings["centre_settings/centre"];
    return centre?.name ?? "Frontdesk";
  });
  return <span className={classes.name}>{name}</span>;
}

function NavItem({ place }: { place: Place }) {
  const { t } = useLanguage();
  const [location, navigate] = useLocation();
  const isHere = location.startsWith(place.path);
  return (
    <UnstyledButton
      component="a"
      href={place.path}
      className={classes.navItem}
      data-active={isHere || undefined}
      aria-current={isHere ? "page" : undefined}
      aria-label={t(place.label)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        navigate(place.path);
      }}
    >
      <place.icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.navLabel}>{t(place.label)}</span>
    </UnstyledButton>
  );
}
