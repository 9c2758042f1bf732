import { Button, Group, Table, Text } from "@mantine/core";
import { IconBellOff, IconHistory } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useState } from "react";
import { alarms } from "../api/calls";
import type { AlarmDocument } from "../api/types";
import { useAction } from "../app/useAction";
import { useDetails } from "../floor/details";
import classes from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { useTick } from "../stream/stream";
import { Empty } from "../ui/Empty";
import { Loading } from "../ui/Loading";
import { useFetched } from "../ui/useFetched";
import { SeverityBadge } from "./SeverityBadge";
import { useAcknowledge } from "./useAcknowledge";
import { useStandingAlarms, useWords, valueNow, type Words } from "./words";

const RECORDED_AFTER_MS = 1_500;

/** The alarms that stand, and what became of those before. */
export function AlarmsTab() {
  const standing = useStandingAlarms();
  const ids = standing.map(({ alarm_id, acknowledged_ms }) => [alarm_id, acknowledged_ms]);
  return (
    <>
      <Standing standing={standing} />
      <Past key={JSON.stringify(ids)} />
    </>
  );
}

function Standing({ standing }: { standing: AlarmDocument[] }) {
  const { t } = useLanguage();
  const words = useWords();
  const nowMs = useTick();
  const acknowledge = useAcknowledge();
  return (
    <section className={classes.card} aria-label={t("alarm.standing")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("alarm.standing")}</h2>
      </div>
      {standing.length === 0 ? (
        <Empty icon={IconBellOff} title={t("alarm.none")} hint={t("alarm.none_hint")} />
      ) : (
        <Table.ScrollContainer minWidth={760}>
          <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
            <Heads last={t("alarm.looked_after")} />
            <Table.Tbody>
              {standing.map((alarm) => (
                <Table.Tr key={alarm.alarm_id} data-alarm={alarm.rule_id}>
                  <Facts alarm={alarm} value={valueNow(alarm, nowMs)} words={words} />
                  <Table.Td>
                    {alarm.acknowledged_ms === null ? (
                      <Button
                        size="compact-sm"
                        variant="light"
                        onClick={() => {
                          acknowledge(alarm);
                        }}
                      >
                        {t("alarm.acknowledge")}
                      </Button>
                    ) : (
                      words.person(alarm.acknowledged_by)
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function Past() {
  const { t, timeToSeconds } = useLanguage();
  const words = useWords();
  const first = useFetched(() => alarms.past(null), []);
  const [more, setMore] = useState<{ items: AlarmDocument[]; next: string | null } | null>(null);
  const [busy, run] = useAction();
  const reload = useEffectEvent(first.reload);
  useEffect(() => {
    // Records are written a moment after the picture has changed.
    const timer = setTimeout(reload, RECORDED_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (first.problem !== null) return <Text size="sm">{first.problem}</Text>;
  if (first.value === null) return <Loading />;
  const items = [...first.value.items, ...(more?.items ?? [])].filter(
    ({ cleared_ms }) => cleared_ms !== null,
  );
  const next = more === null ? first.value.next_cursor : more.next;
  const load = () =>
    void run(async () => {
      const page = await alarms.past(next);
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next_cursor });
    });
  return (
    <section className={classes.card} aria-label={t("alarm.past")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("alarm.past")}</h2>
      </div>
      {items.length === 0 ? (
        <Empty icon={IconHistory} title={t("alarm.no_past")} hint={t("alarm.no_past_hint")} />
      ) : (
        <Table.ScrollContainer minWidth={820}>
          <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
            <Heads last={t("alarm.ended")} />
            <Table.Tbody>
              {items.map((alarm) => (
                <Table.Tr key={alarm.alarm_id}>
                  <Facts alarm={alarm} value={alarm.cleared_value ?? alarm.value} words={words} />
                  <Table.Td>
                    <span className="tabular">{timeToSeconds(alarm.cleared_ms ?? 0)}</span>
                    {alarm.acknowledged_by !== null && (
                      <Text size="xs" c="dimmed">
                        {t("alarm.by", { name: words.person(alarm.acknowledged_by) })}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {next !== null && (
        <Group justify="center" p="sm">
          <Button variant="default" loading={busy} onClick={load}>
            {t("alarm.older")}
          </Button>
        </Group>
      )}
    </section>
  );
}

function Heads({ last }: { last: string }) {
  const { t } = useLanguage();
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{t("alarm.what")}</Table.Th>
        <Table.Th>{t("alarm.severity")}</Table.Th>
        <Table.Th>{t("alarm.raised")}</Table.Th>
        <Table.Th>{last}</Table.Th>
      </Table.Tr>
    </Table.Thead>
  );
}

interface FactsProps {
  alarm: AlarmDocument;
  value: number;
  words: Words;
}

function Facts({ alarm, value, words }: FactsProps) {
  const { t, timeToSeconds } = useLanguage();
  const { open } = useDetails();
  return (
    <>
      <Table.Td>
        {alarm.contact_id === null ? (
          words.cause(alarm, value)
        ) : (
          <button
            type="button"
            className={classes.plainButton}
            onClick={() => {
              if (alarm.contact_id !== null) open({ kind: "contact", id: alarm.contact_id });
            }}
          >
            {words.cause(alarm, value)}
          </button>
        )}
        <Text size="xs" c="dimmed">
          {words.name(alarm)} · {t("alarm.threshold_is")}{" "}
          {words.value(alarm.measure, alarm.threshold)}
        </Text>
      </Table.Td>
      <Table.Td>
        <SeverityBadge of={alarm.severity} />
      </Table.Td>
      <Table.Td className="tabular">{timeToSeconds(alarm.raised_ms)}</Table.Td>
    </>
  );
}
