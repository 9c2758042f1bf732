// An alarm in words: what was measured of whom, as the reader's language writes it.
import { useMemo } from "react";
import type { AlarmDocument, AlarmMeasure, AlarmSeverity, Setting } from "../api/types";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import type { Key } from "../i18n/en";
import { en } from "../i18n/en";
import { useStream } from "../stream/stream";

export const MEASURES: AlarmMeasure[] = [
  "break_overstay_ms",
  "offers_missed",
  "contact_ms",
  "hold_ms",
  "wrap_up_ms",
  "agents_available",
  "oldest_wait_ms",
  "service_level_ratio",
  "abandoned_ratio",
  "flow_failures",
  "channel_down_ms",
  "trunk_load_ratio",
];

export const SEVERITIES: AlarmSeverity[] = ["notice", "warning", "critical"];

export const isAge = (measure: AlarmMeasure) => measure.endsWith("_ms");
export const isRatio = (measure: AlarmMeasure) => measure.endsWith("_ratio");

/** The worst first, of the equally bad the oldest. */
export function byUrgency(a: AlarmDocument, b: AlarmDocument): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || a.raised_ms - b.raised_ms
  );
}

/** The alarms that stand, the most urgent first. */
export function useStandingAlarms(): AlarmDocument[] {
  const { stream } = useWorkplace();
  const alarms = useStream(stream, (state) => state.picture.collections.alarms);
  return useMemo(() => Object.values(alarms).sort(byUrgency), [alarms]);
}

export interface Words {
  /** A value of a measure. */
  value: (measure: AlarmMeasure, value: number) => string;
  /** What is wrong, with whom. */
  cause: (alarm: AlarmDocument, value: number) => string;
  /** The rule's name; of a rule that is gone, its id. */
  name: (alarm: AlarmDocument) => string;
  /** Somebody's name. */
  person: (agentId: string | null) => string;
}

export function useWords(): Words {
  const { t, span, ratio, number } = useLanguage();
  const { stream } = useWorkplace();
  const settings = useStream(stream, (state) => state.picture.collections.settings);
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  const nameOf = (kind: string, id: string) => named(settings[`${kind}/${id}`]) ?? id;
  const person = (agentId: string | null) =>
    agentId === null ? t("app.missing") : (colleagues[agentId]?.name ?? agentId);
  const value = (measure: AlarmMeasure, measured: number) =>
    isAge(measure) ? span(measured) : isRatio(measure) ? ratio(measured) : number(measured);
  const who = (alarm: AlarmDocument) => {
    switch (alarm.subject) {
      case "agent":
      case "engagement":
        return person(alarm.agent_id);
      case "queue":
        return nameOf("queue", alarm.subject_id);
      case "flow":
        return nameOf("flow", alarm.subject_id);
      case "trunk":
        return nameOf("trunk", alarm.subject_id);
      case "channel": {
        const key = `channel.${alarm.subject_id}`;
        return key in en ? t(key as Key) : alarm.subject_id;
      }
    }
  };
  return {
    value,
    person,
    name: (alarm) => nameOf("alarm_rule", alarm.rule_id),
    cause: (alarm, measured) =>
      t(`alarm.cause.${alarm.measure}`, {
        who: who(alarm),
        value: value(alarm.measure, measured),
      }),
  };
}

function named(setting: Setting | undefined): string | null {
  return setting !== undefined && "name" in setting ? setting.name : null;
}

/** What is measured now of an alarm that stands: ages grow by themselves. */
export function valueNow(alarm: AlarmDocument, nowMs: number): number {
  return isAge(alarm.measure) ? Math.max(alarm.value, nowMs - alarm.since_ms) : alarm.value;
}
