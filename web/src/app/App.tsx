import { Button, Center, MantineProvider, Stack, Text } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { Suspense, lazy, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { session as sessionCalls } from "../api/calls";
import { ApiError, onSignedOut, setCsrfToken } from "../api/client";
import type { Session } from "../api/types";
import { LanguageProvider, localeOf, useLanguage } from "../i18n";
import { Announcer } from "./announcer";
import { usePreferences } from "./preferences";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";
import { buildTheme, cssVariables } from "./theme";
import { WorkplaceProvider } from "./workplace";
import { Loading } from "../ui/Loading";

const WallPage = lazy(() => import("../walls/WallPage"));

type Standing = { name: "asking" | "unreachable" | "out" } | { name: "in"; session: Session };

const ASK_AGAIN_MS = 3_000;

/** A wall has no chrome, and a shared one nobody who is signed in. */
export function App() {
  const { pathname } = window.location;
  return pathname.startsWith("/wall/") ? <Wall pathname={pathname} /> : <Workplace />;
}

function Wall({ pathname }: { pathname: string }) {
  const preferred = usePreferences((state) => state.locale);
  return (
    <LanguageProvider locale={preferred ?? localeOf(navigator.language)}>
      <Look>
        <Suspense fallback={null}>
          <WallPage pathname={pathname} />
        </Suspense>
      </Look>
    </LanguageProvider>
  );
}

function Workplace() {
  const [standing, setStanding] = useState<Standing>({ name: "asking" });
  const preferred = usePreferences((state) => state.locale);
  const profileLocale = standing.name === "in" ? standing.session.locale : navigator.language;
  const enter = useCallback((session: Session) => {
    setCsrfToken(session.csrf_token ?? "");
    setStanding({ name: "in", session });
  }, []);
  const leave = useCallback(() => {
    setStanding({ name: "out" });
  }, []);
  useSessionAtStart(standing, enter, setStanding);
  useEffect(() => {
    onSignedOut(leave);
  }, [leave]);
  return (
    <LanguageProvider locale={preferred ?? localeOf(profileLocale)}>
      <Look>
        <ModalsProvider>
          <Notifications position="bottom-left" limit={4} role="presentation" />
          <Announcer />
          {standing.name === "in" ? (
            <WorkplaceProvider
              key={standing.session.agent_id}
              session={standing.session}
              signOut={() => {
                void sessionCalls.signOut().finally(leave);
              }}
              onUnauthorised={leave}
            >
              <Shell />
            </WorkplaceProvider>
          ) : standing.name === "out" ? (
            <SignIn onSignedIn={enter} />
          ) : (
            <Waiting
              unreachable={standing.name === "unreachable"}
              retry={() => {
                setStanding({ name: "asking" });
              }}
            />
          )}
        </ModalsProvider>
      </Look>
    </LanguageProvider>
  );
}

function Look({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const closeLabel = t("app.close");
  const theme = useMemo(() => buildTheme(closeLabel), [closeLabel]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

function useSessionAtStart(
  standing: Standing,
  enter: (session: Session) => void,
  setStanding: (standing: Standing) => void,
): void {
  const { name } = standing;
  useEffect(() => {
    if (name === "unreachable") {
      const timer = setTimeout(() => {
        setStanding({ name: "asking" });
      }, ASK_AGAIN_MS);
      return () => {
        clearTimeout(timer);
      };
    }
    if (name === "asking")
      sessionCalls.current().then(enter, (error: unknown) => {
        const isRefused = error instanceof ApiError && error.status === 401;
        setStanding({ name: isRefused ? "out" : "unreachable" });
      });
    return undefined;
  }, [name, enter, setStanding]);
}

function Waiting({ unreachable, retry }: { unreachable: boolean; retry: () => void }) {
  const { t } = useLanguage();
  return (
    <Center h="100dvh" component="main">
      <Stack align="center" gap="sm">
        <Loading />
        {unreachable && (
          <>
            <Text>{t("app.unreachable")}</Text>
            <Button variant="light" onClick={retry}>
              {t("app.try_now")}
            </Button>
          </>
        )}
      </Stack>
    </Center>
  );
}
