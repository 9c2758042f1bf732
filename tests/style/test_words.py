"""One word per idea: the glossary's refused words don't turn up in public names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
AMERICAN = {"color", "behavior", "catalog", "gray", "analyze", "organization"}

# Rooms where a word means something of another world, each with the reason.
ALLOWED = {
    ("runtime", "ticket"): "a command's place in the writer's inbox",
    ("cli", "operator"): "whoever runs the program; agents are not met there",
}


@cache
def refused_words() -> set[str]:
    """Words in code type in the last column of the glossary's three-column tables."""
    rows = re.findall(r"^\|[^|]+\|[^|]+\|([^|]*)\|$", GLOSSARY.read_text(), re.MULTILINE)
    words = {word for cell in rows for word in re.findall(r"`([a-z_]+)`", cell)}
    return words | AMERICAN


def public_names(path: Path) -> Iterator[str]:
    """Names that a reader of the module meets: its own, its classes', functions' and fields'."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case _:
                pass


def words_of(name: str) -> str:
    """``SaveQueue`` and ``save_queue`` as ``_save_queue_``."""
    return "_" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_") + "_"


def refused_in(path: Path) -> set[str]:
    """The refused words that hold in this file's room."""
    room = path.relative_to(ROOT / "src" / "frontdesk").parts[0]
    return {word for word in refused_words() if (room, word) not in ALLOWED}


def test_the_glossary_names_what_it_refuses() -> None:
    assert {"center", "ticket", "acw", "tenant"} <= refused_words()


def test_no_public_name_uses_a_refused_word() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name} ({word})"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for name in public_names(path)
        if not name.startswith("_")
        for word in refused_in(path)
        if f"_{word}_" in words_of(name) or f"_{word}s_" in words_of(name)
    ]
    assert not found, "\n".join(found)
