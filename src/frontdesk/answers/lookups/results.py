"""What of an answer becomes a result: by JSONPath or CEL, as plain JSON of bounded size."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Final, cast
from uuid import UUID

import cel
import jsonpath
import msgspec

from frontdesk.kernel.flows.document import Value
from frontdesk.runtime.look_ups import Misdescribed, NotReadable

RESULT_BYTES_MAX: Final = 16 * 1024
"""Of all results together, as JSON."""

RESULT_TEXT_CHARS_MAX: Final = 8_000
RESULT_DEPTH_MAX: Final = 5
EXPRESSION_CHARS_MAX: Final = 500
DESCENTS_MAX: Final = 1
"""`..` in a JSONPath: each goes through all of the answer for all that was found before."""

NODES_MAX: Final = 1_000
"""Of an answer, that one JSONPath finds."""

MACROS_MAX: Final = 1
"""Passes through a list in one CEL expression: within each other they multiply."""

COMPILED_MAX: Final = 1_000
HIDDEN: Final = "•••"

Names = Mapping[str, Value]


def find_results(expressions: Mapping[str, str], names: Names, *, found: bool) -> dict[str, Value]:
    """Each expression's value over `names`: `body` and `status`.

    What is not there is null by JSONPath; by CEL it is an error, unless the system
    said that there is nothing (`found` False). Without expressions the names
    themselves are the results. Raises Misdescribed, NotReadable.
    """
    if not expressions:
        return bound(dict(names))
    values = {
        name: _find(expression, names, found=found) for name, expression in expressions.items()
    }
    return bound(values)


def bound(values: Mapping[str, object]) -> dict[str, Value]:
    """The values as plain JSON. Raises NotReadable when they are too much or no JSON."""
    plain = {name: _make_plain(name, value, RESULT_DEPTH_MAX) for name, value in values.items()}
    size = len(msgspec.json.encode(plain))
    if size > RESULT_BYTES_MAX:
        raise NotReadable(f"The results have {size} bytes; at most {RESULT_BYTES_MAX} are taken")
    return plain


def hide(value: Value, secret: str) -> Value:
    """The value without the secret, should a system send it back."""
    match value:
        case str():
            return value.replace(secret, HIDDEN)
        case list():
            return [hide(item, secret) for item in cast("list[Value]", value)]
        case dict():
            held = cast("dict[str, Value]", value)
            return {name.replace(secret, HIDDEN): hide(item, secret) for name, item in held.items()}
        case _:
            return value


def _find(expression: str, names: Names, *, found: bool) -> Value:
    if len(expression) > EXPRESSION_CHARS_MAX:
        raise Misdescribed(f"An expression has at most {EXPRESSION_CHARS_MAX} characters")
    if expression.startswith("$"):
        return _follow(expression, names["body"])
    return _evaluate(expression, names, found=found)


def _follow(expression: str, body: Value) -> Value:
    path = _compile_path(expression)
    try:
        nodes = [match.obj for match in islice(path.finditer(body), NODES_MAX)]
    except (jsonpath.JSONPathError, RecursionError) as error:
        raise NotReadable(f"{expression} can't be followed in the answer: {error}") from error
    if isinstance(path, jsonpath.JSONPath) and path.singular_query():
        return cast("Value", nodes[0]) if nodes else None
    return nodes


@lru_cache(maxsize=COMPILED_MAX)
def _compile_path(expression: str) -> jsonpath.JSONPath | jsonpath.CompoundJSONPath:
    if expression.count("..") > DESCENTS_MAX:
        raise Misdescribed(f"{expression} goes through the whole answer more than once (..)")
    try:
        return jsonpath.compile(expression)
    except jsonpath.JSONPathError as error:
        raise Misdescribed(f"{expression} is not a JSONPath: {error}") from error


_MACRO: Final = re.compile(r"\.\s*(?:map|filter|all|exists|exists_one)\s*\(")
_CEL_ERRORS: Final = (ValueError, RuntimeError, TypeError, ArithmeticError, LookupError)
"""All that the evaluator raises for an expression that has no value."""


def _evaluate(expression: str, names: Names, *, found: bool) -> Value:
    program = _compile_expression(expression)
    try:
        return program.execute(dict(names))
    except _CEL_ERRORS as error:
        if not found:
            return None
        raise NotReadable(f"{expression} has no value in the answer: {_say(error)}") from error


@lru_cache(maxsize=COMPILED_MAX)
def _compile_expression(expression: str) -> cel.Program:
    if len(_MACRO.findall(expression)) > MACROS_MAX:
        raise Misdescribed(f"{expression} goes through lists more than once")
    try:
        return cel.compile(expression)
    except _CEL_ERRORS as error:
        raise Misdescribed(f"{expression} is not a CEL expression: {_say(error)}") from error


def _say(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _make_plain(name: str, value: object, depth: int) -> Value:
    match value:
        case list() | tuple() | dict() if depth == 0:
            raise NotReadable(f"{name} is nested more than {RESULT_DEPTH_MAX} deep")
        case list() | tuple():
            items = cast("list[object]", value)
            return [_make_plain(name, item, depth - 1) for item in items]
        case dict():
            held = cast("dict[object, object]", value)
            return {str(key): _make_plain(name, item, depth - 1) for key, item in held.items()}
        case _:
            return _make_scalar(name, value)


def _make_scalar(name: str, value: object) -> Value:
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case str() if len(value) <= RESULT_TEXT_CHARS_MAX:
            return value
        case str():
            raise NotReadable(f"{name} is longer than {RESULT_TEXT_CHARS_MAX} characters")
        case Decimal() if value.is_finite():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case UUID():
            return str(value)
        case _:
            kind = type(value).__name__
            raise NotReadable(f"{name} is of a kind that no result has: {kind}")
