import { ActionIcon, Table, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useLanguage } from "../i18n";
import type { Key } from "../i18n/en";
import floor from "../floor/Floor.module.css";
import { Missing } from "../ui/Missing";
import { downloadCsv, type Cell } from "./csv";

type Look = "text" | "count" | "score" | "ratio" | "span" | "day";

export interface Column<Row> {
  /** Its name in the file. */
  id: string;
  head: Key;
  /** The definition, on hover, focus and tap. */
  hint?: Key;
  look: Look;
  value: (row: Row) => Cell;
}

interface Props<Row> {
  title: string;
  name: string;
  columns: Column<Row>[];
  rows: readonly Row[];
}

/** Figures with their definitions, to read and to download. Without rows there is no table. */
export function ReportTable<Row>({ title, name, columns, rows }: Props<Row>) {
  const { t } = useLanguage();
  if (rows.length === 0) return null;
  const download = () => {
    const body = rows.map((row) => columns.map((column) => column.value(row)));
    downloadCsv(name, [columns.map((column) => column.id), ...body]);
  };
  return (
    <section className={floor.card} aria-label={title}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{title}</h2>
        <Tooltip label={t("report.csv")}>
          <ActionIcon aria-label={`${t("report.csv")}: ${title}`} onClick={download}>
            <IconDownload size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Table.ScrollContainer minWidth={columns.length * 96}>
        <Table className={floor.table} verticalSpacing={8} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.id} ta={alignment(column.look)}>
                  <Head column={column} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              <Table.Tr key={index}>
                {columns.map((column) => (
                  <Table.Td key={column.id} ta={alignment(column.look)} className="tabular">
                    <Figure look={column.look} cell={column.value(row)} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function alignment(look: Look): "start" | "end" {
  return look === "text" || look === "day" ? "start" : "end";
}

function Head<Row>({ column }: { column: Column<Row> }) {
  const { t } = useLanguage();
  if (column.hint === undefined) return t(column.head);
  return (
    <Tooltip
      label={t(column.hint)}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={320}
    >
      <span tabIndex={0} style={{ cursor: "help", textDecoration: "underline dotted" }}>
        {t(column.head)}
      </span>
    </Tooltip>
  );
}

export function Figure({ look, cell }: { look: Look; cell: Cell }) {
  const { t, number, ratio, span, date } = useLanguage();
  if (cell === null) return <Missing reason={t("report.nothing")} />;
  if (typeof cell === "string")
    return look === "day" ? date(new Date(`${cell}T12:00`).getTime()) : cell;
  if (look === "ratio") return ratio(cell);
  if (look === "span") return span(cell);
  return number(Math.round(cell * 100) / 100);
}
