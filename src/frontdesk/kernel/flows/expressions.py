"""CEL expressions in flows: compiled once, bounded, and faulty ones told apart from false ones.

CEL has no loops but its macros over lists, reads only what it is given, and its
regular expressions take linear time. What is left to bound is the length of the
text, the macros (one in an expression, over a list of bounded length) and the
size of what comes out.
"""

import math
import re
from datetime import datetime, timedelta
from functools import lru_cache

import cel

from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.faults import FlowFault, FlowFaulted

EXPRESSION_CHARS_MAX = 500
MACROS_MAX = 1
VALUE_CHARS_MAX = 10_000
"""Of each text in a value."""

VALUE_ITEMS_MAX = 1_000
"""Of all lists and maps in a value together."""

VALUE_DEPTH_MAX = 6
PROGRAMS_KEPT_MAX = 10_000

_MACRO = re.compile(r"\.\s*(?:map|filter|all|exists|exists_one)\s*\(")

_CEL_ERRORS = (ValueError, RuntimeError, TypeError, ArithmeticError, LookupError)
"""All that the evaluator raises for an expression that has no value."""


class Expression:
    """A compiled expression and the variables it reads."""

    __slots__ = ("program", "reads", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.program = cel.compile(text)
        self.reads: frozenset[str] = frozenset(self.program.variables())


@lru_cache(maxsize=PROGRAMS_KEPT_MAX)
def compile_expression(text: str) -> Expression:
    """The expression, ready to be evaluated. Raises FlowFaulted with what is wrong."""
    if not text.strip():
        raise FlowFaulted(FlowFault.EXPRESSION, "The expression is empty.")
    if len(text) > EXPRESSION_CHARS_MAX:
        detail = f"An expression has at most {EXPRESSION_CHARS_MAX} characters."
        raise FlowFaulted(FlowFault.EXPRESSION, detail)
    if len(_MACRO.findall(text)) > MACROS_MAX:
        detail = "An expression goes through a list once at most (map, filter, all, exists)."
        raise FlowFaulted(FlowFault.EXPRESSION, detail)
    try:
        return Expression(text)
    except _CEL_ERRORS as error:
        raise FlowFaulted(FlowFault.EXPRESSION, f"{text}: {_first_line(error)}") from error


def evaluate(expression: Expression, names: dict[str, Value]) -> Value:
    """The expression's value over these names. Raises FlowFaulted when it has none."""
    try:
        value = expression.program.execute(names)
    except _CEL_ERRORS as error:
        detail = f"{expression.text}: {_first_line(error)}"
        raise FlowFaulted(FlowFault.EXPRESSION, detail) from error
    return bound_value(value)


def evaluate_condition(expression: Expression, names: dict[str, Value]) -> bool:
    """Whether the condition holds. Raises FlowFaulted when it is neither true nor false."""
    value = evaluate(expression, names)
    if value is True or value is False:
        return value
    detail = f"{expression.text}: gives {type(value).__name__}, not true or false."
    raise FlowFaulted(FlowFault.EXPRESSION, detail)


def bound_value(value: object) -> Value:
    """The value as a variable may hold it: plain, finite, of bounded size. Raises FlowFaulted."""
    bounded, items = _bound(value, VALUE_DEPTH_MAX)
    if items > VALUE_ITEMS_MAX:
        raise FlowFaulted(FlowFault.VALUE, f"A value holds at most {VALUE_ITEMS_MAX} items.")
    return bounded


def _bound(value: object, depth: int) -> tuple[Value, int]:
    """The value and how many items it has."""
    match value:
        case None | bool() | int():
            return value, 1
        case float() if math.isfinite(value):
            return value, 1
        case str() if len(value) <= VALUE_CHARS_MAX:
            return value, 1
        case datetime():
            return value.isoformat(), 1
        case timedelta():
            return value.total_seconds(), 1
        case list() if depth > 0 and len(value) <= VALUE_ITEMS_MAX:  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            return _bound_list(value, depth)  # pyright: ignore[reportUnknownArgumentType]
        case dict() if depth > 0 and len(value) <= VALUE_ITEMS_MAX:  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            return _bound_map(value, depth)  # pyright: ignore[reportUnknownArgumentType]
        case _:
            detail = (
                "A value is a text, a finite number, true, false, null, or a list or map of these, "
                f"{VALUE_DEPTH_MAX} deep and {VALUE_CHARS_MAX} characters long at most."
            )
            raise FlowFaulted(FlowFault.VALUE, detail)


def _bound_list(value: list[object], depth: int) -> tuple[Value, int]:
    bounded = [_bound(item, depth - 1) for item in value]
    return [item for item, _ in bounded], 1 + sum(count for _, count in bounded)


def _bound_map(value: dict[object, object], depth: int) -> tuple[Value, int]:
    bounded = {str(key)[:200]: _bound(item, depth - 1) for key, item in value.items()}
    held = {key: item for key, (item, _) in bounded.items()}
    return held, 1 + sum(count for _, count in bounded.values())


_PLACE = re.compile(r"^.*?ERROR: <input>:\d+:(\d+): ")
"""How the parser begins: the expression again, then line and column."""


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    line = _PLACE.sub(r"at character \1: ", lines[0]) if lines else type(error).__name__
    return line[:200].rstrip(".") + "."
