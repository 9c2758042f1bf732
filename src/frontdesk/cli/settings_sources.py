"""Loads the settings from file, environment and command line, and refuses with the place at fault.

Every source yields values with their places (``frontdesk.toml:3``, ``FRONTDESK_PORT``,
``--port``); each value is checked against its own field, so that what is wrong is told of the
place where it was written and not of the tree that came of it.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from frontdesk.cli.errors import SettingsError
from frontdesk.cli.settings import Settings

PREFIX = "FRONTDESK_"
FILE_VARIABLE = "FRONTDESK_SETTINGS"
DEFAULT_FILE = "frontdesk.toml"
TEXTS = tuple[str, ...]
PLAIN_TYPES: Mapping[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    TEXTS: "a list of texts (with commas between them outside a file)",
}
UNNAMED_SECTION = "server"  # its keys give variables and options without the section's name


class Value(NamedTuple):
    """A value as it was written, and where."""

    written: Any
    place: str


class Loaded(NamedTuple):
    """The settings and, by key (``server.port``), the place each given value came from."""

    settings: Settings
    places: Mapping[str, str]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give a subcommand the options that every setting has on the command line."""
    parser.add_argument("--settings", metavar="FILE", help=f"settings file (else {DEFAULT_FILE})")
    for key in leaf_types():
        parser.add_argument(f"--{option_name(key)}", dest=key, metavar="VALUE")


def load(
    options: argparse.Namespace,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Loaded:
    """Settings for a subcommand whose parser `add_options` prepared.

    Raises SettingsError naming the line, variable or option that is unknown or wrong.
    """
    variables = os.environ if environment is None else environment
    working_folder = Path.cwd() if folder is None else folder
    named: str | None = options.settings
    values = {
        **_from_file(_find_file(named, variables, working_folder)),
        **_from_environment(variables),
        **_from_options(options),
    }
    tree: dict[str, Any] = msgspec.to_builtins(Settings())
    for key, value in values.items():
        _put(tree, key, _check(key, value))
    settings = msgspec.convert(tree, Settings)
    resolved = msgspec.structs.replace(settings, data=str(working_folder / settings.data))
    return Loaded(resolved, {key: value.place for key, value in values.items()})


def leaf_types() -> dict[str, Any]:
    """The type of every setting by its key, sections spelled out: ``server.port``."""
    return dict(_leaves(Settings, ""))


def _leaves(struct: type[msgspec.Struct], prefix: str) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(struct):
        name, kind = field.name, field.type
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from _leaves(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", kind


def variable_name(key: str) -> str:
    """``database.url`` → ``FRONTDESK_DATABASE_URL``, ``server.port`` → ``FRONTDESK_PORT``."""
    return PREFIX + key.removeprefix(f"{UNNAMED_SECTION}.").replace(".", "_").upper()


def option_name(key: str) -> str:
    """``database.url`` → ``database-url``, ``server.port`` → ``port``."""
    return key.removeprefix(f"{UNNAMED_SECTION}.").replace(".", "-").replace("_", "-")


# --- sources ----------------------------------------------------------------------------------


def _find_file(named: str | None, variables: Mapping[str, str], folder: Path) -> Path | None:
    for place, name in (("--settings", named), (FILE_VARIABLE, variables.get(FILE_VARIABLE))):
        if name:
            path = folder / name
            if not path.is_file():
                raise SettingsError(f"{place}: there is no settings file {path}")
            return path
    default = folder / DEFAULT_FILE
    return default if default.is_file() else None


def _from_file(path: Path | None) -> dict[str, Value]:
    if path is None:
        return {}
    try:
        text = path.read_text()
        tree = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    known = leaf_types()
    values: dict[str, Value] = {}
    for key, written in _flatten(tree, "", known):
        place = _place_in_file(path, text, key)
        if key not in known:
            raise SettingsError(f"{place}: unknown setting {key}{_did_you_mean(key, known)}")
        values[key] = Value(written, place)
    folder, place = values.get("data", Value(None, ""))
    if folder and isinstance(folder, str):
        values["data"] = Value(str(path.parent / folder), place)
    return values


def _from_environment(variables: Mapping[str, str]) -> dict[str, Value]:
    known = {variable_name(key): key for key in leaf_types()}
    values: dict[str, Value] = {}
    for name in sorted(variables):
        if not name.startswith(PREFIX) or name == FILE_VARIABLE:
            continue
        if name not in known:
            meant = _did_you_mean(name, [*known, FILE_VARIABLE])
            raise SettingsError(f"unknown environment variable {name}{meant}")
        values[known[name]] = Value(variables[name], name)
    return values


def _from_options(options: argparse.Namespace) -> dict[str, Value]:
    given = {key: getattr(options, key, None) for key in leaf_types()}
    return {
        key: Value(written, f"--{option_name(key)}")
        for key, written in given.items()
        if written is not None
    }


# --- values and places ------------------------------------------------------------------------


def _flatten(
    tree: Mapping[str, Any], prefix: str, known: Iterable[str]
) -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        key = f"{prefix}{name}"
        is_section = any(leaf.startswith(f"{key}.") for leaf in known)
        if isinstance(value, dict) and is_section:
            yield from _flatten(value, f"{key}.", known)  # pyright: ignore[reportUnknownArgumentType]
        else:
            yield key, value


def _check(key: str, value: Value) -> Any:
    # What the environment and the command line say is text, so numbers may be written as text.
    strict = not value.place.startswith((PREFIX, "--"))
    kind = leaf_types()[key]
    written = value.written
    if not strict and kind == TEXTS:
        written = [text.strip() for text in written.split(",") if text.strip()]
    try:
        return msgspec.convert(written, kind, strict=strict)
    except msgspec.ValidationError as error:
        shown = "" if key == "database.url" else f", not {value.written!r}"  # it holds a password
        wanted = describe(kind)
        raise SettingsError(f"{value.place}: {key} must be {wanted}{shown}") from error


def describe(kind: Any) -> str:
    """What a setting of this type must be: as its declaration says, else by its type."""
    metas = [part for part in get_args(kind) if isinstance(part, msgspec.Meta)]
    descriptions = [meta.description for meta in metas if meta.description]
    if descriptions:
        return descriptions[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(str(member.value) for member in kind)
    if kind in PLAIN_TYPES:
        return PLAIN_TYPES[kind]
    return describe(get_args(kind)[0])


def _put(tree: dict[str, Any], key: str, value: Any) -> None:
    *sections, name = key.split(".")
    for section in sections:
        tree = tree[section]
    tree[name] = value


def _place_in_file(path: Path, text: str, key: str) -> str:
    """``file:line`` of a key; tomllib keeps no positions, so its line is looked up in the text."""
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            section = re.sub(r"[\s\"']", "", header[1]) + "."
            written = section.removesuffix(".")
        else:
            written = section + re.sub(r"[\s\"']", "", line.partition("=")[0])
        if written == key:
            return f"{path}:{number}"
    outer = key.rpartition(".")[0]  # the key of an inline table stands on the table's line
    return _place_in_file(path, text, outer) if outer else str(path)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    without_section = [key for key in known if key.endswith(f".{name}")]
    close = without_section or difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
