import { Button, Code, Drawer, Group, SegmentedControl, Table, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { audit } from "../api/calls";
import type { RecordChange, SettingChange } from "../api/types";
import { useAction } from "../app/useAction";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { en, type Key } from "../i18n/en";
import { useStream } from "../stream/stream";
import { Empty } from "../ui/Empty";
import { useFetched } from "../ui/useFetched";
import floor from "../floor/Floor.module.css";
import classes from "./Admin.module.css";
import { Loading } from "../ui/Loading";

/** A change of either log, as it is listed. */
interface Change {
  key: number;
  at_ms: number;
  actor: string;
  kind: string;
  id: string;
  removed: boolean;
  saved: Record<string, unknown> | null;
}

type Log = (before: string | null) => Promise<{ items: Change[]; next: string | null }>;

const LOGS: Record<"settings" | "records", Log> = {
  settings: async (before) => {
    const { items, next_cursor } = await audit.list(before);
    return { items: items.map(settingChange), next: next_cursor };
  },
  records: async (before) => {
    const { items, next_cursor } = await audit.records(before);
    return { items: items.map(recordChange), next: next_cursor };
  },
};

function settingChange({ seq, entity_id, entity, ...change }: SettingChange): Change {
  return { ...change, key: seq, id: entity_id, saved: entity };
}

function recordChange({ number, record_id, record, ...change }: RecordChange): Change {
  return { ...change, key: number, id: record_id, saved: record };
}

/** Who changed what, and when; the newest first. */
export function Audit() {
  const { t } = useLanguage();
  const [log, setLog] = useState<keyof typeof LOGS>("settings");
  return (
    <>
      <h1 className={classes.title}>{t("admin.audit")}</h1>
      <p className={classes.lead}>{t("audit.lead")}</p>
      <SegmentedControl
        mb="sm"
        aria-label={t("audit.log")}
        value={log}
        onChange={(value) => {
          setLog(value === "records" ? "records" : "settings");
        }}
        data={[
          { value: "settings", label: t("audit.log.settings") },
          { value: "records", label: t("audit.log.records") },
        ]}
      />
      <Changes key={log} log={LOGS[log]} />
    </>
  );
}

function Changes({ log }: { log: Log }) {
  const { t } = useLanguage();
  const first = useFetched(() => log(null), []);
  const [more, setMore] = useState<{ items: Change[]; next: string | null } | null>(null);
  const [opened, setOpened] = useState<Change | null>(null);
  const [busy, run] = useAction();
  if (first.problem !== null) return <Text size="sm">{first.problem}</Text>;
  if (first.value === null) return <Loading />;
  const entries = [...first.value.items, ...(more?.items ?? [])];
  const next = more === null ? first.value.next : more.next;
  const showMore = () =>
    void run(async () => {
      const page = await log(next);
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next });
    });
  return (
    <>
      <div className={floor.card}>
        {entries.length === 0 ? (
          <Empty icon={IconHistory} title={t("audit.empty")} hint={t("audit.empty_hint")} />
        ) : (
          <Entries entries={entries} open={setOpened} />
        )}
        {next !== null && (
          <Group justify="center" p="xs">
            <Button variant="subtle" loading={busy} onClick={showMore}>
              {t("app.more")}
            </Button>
          </Group>
        )}
      </div>
      <Drawer
        opened={opened !== null}
        onClose={() => {
          setOpened(null);
        }}
        title={t("audit.as_saved")}
        size="lg"
      >
        <Code block>{JSON.stringify(opened?.saved ?? null, null, 2)}</Code>
      </Drawer>
    </>
  );
}

function nameOf({ saved, id }: Change): string {
  const name: unknown = saved?.["name"] ?? saved?.["title"];
  return typeof name === "string" ? name : id;
}

interface EntriesProps {
  entries: Change[];
  open: (entry: Change) => void;
}

function Entries({ entries, open }: EntriesProps) {
  const { t, timeToSeconds } = useLanguage();
  const { stream } = useWorkplace();
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  const whoIs = (actor: string) => {
    if (actor.startsWith("system:")) return t("audit.system", { part: actor.slice(7) });
    if (actor.startsWith("key:")) return t("audit.key", { id: actor.slice(4) });
    return colleagues[actor.replace(/^agent:/, "")]?.name ?? actor;
  };
  const kindName = (kind: string) => {
    const key = `kind.${kind}.one`;
    return key in en ? t(key as Key) : kind;
  };
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table className={floor.table} verticalSpacing={8} horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("audit.when")}</Table.Th>
            <Table.Th>{t("audit.who")}</Table.Th>
            <Table.Th>{t("audit.what")}</Table.Th>
            <Table.Td w={110} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.key}>
              <Table.Td>{timeToSeconds(entry.at_ms)}</Table.Td>
              <Table.Td>{whoIs(entry.actor)}</Table.Td>
              <Table.Td>
                {entry.removed
                  ? t("audit.removed", { kind: kindName(entry.kind), id: entry.id })
                  : t("audit.saved", {
                      kind: kindName(entry.kind),
                      id: nameOf(entry),
                    })}
              </Table.Td>
              <Table.Td>
                {entry.saved !== null && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    onClick={() => {
                      open(entry);
                    }}
                  >
                    {t("audit.show")}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
