import { Table, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconSelector } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import classes from "./Floor.module.css";

export interface Order<C extends string> {
  column: C;
  descending: boolean;
}

/** The order of a table's rows; the same column again turns it round. */
export function useOrder<C extends string>(first: C, descending = false) {
  const [order, setOrder] = useState<Order<C>>({ column: first, descending });
  const by = (column: C) => {
    setOrder((before) => ({
      column,
      descending: before.column === column ? !before.descending : false,
    }));
  };
  return [order, by] as const;
}

export function sorted<T>(
  rows: T[],
  valueOf: (row: T) => string | number | null,
  descending: boolean,
): T[] {
  const direction = descending ? -1 : 1;
  return rows.toSorted((a, b) => compare(valueOf(a), valueOf(b), direction));
}

/** What can't be said comes last, whichever way round. */
function compare(a: string | number | null, b: string | number | null, direction: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return direction * ascending(a, b);
}

function ascending(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : String(a).localeCompare(String(b));
}

interface HeadProps<C extends string> {
  column: C;
  order: Order<C>;
  by: (column: C) => void;
  end?: boolean;
  children: ReactNode;
}

export function SortableHead<C extends string>({ column, order, by, end, children }: HeadProps<C>) {
  const isOrdering = order.column === column;
  const Arrow = !isOrdering ? IconSelector : order.descending ? IconChevronDown : IconChevronUp;
  return (
    <Table.Th
      ta={end === true ? "end" : "start"}
      aria-sort={isOrdering ? (order.descending ? "descending" : "ascending") : "none"}
    >
      <UnstyledButton
        className={classes.sort}
        onClick={() => {
          by(column);
        }}
      >
        {children}
        <Arrow size={13} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}
