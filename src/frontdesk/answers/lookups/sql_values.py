"""Parameters as the database wants them: each as the type that the query gives it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from frontdesk.answers.lookups.templates import write_text
from frontdesk.kernel.flows.document import Value
from frontdesk.runtime.look_ups import Misdescribed, UnfitParameter

_TRUTHS: Final = {"true": True, "false": False}


def _whole(bits: int) -> Callable[[str], int]:
    """Reads a number that fits into so many bits."""

    def read(text: str) -> int:
        number = int(text)
        number.to_bytes(bits // 8, signed=True)
        return number

    return read


_READERS: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "text": (str, "a text"),
    "varchar": (str, "a text"),
    "bpchar": (str, "a text"),
    "name": (str, "a text"),
    "int2": (_whole(16), "a whole number"),
    "int4": (_whole(32), "a whole number"),
    "int8": (_whole(64), "a whole number"),
    "numeric": (Decimal, "a number"),
    "float4": (float, "a number"),
    "float8": (float, "a number"),
    "bool": (_TRUTHS.__getitem__, "true or false"),
    "date": (date.fromisoformat, "a date like 2026-12-31"),
    "timestamp": (datetime.fromisoformat, "a time like 2026-12-31T15:30"),
    "timestamptz": (datetime.fromisoformat, "a time like 2026-12-31T15:30+02:00"),
    "uuid": (UUID, "a UUID"),
}
"""By PostgreSQL's name of the type: how it is read, and what it must be."""


def read_parameter(name: str, value: Value, type_name: str) -> Any:
    """The value to bind. Null stays null.

    Raises UnfitParameter when it isn't of that type, Misdescribed when no
    parameter can be.
    """
    if value is None:
        return None
    if type_name in ("json", "jsonb"):
        return json.dumps(value)
    reader = _READERS.get(type_name)
    if reader is None:
        raise Misdescribed(f"A parameter can't be a {type_name}: write :{name}::text")
    read, wanted = reader
    text = write_text(name, value)
    if "\x00" in text:
        raise UnfitParameter(name, "has a character that no text can have")
    try:
        return read(text)
    except (ValueError, ArithmeticError, LookupError) as error:
        raise UnfitParameter(name, f"must be {wanted}") from error
