import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import floor from "../floor/Floor.module.css";

interface Props {
  name: string;
  /** Of the columns after the first, which has the table's name. */
  heads: readonly string[];
  minWidth: number;
  children: ReactNode;
}

/** A table of figures; where it is too wide it is scrolled, by keys too. */
export function FigureTable({ name, heads, minWidth, children }: Props) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "group", "aria-label": name } }}
    >
      <Table className={floor.table} verticalSpacing={6} horizontalSpacing="md" aria-label={name}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{name}</Table.Th>
            {heads.map((head) => (
              <Table.Th key={head} ta="end">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
