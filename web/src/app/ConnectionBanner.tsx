import { Button, Group, Text, Transition } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { useLanguage } from "../i18n";
import { useStream, useTick } from "../stream/stream";
import { announce } from "./announcer";
import classes from "./ConnectionBanner.module.css";
import { useWorkplace } from "./workplace";

/** Says that the connection is lost, what that means for unsent messages, and when it tries again. */
export function ConnectionBanner() {
  const { stream } = useWorkplace();
  const status = useStream(stream, (state) => state.status);
  const isLost = status.name === "waiting" || status.name === "retrying";
  useSpoken(isLost, status.name === "live");
  return (
    <Transition mounted={isLost} transition="slide-down" duration={150}>
      {(style) => (
        <div style={style} className={classes.banner}>
          <Lost retryAtMs={status.name === "waiting" ? status.retryAtMs : null} />
        </div>
      )}
    </Transition>
  );
}

function Lost({ retryAtMs }: { retryAtMs: number | null }) {
  const { t } = useLanguage();
  const { stream, outbox } = useWorkplace();
  const unsent = useStore(outbox.store, (state) => state.messages.length);
  const nowMs = useTick();
  const seconds = retryAtMs === null ? 0 : Math.max(0, Math.ceil((retryAtMs - nowMs) / 1_000));
  return (
    <Group gap="sm" wrap="nowrap" justify="center">
      <IconPlugConnectedX size={18} stroke={1.7} aria-hidden />
      <Text size="sm">
        {t("connection.lost")}{" "}
        {unsent > 0 ? t("connection.unsent", { count: unsent }) : t("connection.keep_writing")}{" "}
        <span className="tabular">
          {seconds > 0 ? t("connection.retry_in", { seconds }) : t("connection.retrying")}
        </span>
      </Text>
      <Button
        variant="white"
        color="dark"
        size="compact-xs"
        onClick={() => {
          stream.connection.retryNow();
        }}
      >
        {t("app.try_now")}
      </Button>
    </Group>
  );
}

function useSpoken(isLost: boolean, isLive: boolean): void {
  const { t } = useLanguage();
  const wasLost = useRef(false);
  useEffect(() => {
    if (isLost && !wasLost.current) {
      wasLost.current = true;
      announce(t("connection.lost"));
    }
    if (isLive && wasLost.current) {
      wasLost.current = false;
      announce(t("connection.back"));
    }
  }, [isLost, isLive, t]);
}
