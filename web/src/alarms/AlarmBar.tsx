import { Button, Group, Text } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import type { AlarmDocument } from "../api/types";
import { announce } from "../app/announcer";
import { playAlarm } from "../desk/alerts";
import { useLanguage } from "../i18n";
import { useTick } from "../stream/stream";
import classes from "./Alarms.module.css";
import { SeverityBadge } from "./SeverityBadge";
import { useAcknowledge } from "./useAcknowledge";
import { useStandingAlarms, useWords, valueNow, type Words } from "./words";

/** The alarm that most needs somebody, on every page of a supervisor's; nothing if none does. */
export function AlarmBar() {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const unseen = useStandingAlarms().filter((alarm) => alarm.acknowledged_ms === null);
  const words = useWords();
  const nowMs = useTick();
  const acknowledge = useAcknowledge();
  useHeard(unseen, words);
  const [first] = unseen;
  if (first === undefined) return null;
  return (
    <section className={classes.bar} data-severity={first.severity} aria-label={t("alarm.bar")}>
      <IconBellRinging size={18} stroke={1.7} aria-hidden />
      <SeverityBadge of={first.severity} />
      <Text size="sm" className={classes.cause}>
        {words.cause(first, valueNow(first, nowMs))}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            acknowledge(first);
          }}
        >
          {t("alarm.acknowledge")}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            navigate("/floor/alarms");
          }}
        >
          {t("alarm.all", { count: unseen.length })}
        </Button>
      </Group>
    </section>
  );
}

/** Says each new alarm once, and sounds it where its rule wants that. */
function useHeard(unseen: AlarmDocument[], words: Words): void {
  const heard = useRef(new Set<number>());
  useEffect(() => {
    for (const alarm of unseen) {
      if (heard.current.has(alarm.alarm_id)) continue;
      heard.current.add(alarm.alarm_id);
      if (alarm.sound) playAlarm();
      announce(words.cause(alarm, alarm.value));
    }
  });
}
