"""Files a person can hold in mind, finished, and at home on any machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES_MAX = 400

# Files that are longer, each with the reason.
LONGER: dict[str, str] = {
    "src/frontdesk/simulator/check/models.py": "the models stand side by side to be compared",
    "web/src/flows/form/kinds.tsx": "a small form for each kind of node, side by side",
    "src/frontdesk/kernel/events.py": "a catalogue: what can happen is read in one place",
    "src/frontdesk/kernel/commands.py": "a catalogue: what can be asked is read in one place",
}

# The kernel decides from what it is given. Of the standard library it uses what neither reads
# the world nor changes it; zoneinfo reads rules of time zones, which are part of the program.
KERNEL_MODULES = {
    "__future__", "abc", "bisect", "collections", "dataclasses", "datetime", "enum", "frontdesk",
    "cel", "functools", "hashlib", "heapq", "itertools", "math", "msgspec", "operator", "re",
    "typing", "unicodedata", "zoneinfo",
}  # fmt: skip

SUFFIXES = {".py", ".ts", ".tsx", ".css", ".md", ".toml", ".sh", ".html", ".mako", ".json"}
GENERATED = {"package-lock.json", "schema.d.ts"}


@cache
def kept_files() -> tuple[Path, ...]:
    """What git keeps or would keep, of the kinds that people write."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return tuple(
        path
        for path in paths
        if (path.suffix in SUFFIXES or path.name == "Makefile")
        and path.name not in GENERATED
        and path.is_file()
    )


def test_files_are_short_or_say_why_not() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in kept_files()
        if path.suffix in {".py", ".ts", ".tsx"}
        and (lines := len(path.read_text().splitlines())) > LINES_MAX
    }
    unexplained = {name: lines for name, lines in long.items() if name not in LONGER}
    assert not unexplained
    assert not LONGER.keys() - long.keys(), "these are short enough by now"


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert not find(marks)


def test_no_path_belongs_to_one_machine() -> None:
    assert not find(re.compile(r"/(?:work|home|root|Users)/\w"))


def test_the_kernel_imports_only_what_is_pure() -> None:
    foreign = {
        f"{path.name}: {module}"
        for path in (ROOT / "src" / "frontdesk" / "kernel").rglob("*.py")
        for module in imported(path)
        if module not in KERNEL_MODULES
    }
    assert not foreign


def test_every_dependency_of_the_kernel_is_known_to_python_or_ours() -> None:
    assert KERNEL_MODULES - {"cel", "frontdesk", "msgspec"} <= sys.stdlib_module_names


def imported(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def find(pattern: re.Pattern[str]) -> list[str]:
    """Places where the pattern occurs, as ``file:line``."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in kept_files()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]
