import { ActionIcon, Badge, Button, Table, Tooltip, UnstyledButton } from "@mantine/core";
import { IconPlus, IconReportAnalytics, IconSitemap, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { settings } from "../api/calls";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useSettings } from "../app/workplace";
import { useCommands } from "../app/commands";
import admin from "../admin/Admin.module.css";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { Empty } from "../ui/Empty";
import { useFetched } from "../ui/useFetched";
import { flows as calls, type DraftEntry } from "./api";
import { useLiveFlow } from "./live";
import type { Flow } from "./model";
import { NewFlow } from "./NewFlow";

interface Row {
  flowId: string;
  name: string;
  published: Flow | null;
  draft: DraftEntry | null;
}

/** All flows: what is published, what is being drawn, what is going on in them. */
export function FlowList() {
  const { t } = useLanguage();
  const published = useSettings("flow");
  const drafts = useFetched(() => calls.drafts(), []);
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Row | null>(null);
  const [, run] = useAction();
  const rows = rowsOf(published, drafts.value?.items ?? []);
  const add = () => {
    setAdding(true);
  };
  useCommands([{ id: "flow.new", group: t("kind.flow.many"), label: t("flow.add"), run: add }]);
  const remove = (row: Row) =>
    void run(async () => {
      if (row.published !== null) await settings.remove("flow", row.flowId);
      if (row.draft !== null) await calls.dropDraft(row.flowId);
      drafts.reload();
      say(t("admin.removed", { name: row.name }));
    });
  return (
    <>
      <div className={admin.head}>
        <h1 className={admin.title}>{t("kind.flow.many")}</h1>
        <Button leftSection={<IconPlus size={15} />} onClick={add}>
          {t("flow.add")}
        </Button>
      </div>
      <p className={admin.lead}>{t("flow.lead")}</p>
      <div className={floor.card}>
        {rows.length === 0 ? (
          <Empty icon={IconSitemap} title={t("flow.empty")} hint={t("flow.empty_hint")} />
        ) : (
          <Table.ScrollContainer minWidth={640}>
            <Table className={floor.table} verticalSpacing={8} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("admin.name")}</Table.Th>
                  <Table.Th>{t("flow.use")}</Table.Th>
                  <Table.Th>{t("flow.state")}</Table.Th>
                  <Table.Th>{t("flow.running")}</Table.Th>
                  <Table.Th>{t("flow.started_today")}</Table.Th>
                  <Table.Td w={84} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <FlowRow key={row.flowId} row={row} remove={() => setRemoved(row)} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </div>
      <NewFlow
        opened={adding}
        taken={new Set(rows.map((row) => row.flowId))}
        onClose={() => {
          setAdding(false);
        }}
      />
      <Confirm
        open={removed !== null}
        title={t("flow.remove_title", { name: removed?.name ?? "" })}
        text={t("flow.remove_text")}
        action={t("app.remove")}
        onClose={() => {
          setRemoved(null);
        }}
        onConfirm={() => {
          if (removed !== null) remove(removed);
        }}
      />
    </>
  );
}

function rowsOf(published: Flow[], drafts: DraftEntry[]): Row[] {
  const ids = new Set([
    ...published.map((flow) => flow.flow_id),
    ...drafts.map((draft) => draft.flow_id),
  ]);
  const rows = [...ids].map((flowId): Row => {
    const flow = published.find((each) => each.flow_id === flowId) ?? null;
    const draft = drafts.find((each) => each.flow_id === flowId) ?? null;
    return { flowId, name: flow?.name ?? draft?.name ?? flowId, published: flow, draft };
  });
  return rows.sort((a, b) => a.name.localeCompare(b.name));
}

function FlowRow({ row, remove }: { row: Row; remove: () => void }) {
  const { t, number } = useLanguage();
  const [, navigate] = useLocation();
  const live = useLiveFlow(row.flowId);
  const open = () => {
    navigate(`/admin/flows/${encodeURIComponent(row.flowId)}`);
  };
  return (
    <Table.Tr className={floor.row} data-entity={row.flowId} onClick={open}>
      <Table.Td>
        <UnstyledButton className={floor.nameButton}>{row.name}</UnstyledButton>
      </Table.Td>
      <Table.Td>{row.published === null ? null : t(`flow.use.${row.published.use}`)}</Table.Td>
      <Table.Td>
        {row.published !== null && (
          <Badge mr={6}>{t("flow.published_as", { version: row.published.version })}</Badge>
        )}
        {row.draft !== null && <Badge color="orange">{t("flow.draft")}</Badge>}
      </Table.Td>
      <Table.Td className="tabular">{number(live?.running ?? 0)}</Table.Td>
      <Table.Td className="tabular">{number(live?.started_today ?? 0)}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Tooltip label={t("report.of_flow")}>
          <ActionIcon
            aria-label={`${t("report.of_flow")}: ${row.name}`}
            onClick={(event) => {
              event.stopPropagation();
              navigate(`/reports/flow/${encodeURIComponent(row.flowId)}`);
            }}
          >
            <IconReportAnalytics size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("app.remove")}>
          <ActionIcon
            aria-label={t("admin.remove_named", { name: row.name })}
            onClick={(event) => {
              event.stopPropagation();
              remove();
            }}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}
