import { Table, Text, Tooltip, UnstyledButton } from "@mantine/core";
import type { MetricEntry, ReportCatalogue, ReportQuery, ReportResult } from "../../api/types";
import floor from "../../floor/Floor.module.css";
import { useLanguage } from "../../i18n";
import { Missing } from "../../ui/Missing";
import classes from "./Figures.module.css";
import { changeOf, valuesBefore } from "./query";
import { useFigure } from "./useFigure";

const ROWS_SHOWN = 500;

export interface Cell {
  metricId: string;
  keys: string[];
  title: string;
}

interface Props {
  title: string;
  query: ReportQuery;
  catalogue: ReportCatalogue;
  result: ReportResult;
  before: ReportResult | null;
  onOpen: (cell: Cell) => void;
}

/** The rows of a report with its total, each figure leading to the contacts behind it. */
export function FigureTable({ title, query, catalogue, result, before, onOpen }: Props) {
  const { t } = useLanguage();
  const { answer } = result;
  const metrics = answer.metrics.map((id) => metricOf(catalogue, id));
  const shares = answer.shares.map((id) => metricOf(catalogue, id));
  const earlier = valuesBefore(query, before);
  const nameOf = (id: string, column: number, keys: readonly string[]) =>
    result.labels[id]?.[keys[column] ?? ""] ?? keys[column] ?? "";
  return (
    <section className={floor.card} aria-label={title}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{title}</h2>
        <Text size="xs" c="dimmed">
          {t("figures.rows", { count: answer.rows.length })}
        </Text>
      </div>
      <Table.ScrollContainer minWidth={(answer.columns.length + answer.metrics.length) * 104}>
        <Table className={floor.table} verticalSpacing={7} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {answer.columns.map((id) => (
                <Table.Th key={id}>{columnName(catalogue, id, t("figures.time"))}</Table.Th>
              ))}
              {metrics.map((metric) => (
                <Table.Th key={metric.metric_id} ta="end">
                  <Head metric={metric} />
                </Table.Th>
              ))}
              {shares.map((metric) => (
                <Table.Th key={metric.metric_id} ta="end">
                  {t("figures.share_of", { name: metric.name })}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answer.rows.slice(0, ROWS_SHOWN).map((row) => {
              const key = row.keys.join("\u0000");
              const rowName = answer.columns.map((id, i) => nameOf(id, i, row.keys)).join(", ");
              return (
                <Table.Tr key={key}>
                  {answer.columns.map((id, i) => (
                    <Table.Td key={id} style={{ whiteSpace: "nowrap" }}>
                      {nameOf(id, i, row.keys)}
                    </Table.Td>
                  ))}
                  {row.values.map((value, i) => (
                    <Table.Td key={i} ta="end" className="tabular">
                      <Figure
                        metric={metrics[i] ?? null}
                        value={value}
                        before={earlier.get(key)?.[i]}
                        onOpen={(metricId, name) => {
                          onOpen({ metricId, keys: row.keys, title: `${name}: ${rowName}` });
                        }}
                        where={rowName}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
          <Table.Tfoot className={classes.total}>
            <Table.Tr>
              {answer.columns.map((id, i) => (
                <Table.Td key={id}>{i === 0 ? t("report.total") : ""}</Table.Td>
              ))}
              {answer.total.map((value, i) => (
                <Table.Td key={i} ta="end" className="tabular">
                  <Figure
                    metric={metrics[i] ?? null}
                    value={value}
                    before={before?.answer.total[i]}
                    onOpen={(metricId, name) => {
                      onOpen({ metricId, keys: [], title: name });
                    }}
                    where={t("report.total")}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
      {(answer.is_cut_short || answer.rows.length > ROWS_SHOWN) && (
        <Text size="sm" className={floor.lines}>
          {t("figures.cut_short", { count: ROWS_SHOWN })}
        </Text>
      )}
    </section>
  );
}

export function metricOf(catalogue: ReportCatalogue, id: string): MetricEntry {
  const found = catalogue.metrics.find((each) => each.metric_id === id);
  if (found === undefined) throw new Error(`no metric ${id}`);
  return found;
}

function columnName(catalogue: ReportCatalogue, id: string, time: string): string {
  return catalogue.dimensions.find((each) => each.dimension_id === id)?.name ?? time;
}

function Head({ metric }: { metric: MetricEntry }) {
  const label =
    metric.formula === "" ? metric.definition : `${metric.definition}. ${metric.formula}`;
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }} multiline maw={340}>
      <span tabIndex={0} style={{ cursor: "help", textDecoration: "underline dotted" }}>
        {metric.name}
      </span>
    </Tooltip>
  );
}

interface FigureProps {
  metric: MetricEntry | null;
  value: number | null;
  before: number | null | undefined;
  where: string;
  onOpen: (metricId: string, name: string) => void;
}

/** A figure, with its change against the period before; `metric` null: a share. */
function Figure({ metric, value, before, where, onOpen }: FigureProps) {
  const { t, ratio } = useLanguage();
  const write = useFigure();
  if (value === null) return <Missing reason={t("report.nothing")} />;
  const text = write(value, metric?.unit ?? "ratio");
  const change = changeOf(value, before);
  return (
    <>
      {metric?.has_contacts === true && value !== 0 ? (
        <UnstyledButton
          className={classes.cell}
          aria-label={t("figures.open_cell", { figure: text, name: metric.name, where })}
          onClick={() => {
            onOpen(metric.metric_id, metric.name);
          }}
        >
          {text}
        </UnstyledButton>
      ) : (
        text
      )}
      {change !== null && (
        <span className={classes.change}>
          {change < 0 ? "▼" : "▲"} {ratio(Math.abs(change))}
        </span>
      )}
    </>
  );
}
