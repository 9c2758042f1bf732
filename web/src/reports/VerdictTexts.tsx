import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { reports } from "../api/calls";
import type { VerdictText } from "../api/types";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import classes from "./Reports.module.css";
import type { Span } from "./ReportsPage";

/** What customers wrote, the latest first, page by page. */
export function VerdictTexts({ span }: { span: Span }) {
  const { t, dateTime } = useLanguage();
  const queues = useSettings("queue");
  const first = useFetched(() => reports.verdictTexts({ ...span, cursor: null }), [span]);
  const [more, setMore] = useState<{ items: VerdictText[]; next: string | null } | null>(null);
  const [busy, run] = useAction();
  const items = [...(first.value?.items ?? []), ...(more?.items ?? [])];
  if (items.length === 0) return null;
  const next = more === null ? (first.value?.next_cursor ?? null) : more.next;
  const showMore = () =>
    void run(async () => {
      const page = await reports.verdictTexts({ ...span, cursor: next });
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next_cursor });
    });
  const queueName = (id: string) => queues.find((each) => each.queue_id === id)?.name ?? id;
  return (
    <section className={floor.card} aria-label={t("report.texts")}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{t("report.texts")}</h2>
      </div>
      <ul className={classes.texts}>
        {items.map((item) => (
          <li key={item.seq}>
            <Text size="sm">{item.text}</Text>
            <Text size="xs" c="dimmed">
              {[dateTime(item.at_ms), queueName(item.queue_id), item.topic]
                .filter((part) => part !== "")
                .join(" · ")}
            </Text>
          </li>
        ))}
      </ul>
      {next !== null && (
        <Button m="sm" size="xs" variant="default" loading={busy} onClick={showMore}>
          {t("report.more")}
        </Button>
      )}
    </section>
  );
}
