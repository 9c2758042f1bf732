import { Button, Code, Drawer, Group, Table, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { audit } from "../api/calls";
import type { SettingChange } from "../api/types";
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

/** Who changed what, and when; the newest first. */
export function Audit() {
  const { t } = useLanguage();
  const first = useFetched(() => audit.list(null), []);
  const [more, setMore] = useState<{ items: SettingChange[]; next: string | null } | null>(null);
  const [opened, setOpened] = useState<SettingChange | null>(null);
  const [busy, run] = useAction();
  if (first.problem !== null) return <Text size="sm">{first.problem}</Text>;
  const heading = <h1 className={classes.title}>{t("admin.audit")}</h1>;
  if (first.value === null) {
    return (
      <>
        {heading}
        <Loading />
      </>
    );
  }
  const entries = [...first.value.items, ...(more?.items ?? [])];
  const next = more === null ? first.value.next_cursor : more.next;
  const showMore = () =>
    void run(async () => {
      const page = await audit.list(next);
      setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next_cursor });
    });
  return (
    <>
      {heading}
      <p className={classes.lead}>{t("audit.lead")}</p>
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
        <Code block>{JSON.stringify(opened?.entity ?? null, null, 2)}</Code>
      </Drawer>
    </>
  );
}

function nameOf({ entity, entity_id }: SettingChange): string {
  const name: unknown = entity?.["name"];
  return typeof name === "string" ? name : entity_id;
}

interface EntriesProps {
  entries: SettingChange[];
  open: (entry: SettingChange) => void;
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
            <Table.Tr key={entry.seq}>
              <Table.Td>{timeToSeconds(entry.at_ms)}</Table.Td>
              <Table.Td>{whoIs(entry.actor)}</Table.Td>
              <Table.Td>
                {entry.removed
                  ? t("audit.removed", { kind: kindName(entry.kind), id: entry.entity_id })
                  : t("audit.saved", {
                      kind: kindName(entry.kind),
                      id: nameOf(entry),
                    })}
              </Table.Td>
              <Table.Td>
                {entry.entity !== null && (
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
