"""Puts parameters into an address, a header or a JSON body, each escaped for where it stands."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import PLACE
from frontdesk.runtime.look_ups import MissingParameter, UnfitParameter

Parameters = Mapping[str, Value]

TEXT_CHARS_MAX: Final = 2_000
"""Of a parameter that goes into an address or a header."""

_LONE_HALF: Final = re.compile(r"[\ud800-\udfff]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def write_text(name: str, value: Value) -> str:
    """A parameter as a text. Raises MissingParameter for null, UnfitParameter for a list or map."""
    match value:
        case None:
            raise MissingParameter(name)
        case bool():
            text = "true" if value else "false"
        case float() if not math.isfinite(value):
            raise UnfitParameter(name, "is not a finite number")
        case float() if value.is_integer():
            text = str(int(value))
        case int() | float() | str():
            text = str(value)
        case _:
            raise UnfitParameter(name, "is not a text, a number, true or false")
    if _LONE_HALF.search(text):
        raise UnfitParameter(name, "has half of a character")
    if len(text) > TEXT_CHARS_MAX:
        raise UnfitParameter(name, f"is longer than {TEXT_CHARS_MAX} characters")
    return text


def fill_url(template: str, parameters: Parameters) -> str:
    """The address. In the path a parameter stays within its segment, and can't be empty.

    Raises MissingParameter, UnfitParameter.
    """
    address, mark, rest = template.partition("?")
    segments = [_fill_segment(segment, parameters) for segment in address.split("/")]
    return "/".join(segments) + mark + _fill(rest, parameters, _quote)


def fill_header(template: str, parameters: Parameters) -> str:
    """A header's value. Raises MissingParameter, UnfitParameter."""
    return _fill(template, parameters, _keep_in_line)


def fill_json(template: str, parameters: Parameters) -> str:
    """The JSON text: a parameter within quotes is a part of that text, elsewhere a value.

    Raises MissingParameter, UnfitParameter.
    """
    filled: list[str] = []
    quoted = False
    end = 0
    for place in PLACE.finditer(template):
        before = template[end : place.start()]
        quoted ^= _opens(before, quoted)
        filled += [before, _write_json(place[1], parameters, quoted=quoted)]
        end = place.end()
    return "".join([*filled, template[end:]])


def _fill(template: str, parameters: Parameters, escape: Callable[[str, str], str]) -> str:
    def write(place: re.Match[str]) -> str:
        name = place[1]
        return escape(name, write_text(name, _get(parameters, name)))

    return PLACE.sub(write, template)


def _fill_segment(template: str, parameters: Parameters) -> str:
    filled = _fill(template, parameters, _quote_segment)
    # A segment of dots would lead out of the path that the look-up names.
    if filled != template and filled in (".", ".."):
        raise UnfitParameter(PLACE.findall(template)[0], "can't be a folder's name")
    return filled


def _quote(_name: str, text: str) -> str:
    return quote(text, safe="")


def _quote_segment(name: str, text: str) -> str:
    if text == "":
        raise MissingParameter(name)
    return _quote(name, text)


def _keep_in_line(name: str, text: str) -> str:
    if _CONTROL.search(text):
        raise UnfitParameter(name, "has a line break or a control character")
    return text


def _opens(text: str, quoted: bool) -> bool:
    """Whether behind a piece of JSON we are within quotes if we weren't, and the reverse."""
    changed = False
    at = 0
    while at < len(text):
        if text[at] == "\\" and (quoted ^ changed):
            at += 1
        elif text[at] == '"':
            changed = not changed
        at += 1
    return changed


def _write_json(name: str, parameters: Parameters, *, quoted: bool) -> str:
    value = _get(parameters, name)
    if quoted:
        return json.dumps(write_text(name, value))[1:-1]
    try:
        return json.dumps(value, allow_nan=False)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnfitParameter(name, "can't be written as JSON") from error


def _get(parameters: Parameters, name: str) -> Value:
    if name not in parameters:
        raise MissingParameter(name)
    return parameters[name]
