import { ActionIcon, Button, Table, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { IconPlus, IconSearch, IconTrash, type Icon } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import floor from "../floor/Floor.module.css";
import classes from "./Admin.module.css";

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  title: string;
  lead: string;
  addLabel: string;
  icon: Icon;
  emptyTitle: string;
  emptyHint: string;
  rows: T[];
  keyOf: (row: T) => string;
  nameOf: (row: T) => string;
  columns: Column<T>[];
  onAdd: () => void;
  onEdit: (row: T) => void;
  onRemove: (row: T) => void;
  /** What stands between the words above the list and the list. */
  children?: ReactNode;
}

const SEARCH_FROM_ROWS = 8;

/** A list of settings: find, open, add, remove. */
export function EntityList<T>(props: Props<T>) {
  const { t } = useLanguage();
  const [search, setSearch] = useState("");
  const { rows, keyOf, nameOf, columns, onEdit, onRemove } = props;
  const wanted = search.trim().toLocaleLowerCase();
  const shown = rows.filter((row) => nameOf(row).toLocaleLowerCase().includes(wanted));
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{props.title}</h1>
        {rows.length >= SEARCH_FROM_ROWS && (
          <TextInput
            size="xs"
            aria-label={t("app.search")}
            placeholder={t("app.search")}
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
            }}
          />
        )}
        <Button leftSection={<IconPlus size={15} />} onClick={props.onAdd}>
          {props.addLabel}
        </Button>
      </div>
      <p className={classes.lead}>{props.lead}</p>
      {props.children}
      <div className={floor.card}>
        {shown.length === 0 ? (
          <Empty
            icon={props.icon}
            title={rows.length === 0 ? props.emptyTitle : t("admin.no_match")}
            hint={rows.length === 0 ? props.emptyHint : t("admin.no_match_hint")}
          />
        ) : (
          <Table.ScrollContainer minWidth={columns.length * 130 + 200}>
            <Table className={floor.table} verticalSpacing={8} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("admin.name")}</Table.Th>
                  {columns.map((column) => (
                    <Table.Th key={column.title}>{column.title}</Table.Th>
                  ))}
                  <Table.Td w={44} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map((row) => (
                  <Table.Tr
                    key={keyOf(row)}
                    className={floor.row}
                    data-entity={keyOf(row)}
                    onClick={() => {
                      onEdit(row);
                    }}
                  >
                    <Table.Td>
                      <UnstyledButton className={floor.nameButton}>{nameOf(row)}</UnstyledButton>
                    </Table.Td>
                    {columns.map((column) => (
                      <Table.Td key={column.title}>{column.cell(row)}</Table.Td>
                    ))}
                    <Table.Td>
                      <Tooltip label={t("app.remove")}>
                        <ActionIcon
                          aria-label={t("admin.remove_named", { name: nameOf(row) })}
                          onClick={(event) => {
                            event.stopPropagation();
                            onRemove(row);
                          }}
                        >
                          <IconTrash size={16} stroke={1.6} />
                        </ActionIcon>
                      </Tooltip>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </div>
    </>
  );
}
