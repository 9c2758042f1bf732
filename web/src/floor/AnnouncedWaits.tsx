import { Table, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { reports } from "../api/calls";
import type { AnnouncedWaitsDay } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { Missing } from "../ui/Missing";
import { useFetched } from "../ui/useFetched";
import classes from "./Floor.module.css";
import { Loading } from "../ui/Loading";

/** What customers were told of their waits against what came, by day and queue. */
export function AnnouncedWaits() {
  const { t } = useLanguage();
  const report = useFetched(reports.announcedWaits, []);
  const queues = useSettings("queue");
  if (report.problem !== null) return <Text size="sm">{report.problem}</Text>;
  if (report.value === null) return <Loading />;
  const names = new Map(queues.map(({ queue_id, name }) => [queue_id, name]));
  const { items } = report.value;
  return (
    <section className={classes.card} aria-label={t("floor.waits")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{t("waits.title")}</h2>
      </div>
      {items.length === 0 ? (
        <Empty icon={IconHourglass} title={t("waits.none")} hint={t("waits.none_hint")} />
      ) : (
        <>
          <Text size="sm" c="dimmed" px="md" pt="sm">
            {t("waits.lead")}
          </Text>
          <Table.ScrollContainer minWidth={860}>
            <Table className={classes.table} verticalSpacing={8} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("waits.day")}</Table.Th>
                  <Table.Th>{t("waits.queue")}</Table.Th>
                  <Table.Th ta="end">{t("waits.announced")}</Table.Th>
                  <Table.Th ta="end">{t("waits.answered")}</Table.Th>
                  <Table.Th ta="end">{t("waits.kept")}</Table.Th>
                  <Table.Th ta="end">{t("waits.too_short")}</Table.Th>
                  <Table.Th ta="end">{t("waits.too_long")}</Table.Th>
                  <Table.Th ta="end">{t("waits.mean_wait")}</Table.Th>
                  <Table.Th ta="end">{t("waits.error")}</Table.Th>
                  <Table.Th ta="end">{t("waits.abandoned")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((day) => (
                  <DayRow
                    key={`${day.day}/${day.queue_id}`}
                    day={day}
                    queue={names.get(day.queue_id) ?? day.queue_id}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </section>
  );
}

function DayRow({ day, queue }: { day: AnnouncedWaitsDay; queue: string }) {
  const { t, number, ratio, date } = useLanguage();
  return (
    <Table.Tr data-announced-waits={day.queue_id}>
      <Table.Td className="tabular">{date(new Date(`${day.day}T12:00`).getTime())}</Table.Td>
      <Table.Td>{queue}</Table.Td>
      <Table.Td ta="end">{number(day.announced)}</Table.Td>
      <Table.Td ta="end">{number(day.answered)}</Table.Td>
      <Table.Td ta="end">
        {day.kept_ratio === null ? <Missing reason={t("waits.nobody")} /> : ratio(day.kept_ratio)}
      </Table.Td>
      <Table.Td ta="end">{number(day.too_short)}</Table.Td>
      <Table.Td ta="end">{number(day.too_long)}</Table.Td>
      <Table.Td ta="end">
        <Span durationMs={day.mean_wait_ms} />
      </Table.Td>
      <Table.Td ta="end">
        <Span durationMs={day.error_ms} />
      </Table.Td>
      <Table.Td ta="end">
        {t("waits.gave_up", { count: day.abandoned, late: number(day.abandoned_too_short) })}
      </Table.Td>
    </Table.Tr>
  );
}

function Span({ durationMs }: { durationMs: number | null }) {
  const { t, span } = useLanguage();
  return durationMs === null ? <Missing reason={t("waits.nobody")} /> : span(durationMs);
}
