"""Statements over rows that are structs, field by field as their columns are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from frontdesk.views.intervals import FactTable
from frontdesk.views.record_rows import clean_text


def _columns(row: type[msgspec.Struct]) -> tuple[str, ...]:
    return row.__struct_fields__


def upsert(table: str, row: type[msgspec.Struct], keys: int) -> str:
    """Inserts a row, or replaces all but its first `keys` columns."""
    columns = _columns(row)
    values = ", ".join(f"${i + 1}" for i in range(len(columns)))
    updates = ", ".join(f"{c} = excluded.{c}" for c in columns[keys:])
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608
        f" ON CONFLICT ({', '.join(columns[:keys])}) DO UPDATE SET {updates}"
    )


def add(table: FactTable) -> str:
    """Adds a quarter-hour's figures to what is there, or keeps the greater of two."""
    keys = ("centre", *table.keys, "start_ms")
    figures = _columns(table.row)
    values = ", ".join(f"${i + 1}" for i in range(len(keys) + len(figures)))
    updates = ", ".join(
        f"{c} = greatest({table.name}.{c}, excluded.{c})"
        if c in table.maxima
        else f"{c} = {table.name}.{c} + excluded.{c}"
        for c in figures
    )
    return (
        f"INSERT INTO {table.name} ({', '.join((*keys, *figures))}) VALUES ({values})"  # noqa: S608
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates}"
    )


def select(table: str, row: type[msgspec.Struct], condition: str) -> str:
    return f"SELECT {', '.join(_columns(row))} FROM {table} WHERE centre = $1 AND {condition}"  # noqa: S608


def as_tuples(rows: Iterable[msgspec.Struct]) -> list[tuple[Any, ...]]:
    return [clean(msgspec.structs.astuple(row)) for row in rows]


def clean(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(clean_text(value) if isinstance(value, str) else value for value in values)
