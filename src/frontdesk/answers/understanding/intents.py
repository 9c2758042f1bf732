"""Intents in files: the starter set, and a company's own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from frontdesk.kernel.flows.resources import Intent

_DATA: Final = Path(__file__).parent / "data"


class IntentFileError(ValueError):
    """A file that holds no intents. The text names the file and what is wrong."""


class _Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An intent as it stands in a TOML file, under its id: examples by language."""

    name: str
    examples: dict[str, tuple[str, ...]]
    answer: str = ""


class _Page(msgspec.Struct, frozen=True):
    """What the API gives as the list of intents."""

    items: tuple[Intent, ...]


def read_intents(path: Path) -> tuple[Intent, ...]:
    """The intents of a `.toml` file like the starter set, or of a `.json` file as the API gives it.

    Raises IntentFileError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntentFileError(f"{path}: can't be read: {error.strerror}") from error
    try:
        return parse_intents(data, path.suffix.lower())
    except (ValueError, msgspec.MsgspecError) as error:
        raise IntentFileError(f"{path}: {error}") from error


def parse_intents(data: bytes, suffix: str) -> tuple[Intent, ...]:
    """Decode by the file's suffix. Raises ValueError, or an error of msgspec's."""
    if suffix == ".json":
        return msgspec.json.decode(data, type=_Page).items
    if suffix != ".toml":
        raise ValueError("intents stand in a .toml or .json file")
    listed = msgspec.convert(tomllib.loads(data.decode()), dict[str, _Listed])
    return tuple(_intent(intent_id, one) for intent_id, one in listed.items())


def _intent(intent_id: str, listed: _Listed) -> Intent:
    examples = tuple(example for some in listed.examples.values() for example in some)
    return Intent(intent_id=intent_id, name=listed.name, examples=examples, answer=listed.answer)


@cache
def starter_intents() -> tuple[Intent, ...]:
    """The intents that a new company may start from."""
    return read_intents(_DATA / "intents.toml")


@cache
def background_examples() -> tuple[str, ...]:
    """What people write that is nobody's intent, in all languages."""
    by_language: dict[str, list[str]] = tomllib.loads(
        (_DATA / "background.toml").read_text("utf-8")
    )
    return tuple(example for some in by_language.values() for example in some)
