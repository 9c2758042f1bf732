import { Button, Loader, Menu, Select, Switch, Text, TextInput } from "@mantine/core";
import {
  IconAdjustments,
  IconChartBar,
  IconDeviceFloppy,
  IconDownload,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { ownReports } from "../../api/calls";
import type { PeriodKind, ReportCatalogue, ReportQuery, SavedReport } from "../../api/types";
import { complain, messageOf } from "../../app/toast";
import { useLanguage } from "../../i18n";
import { Empty } from "../../ui/Empty";
import { useFetched } from "../../ui/useFetched";
import { Behind } from "./Behind";
import { Builder } from "./Builder";
import { Chart } from "./Chart";
import classes from "./Figures.module.css";
import { FigureTable, type Cell } from "./FigureTable";
import { PERIODS, queryOfReady } from "./query";
import { SaveDialog } from "./SaveDialog";

const FIRST = "queues";

/** Ready reports, saved ones and one’s own: figures, a chart, and the contacts behind them. */
export function FiguresTab() {
  const { t, locale } = useLanguage();
  const catalogue = useFetched(() => ownReports.catalogue(), [locale]);
  const saved = useFetched(() => ownReports.saved(), []);
  if (catalogue.problem !== null) return <Text size="sm">{catalogue.problem}</Text>;
  if (catalogue.value === null || saved.value === null)
    return <Loader type="dots" aria-label={t("app.loading")} />;
  return <Figures catalogue={catalogue.value} saved={saved.value.items} reload={saved.reload} />;
}

interface Props {
  catalogue: ReportCatalogue;
  saved: SavedReport[];
  reload: () => void;
}

function Figures({ catalogue, saved, reload }: Props) {
  const { t } = useLanguage();
  const [choice, setChoice] = useState(`ready/${FIRST}`);
  const [query, setQuery] = useState<ReportQuery>(() => firstQuery(catalogue));
  const [isCompared, setCompared] = useState(false);
  const [isBuilding, setBuilding] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [cell, setCell] = useState<Cell | null>(null);
  const kept = saved.find((each) => `saved/${each.report_id}` === choice) ?? null;
  const ready = catalogue.ready.find((each) => `ready/${each.report_id}` === choice);
  const name = kept?.name ?? ready?.name ?? t("figures.own");
  const isReady = isComplete(query);
  const result = useFetched(() => (isReady ? ownReports.run(query) : null), [query]);
  const before = useFetched(
    () => (isReady && isCompared ? ownReports.run({ ...query, back: 1 }) : null),
    [query, isCompared],
  );
  const choose = (value: string | null) => {
    if (value === null) return;
    const [kind, id] = value.split("/");
    setChoice(value);
    const report = catalogue.ready.find((each) => each.report_id === id);
    const other = saved.find((each) => each.report_id === id);
    if (kind === "ready" && report !== undefined) setQuery(queryOfReady(report, query.period));
    else if (kind === "saved" && other !== undefined) setQuery(other.query);
    else setBuilding(true);
  };
  const download = (format: string) => {
    ownReports.file(name, query, format).then(
      (file) => {
        downloadFile(file, `${name}.${format}`);
      },
      (error: unknown) => {
        complain(messageOf(error, t));
      },
    );
  };
  return (
    <>
      <div className={classes.bar}>
        <Select
          className={classes.wide}
          size="xs"
          label={t("figures.report")}
          searchable
          allowDeselect={false}
          data={[
            { group: t("figures.own"), items: [{ value: "own/", label: t("figures.build") }] },
            {
              group: t("figures.saved_reports"),
              items: saved.map((each) => ({ value: `saved/${each.report_id}`, label: each.name })),
            },
            {
              group: t("figures.ready"),
              items: catalogue.ready.map((each) => ({
                value: `ready/${each.report_id}`,
                label: each.name,
              })),
            },
          ]}
          value={choice}
          onChange={choose}
        />
        <PeriodFields query={query} onChange={setQuery} />
        <Switch
          size="xs"
          label={t("figures.compare")}
          checked={isCompared}
          onChange={(event) => {
            setCompared(event.currentTarget.checked);
          }}
        />
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconAdjustments size={15} />}
            onClick={() => {
              setBuilding(true);
            }}
          >
            {t("figures.change")}
          </Button>
          <Menu>
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconDownload size={15} />}>
                {t("figures.download")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {["xlsx", "pdf", "csv"].map((format) => (
                <Menu.Item
                  key={format}
                  onClick={() => {
                    download(format);
                  }}
                >
                  {format.toUpperCase()}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDeviceFloppy size={15} />}
            onClick={() => {
              setSaving(true);
            }}
          >
            {t("figures.save")}
          </Button>
          {kept !== null && (
            <Button
              size="xs"
              variant="default"
              color="red"
              leftSection={<IconTrash size={15} />}
              onClick={() => {
                void ownReports.remove(kept.report_id).then(() => {
                  setChoice(`ready/${FIRST}`);
                  setQuery(firstQuery(catalogue));
                  reload();
                });
              }}
            >
              {t("figures.remove")}
            </Button>
          )}
        </div>
      </div>
      {result.problem !== null && <Text size="sm">{result.problem}</Text>}
      {result.value === null && result.problem === null && isReady && (
        <Loader type="dots" aria-label={t("app.loading")} />
      )}
      {!isReady && (
        <Empty icon={IconChartBar} title={t("figures.nothing_asked")} hint={t("figures.ask")} />
      )}
      {result.value?.answer.rows.length === 0 && (
        <Empty icon={IconChartBar} title={t("report.none")} hint={t("figures.none_hint")} />
      )}
      {isReady && result.value !== null && result.value.answer.rows.length > 0 && (
        <>
          <Chart catalogue={catalogue} result={result.value} />
          <FigureTable
            title={name}
            query={query}
            catalogue={catalogue}
            result={result.value}
            before={isCompared ? before.value : null}
            onOpen={setCell}
          />
        </>
      )}
      <Behind
        query={query}
        cell={cell}
        onClose={() => {
          setCell(null);
        }}
      />
      <Builder
        opened={isBuilding}
        catalogue={catalogue}
        query={query}
        onChange={setQuery}
        onClose={() => {
          setBuilding(false);
        }}
      />
      {isSaving && (
        <SaveDialog
          name={name}
          query={query}
          saved={kept}
          canMail={catalogue.can_mail}
          onSaved={(report) => {
            setSaving(false);
            setChoice(`saved/${report.report_id}`);
            reload();
          }}
          onClose={() => {
            setSaving(false);
          }}
        />
      )}
    </>
  );
}

function firstQuery(catalogue: ReportCatalogue): ReportQuery {
  const first = catalogue.ready.find((each) => each.report_id === FIRST);
  if (first === undefined) throw new Error(`no report ${FIRST}`);
  return queryOfReady(first, { kind: "last_7_days", from_day: null, to_day: null });
}

function isComplete({ metrics, period }: ReportQuery): boolean {
  const isPlaced = period.kind !== "days" || (Boolean(period.from_day) && Boolean(period.to_day));
  return metrics.length > 0 && isPlaced;
}

function downloadFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

interface PeriodProps {
  query: ReportQuery;
  onChange: (query: ReportQuery) => void;
}

function PeriodFields({ query, onChange }: PeriodProps) {
  const { t } = useLanguage();
  const { period } = query;
  return (
    <>
      <Select
        size="xs"
        label={t("figures.period")}
        allowDeselect={false}
        data={PERIODS.map((kind) => ({ value: kind, label: t(`figures.period.${kind}`) }))}
        value={period.kind}
        onChange={(kind) => {
          onChange({
            ...query,
            period: { from_day: null, to_day: null, kind: kind as PeriodKind },
          });
        }}
      />
      {period.kind === "days" &&
        (["from_day", "to_day"] as const).map((end) => (
          <TextInput
            key={end}
            size="xs"
            type="date"
            label={t(end === "from_day" ? "report.from" : "report.to")}
            value={period[end] ?? ""}
            onChange={(event) => {
              onChange({ ...query, period: { ...period, [end]: event.currentTarget.value } });
            }}
          />
        ))}
    </>
  );
}
